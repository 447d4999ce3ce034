#!/bin/sh
# What the fuzz targets begin with, and what once made one fail, goes through
# without a crash and without a report of a sanitizer.
set -u
. "${srcdir:=.}/tests/lib.sh"
replay=$(realpath "${DNSLINT%/*}")/fuzz_replay
enter_scratch

for target in named unbound include zone intent dig; do
	"$srcdir/tests/fuzz/seeds.sh" $target >seeds || exit 99
	n=$(wc -l <seeds)
	count=$((count + n))
	[ "$n" -gt 0 ] || fail "$target: there is nothing to begin with"
	tr '\n' '\0' <seeds | xargs -0 "$replay" $target 2>log || {
		tail -n 20 log
		fail "$target: the input above this fails"
	}
done
finish
