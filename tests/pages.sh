#!/bin/sh
# doc/rules says what the program says; `make docs` writes it.
set -u
# With sanitizers it would find nothing more.
[ -z "${SHORT-}" ] || {
	echo 'skipped: the short suite leaves it out'
	exit 77
}
: "${srcdir:=.}" "${DNSLINT:=./dnslint}"
failed=0
count=0
same() {
	count=$((count + 1))
	"$DNSLINT" rules --format markdown $2 | cmp -s - "$1" || {
		echo "$1 is not what the program prints: run 'make docs'"
		failed=$((failed + 1))
	}
}
same "$srcdir/doc/rules/README.md" ''
for f in "$srcdir"/rules/*-*.c "$srcdir"/rules/syntax.c; do
	id=$(basename "$f" .c)
	same "$srcdir/doc/rules/$id.md" "$id"
done
echo "$count pages, $failed differ"
[ $count -gt 60 ] && [ $failed = 0 ]
