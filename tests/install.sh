#!/bin/sh
# What `make install` puts in place works there, and `make uninstall` takes all
# of it away again.
set -eu
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite
builddir=$(dirname "$(realpath "$DNSLINT")")
enter_scratch

make -s -C "$builddir" install DESTDIR="$dir/root" prefix=/usr >"$dir/log" 2>&1 || {
	cat "$dir/log"
	exit 1
}
usr=$dir/root/usr
for f in bin/dnslint share/man/man1/dnslint.1 share/man/man5/dnslint.yaml.5 \
	share/bash-completion/completions/dnslint \
	share/zsh/site-functions/_dnslint \
	share/fish/vendor_completions.d/dnslint.fish \
	share/dnslint/dnslint-schema.json share/doc/dnslint/README.md \
	share/doc/dnslint/doc/examples/.dnslint.yaml \
	share/doc/dnslint/doc/rules/open-resolver.md; do
	[ -s "$usr/$f" ] || {
		echo "not installed: $f"
		exit 1
	}
done
# Every file that an installed page refers to is there.
for page in "$usr/share/doc/dnslint"/*.md "$usr/share/doc/dnslint/doc"/*.md; do
	for link in $(grep -o ']([^)#]*' "$page" | sed 's/^](//' |
		grep -v '^https*:'); do
		[ -e "$(dirname "$page")/$link" ] || {
			echo "$page refers to $link"
			exit 1
		}
	done
done
version=$("$usr/bin/dnslint" --version | cut -d' ' -f2)
grep -q "^\.Os dnslint $version$" "$usr/share/man/man1/dnslint.1"
echo 'options { recursion no; };' >"$dir/named.conf"
"$usr/bin/dnslint" --only load "$dir/named.conf"
make -s -C "$builddir" uninstall DESTDIR="$dir/root" prefix=/usr >"$dir/log" 2>&1
left=$(find "$dir/root" ! -type d -o -name '*dnslint*')
[ -z "$left" ] || {
	echo "left behind: $left"
	exit 1
}
