#!/bin/sh
# What `make install` puts in place works there, and `make uninstall` takes all
# of it away again.
set -eu
# With sanitizers it would find nothing more.
[ -z "${SHORT-}" ] || {
	echo 'skipped: the short suite leaves it out'
	exit 77
}
: "${DNSLINT:=./dnslint}"
builddir=$(dirname "$(realpath "$DNSLINT")")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

make -s -C "$builddir" install DESTDIR="$dir/root" prefix=/usr >"$dir/log" 2>&1 || {
	cat "$dir/log"
	exit 1
}
usr=$dir/root/usr
for f in bin/dnslint share/man/man1/dnslint.1 share/man/man5/dnslint.yaml.5 \
	share/bash-completion/completions/dnslint \
	share/zsh/site-functions/_dnslint \
	share/fish/vendor_completions.d/dnslint.fish \
	share/dnslint/dnslint-schema.json share/doc/dnslint/README.md; do
	[ -s "$usr/$f" ] || {
		echo "not installed: $f"
		exit 1
	}
done
version=$("$usr/bin/dnslint" --version | cut -d' ' -f2)
grep -q "^\.Os dnslint $version$" "$usr/share/man/man1/dnslint.1"
echo 'options { recursion no; };' >"$dir/named.conf"
"$usr/bin/dnslint" --only load "$dir/named.conf"
make -s -C "$builddir" uninstall DESTDIR="$dir/root" prefix=/usr >"$dir/log" 2>&1
left=$(find "$dir/root" ! -type d)
[ -z "$left" ] || {
	echo "left behind: $left"
	exit 1
}
