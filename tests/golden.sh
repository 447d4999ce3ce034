#!/bin/sh
# Golden tests. Adding one is adding files:
#   testdata/syntax/NAME.{named,unbound}.conf  and its .ast: tree and faults
#   testdata/rules/RULE/bad-*.conf             and its .out: what the rule says
#   testdata/rules/RULE/good-*.conf            the rule says nothing
#   testdata/rules/RULE/*.yaml                 the intent file of the .conf
#   testdata/incidents/NAME.*.conf           and its .out: what went wrong once
#   testdata/good/NAME.*.conf                nothing above a note is found, if copied
#   testdata/fix/NAME.*.conf                   and its .fixed: what --fix makes of it
#   testdata/command/NAME.args                 and its .out: a command line
# UPDATE=1 rewrites what is expected; read the difference before committing it.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch
cd "$srcdir/testdata" || exit 99
# The day when suppressions may end: 2027-01-01.
export SOURCE_DATE_EPOCH=1798761600

# The release a fixture is judged for may stand in its first lines.
target_of() {
	sed -n '1,5s/.*target: \([0-9.]*\).*/--target=\1/p' "$1" | head -1
}

# And so may the rules that it is about.
only_of() {
	sed -n '1,5s/.*only: \([a-z,-]*\).*/--only=\1/p' "$1" | head -1
}

server_of() {
	case $1 in *.unbound.conf) echo unbound ;; *) echo named ;; esac
}

# A fixture may have an intent file of its own.
policy_of() {
	policy=${1%.*.conf}.yaml
	if [ -f "$policy" ]; then
		echo "--policy=$policy"
	else
		echo --no-policy
	fi
}

# compare EXPECTED-FILE, with what was found in $tmp
compare() {
	count=$((count + 1))
	if [ "${UPDATE-}" = 1 ]; then
		cp "$tmp" "$1"
	elif ! diff -u "$1" "$tmp"; then
		failed=$((failed + 1))
	fi
}

tmp=$dir/said

# lint ARGUMENTS...: what it says into $tmp, without the role that it infers
lint() {
	"$DNSLINT" "$@" >"$tmp.all" 2>&1
	status=$?
	grep -v '^dnslint: note: .*: taken for ' "$tmp.all" >"$tmp"
	return $status
}

for f in syntax/*.conf; do
	[ -f "$f" ] || continue
	"$DNSLINT" dump --server "$(server_of "$f")" $(target_of "$f") "$f" \
		>"$tmp" 2>&1
	compare "${f%.conf}.ast"
done
for f in rules/*/bad-*.conf; do
	[ -f "$f" ] || continue
	rule=$(basename "$(dirname "$f")")
	lint --server "$(server_of "$f")" $(target_of "$f") \
		$(policy_of "$f") --only "$rule" "$f"
	compare "${f%.conf}.out"
	[ -s "${f%.conf}.out" ] || {
		echo "$f: nothing is found"
		failed=$((failed + 1))
	}
done
for f in rules/*/good-*.conf; do
	[ -f "$f" ] || continue
	count=$((count + 1))
	rule=$(basename "$(dirname "$f")")
	lint --server "$(server_of "$f")" $(target_of "$f") \
		$(policy_of "$f") --only "$rule" --fail-on note "$f" || {
		echo "$f: should be clean"
		cat "$tmp"
		failed=$((failed + 1))
	}
done
for f in incidents/*.conf; do
	lint --server "$(server_of "$f")" --policy "${f%.*.conf}.yaml" "$f"
	compare "${f%.*.conf}.out"
done
# What is fit to be copied is judged in its folder, as people would do.
cd good || exit 99
for f in *.conf; do
	count=$((count + 1))
	lint --server "$(server_of "$f")" $(policy_of "$f") "$f" &&
		! grep -v '^ ' "$tmp" | grep -qv ': note: ' || {
		echo "good/$f: there is more than a note:"
		cat "$tmp"
		failed=$((failed + 1))
	}
done
cd ..
# A copy is mended; then nothing is found, and there is nothing left to mend.
mended=$dir/mended
mkdir "$mended"
for f in fix/*.conf; do
	copy=$mended/$(basename "$f")
	set -- --no-policy --server "$(server_of "$f")" $(target_of "$f") \
		$(only_of "$f") --fail-on note "$copy"
	cp "$f" "$copy"
	"$DNSLINT" --fix "$@" >"$mended/left" 2>&1 || {
		echo "$f: this is left after --fix:"
		cat "$mended/left"
		failed=$((failed + 1))
	}
	cp "$copy" "$tmp"
	compare "${f%.conf}.fixed"
	lint --fix-dry-run "$@" && [ ! -s "$tmp" ] || {
		echo "$f: a second run is not clean:"
		cat "$tmp"
		failed=$((failed + 1))
	}
done
cd command || exit 99
for f in *.args; do
	"$DNSLINT" $(cat "$f") >"$tmp" 2>&1
	echo "exit status $?" >>"$tmp"
	compare "${f%.args}.out"
done
finish
