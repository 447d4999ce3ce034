#!/bin/sh
# Print a fuzzing dictionary: the option names of both tables and what stands
# between them. tests/fuzz/conf.dict is its output.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
sed -n 's/^OPTION("\([^"]*\)".*/"\1"/p' "$top/grammar/named.def" | sort -u
sed -n 's/^OPTION("\([^"]*\)".*/"\1:"/p' "$top/grammar/unbound.def" | sort -u
printf '"%s"\n' '{' '}' '};' ';' '!' '/*' '*/' '//' '#' '\\"' 'any' 'none' \
	'10.0.0.0/8' '2001:db8::/32' 'yes' 'no' 'allow' 'refuse' '\xff' \
	'include \"b\";' 'include: b\x0a' 'include: \"*\"\x0a' 'IN'
