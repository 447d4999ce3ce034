#!/bin/sh
# --top-level: from changed files to the configurations they are part of.
set -u
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite
needs git
enter_scratch

# repository: a fresh one, which becomes the working directory
repository() {
	rm -rf "$dir/repo"
	mkdir "$dir/repo"
	cd "$dir/repo" || exit 99
	git init -q . || exit 99
}

# checked 'FILES' ARGUMENTS...: exactly those are checked. Each has a fault
# that only a check of the whole finds: an undefined ACL named as the file is.
checked() {
	want=$1
	shift
	count=$((count + 1))
	"$DNSLINT" --top-level --only load "$@" >out 2>err
	got=$(sed -n 's/^\([^ ]*\):[0-9]*:[0-9]*: error: .*not-defined-.*/\1/p' out |
		sort | tr '\n' ' ')
	if [ "$got" != "${want:+$want }" ]; then
		fail "dnslint --top-level $*: checked '$got', expected '$want'"
	fi
}

# told PATTERN: of the last run, on standard error
told() {
	ok "standard error does not say it" grep -e "$1" err
}

# whole FILE INCLUDED...: a configuration for named
whole() {
	file=$1
	shift
	mkdir -p "$(dirname "$file")"
	for i; do echo "include \"$i\";"; done >"$file"
	echo 'options { allow-query { not-defined-here; }; };' >>"$file"
}

fragment() {
	mkdir -p "$(dirname "$1")"
	echo 'acl trusted { 10.0.0.0/8; };' >"$1"
}

keep() {
	git add -A
}

repository
whole ns1/named.conf bind/acl.conf
whole ns2/named.conf bind/acl.conf bind/zones.conf
whole alone/server.conf
fragment bind/acl.conf
fragment bind/lonely.conf
fragment bind/nested.inc
echo 'include "bind/nested.inc";' >bind/zones.conf
echo 'A text that says include' >README
printf 'server:\n  port: 80\n' >spring.yaml
whole untracked.conf bind/acl.conf
keep
git rm -q --cached untracked.conf
checked 'ns1/named.conf ns2/named.conf' bind/acl.conf
checked 'ns2/named.conf' bind/zones.conf
checked 'ns2/named.conf' bind/nested.inc
checked 'ns1/named.conf' ns1/named.conf
checked 'alone/server.conf' alone/server.conf
checked 'ns1/named.conf ns2/named.conf' bind/acl.conf bind/nested.inc ns1/named.conf
checked '' bind/lonely.conf
told 'note: bind/lonely.conf: no configuration of the repository includes it'
checked '' README spring.yaml
told 'note: README: neither'
for i in 1 2 3 4 5 6 7 8; do echo x >"other$i"; done
checked 'ns1/named.conf' other[1-8] ns1/named.conf
told 'note: nor are 3 more files'
checked 'alone/server.conf ns1/named.conf ns2/named.conf' .
checked 'ns1/named.conf' ns1
checked '' bind/was-deleted.conf
told 'note: bind/was-deleted.conf: it is not there, and no configuration'
checked 'alone/server.conf ns1/named.conf ns2/named.conf' .dnslint.yaml
checked 'ns1/named.conf ns2/named.conf' --server named bind/acl.conf
checked '' --server unbound ns1/named.conf
told 'note: ns1/named.conf: no unbound.conf, nor included by one'
cd alone || exit 99
checked 'server.conf' server.conf

# What is gone, or is called otherwise now: those that looked for it.
repository
whole one/named.conf one/acl.conf
whole two/named.conf 'two/zones/*.conf' two/common.conf
printf 'include "two/nested/more.conf";\n' >two/common.conf
whole three/named.conf /etc/nowhere/keys.conf
whole four/named.conf four/acl.conf
fragment four/acl.conf
fragment two/zones/a.conf
printf 'include: "five/{a,b}/*.conf"\nserver:\n\taccess-control: 10.0.0.0/8 alow\n' \
	>five.conf
keep
seek() {
	sed -n 's/^\([a-z]*\/named.conf\|five.conf\):[0-9]*:.*/\1/p' out |
		sort -u | paste -s -d ' ' -
}
for pair in 'one/acl.conf one/named.conf' 'two/zones/b.conf two/named.conf' \
	'two/nested/more.conf two/named.conf' 'keys/keys.conf three/named.conf' \
	'five/b/x.conf five.conf' 'four/zones/b.conf ' 'one/gone/acl.txt '; do
	count=$((count + 1))
	"$DNSLINT" --top-level "${pair%% *}" >out 2>err
	if [ "$(seek)" != "${pair#* }" ]; then
		fail "without ${pair%% *}: checked '$(seek)', expected '${pair#* }'"
	fi
done

