#!/bin/sh
# Hostile and broken input: a message and status 1 or 2, in bounded time and
# memory; never a crash.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch
# The sanitizers reserve address space that a limit would forbid.
if grep -q __asan_init "$DNSLINT" 2>/dev/null; then limit=unlimited
else limit=4000000; fi

# try STATUSES NAME ARGUMENTS...: the status must be one of them
try() {
	want=$1 name=$2
	shift 2
	count=$((count + 1))
	(ulimit -v $limit 2>/dev/null; exec timeout 60 "$DNSLINT" "$@") \
		>out 2>err </dev/null
	got=$?
	case " $want " in
	*" $got "*) ;;
	*)
		fail "$name: status $got, expected $want"
		;;
	esac
	if [ $got != 0 ] && [ ! -s out ] && [ ! -s err ]; then
		fail "$name: nothing is said"
	fi
}

for server in named unbound; do
	s="--server $server"
	: >empty
	try 0 "empty file" $s empty
	head -c 300000 /dev/urandom >random
	try 1 "binary file" $s random
	cp "$DNSLINT" program 2>/dev/null
	try 1 "a program" $s program
	head -c 100000000 /dev/zero | tr '\0' a >line
	try 1 "a line of 100 MB" $s line
	head -c 100000 /dev/zero | tr '\0' '{' >open
	try 1 "100,000 open braces" $s open
	head -c 100000 /dev/zero | tr '\0' '}' >close
	try 1 "100,000 closing braces" $s close
	head -c 100000 /dev/zero | tr '\0' ';' >semicolons
	try 1 "100,000 semicolons" $s semicolons
	head -c 100000 /dev/zero | tr '\0' '"' >quotes
	try 1 "100,000 quotes" $s quotes
	head -c 1000000 /dev/zero >nul
	try 1 "NUL bytes" $s nul
	printf '\357\273\277options { };' >bom
	try 1 "byte order mark" $s bom
	printf 'options { \377\376 x; };\n\300\200: y\n' >utf8
	try 1 "invalid UTF-8" $s utf8
	mkfifo "fifo.$server"
	try 2 "a FIFO" $s "fifo.$server"
	try 2 "/dev/zero" $s /dev/zero
	try 2 "a directory" $s /tmp
	try 2 "a missing file" $s /no/such/file
	truncate -s 2G huge
	try 2 "a file of 2 GB" $s huge
	rm -f huge line
done

# Many findings in one long line, and many keys beside many views: neither time
# nor memory may grow with the square of the file.
(
	printf 'options '
	head -c 5000000 /dev/zero | tr '\0' '{'
	head -c 5000000 /dev/zero | tr '\0' '}'
) >balanced
try 1 "5,000,000 pairs of braces" --server named balanced
awk 'BEGIN {
	for (i = 0; i < 8000; i++)
		printf "view v%d { }; key k%d { algorithm hmac-sha256;" \
			" secret \"aaaa\"; };\n", i, i
}' >views
try 0 "8,000 views and keys" --server named --only load views

printf 'options {\r\n\trecursion no;\r\n};\r\n' >crlf
try 0 "CRLF, named" crlf
printf 'server:\r\n\tport: 53\r\n' >crlf.unbound
try 0 "CRLF, unbound" crlf.unbound
echo '/* never closed' >comment
try 1 "open comment" --server named comment
echo 'options { directory "x' >string
try 1 "open string" string

# Includes
echo 'include "loop-b";' >loop-a
echo 'include "loop-a";' >loop-b
try 1 "a loop" loop-a
grep -q 'loop-a.*includes itself' out && grep -q 'is included here' out || {
	fail "the loop's chain is not shown"
}
echo 'include: loop-u' >loop-u
try 1 "a loop, unbound" loop-u
i=0
while [ $i -lt 100 ]; do
	echo "include \"chain-$((i + 1))\";" >chain-$i
	i=$((i + 1))
done
: >chain-100
try 1 "a chain of 100 files" chain-0
# Each level reads the next one twice: 2 to the 40th files.
i=0
while [ $i -lt 40 ]; do
	echo "include \"twice-$((i + 1))\"; include \"twice-$((i + 1))\";" >twice-$i
	i=$((i + 1))
