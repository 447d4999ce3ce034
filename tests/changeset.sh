#!/bin/sh
# A change from people who are not trusted: nothing outside of the repository is
# opened, nothing is printed raw, and the answer is 1 or 2 in bounded time and
# memory, whether --top-level is asked for or --include-root.
set -u
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite
needs git
enter_scratch
# The sanitizers reserve address space that a limit would forbid, and their
# leak checker cannot work under strace.
limit=4000000
if grep -q __asan_init "$DNSLINT" 2>/dev/null; then limit=unlimited; fi
export ASAN_OPTIONS=detect_leaks=0
forbidden=/nothing
traces=
if command -v strace >/dev/null 2>&1 &&
	strace -o /dev/null true >/dev/null 2>&1; then
	traces=yes
else
	echo "no strace: only FIFOs, which would hang, show what is opened"
fi

repository() {
	rm -rf "$dir/repo"
	mkdir "$dir/repo"
	cd "$dir/repo" || exit 99
	git init -q . || exit 99
}

# What the last run opened, a call a line.
opened() {
	grep -E '(open|openat|openat2|creat|execve)\(' "$dir/trace"
}

# Nothing of the directory outside may be opened; to ask what is there, as
# resolving a link does, is no harm.
opened_outside() {
	[ -n "$traces" ] || return 1
	opened | grep -E -q "$dir/outside|\"($forbidden)\""
}

# run ARGUMENTS...: within limits, and watched
run() {
	rm -f "$dir/trace"
	(
		ulimit -v $limit 2>/dev/null
		[ -z "$traces" ] || set -- strace -f -qq -s 4096 \
			-e trace=file -o "$dir/trace" "$@"
		exec timeout 180 "$@"
	) >"$dir/out" 2>"$dir/err" </dev/null
}

# Control characters but newline and tab, raw.
has_raw_controls() {
	LC_ALL=C tr -d '\n\t\040-\176\200-\377' <"$1" | grep -q .
}

# judge STATUSES NAME ARGUMENTS...
judge() {
	want=$1 name=$2
	shift 2
	count=$((count + 1))
	run "$DNSLINT" check "$@"
	got=$?
	case " $want " in
	*" $got "*) ;;
	*) fail "$name ($*): status $got, expected $want" ;;
	esac
	[ -z "$traces" ] || [ "$(opened | wc -l)" -gt 0 ] ||
		fail "$name ($*): nothing tells what was opened"
	! opened_outside ||
		fail "$name ($*): a file outside was opened: $(opened | tail -n 3)"
	if grep -q CANARY "$dir/out" "$dir/err"; then
		fail "$name ($*): text of a file outside is shown"
	fi
	if has_raw_controls "$dir/out" || has_raw_controls "$dir/err"; then
		fail "$name ($*): control characters are printed raw"
	fi
}

# gate STATUSES NAME FILE...: both ways
gate() {
	statuses=$1 title=$2
	shift 2
	git add -A 2>/dev/null
	judge "$statuses" "$title" --top-level -- "$@"
	judge "$statuses" "$title" --include-root . -- "$@"
}

# formats STATUSES NAME FILE...: what programs read, too
formats() {
	statuses=$1 title=$2
	shift 2
	for format in json github sarif gitlab junit checkstyle; do
		judge "$statuses" "$title" --top-level --format $format -- "$@"
	done
}

mkdir "$dir/outside"
echo 'CANARY { };' >"$dir/outside/canary.conf"
echo 'version: CANARY' >"$dir/outside/canary.yaml"
printf '$ORIGIN CANARY.\n@ SOA a b 1 2 3 4 5\n' >"$dir/outside/canary.zone"
mkfifo "$dir/outside/fifo"

# Includes that lead out.
forbidden='/etc/passwd|/dev/zero'
# The sanitizers read their own environment there.
[ $limit = unlimited ] || forbidden="$forbidden|/proc/self/environ"
for target in "$dir/outside/canary.conf" "$dir/outside/fifo" \
	../outside/canary.conf sub/../../outside/canary.conf link chain \
	folder/canary.conf 'folder/*.conf' 'fol*/*' \
	up/outside/canary.conf 'up/out*/c*.conf' "$dir/out*/*.conf" /etc/passwd \
	/proc/self/environ /dev/zero; do
	repository
	mkdir sub
	ln -s ../outside/canary.conf link
	ln -s .. up
	ln -s ../outside folder
	ln -s link middle
	ln -s "$dir/repo/middle" sub/last
	ln -s sub/last chain
	printf 'include "%s";\noptions { recursion no; };\n' "$target" >named.conf
	printf 'include: "%s"\nserver:\n\tport: 53\n' "$target" >unbound.conf
	gate "1 2" "include of $target" named.conf
	gate "1 2" "include of $target" unbound.conf
	echo "include \"$target\";" >part.inc
	printf 'include "part.inc";\noptions { recursion no; };\n' >named.conf
	git add -A
	judge "1 2" "a part with $target" --top-level part.inc
done
repository
printf 'options { directory "%s"; };\ninclude "canary.conf";\n' \
	"$dir/outside" >named.conf
gate "1 2" "out by 'directory'" named.conf
printf 'server:\n\tdirectory: "%s"\ninclude: canary.conf\n' "$dir/outside" \
	>unbound.conf
gate "1 2" "out by 'directory', unbound" unbound.conf
printf 'include: "{/etc/passwd,%s/*}"\nserver:\n\tport: 53\n' "$dir/outside" \
	>unbound.conf
