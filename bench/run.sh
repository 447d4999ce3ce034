#!/bin/sh
# Time dnslint side by side with the servers' own checkers on large inputs.
#   bench/run.sh [DNSLINT] [RUNS]
# Prints, for each input, medians of wall time and peak memory of both, and the
# ratios. The two programs run in turn, so that drift of the machine hits both.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
dnslint=$(realpath "${1:-$top/build/dnslint}")
runs=${2:-5}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin:/sbin

# once NAME COMMAND...: one line "seconds kilobytes" into NAME
once() {
	log=$dir/$1
	shift
	/usr/bin/time -f '%e %M' -o "$dir/time" "$@" >/dev/null 2>&1 || :
	tail -1 "$dir/time" >>"$log"
}

median() {
	cut -d' ' -f"$2" "$dir/$1" | sort -n |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# side_by_side TITLE CHECKER SERVER FILE
side_by_side() {
	rm -f "$dir/ours" "$dir/theirs"
	i=0
	while [ $i -lt "$runs" ]; do
		once theirs "$2" "$4"
		once ours "$dnslint" check --only load --no-policy --server "$3" "$4"
		i=$((i + 1))
	done
	awk -v title="$1" -v tw="$(median theirs 1)" -v tm="$(median theirs 2)" \
		-v ow="$(median ours 1)" -v om="$(median ours 2)" 'BEGIN {
		printf "%-28s %7.2f s %7.1f MB   %7.2f s %7.1f MB   %6.3f %6.3f\n",
			title, tw, tm / 1024, ow, om / 1024, ow / tw, om / tm }'
}

printf '%-28s %9s %10s   %9s %10s   %6s %6s\n' \
	input checker '' dnslint '' 'time' 'memory'
while read -r kind n server checker title; do
	command -v "$checker" >/dev/null 2>&1 || {
		echo "$title: $checker is not installed"
		continue
	}
	python3 "$top/bench/generate.py" "$kind" "$n" "$dir/$kind.conf"
	side_by_side "$title" "$checker" "$server" "$dir/$kind.conf"
	rm -f "$dir/$kind.conf"
done <<'EOF'
zones 200000 named named-checkconf 200,000 zones
acl 1000000 named named-checkconf 1,000,000 prefixes
access 1000000 unbound unbound-checkconf 1,000,000 access-control
local 1000000 unbound unbound-checkconf 1,000,000 local-zone
EOF

# Two lists that differ in ten lines: diff beside predict of one of them.
python3 "$top/bench/generate.py" acl 1000000 "$dir/old.conf"
sed '100000~100000d' "$dir/old.conf" >"$dir/new.conf"
rm -f "$dir/ours" "$dir/theirs"
i=0
while [ $i -lt "$runs" ]; do
	once theirs "$dnslint" predict --no-policy "$dir/old.conf"
	once ours "$dnslint" diff --no-policy "$dir/old.conf" "$dir/new.conf"
	i=$((i + 1))
done
awk -v pw="$(median theirs 1)" -v pm="$(median theirs 2)" \
	-v dw="$(median ours 1)" -v dm="$(median ours 2)" 'BEGIN {
	printf "%-28s %7.2f s %7.1f MB   %7.2f s %7.1f MB   %6.3f %6.3f\n",
		"predict, then diff of two", pw, pm / 1024, dw, dm / 1024,
		dw / pw, dm / pm }'
rm -f "$dir/old.conf" "$dir/new.conf"

# A ten-line file against a program that does nothing.
cat >"$dir/small.conf" <<'EOF'
options {
	recursion no;
	listen-on { 192.0.2.1; };
	allow-query { any; };
	allow-transfer { none; };
};
zone "example.com" {
	type primary;
	file "example.com.db";
};
EOF
python3 - "$dnslint" "$dir/small.conf" <<'EOF'
import os, subprocess, sys, time
def median(command):
    times = []
    for _ in range(200):
        begin = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ)
        os.waitpid(pid, 0)
        times.append(time.perf_counter() - begin)
    return sorted(times)[100] * 1000
true, ours = median(['/bin/true']), median([sys.argv[1], sys.argv[2]])
print(f'ten lines: /bin/true {true:.2f} ms, dnslint {ours:.2f} ms, {ours - true:.2f} ms more')
EOF

# What may be many, each once: whole checks, predict and diff.
printf '%-28s %18s %18s %18s\n' 'all rules' check predict diff
while read -r kind n; do
	python3 "$top/bench/generate.py" "$kind" "$n" "$dir/many.conf"
	cp "$dir/many.conf" "$dir/same.conf"
	rm -f "$dir/check" "$dir/predict" "$dir/diff"
	once check "$dnslint" check --no-policy "$dir/many.conf"
	once predict "$dnslint" predict --no-policy "$dir/many.conf"
	once diff "$dnslint" diff --no-policy "$dir/many.conf" "$dir/same.conf"
	printf '%-28s' "$n $kind"
	for verb in check predict diff; do
		printf ' %7.2f s %6.0f MB' "$(median $verb 1)" \
			$(($(median $verb 2) / 1024))
	done
	echo
done <<'LIST'
zones 200000
reverse 100000
own-lists 200000
view-keys 3000
views 20000
keys 100000
acls 200000
chain 100000
diamond 1000
primaries 100000
shadowed 11000
on-lists 1000
access 1000000
local 200000
local-data 200000
forward 50000
LIST
rm -f "$dir/many.conf" "$dir/same.conf"