done
: >twice-40
try 1 "includes that double" twice-0
echo 'include "missing";' >to-missing
try 2 "a missing include" to-missing
echo 'include "/tmp";' >to-directory
try 2 "a directory included" to-directory
echo 'include "fifo.named";' >to-fifo
try 2 "a FIFO included" to-fifo
echo 'include "/dev/zero";' >to-zero
try 2 "/dev/zero included" to-zero
echo 'options { };' >unreadable
chmod 000 unreadable
echo 'include "unreadable";' >to-unreadable
[ "$(id -u)" = 0 ] || try 2 "an unreadable include" to-unreadable
mkdir inside
echo 'SECRET-OUTSIDE { };' >outside
ln -s ../outside inside/link
echo 'include "inside/link";' >inside/by-link
try 1 "out of the root by a link" --include-root inside inside/by-link
echo 'include "outside";' >inside/by-name
try 1 "out of the root by name" --include-root inside inside/by-name
echo 'include "inside/../outside";' >inside/by-dots
try 1 "out of the root by dots" --include-root inside inside/by-dots
echo 'include "/etc/passwd";' >inside/absolute
try 1 "out of the root by path" --include-root inside inside/absolute
ln -s .. inside/up
echo 'include "inside/up/o*";' >inside/by-glob
try "1 2" "out of the root by pattern" --include-root inside inside/by-glob
if grep -q SECRET-OUTSIDE out err; then
	fail "a file outside of the root was read"
fi

# Patterns that stand for more than anybody can look at.
mkdir -p wide/a wide/b wide/c
awk 'BEGIN { for (i = 0; i < 20; i++) s = s "*/../"
	print "include: \"" s "x\"" }' >wide/deep
(cd wide && "$DNSLINT" --server unbound --include-root . deep >../out 2>&1)
ok 'a pattern of too many directories' grep 'it stands for too much' out
awk 'BEGIN { for (i = 0; i < 40; i++) s = s "{a,b}"
	print "include: \"" s "\"" }' >braces
try 2 "a pattern of 2 to the 40th words" --server unbound braces
ok 'it does not say so' grep 'it stands for too much' out
echo 'include: "{a,{b,c}}{,.conf}"' >few
try 0 "a pattern of a few words" --server unbound few

# Lists within lists, each defined before the one in it.
awk 'BEGIN {
	for (i = 0; i < 100000; i++)
		print "acl a" i " { a" i + 1 "; };"
	print "acl a100000 { any; }; options { allow-query { a0; }; };"
}' >chain
try 0 "a chain of 100,000 lists" --server named chain

# Data of zones that grow as they are read. What is not read is not known.
echo 'zone a.example { type primary; file "zone"; };' >zones.conf
echo 'options { recursion no; };' >>zones.conf
# zone UNKNOWN|ZONE LINE...: what the zone is when it has these lines
zone() {
	data=$1
	shift
	{
		printf '$TTL 1\n@ SOA ns h 1 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n'
		printf '%s\n' "$@"
	} >zone
	try "0 1" "zone data" predict --client 192.0.2.9 --query x.a.example \
		zones.conf
	ok "it is not $data" grep "$data" out
}
zone ZONE 'x A 192.0.2.1'
i=0
while [ $i -lt 8 ]; do
	n='$INCLUDE part-'$((i + 1))
	printf '%s\n' "$n" "$n" "$n" "$n" "$n" "$n" "$n" "$n" "$n" "$n" >part-$i
	i=$((i + 1))
done
echo 'x A 192.0.2.1' >part-8
zone UNKNOWN '$INCLUDE part-0'
generate='$GENERATE 0-1000000 h$ A 192.0.2.1'
zone ZONE "$generate" "$generate" "$generate" "$generate" "$generate" \
	"$generate" "$generate" "$generate" "$generate" "$generate"
zone ZONE '$GENERATE 0-2147483647 h$ A 192.0.2.1'
rm zone
truncate -s 2G zone
try "0 1" "zone data of 2 GB" predict --client 192.0.2.9 --query x.a.example \
	zones.conf
ok 'it is known' grep UNKNOWN out
rm zone
mkfifo zone
try "0 1" "a FIFO for zone data" check zones.conf
rm zone

# Standard streams that are not open: no report takes their place, for messages
# would go into it.
echo 'options { allow-query { any; }; };' >closed.conf
for closed in '2>&-' '<&- 2>&-' '>&- 2>&-'; do
	rm -f report.json
	sh -c "\"\$1\" --format json --output report.json --format text \
		closed.conf $closed" sh "$DNSLINT" >out 2>err
	ok "messages in the report ($closed)" sh -c \
		'head -c 12 report.json | grep "{\"version\": "'
done
"$DNSLINT" closed.conf >&- 2>err
ok 'not done' test $? = 2
ok 'it does not say why' grep 'cannot write the output: Bad file' err
if [ -c /dev/full ]; then
	"$DNSLINT" closed.conf >/dev/full 2>err
	ok 'not done' test $? = 2
	ok 'it does not say why' grep 'cannot write the output: No space' err
fi

# A file that shrinks while it is read, and one that grows.
: >shrink
(while :; do : >shrink; head -c 3000000 /dev/zero | tr '\0' ';' >shrink; done) \
	2>/dev/null &
writer=$!
for i in 1 2 3 4 5; do try "0 1" "a file that shrinks" --server named shrink; done
kill $writer
wait $writer 2>/dev/null

finish
