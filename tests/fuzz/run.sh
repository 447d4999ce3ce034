#!/bin/sh
# Fuzz what the program reads with clang's libFuzzer.
#   tests/fuzz/run.sh [SECONDS]     each target for so long; default 60
#   tests/fuzz/run.sh --runs N      each target N times, the same each time: a
#                                   change is judged by it, not by chance
# Every crash is kept in the folder that is printed; it belongs into
# testdata/fuzz/TARGET, where `make check` replays it. TARGETS="named zone"
# picks some. With AFL=1 the same targets are built with afl-clang-fast and run
# under afl-fuzz instead.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
fuzz=$top/tests/fuzz
build=${FUZZ_BUILD:-$top/build/fuzz}
afl=${AFL-}
runs=
if [ "${1-}" = --runs ]; then
	runs=$2
fi
seconds=${1:-60}

command -v clang >/dev/null 2>&1 || {
	echo "SKIP: clang is not installed"
	exit 77
}
mkdir -p "$build"
echo 'int LLVMFuzzerTestOneInput(const char *d, long n);
int LLVMFuzzerTestOneInput(const char *d, long n) { (void)d; return n < 0; }' \
	>"$build/probe.c"
clang -fsanitize=fuzzer "$build/probe.c" -o "$build/probe" 2>/dev/null || {
	echo "SKIP: clang has no libFuzzer here (package libclang-rt-14-dev)"
	exit 77
}
cc=clang
flags='-fsanitize=address,undefined -fno-sanitize-recover=all'
instrument='-fsanitize=fuzzer-no-link'
if [ "$afl" = 1 ]; then
	cc=afl-clang-fast
	flags=
	instrument=
fi
if [ ! -f "$build/config.status" ]; then
	(cd "$build" && "$top/configure" --quiet CC="$cc" \
		CFLAGS="-O1 -g $flags $instrument")
fi
make -C "$build" -s -j2 libdnslint.a >/dev/null

# with_afl TARGET
with_afl() {
	AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		AFL_NO_UI=1 timeout "$seconds" afl-fuzz \
		-i "$build/corpus-$1" -o "$build/afl-$1" -x "$fuzz/conf.dict" \
		-- "$build/fuzz-$1" >"$build/$1.log" 2>&1 || :
	! ls "$build/afl-$1"/default/crashes/id* 2>/dev/null
}

# with_libfuzzer TARGET: by chance it also learns from what it found before.
with_libfuzzer() {
	if [ -n "$runs" ]; then
		"$fuzz/seeds.sh" "$1" | tr '\n' , | sed 's/,$//' \
			>"$build/seeds-$1"
		set -- "$1" -seed=1 -runs="$runs" -timeout=100 \
			-seed_inputs="@$build/seeds-$1"
	else
		set -- "$1" -max_total_time="$seconds" -timeout=25 \
			"$build/found-$1" "$build/corpus-$1"
	fi
	target=$1
	shift
	"$build/fuzz-$target" -rss_limit_mb=4096 -max_len=8192 \
		-dict="$fuzz/conf.dict" -verbosity=0 -print_final_stats=1 \
		-artifact_prefix="$build/crash-$target-" "$@" \
		>"$build/$target.log" 2>&1 || {
		tail -40 "$build/$target.log"
		ls "$build"/crash-"$target"-*
		return 1
	}
	grep -E 'number_of_executed_units|peak_rss_mb' "$build/$target.log"
}

status=0
for target in ${TARGETS-named unbound include zone intent dig}; do
	$cc -O1 -g -std=c17 -D_GNU_SOURCE $flags -fsanitize=fuzzer \
		-DFUZZ_TARGET="\"$target\"" -I"$top" -I"$top/src" \
		"$fuzz/fuzz.c" "$build/libdnslint.a" \
		-o "$build/fuzz-$target" \
		$(pkg-config --libs jansson libfyaml libmaxminddb)
	mkdir -p "$build/found-$target" "$build/corpus-$target"
	"$fuzz/seeds.sh" $target | while read -r seed; do
		cp "$seed" "$build/corpus-$target/$(echo "$seed" | cksum |
			cut -d ' ' -f 1)"
	done
	if [ -n "$runs" ]; then extent="$runs times"; else extent="for $seconds s"; fi
	echo "fuzzing $target $extent"
	if [ "$afl" = 1 ]; then with_afl $target; else
		with_libfuzzer $target
	fi || status=1
done
exit $status
