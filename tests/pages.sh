#!/bin/sh
# doc/rules says what the program says; `make docs` writes it.
set -u
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite

same() {
	count=$((count + 1))
	"$DNSLINT" rules --format markdown $2 | cmp -s - "$1" || {
		fail "$1 is not what the program prints: run 'make docs'"
	}
}
same "$srcdir/doc/rules/README.md" ''
for f in "$srcdir"/rules/*-*.c "$srcdir"/rules/syntax.c; do
	id=$(basename "$f" .c)
	same "$srcdir/doc/rules/$id.md" "$id"
done
finish 60