gate "1 2" "out by braces" unbound.conf
# Whose home that is the system looks up in its own files.
forbidden=/nothing
printf 'include: "~root/*"\nserver:\n\tport: 53\n' >unbound.conf
gate "0 1 2" "out by a tilde" unbound.conf

# The files themselves lead out, or the intent file does.
repository
ln -s ../outside/canary.conf named.conf
ln -s ../outside/fifo unbound.conf
gate "2" "links to outside" named.conf unbound.conf
repository
echo 'options { recursion no };' >named.conf
ln -s ../outside/canary.yaml .dnslint.yaml
gate "2" "an intent file outside" named.conf
rm .dnslint.yaml
ln -s ../outside/fifo .dnslint.yaml
gate "2" "an intent file that is a FIFO outside" named.conf
rm .dnslint.yaml
mkfifo .dnslint.yaml
gate "2" "an intent file that is a FIFO" named.conf

# Other files that a configuration names, and that are read for predictions.
repository
cat >named.conf <<END
options { directory "$dir/outside"; geoip-directory "$dir/outside"; recursion no; };
acl far { geoip country AU; };
zone "a.example" { type primary; file "canary.zone"; allow-query { far; }; };
zone "b.example" { type primary; file "$dir/outside/fifo"; };
zone "c.example" { type primary; file "$dir/repo/up/outside/canary.zone"; };
END
ln -s .. up
gate "0 1 2" "zone files outside" named.conf
cat >unbound.conf <<END
server:
	directory: "$dir/outside"
	root-hints: "$dir/outside/fifo"
	trust-anchor-file: "$dir/outside/canary.zone"
	tls-cert-bundle: "$dir/outside/fifo"
auth-zone:
	name: a.example
	zonefile: "$dir/outside/fifo"
rpz:
	name: rpz.example
	zonefile: "../outside/canary.zone"
END
gate "0 1 2" "zone files outside, unbound" unbound.conf

# What is no regular file.
repository
mkfifo fifo.conf
mkdir directory.conf
ln -s loop.conf loop.conf
for odd in fifo.conf directory.conf loop.conf missing.conf; do
	printf 'include "%s";\noptions { recursion no; };\n' "$odd" >named.conf
	gate "1 2" "include of $odd" named.conf
done
judge "2" "a FIFO itself" --top-level fifo.conf
judge "2" "a link to itself" --top-level loop.conf

# Names with escape sequences, line ends and what turns text around.
repository
escape=$(printf '\033[31m\033]0;title\007red.conf')
lines=$(printf 'a\n::error file=x::injected\n.conf')
turned=$(printf 'a\342\200\256fnoc.conf')
for odd in "$escape" "$lines" "$turned"; do
	printf 'acl trusted { 10.0.0.0/8 };\n' >"$odd"
	printf 'include "%s";\nbogus%s yes;\noptions { recursion no; };\n' \
		"$odd" "$odd" >named.conf
	printf 'options { %s; recursion no }\n' "$odd" >"named.$odd"
	gate "1 2" "a name with control characters" named.conf "named.$odd"
	formats "1 2" "a name with control characters" named.conf "named.$odd"
	# One of the names is a pattern, for which there is no file.
	judge "0 1 2" "a part with control characters" --top-level -- "$odd"
	if grep -q '^::error file=x' "$dir/out" "$dir/err"; then
		fail "a line of a name stands for itself"
	fi
	# A note on it goes through another way.
	printf 'nothing of either kind\n' >"note-$odd"
	git add -A
	judge "0 1" "a note with control characters" --top-level -- "note-$odd"
done

# As large as one file may not be, and nearly so.
repository
echo 'options { recursion no; };' >named.conf
truncate -s 1G large.conf
printf 'include "large.conf";\noptions { recursion no; };\n' >named.conf
gate "1 2" "an include of 1 GB" named.conf
judge "0 1 2" "a change to it" --top-level large.conf
if [ -n "${SHORT-}" ]; then bytes=16000000; else bytes=256000000; fi
head -c $bytes /dev/zero | tr '\0' 'a' >large.conf
gate "1 2" "an include of one line of $bytes bytes" named.conf
judge "0 1 2" "a change to it" --top-level large.conf
cp large.conf .dnslint.yaml
gate "2" "an intent file of $bytes bytes" named.conf
rm -f large.conf .dnslint.yaml

# More of it than anybody writes, in few bytes or many.
repository
(
	printf 'options '
	head -c 1000000 /dev/zero | tr '\0' '{'
	head -c 1000000 /dev/zero | tr '\0' '}'
) >named.conf
gate "1 2" "1,000,000 pairs of braces" named.conf
awk 'BEGIN { for (i = 0; i < 100000; i++) print "include \"x" i ".conf\";" }' \
	>named.conf
gate "1 2" "100,000 includes of nothing" named.conf
: >part.inc
awk 'BEGIN { for (i = 0; i < 100000; i++) print "include \"part.inc\";" }' \
	>named.conf
gate "1 2" "100,000 includes of one file" named.conf

# Files that all include each other, many times over.
repository
n=0
while [ $n -lt 200 ]; do
	echo 'include "*.conf"; include "*.conf"; options { };' >many-$n.conf
	n=$((n + 1))
done
git add -A
judge "1 2" "files that all include each other" --top-level many-7.conf

finish
