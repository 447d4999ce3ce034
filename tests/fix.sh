#!/bin/sh
# Mending: what is written, how, and what is left alone.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch
chmod 755 .

# run STATUS ARGUMENTS...
run() {
	want=$1
	shift
	count=$((count + 1))
	"$DNSLINT" --no-policy "$@" >out 2>err
	got=$?
	[ $got = "$want" ] || {
		fail "dnslint $*: status $got, expected $want:"
	}
}

# same FILE TEXT: the file holds exactly what printf makes of the text
same() {
	printf "$2" >expected
	ok "$1 is not as expected" cmp expected "$1"
}

nothing_left() {
	ok 'a temporary file is left' test -z "$(find . -name '.*.*')"
}

only=--only=acl-shadowed-entry
bad='acl a {\n\t10/8;\n\t10.1/16;\n};\noptions { allow-query { a; }; };\n'
good='acl a {\n\t10/8;\n};\noptions { allow-query { a; }; };\n'

# What is not mended stays the same, to the byte.
printf "$bad" >a.conf
run 0 --fix $only a.conf
same a.conf "$good"
ok 'it says how much' grep -q '^dnslint: 1 finding mended$' err
inode=$(stat -c '%i %Y' a.conf)
run 0 --fix $only a.conf
ok 'a clean file is not written' test "$inode" = "$(stat -c '%i %Y' a.conf)"
ok 'and nothing is said' said SILENT
nothing_left

printf '// caf\351 \001\000.\r\nacl a {\r\n\t10/8;\r\n\t10.1/16;\r\n};\r\noptions { allow-query { a; }; };' >crlf.conf
run 0 --fix $only crlf.conf
same crlf.conf '// caf\351 \001\000.\r\nacl a {\r\n\t10/8;\r\n};\r\noptions { allow-query { a; }; };'

printf '// dnslint: role=authoritative\r\noptions {\r\n\tdirectory "/";\r\n\tallow-recursion { 10/8; };\r\n};\r\n' >new.conf
run 0 --fix --only recursion-on-authoritative new.conf
same new.conf '// dnslint: role=authoritative\r\noptions {\r\n\trecursion no;\r\n\tdirectory "/";\r\n};\r\n'

printf 'server:\r\n  verbosity: 1 # dnslint: off syntax\r\n  # dnslint: off syntax\r\n  port: 53\r\n' >crlf.unbound
run 0 --fix --only load,suppression-unused crlf.unbound
same crlf.unbound 'server:\r\n  verbosity: 1\r\n  port: 53\r\n'

# Mode, owner and extended attributes are kept.
printf "$bad" >a.conf
chmod 2640 a.conf
[ "$(id -u)" != 0 ] || chown 12345:54321 a.conf
python3 -c 'import os; os.setxattr("a.conf", "user.dnslint", b"kept")' \
	2>/dev/null && attributes=yes || attributes=no
was=$(stat -c '%a %u %g' a.conf)
run 0 --fix $only a.conf
same a.conf "$good"
ok 'mode and owner are kept' test "$was" = "$(stat -c '%a %u %g' a.conf)"
[ $attributes = no ] || ok 'attributes are kept' python3 -c '
import os, sys
sys.exit(os.getxattr("a.conf", "user.dnslint") != b"kept")'
rm a.conf

# A symbolic link stays one, and what it leads to is mended.
mkdir in
printf "$bad" >in/real.conf
ln -s real.conf in/link.conf
run 0 --fix $only --include-root in in/link.conf
same in/real.conf "$good"
ok 'the link is kept' test -L in/link.conf
nothing_left

# Links out of the root are not even read.
printf "$bad" >out.conf
ln -s ../out.conf in/far.conf
run 2 --fix $only --include-root in in/far.conf
printf 'include "in/far.conf";\n' >in/main.conf
run 1 --fix --only load,acl --include-root in in/main.conf
same out.conf "$bad"

# Of several names for one file the others would keep the old text.
printf "$bad" >hard.conf
ln hard.conf hard2.conf
run 1 --fix $only hard.conf
same hard.conf "$bad"
ok 'it says why' grep -q 'nothing is mended in hard.conf: .*hard links' err
rm hard.conf hard2.conf

