#!/bin/sh
# diff of a file and what it was in git, with all that it includes.
set -u
. "${srcdir:=.}/tests/lib.sh"
needs git
enter_scratch
export TMPDIR="$dir/tmp"
mkdir tmp repo

commit() {
	git add -A && git -c user.name=a -c user.email=a@example.org \
		commit -q -m "$1" || exit 99
}

# run STATUS ARGUMENTS...
run() {
	want=$1
	shift
	count=$((count + 1))
	"$DNSLINT" diff --no-policy "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$want" ] || {
		fail "dnslint diff $*: status $got, expected $want:"
	}
	[ -z "$(ls -A "$TMPDIR")" ] || {
		fail "dnslint diff $*: a directory is left in $TMPDIR"
		rm -rf "${TMPDIR:?}"/*
	}
}

# says PATTERN [FILE]
says() {
	count=$((count + 1))
	grep -q -- "$1" "$dir/${2:-out}" || {
		fail "'$1' is not in the output:"
	}
}

cd repo && git init -q . || exit 99
mkdir zones common
echo 'acl offices { 10.0.0.0/8; 172.16.0.0/12; };' >acl.conf
echo 'zone "old.example" { type primary; file "old.db"; };' >zones/old.conf
echo '// nothing yet' >common/extra.conf
cat >named.conf <<EOF
include "acl.conf";
include "$dir/repo/zones/*.conf";
include "common/extra.conf";
options { directory "/srv/nowhere"; allow-recursion { offices; }; };
EOF
commit one
run 0 --git HEAD named.conf
says 'every client gets'

# Includes are those of the revision: by relative name, absolute name, pattern.
echo 'acl offices { 10.0.0.0/8; };' >acl.conf
git rm -q zones/old.conf
mkdir -p zones
echo 'zone "new.example" { type primary; file "new.db"; };' >zones/new.conf
run 1 --git HEAD named.conf
says '^  narrowed    172.16.0.0/12$'
says '@HEAD:named.conf:4'
says '^zone old.example (removed)$'
says "zone@HEAD:$dir/repo/zones/old.conf:1"
says '^zone new.example (new)$'
run 0 --on widened --query www.example.org --git HEAD named.conf
run 1 --on any --query www.example.org --git HEAD named.conf
cd zones
run 2 --git HEAD ../named.conf
says 'acl.conf' err
cd ..
commit two
run 0 --git HEAD named.conf
run 1 --git HEAD~1 named.conf
run 1 --git HEAD^ "$dir/repo/named.conf"

# A symbolic link leads to what it led to then.
mv common shared
ln -s shared common
echo 'zone "extra.example" { type primary; file "extra.db"; };' \
	>shared/extra.conf
commit three
git rm -q --cached shared/extra.conf
echo '// nothing again' >shared/extra.conf
run 1 --git HEAD named.conf
says '^zone extra.example (removed)$'
git add -A
git reset -q --hard

# Nothing of the working copy or the index is touched.
echo '// changed' >>acl.conf
git add acl.conf
echo '// again' >>acl.conf
git status --short >"$dir/before"
run 0 --git HEAD named.conf
git status --short | cmp - "$dir/before" || failed=$((failed + 1))

# What cannot be had.
run 2 --git nowhere named.conf
says "no revision 'nowhere'" err
run 2 --git --upload-pack=true named.conf
run 2 --git HEAD~3 named.conf
run 2 --git HEAD named.conf named.conf
echo 'options { };' >later.conf
run 2 --git HEAD later.conf
says 'later.conf' err
says 'of revision HEAD, where the file may have had another name' err
mkdir -p root/etc
echo 'options { recursion no; };' >root/etc/in.conf
git add -A
commit rooted
echo 'options { allow-recursion { any; }; };' >root/etc/in.conf
run 1 --on widened --chroot root --git HEAD /etc/in.conf
says '^  widened '
# Patterns, too, are those of the chroot.
mkdir root/etc/parts
echo 'include "/etc/parts/*.conf";' >root/etc/in.conf
echo 'options { recursion no; };' >root/etc/parts/a.conf
git add -A
commit pattern
echo 'options { allow-recursion { any; }; };' >root/etc/parts/a.conf
run 1 --on widened --chroot root --git HEAD /etc/in.conf
says '^  widened '
git checkout -q root
# The repository may lie anywhere.
odd="$dir/a 'b
c"
cp -R "$dir/repo" "$odd"
cd "$odd" || exit 99
echo 'options { allow-recursion { none; }; };' >named.conf
run 1 --git HEAD named.conf
says '^  narrowed '
cd "$dir/repo" || exit 99
cd ..
echo 'options { };' >outside.conf
run 2 --git HEAD outside.conf
# The boundary holds for the revision as for today.
cd repo
printf 'include "../outside.conf";\n' >leads-out.conf
commit four
run 1 --include-root . --git HEAD leads-out.conf
says 'outside of the include root' err

# Submodules, as of the commits that the revision names; not what is called so
# by a link that leads elsewhere.
mkdir "$dir/shared" && cd "$dir/shared" && git init -q . || exit 99
mkdir "$dir/inner" && cd "$dir/inner" && git init -q . || exit 99
echo 'acl inner { 192.0.2.0/24; };' >inner.conf
commit one
cd "$dir/shared"
echo 'acl shared { 10.0.0.0/8; };' >acl.conf
git -c protocol.file.allow=always submodule --quiet add "$dir/inner" inner || exit 99
commit one
cd "$dir/repo"
git -c protocol.file.allow=always submodule --quiet add "$dir/shared" mod || exit 99
git -c protocol.file.allow=always submodule --quiet update --init --recursive || exit 99
cat >sub.conf <<'END'
include "mod/acl.conf";
include "mod/inner/inner.conf";
options { allow-recursion { shared; inner; }; };
END
commit five
run 0 --git HEAD sub.conf
cd mod
echo 'acl shared { 10.0.0.0/9; };' >acl.conf
commit two
cd ..
run 1 --query www.example.org --git HEAD sub.conf
says 'narrowed *10.128.0.0/9$'
commit six
run 0 --git HEAD sub.conf
run 1 --query www.example.org --git HEAD~ sub.conf
mv mod elsewhere
ln -s elsewhere mod
run 2 --git HEAD sub.conf
rm mod
mv elsewhere mod
git update-index --cacheinfo 160000,0123456789012345678901234567890123456789,mod
git -c user.name=a -c user.email=a@example.org commit -q -m seven || exit 99
run 2 --git HEAD sub.conf
says "the submodule 'mod' lacks the commit of that revision" err

finish
