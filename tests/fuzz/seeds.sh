#!/bin/sh
# The inputs a fuzz target begins with, which are replayed by `make check` too:
#   tests/fuzz/seeds.sh TARGET
# What once made a target fail is in testdata/fuzz/TARGET.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=$top/testdata

case $1 in
named | unbound | include)
	find "$data/checkers" "$data/syntax" -name '*.conf' -type f
	find "$data/rules" -name "*.${1%include}*.conf" -type f
	;;
zone) find "$data" -name '*.db' -type f ;;
intent) find "$data" "$top/doc" -name '*.yaml' -type f ;;
dig) find "$data" -name '*.dig' -type f ;;
esac | LC_ALL=C sort
if [ -d "$data/fuzz/$1" ]; then
	find "$data/fuzz/$1" -type f | LC_ALL=C sort
fi