# Included files are mended too, those that are included twice once.
printf 'type primary; file "empty";\nallow-query {\n\t10/8; 10.1/16;\n};\n' >zone.conf
printf 'zone a.example { include "zone.conf"; };\nzone b.example { include "zone.conf"; };\n' >main.conf
run 0 --fix --only acl-shadowed-entry main.conf
same zone.conf 'type primary; file "empty";\nallow-query {\n\t10/8;\n};\n'
printf 'acl a { 10/8; 10.2/16; };\n' >acl.conf
printf 'include "acl.conf";\noptions {\n\tallow-query { a; any; 10.3/16; };\n};\n' >main.conf
run 0 --fix --only acl main.conf
same acl.conf 'acl a { 10/8; };\n'
same main.conf 'include "acl.conf";\noptions {\n\tallow-query { a; any; };\n};\n'

# What two configurations share is mended where it is right for both.
lists='allow-recursion { 10/8; };\nallow-query { any; };\n'
printf "$lists" >lists.conf
printf 'options { recursion no; include "lists.conf"; };\n' >auth.conf
printf 'options { recursion yes; include "lists.conf"; };\n' >rec.conf
run 1 --fix --only recursion-contradiction auth.conf rec.conf
same lists.conf "$lists"
ok 'it says why' grep -q 'lists.conf:1:1: not mended \[recursion-contradiction\]: as part of rec.conf, 0.0.0.0 would get UPSTREAM instead of REFUSED' err
run 0 --fix --only recursion-contradiction auth.conf
same lists.conf 'allow-query { any; };\n'

# Recursion is not turned off in a server that nobody declared an authority.
printf '// dnslint: role=authoritative\ninclude "open.conf";\n' >declared.conf
printf 'include "open.conf";\n' >undeclared.conf
shared='options { allow-query { any; }; allow-recursion { 10/8; ::1; 127.0.0.1; }; };\n'
printf "$shared" >open.conf
run 1 --fix --only recursion-on-authoritative declared.conf undeclared.conf
same open.conf "$shared"
ok 'it says why' grep -q 'not mended .*: as part of undeclared.conf, 10.0.0.0 would get REFUSED instead of UPSTREAM' err
cp declared.conf declared2.conf
run 0 --fix --only recursion-on-authoritative declared.conf declared2.conf
same open.conf 'options { recursion no; allow-query { any; }; };\n'

# Where one is not right, the others are made.
printf "allow-query { any; ::1; };\nallow-recursion { 10/8; };\nallow-transfer { 10/8; 10.1/16; 10.2/16; };\n" >lists.conf
run 1 --fix --only acl,recursion-contradiction auth.conf rec.conf
same lists.conf "allow-query { any; };\nallow-recursion { 10/8; };\nallow-transfer { 10/8; };\n"
ok 'three are mended' grep -q '^dnslint: 3 findings mended$' err
ok 'one is left' test "$(grep -c 'not mended' err)" = 1
ok 'it is reported' grep -q 'lists.conf:2:1: .*recursion-contradiction' out

# Guesses are for people.
printf 'options { recursoin no; };\n' >guess.conf
run 1 --fix guess.conf
same guess.conf 'options { recursoin no; };\n'

# A dry run writes nothing, and its diff does what --fix does.
printf "$bad" >dry.conf
printf "# one\nserver:\n  interface: 10.0.0.1\n  access-control: 10.0.0.0/8 allow\n  access-control: 10.0.0.0/8 allow" >dry.unbound
run 0 --fix-dry-run --only acl dry.conf dry.unbound
same dry.conf "$bad"
ok 'it says so' grep -q '2 findings would be mended' err
if command -v patch >/dev/null; then
	cp out diff
	cp dry.conf dry1.conf
	cp dry.unbound dry1.unbound
	ok 'the diff applies' patch -p0 -i diff
	run 0 --fix --only acl dry1.conf dry1.unbound
	ok 'as --fix does' cmp dry.conf dry1.conf
	ok 'as --fix does' cmp dry.unbound dry1.unbound
fi
printf "$bad" >dry.conf
run 0 --fix --fix-dry-run $only dry.conf
same dry.conf "$bad"
printf 'options { recursion no; forwarders { ::1; }; allow-query { any; ::1; }; };\n' >dry.conf
run 1 --fix-dry-run --format json --output report.json --only acl,recursion dry.conf
ok 'the diff is alone' grep -q '^--- dry.conf' out
ok 'the report tells what would be left' grep -q recursion-contradiction report.json
ok 'and nothing else' test "$(grep -c '"rule"' report.json)" = 1
run 0 --fix-dry-run --only acl,recursion --exit-zero dry.conf
ok 'it does not say what is left' grep -q '1 finding would be left' err
printf 'options { recursion maybe; };\n' >dry.conf
run 1 --fix-dry-run --server named - <dry.conf
ok 'of standard input neither' grep -q '1 finding would be left' err
printf 'options { recursion no; forwarders { ::1; }; allow-query { any; ::1; }; };\n' >dry.conf

