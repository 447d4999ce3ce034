#!/bin/sh
# A few random configurations against the real servers, and the fixtures of
# rules about who is answered; tests/live/run.py by hand takes as many as one
# likes. Skipped where they cannot be run.
set -u
: "${srcdir:=.}" "${DNSLINT:=./dnslint}"
skipped=0
for server in named unbound; do
	python3 "$srcdir/tests/live/run.py" --dnslint "$DNSLINT" \
		--server $server --seed 1 --count 40 --budget 40
	case $? in
	0) ;;
	77) skipped=$((skipped + 1)) ;;
	*) exit 1 ;;
	esac
done
[ $skipped -lt 2 ] || exit 77
# By the same program a second time, with sanitizers, it is not worth the time.
[ -z "${SHORT-}" ] || exit 0
python3 "$srcdir/tests/live/rules.py" --dnslint "$DNSLINT" || exit 1
