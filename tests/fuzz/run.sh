#!/bin/sh
# Fuzz the parsers and the include loader with clang's libFuzzer.
#   tests/fuzz/run.sh [SECONDS-PER-TARGET]      default 20
# Every crash is kept in the folder that is printed; it belongs into
# testdata/fuzz, where `make check` replays it. With AFL=1 the same targets are
# built with afl-clang-fast and run under afl-fuzz instead.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-20}
build=${FUZZ_BUILD:-$top/build/fuzz}

command -v clang >/dev/null 2>&1 || {
	echo "SKIP: clang is not installed"
	exit 77
}
mkdir -p "$build/corpus" "$build/corpus-zone"
echo 'int LLVMFuzzerTestOneInput(const char *d, long n);
int LLVMFuzzerTestOneInput(const char *d, long n) { (void)d; return n < 0; }' \
	>"$build/probe.c"
clang -fsanitize=fuzzer "$build/probe.c" -o "$build/probe" 2>/dev/null || {
	echo "SKIP: clang has no libFuzzer here (package libclang-rt-14-dev)"
	exit 77
}
cc=clang
flags='-fsanitize=address,undefined -fno-sanitize-recover=all'
if [ "${AFL-}" = 1 ]; then
	cc=afl-clang-fast
	flags=
fi
instrument='-fsanitize=fuzzer-no-link'
[ "${AFL-}" = 1 ] && instrument=
if [ ! -f "$build/config.status" ]; then
	(cd "$build" && "$top/configure" --quiet CC="$cc" \
		CFLAGS="-O1 -g $flags $instrument")
fi
make -C "$build" -s -j2 libdnslint.a >/dev/null
cp "$top"/testdata/checkers/*.conf "$top"/testdata/syntax/*.conf \
	"$build/corpus/" 2>/dev/null || :
find "$top/testdata" -name '*.db' -exec cp {} "$build/corpus-zone/" \;
[ -d "$top/testdata/fuzz" ] && cp "$top"/testdata/fuzz/* "$build/corpus/" || :

status=0
for target in NAMED UNBOUND INCLUDE ZONE; do
	corpus=$build/corpus
	[ "$target" = ZONE ] && corpus=$build/corpus-zone
	bin=$build/fuzz-$target
	$cc -O1 -g -std=c17 -D_GNU_SOURCE $flags -fsanitize=fuzzer \
		-DFUZZ_TARGET="$target" -I"$top" -I"$top/src" \
		"$top/tests/fuzz/fuzz.c" "$build/libdnslint.a" -o "$bin" \
		$(pkg-config --libs jansson libfyaml libmaxminddb)
	mkdir -p "$build/found-$target"
	if [ "${AFL-}" = 1 ]; then
		AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
			AFL_NO_UI=1 timeout "$seconds" afl-fuzz -i "$corpus" \
			-o "$build/afl-$target" -x "$top/tests/fuzz/conf.dict" \
			-- "$bin" >"$build/$target.log" 2>&1 || :
		ls "$build/afl-$target"/default/crashes/id* 2>/dev/null &&
			status=1
		continue
	fi
	echo "fuzzing $target for $seconds s"
	"$bin" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
		-max_len=8192 -dict="$top/tests/fuzz/conf.dict" -verbosity=0 \
		-print_final_stats=1 -artifact_prefix="$build/crash-$target-" \
		"$build/found-$target" "$corpus" >"$build/$target.log" 2>&1 || {
		status=1
		tail -40 "$build/$target.log"
		ls "$build"/crash-"$target"-*
	}
	grep -E 'number_of_executed_units|peak_rss_mb' "$build/$target.log" || :
done
exit $status
