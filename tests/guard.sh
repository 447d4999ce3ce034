#!/bin/sh
# Which commands the guard lets pass, and which configuration it checks before
# others; with stand-ins for rndc and unbound-control. tests/live/guard.py has
# the servers.
set -u
. "${srcdir:=.}/tests/lib.sh"
guard=$srcdir/guard/dnslint-guard
export DNSLINT
unset DNSLINT_GUARD DNSLINT_NAMED_CONF DNSLINT_UNBOUND_CONF
enter_scratch
mkdir 'with a blank' links jail jail/etc 'no*'
printf '#!/bin/sh\necho "passed on: $*"\nexit 5\n' >'with a blank/rndc'
cp 'with a blank/rndc' 'with a blank/unbound-control'
chmod +x 'with a blank'/*
ln -s "$guard" links/rndc
ln -s "$guard" links/unbound-control
echo 'options { recursion no; };' >good.conf
echo 'options { bogus; };' >bad.conf
printf 'server:\n\tport: 53\n' >good.unbound
printf 'server:\n\tbogus: 53\n' >bad.unbound
printf 'include "/etc/part.conf";\n' >jail/etc/named.conf
cp good.conf jail/etc/part.conf

# try STATUS PATTERN COMMAND...
try() {
	want=$1 pattern=$2
	shift 2
	count=$((count + 1))
	"$@" >out 2>&1
	got=$?
	[ $got = "$want" ] && grep -q -e "$pattern" out || {
		fail "$*: status $got, expected $want and '$pattern':"
	}
}

# By links that come first in PATH; a pattern there is a name like others.
PATH="$dir/links:$dir/no*:$dir/with a blank:$PATH"
DNSLINT_NAMED_CONF=$dir/bad.conf DNSLINT_UNBOUND_CONF=$dir/bad.unbound
export DNSLINT_NAMED_CONF DNSLINT_UNBOUND_CONF
for words in reload reconfig RELOAD '-s 127.0.0.1 reload' '-q -p 953 reload' \
	'-c x -k y reload' '-Vr -t 3 reconfig'; do
	# shellcheck disable=SC2086
	try 1 'held back: .*bad.conf' rndc $words
done
try 1 'held back' rndc 'reload '
DNSLINT_NAMED_CONF=$dir/bad.conf try 1 'held back' rndc -s "$(uname -n)" reload
for words in status 'reload example.com' 'reload example.com IN inside' \
	'-s 192.0.2.1 reload' 'notify reload' -h; do
	# shellcheck disable=SC2086
	try 5 "passed on: $words" rndc $words
done
for words in reload reload_keep_cache 'fast_reload +vv' '-q reload' \
	'-s 127.0.0.1@8953 reload'; do
	# shellcheck disable=SC2086
	try 1 'held back: .*bad.unbound' unbound-control $words
done
cp bad.unbound worse.unbound
try 1 'held back: .*/worse.unbound' unbound-control reload -c worse.unbound
for words in status reload_zone '-s 192.0.2.1 reload' \
	'-c good.unbound reload'; do
	# shellcheck disable=SC2086
	try 5 "passed on: $words" unbound-control $words
done
try 5 'is not checked, by user' env DNSLINT_GUARD=off rndc reload
try 2 'cannot be checked' env DNSLINT=/nowhere/dnslint rndc reload
try 1 'held back' "$guard" "$dir/with a blank/rndc" reload
try 5 'passed on' "$guard" -c good.conf rndc reload
try 2 'Usage' "$guard"
try 0 'Usage' "$guard" --help

# What units start: the options of the servers.
unset DNSLINT_NAMED_CONF DNSLINT_UNBOUND_CONF
for name in named /usr/sbin/named; do
	try 1 'held back: .*/bad.conf' "$guard" $name -u bind -c bad.conf -- echo on
	try 1 'held back: .*/bad.conf' "$guard" $name -4fubind "-c$dir/bad.conf" -- echo on
	try 0 '^on$' "$guard" $name -f -c good.conf -n 1 -p 53 -- echo on
	try 0 '^on$' "$guard" $name -t "$dir/jail" -c /etc/named.conf -- echo on
done
for name in unbound /usr/sbin/unbound; do
	try 1 'held back: .*/bad.unbound' "$guard" $name -d -p -c bad.unbound -- echo on
	try 7 '' "$guard" $name "-dpvvc$dir/good.unbound" -- sh -c 'echo; exit 7'
done

# A change that turns away who is declared, by whatever rule that is found; and
# what the checker of the server does not see.
printf 'version: 1\nservers:\n  - files: ["*"]\n    role: resolver\n%s\n' \
	'    clients: [10.1.0.0/16]' >resolver.yaml
printf 'version: 1\nservers:\n  - files: ["*"]\n    role: authoritative\n%s\n' \
	'    delegated: [example.com]' >delegated.yaml
held() {
	printf "$4" >changed.conf
	try 1 "\[$3\]" "$guard" -p "$2" "$1" -c changed.conf -- echo on
}
held named resolver.yaml recursion-off-resolver 'options { recursion no; };\n'
held named resolver.yaml declared-client-refused \
	'options { allow-recursion { none; }; };\n'
held named resolver.yaml client-dropped \
	'options { allow-recursion { any; }; blackhole { 10.1.2.0/24; }; };\n'
held named resolver.yaml listens-nowhere \
	'options { allow-recursion { any; }; listen-on { none; }; };\n'
held named delegated.yaml delegated-not-served 'options { recursion no; };\n'
held named delegated.yaml starts-not \
	'options { recursion no; };\nzone "example.com" { type primary; file "/z"; allow-query { lan; }; };\n'
held unbound resolver.yaml recursion-off-resolver \
	'server:\n interface: 0.0.0.0\n access-control: 10.1.0.0/16 refuse_non_local\n'
held unbound resolver.yaml client-dropped \
	'server:\n interface: 0.0.0.0\n access-control: 10.1.0.0/16 deny\n'
held unbound resolver.yaml listens-nowhere \
	'server:\n interface: 127.0.0.1\n access-control: 10.1.0.0/16 allow\n'
try 1 'would not load it' "$guard" -s named -c bad.conf
try 0 'not checked' "$guard" -s named -c missing.conf
finish