# Standard input.
run 2 --fix - <dry.conf
ok 'it says what there is' grep -q -e --fix-dry-run err
printf "$bad" >dry.conf
run 0 --fix-dry-run $only --stdin-filename named.conf - <dry.conf
ok 'a diff of standard input' grep -q '^-	10.1/16;$' out
ok 'with its name' grep -q '^+++ named.conf$' out

# Secrets and control characters are not in the diff.
printf 'key k { algorithm hmac-sha256; secret "c2VjcmV0IHRleHQ="; };\noptions { allow-query { any; ::1; }; }; // \033[31m\n' >secret.conf
run 0 --fix-dry-run --only acl secret.conf
ok 'no secret' test "$(grep -c c2VjcmV0 out)" = 0
ok 'stars' grep -q '^ key k { algorithm hmac-sha256; secret .*\*\*\*' out
ok 'no control characters' grep -q '\\x1b' out
ok 'it says so' grep -q 'cannot be applied' err

# What is known by a baseline is what is left.
printf 'options { recursion no; forwarders { ::1; }; allow-query { any; ::1; }; };\n' >known.conf
run 0 --fix --only acl,recursion --write-baseline base.json known.conf
ok 'one finding' grep -q '1 findings written' err
run 0 --only acl,recursion --baseline base.json known.conf

# A disk that is full, or a limit.
{ printf "$bad"; printf '// %5000s\n' x; } >long.conf
cp long.conf long.before
count=$((count + 1))
(ulimit -f 4 && exec "$DNSLINT" --no-policy --fix $only long.conf >out 2>err)
ok 'not done' test $? = 2
ok 'it says why' grep -q 'cannot write long.conf: File too large' err
ok 'the file is as before' cmp long.conf long.before
nothing_left

# Nobody else can write there: all files stay as they are.
as_nobody=
[ "$(id -u)" != 0 ] || as_nobody='setpriv --reuid=12345 --regid=12345 --clear-groups'
if $as_nobody true 2>/dev/null; then
	mkdir open closed
	printf 'include "closed/acl.conf";\noptions { allow-query { a; any; ::1; }; };\n' >open/main.conf
	cp open/main.conf main.before
	printf 'acl a { 10/8; 10.1/16; };\n' >closed/acl.conf
	[ "$(id -u)" != 0 ] || chown -R 12345:12345 open closed
	chmod 555 closed
	$as_nobody "$DNSLINT" --no-policy --fix --only acl open/main.conf \
		>out 2>err
	ok 'not done' test $? = 2
	ok 'it says why' grep -q 'cannot write closed/acl.conf: Permission denied' err
	ok 'all findings are reported' grep -q 'acl.conf.*acl-shadowed-entry' out
	ok 'the other file is untouched' cmp main.before open/main.conf
	ok 'nothing is left' test -z "$(find open closed -name '.*')"
	# A file of another owner could not be given back to it.
	if [ "$(id -u)" = 0 ]; then
		printf "$bad" >open/other.conf
		chmod 666 open/other.conf
		$as_nobody "$DNSLINT" --no-policy --fix $only \
			open/other.conf >out 2>err
		ok 'not done' test $? = 2
		same open/other.conf "$bad"
		ok 'nothing is left' test -z "$(find open -name '.*')"
	fi
else
	echo 'not tested: directories that cannot be written'
fi

# Where there are too many keys to ask with all of them, nothing is proven.
awk 'BEGIN {
	for (i = 0; i < 450; i++)
		print "key k" i " { algorithm hmac-sha256; secret \"c2VjcmV0\"; };"
	print "options { recursion no; allow-query { 10.0.0.0/8; 10.1.0.0/16; }; };"
	for (i = 0; i < 450; i++)
		print "zone z" i ".example { type primary; file \"z\";" \
			" allow-transfer { key k" i "; }; };"
}' >keys.conf
run 1 --fix --only acl-shadowed-entry keys.conf
ok 'it says why' grep -q 'not mended .*: there are too many keys' err

finish
