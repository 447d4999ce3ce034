#!/bin/sh
# The hooks under pre-commit itself, in a throw-away repository. With
# PRECOMMIT_BUILD=1 the hook also builds the program, which takes a while.
set -u
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite
needs pre-commit git
enter_scratch
export HOME="$dir" PRE_COMMIT_HOME="$dir/cache" PRE_COMMIT_COLOR=never
export GIT_CONFIG_GLOBAL="$dir/gitconfig"
unset XDG_CACHE_HOME
git config --file "$dir/gitconfig" user.name nobody
git config --file "$dir/gitconfig" user.email nobody@example.org
git config --file "$dir/gitconfig" init.defaultBranch main

# commit STATUS PATTERN: everything that is there; status 1: it is stopped
commit() {
	count=$((count + 1))
	git add -A
	git commit -m change >"$dir/out" 2>&1
	got=$?
	[ $got = "$1" ] || fail "the commit has status $got, not $1"
	grep -q -e "$2" "$dir/out" || fail "nothing says '$2'"
	[ $got = 0 ] || git reset -q --hard
}

# The hooks as a repository of their own, as people name one.
make_hooks() {
	mkdir "$dir/hooks" && cd "$dir/hooks" || exit 99
	cp -R "$srcdir/.pre-commit-hooks.yaml" "$srcdir/configure.ac" \
		"$srcdir/hooks" . && chmod -R u+w .
	git init -q . && git add -A && git commit -q -m hooks
	git tag v1
}

# configure_hook ID ARGS
configure_hook() {
	cat >.pre-commit-config.yaml <<END
repos:
  - repo: $dir/hooks
    rev: v1
    hooks:
      - id: $1
        args: [$2]
        verbose: true
END
}

mkdir "$dir/bin"
cp "$DNSLINT" "$dir/bin/dnslint"
export PATH="$dir/bin:$PATH"
unset DNSLINT
make_hooks
mkdir "$dir/repo" && cd "$dir/repo" && git init -q . || exit 99
mkdir bind unbound
cat >bind/named.conf <<'END'
include "/etc/bind/acl.conf";
options {
	directory "/var/cache/bind";
	recursion yes;
	allow-recursion { trusted; localhost; };
};
END
echo 'acl trusted { 10.0.0.0/8; };' >bind/acl.conf
printf 'server:\n\tinterface: 127.0.0.1\n' >unbound/unbound.conf
echo 'a text' >README.md
configure_hook dnslint '--map, /etc/bind=bind, --fail-on, error'
pre-commit install >"$dir/out" 2>&1 || fail "pre-commit cannot be installed"
commit 0 'dnslint.*Passed'

echo 'acl trusted { 10.0.0.0/8 };' >bind/acl.conf
commit 1 "bind/acl.conf:1:26: error: missing ';' before '}'"
# A byte that makes it no text, as pre-commit sees it.
printf 'acl trusted { 10.0.0.0/8 }; // \177\n' >bind/acl.conf
commit 1 "bind/acl.conf:1:26: error: missing ';' before '}'"
git mv bind/acl.conf bind/acls.conf
commit 1 "cannot read '/etc/bind/acl.conf'"
git rm -q bind/acl.conf
commit 1 "cannot read '/etc/bind/acl.conf'"
git rm -q README.md
commit 0 'Passed'
echo 'a text' >README.md
printf 'x' >'odd	"name'
commit 0 'Passed'
git rm -q 'odd	"name'
commit 0 'Passed'
git commit -q --allow-empty -m empty >"$dir/out" 2>&1 || fail "an empty commit is stopped"
echo 'acl others { 10.0.0.0/8; };' >bind/acl.conf
commit 1 "bind/named.conf:5:20: error: there is no acl 'trusted'"
printf 'server:\n\taccess-control: 10.0.0.0/8 alow\n' >unbound/unbound.conf
commit 1 "unbound/unbound.conf:2:.*'alow' is none of"
echo 'acl trusted { 10.0.0.0/8; 172.16.0.0/12; };' >bind/acl.conf
commit 0 'Passed'
echo 'more' >>README.md
commit 0 'Passed'
: >--exit-zero
echo 'acl trusted { 10.0.0.0/8 };' >bind/acl.conf
commit 1 'a file has the name of an option'
mkdir -- -dash
echo 'options { recursion no }' >-dash/named.conf
commit 1 'a file has the name of an option'

