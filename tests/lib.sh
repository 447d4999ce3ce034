# What the tests in shell have in common; each of them reads this first:
#
#	. "${srcdir:=.}/tests/lib.sh"
#
# It makes names absolute, counts, and says how a test ends.
: "${DNSLINT:=./dnslint}"
srcdir=$(realpath "$srcdir")
DNSLINT=$(realpath "$DNSLINT")
[ -x "$DNSLINT" ] || {
	echo "$DNSLINT is not there: build it, or name it by DNSLINT"
	exit 99
}
failed=0
count=0
# No configuration of git, or of a repository around, plays a part.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

# skip REASON
skip() {
	echo "skipped: $*"
	exit 77
}

# In the second run of the suite, with sanitizers, it would find nothing more.
not_in_short_suite() {
	[ -z "${SHORT-}" ] || skip 'the short suite leaves it out'
}

# needs COMMAND...
needs() {
	for tool; do
		command -v "$tool" >/dev/null 2>&1 ||
			skip "$tool is not installed"
	done
}

# A directory $dir of its own to work in, which goes when the test ends.
enter_scratch() {
	dir=$(mktemp -d) && dir=$(realpath "$dir") || exit 99
	trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
	trap 'exit 99' HUP INT TERM
	cd "$dir" || exit 99
}

# fail WHAT...: with what the last run said
fail() {
	echo "$*"
	for said in out err; do
		[ -f "$said" ] || said=${dir-}/$said
		[ ! -s "$said" ] || head -c 3000 "$said"
	done
	failed=$((failed + 1))
}

# ok WHAT COMMAND...: the command must succeed
ok() {
	what=$1
	shift
	count=$((count + 1))
	"$@" >/dev/null 2>&1 || fail "$what: $*"
}

# not_ok WHAT COMMAND...: it must fail
not_ok() {
	what=$1
	shift
	count=$((count + 1))
	! "$@" >/dev/null 2>&1 || fail "$what: $*"
}

# said PATTERN: by the last run. SILENT: nothing, but for the role that was
# inferred; CLEAN: no finding.
said() {
	case $1 in
	SILENT) [ ! -s out ] && ! grep -qv ': taken for ' err ;;
	CLEAN) [ ! -s out ] ;;
	*) cat out err | grep -q -e "$1" ;;
	esac
}

# expect STATUS PATTERN ARGUMENTS...: of dnslint, which gets no input
expect() {
	want=$1 pattern=$2
	shift 2
	count=$((count + 1))
	"$DNSLINT" "$@" >out 2>err </dev/null
	got=$?
	[ $got = "$want" ] && said "$pattern" ||
		fail "dnslint $*: status $got, expected $want and '$pattern':"
}

# finish [LEAST]: the verdict; at least LEAST things must have been looked at
finish() {
	echo "$count checks, $failed failed"
	[ "$count" -ge "${1:-1}" ] && [ "$failed" = 0 ]
}
