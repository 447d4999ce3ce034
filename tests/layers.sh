#!/bin/sh
# The layers: which folder may include which. An arrow the other way fails, and
# so does a folder that has no line here, or none in the map in CONTRIBUTING.md.
set -u
. "${srcdir:=.}/tests/lib.sh"
cd "$srcdir" || exit 99

# FOLDER: what its files may include besides its own, lowest folders first.
layers='
src/base:
src/source: base
src/diag: base source
src/ast: base source diag
grammar: base source diag ast
src/schema: base source diag ast grammar
src/check: base source diag ast schema
src/model: base source diag ast schema
src/geoip: base source model
src/decide: base source diag model
src/intent: base source diag schema model decide
rules: base source diag ast schema check model decide intent
src/lint: base source diag ast schema check model geoip decide intent rules
src/report: config.h base source diag
src/catalogue: base diag lint report rules
src/predict: config.h base source diag ast schema model decide intent lint report
src/compare: base source model decide lint report predict
src/fix: base source diag model decide lint report compare
src/roots: base source diag ast schema intent lint
src/cli: config.h base source diag ast schema model intent rules lint report catalogue predict compare fix roots
'

# includes_of FOLDER: lines of FILE INCLUDED. What bison and flex make in a
# build in the source tree is not ours.
includes_of() {
	find "$1" -name '*.[chly]' ! -path 'grammar/*.[ch]' |
		LC_ALL=C sort | while read -r file; do
		sed -n "s|^[[:blank:]]*#[[:blank:]]*include \"\\([^\"]*\\)\".*|$file \\1|p" \
			"$file"
	done
}

# allow FOLDER 'INCLUDED FOLDERS'
allow() {
	count=$((count + 1))
	[ -d "$1" ] || {
		fail "$1 is no folder"
		return
	}
	includes_of "$1" >"$dir/includes"
	[ -s "$dir/includes" ] || fail "$1 includes nothing at all"
	while read -r file included; do
		case " ${1##*/} $2 " in
		*" ${included%%/*} "*) ;;
		*) fail "$file includes $included" ;;
		esac
	done <"$dir/includes"
}

here=$(pwd)
enter_scratch
cd "$here" || exit 99
echo "$layers" | sed -n 's/: */ /p' >"$dir/layers"
while read -r folder others; do
	allow "$folder" "$others"
done <"$dir/layers"

for folder in grammar rules src/*/; do
	folder=${folder%/}
	ok 'no line here is about it' grep "^$folder " "$dir/layers"
	ok 'it is not in the map' grep -w -e "$folder" CONTRIBUTING.md
done
# Rules do not know each other.
includes_of rules >"$dir/includes"
not_ok 'a rule includes another' sh -c \
	'grep " rules/" "$1" | grep -v " rules/rule.h$\| rules/registry.h$\| rules/starts.h$"' \
	sh "$dir/includes"
# What a dialect says, the model says in words of its own.
for folder in src/decide src/intent src/predict src/compare src/fix; do
	includes_of "$folder" >"$dir/includes"
	not_ok 'it knows a dialect' \
		grep -E ' (model|check|schema)/(types_)?(named|unbound)' \
		"$dir/includes"
done
finish