# Each language has a hook of its own; the other one's files are let be.
configure_hook dnslint-unbound ''
echo 'acl trusted { 10.0.0.0/8 };' >bind/acl.conf
commit 0 'Passed'
configure_hook dnslint-named '--map, /etc/bind=bind, --fail-on, error'
printf 'server:\n\taccess-control: 10.0.0.0/8 alow\n' >unbound/unbound.conf
echo 'acl trusted { 10.0.0.0/8; };' >bind/acl.conf
commit 0 'Passed'

# In a pipeline, from one commit to another; histories that were cut off have
# no ancestor in common, and of a commit that is not there nothing is known.
# pushed STATUS PATTERN FROM
pushed() {
	count=$((count + 1))
	PRE_COMMIT_FROM_REF=$3 PRE_COMMIT_TO_REF=HEAD \
		"$dir/hooks/hooks/pre-commit-dnslint" --map /etc/bind=bind \
		--fail-on error >"$dir/out" 2>&1
	got=$?
	[ $got = "$1" ] || fail "of a change since $3: status $got, not $1"
	grep -q -e "$2" "$dir/out" || fail "of a change since $3: not '$2'"
}
git rm -q --cached bind/acl.conf && mv bind/acl.conf "$dir/acl.conf"
git commit -q --no-verify -m 'without its lists'
pushed 2 "cannot read '/etc/bind/acl.conf'" HEAD^
alone=$(git commit-tree -m alone 'HEAD^^{tree}')
pushed 2 "cannot read '/etc/bind/acl.conf'" "$alone"
pushed 2 "cannot read '/etc/bind/acl.conf'" 1234567890123456789012345678901234567890
mv "$dir/acl.conf" bind/acl.conf
commit 0 'Passed'

# Without the tools and the program there is advice.
count=$((count + 1))
(PATH=$dir/none /bin/sh "$dir/hooks/hooks/pre-commit-dnslint") >"$dir/out" 2>&1
[ $? = 2 ] || fail "the hook runs without anything to run"
mkdir "$dir/few"
for tool in sh sed dirname cat tail mkdir nproc tr; do
	ln -s "$(command -v $tool)" "$dir/few/$tool"
done
count=$((count + 1))
(PATH=$dir/few "$dir/hooks/hooks/pre-commit-dnslint" x) >"$dir/out" 2>&1
got=$?
{ [ $got = 2 ] && grep -q 'Please install what Debian calls: .*bison' "$dir/out"; } ||
	fail "status $got without a compiler"

# Fifty configurations.
n=0
while [ $n -lt 50 ]; do
	mkdir -p "ns$n"
	cat >"ns$n/named.conf" <<'END'
include "/etc/bind/acl.conf";
options { directory "/var/cache/bind"; allow-recursion { trusted; localhost; }; };
END
	n=$((n + 1))
done
echo 'acl trusted { 10.0.0.0/8; 192.0.2.0/24; };' >bind/acl.conf
commit 0 'Passed'
sed -n 's/^- duration: /fifty configurations, as pre-commit times them: /p' "$dir/out"

# A submodule that is moved to another commit, and one that goes.
mkdir "$dir/shared" && cd "$dir/shared" && git init -q . || exit 99
echo 'acl shared { 10.0.0.0/8; };' >shared.conf
git add -A && git commit -q -m one || exit 99
cd "$dir/repo" || exit 99
git -c protocol.file.allow=always submodule --quiet add "$dir/shared" shared || exit 99
echo 'include "shared/shared.conf"; options { allow-query { shared; }; };' >sub.conf
commit 0 'Passed'
echo 'acl shared { 10.0.0.0/8 };' >shared/shared.conf
git -C shared commit -q -a -m two || exit 99
commit 1 "shared/shared.conf:1:25: error: missing ';' before '}'"
git reset -q --hard && git submodule --quiet update --force || exit 99
git rm -q shared
commit 1 "sub.conf:1:9: error: cannot read 'shared/shared.conf'"
git reset -q --hard

# The program built by the hook, in the clone that pre-commit makes.
if [ "${PRECOMMIT_BUILD-0}" = 1 ]; then
	count=$((count + 1))
	rm "$dir/bin/dnslint"
	cd "$dir/hooks" || exit 99
	(cd "$srcdir" && tar -c --exclude-vcs --exclude=./build \
		--exclude=./testdata --exclude=./autom4te.cache .) | tar -x
	rm -f configure Makefile.in
	git add -A && git commit -q -m all && git tag v2
	cd "$dir/repo" && sed -i 's/rev: v1/rev: v2/' .pre-commit-config.yaml
	echo 'acl trusted { 10.0.0.0/8 };' >bind/acl.conf
	commit 1 "bind/acl.conf:1:26: error: missing ';' before '}'"
fi
finish