# Includes in a circle have no top: all of them are checked.
repository
whole one.conf two.conf
whole two.conf one.conf
keep
count=$((count + 1))
"$DNSLINT" --top-level one.conf >out 2>err
if [ $? != 1 ] || ! grep -q 'includes itself' out; then
	fail "a circle is not reported"
fi

# The intent file says which files servers are started with.
repository
whole ns1.conf acl.conf
whole example.conf acl.conf
whole part.conf acl.conf
fragment acl.conf
printf 'version: 1\nservers:\n  - files: ["ns*.conf"]\n    software: bind 9.18\n' \
	>.dnslint.yaml
keep
checked 'ns1.conf' acl.conf
checked 'ns1.conf' .dnslint.yaml
checked 'example.conf ns1.conf part.conf' --no-policy acl.conf
echo 'nonsense: 1' >>.dnslint.yaml
count=$((count + 1))
"$DNSLINT" --top-level acl.conf ns1.conf >out 2>err
if [ $? != 2 ] || ! grep -q '.dnslint.yaml:5:1:.*nonsense' err; then
	fail "a wrong intent file is passed over"
fi

# A wrong one may have an entry for anything: it stops whatever it may speak of.
mkdir other
whole other/named.conf acl.conf
fragment lonely.conf
printf 'version: 1\n' >other/.dnslint.yaml
keep
for changed in acl.conf .dnslint.yaml . other lonely.conf other/.dnslint.yaml; do
	count=$((count + 1))
	"$DNSLINT" --top-level --only load "$changed" >out 2>err
	case $?,$changed in
	1,other | 1,other/.dnslint.yaml) continue ;; # they have their own
	2,other*) ;;
	2,*) grep -q '^.dnslint.yaml:5:1:.*nonsense' err && continue ;;
	esac
	fail "$changed: a wrong intent file is passed over"
done
checked '' README
rm -r ns1.conf example.conf part.conf acl.conf lonely.conf other
keep
count=$((count + 1))
"$DNSLINT" --top-level .dnslint.yaml >out 2>err
if [ $? != 2 ] || ! grep -q '^.dnslint.yaml:5:1:.*nonsense' err; then
	fail "a wrong intent file for nothing is passed over"
fi

# Without git: below the nearest intent file, hidden directories left out.
repository
rm -rf .git
printf 'version: 1\n' >.dnslint.yaml
whole ns1/named.conf shared/acl.conf
whole .old/named.conf shared/acl.conf
fragment shared/acl.conf
checked 'ns1/named.conf' shared/acl.conf

# Paths of the server's host.
repository
whole bind/named.conf /etc/nowhere/bind/acl.conf
fragment bind/acl.conf
mkdir -p unbound/conf.d
printf 'include: "/etc/nowhere/unbound/conf.d/*.conf"\nserver:\n\tport: 53\n' \
	>unbound/unbound.conf
printf 'server:\n\taccess-control: 10.0.0.0/8 alow\n' >unbound/conf.d/local.conf
keep
checked '' bind/acl.conf
told "say --map /etc/nowhere/bind=bind"
grep -q 'outside-root\|missing' out || {
	fail "an include that cannot be had is passed over"
}
checked 'bind/named.conf' --map /etc/nowhere/bind=bind bind/acl.conf
count=$((count + 1))
"$DNSLINT" --top-level --map /etc/nowhere/bind=bind \
	--map /etc/nowhere/unbound=unbound unbound/conf.d/local.conf >out 2>err
if [ $? != 1 ] || ! grep -q '^unbound/conf.d/local.conf:2:.*alow' out ||
	[ -s err ]; then
	fail "a pattern is not read at the place it is mapped to"
fi
for map in bind=/etc/bind /etc/bind / /=bind /etc/bind=gone =; do
	count=$((count + 1))
	"$DNSLINT" --map "$map" bind/named.conf >out 2>&1
	if [ $? != 2 ] || ! grep -q -e '--map\|no mapping' out; then
		fail "--map $map is taken"
	fi
done

# Each name once, though it is there as a link and as a file.
repository
whole a.conf acl.conf
ln -s a.conf b.conf
fragment acl.conf
keep
checked 'a.conf' acl.conf

# Fifty configurations; the time of a busy machine, so the limit is wide.
repository
n=0
while [ $n -lt 50 ]; do
	whole "ns$n/named.conf" common/acl.conf "ns$n/zones.conf"
	fragment "ns$n/zones.conf"
	n=$((n + 1))
done
fragment common/acl.conf
sed -i s/trusted/others/ common/acl.conf
keep
begin=$(date +%s%N)
"$DNSLINT" --top-level ns7/zones.conf common/acl.conf >out 2>err
took=$((($(date +%s%N) - begin) / 1000000))
count=$((count + 1))
if [ "$(grep -c 'not-defined-here' out)" -lt 50 ] || [ $took -gt 5000 ]; then
	fail "50 configurations: $took ms"
fi
echo "50 configurations of 2 more files each: $took ms"
finish
