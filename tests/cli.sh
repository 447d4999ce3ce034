#!/bin/sh
# The command line: exit status and where things are said.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch

echo 'options { recursion no; };' >good.conf
echo 'options { recursion no }' >bad.conf
echo 'options { recursion no; forwarders { 192.0.2.1; }; };' >warn.conf
printf 'server:\n\tport: 53\n' >good.unbound
echo 'hello world' >neither.conf
: >empty.conf
echo 'include "nothing.conf";' >incomplete.conf
echo 'include "nothing.conf"; bogus yes;' >condemned.conf
: >named.conf
printf 'key k { algorithm hmac-md5; secret "c2VjcmV0"; }\n' >secret.conf
printf 'options { a\033[31mb c; };\n' >escape.conf

expect 0 SILENT good.conf
expect 0 SILENT check good.conf
expect 0 SILENT good.conf good.unbound
expect 0 SILENT named.conf
expect 1 'bad.conf:1:24: error: .*\[syntax\]' bad.conf
expect 1 'missing' good.conf bad.conf
expect 0 'open-resolver' rules
expect 0 'RFC 5358' rules open-resolver
expect 0 '^    options { allow-query { any; }; recursion no; };' rules open-resolver
expect 0 'acl-shadowed-entry' rules acl
expect 0 '"family": "acl"' rules --format json acl
expect 0 '^# open-resolver' rules --format markdown open-resolver
expect 2 "is it 'open-resolver'" rules open-resolve
expect 2 'one rule or family at a time' rules acl view
expect 2 'no format of rules' rules --format sarif
expect 2 'No such file' nothing.conf
expect 2 'No such file' bad.conf nothing.conf
expect 2 'missing' bad.conf nothing.conf
expect 2 'cannot read' incomplete.conf
expect 1 'cannot read' condemned.conf
expect 2 'is a directory' .
expect 2 "^dnslint: there is no option '--formt'; is it '--format'" --formt json good.conf
expect 2 "no option '-x'; 'dnslint predict --help'" predict -x good.conf
expect 2 "'--format' needs a value" --format
expect 2 "'--help=x': this option takes no value" --help=x
expect 2 "'--only' is no option of 'predict'" predict --only acl good.conf
expect 2 "is it the verb 'check'" chek good.conf
expect 2 "'dnslint --help' lists" help
expect 2 "no directory 'nowhere'" --include-root nowhere good.conf
expect 2 'cannot write nowhere/report: No such file' --output nowhere/report good.conf
expect 2 '^dnslint: unable to open nowhere: ' predict --interfaces nowhere good.conf
expect 2 'cannot tell' neither.conf
expect 2 'cannot tell' empty.conf
expect 0 SILENT --server named empty.conf
expect 0 SILENT --server unbound empty.conf
expect 1 'warning: .*recursion-contradiction' warn.conf
expect 0 'warning: .*recursion-contradiction' --fail-on error warn.conf
expect 0 'warning: .*recursion-contradiction' --exit-zero warn.conf
expect 0 SILENT --only load warn.conf
expect 0 SILENT --only syntax,unknown-option warn.conf
expect 1 'recursion-contradiction' --only recursion warn.conf
expect 0 SILENT --rule recursion-contradiction=off warn.conf
expect 1 'error: ' --rule recursion-contradiction=error --fail-on error warn.conf
expect 0 'note: ' --rule recursion-contradiction=note warn.conf
expect 1 '"rule": "syntax"' --format json bad.conf
expect 1 '"family": "load"' --format=json bad.conf
expect 0 '"findings": \[\]' --format json good.conf
expect 2 'no format' --format yaml good.conf
expect 2 'no server' --server bind good.conf
expect 2 'no release' --target nine good.conf
expect 2 'not known' --target 9.11 good.conf
expect 2 'not known' --target 9.99 good.conf
expect 2 'no rule' --only nonsense good.conf
expect 2 'no rule' --rule nonsense=off good.conf
expect 2 'behind the' --rule syntax=loud good.conf
expect 2 'no level' --fail-on never good.conf
expect 2 'no color' --color blue good.conf
expect 2 'no option .--nonsense' --nonsense good.conf
expect 2 'no FILE' check
expect 2 'no FILE'
expect 2 'only once' - -
expect 2 'root' --include-root /no/such/place good.conf
expect 2 'outside' --include-root /etc good.conf
expect 0 'Usage' --help
expect 0 'Exit status' check --help
expect 0 'dump' dump --help
expect 0 'judges BIND' --version
expect 0 'statement' dump good.conf
expect 2 'one file' dump good.conf bad.conf
expect 2 'is no option of' dump --only load good.conf
expect 1 'missing' dump bad.conf
expect 1 'secret' secret.conf
not_ok 'a secret is shown' grep 'c2VjcmV0' out err
expect 1 'unknown option' escape.conf
not_ok 'an escape sequence is printed raw' grep "$(printf '\033')" out
count=$((count + 1))
if [ "$(echo 'options { recursion no }' |
	"$DNSLINT" --stdin-filename piped.conf - |
	sed -n 1p | cut -d: -f1)" != piped.conf ]; then
	fail "--stdin-filename does not name standard input"
fi
printf 'client\tdest\tqname\tqtype\trd\ttsig\tproto\n192.0.2.1\t192.0.2.53\twww.example\tA\t1\t-\tudp\n' >probes.tsv
printf 'client\tdest\tqname\tqtype\trd\ttsig\tproto\n192.0.2.\t192.0.2.53\twww.example\tA\t1\t-\tudp\n' >bad-client.tsv
printf 'client\tdest\tqname\tqtype\trd\ttsig\tproto\n192.0.2.1\t192.0.2.53\twww.example\tNONSENSE\t1\t-\tudp\n' >bad-type.tsv
printf 'client\tqname\n' >bad-header.tsv
expect 0 'REFUSED.*allow-recursion\|REFUSED.*recursion' predict good.conf
expect 0 'REFUSED' predict --query www.example/AAAA --client 192.0.2.1 good.conf
expect 0 'REFUSED	0	0	.*recursion@good.conf:1' predict --target 9.18 --probes probes.tsv --format tsv good.conf
expect 0 'DROP.*default:interface' predict --query www.example good.unbound
expect 1 'missing' predict bad.conf
expect 2 'No such file' predict nothing.conf
expect 2 'bad-client.tsv:2: the client is no address' predict --probes bad-client.tsv good.conf
expect 2 'bad-type.tsv:2: there is no type' predict --probes bad-type.tsv good.conf
expect 2 'bad-header.tsv:1: the first line' predict --probes bad-header.tsv good.conf
expect 2 'cannot read the probes' predict --probes no-probes.tsv good.conf
expect 2 'no address' predict --client nobody --query a.example good.conf
expect 2 'no address' predict --interface nobody good.conf
expect 2 'no type' predict --query a.example/NONSENSE good.conf
expect 2 'asks for --query' predict --client 192.0.2.1 good.conf
expect 2 'goes with --probes' predict --format tsv good.conf
expect 2 'is no option of' predict --only load good.conf
expect 2 'is no option of' check --probes probes.tsv good.conf
expect 2 'one file' predict good.conf bad.conf
expect 0 'Usage: dnslint predict' predict --help
# A symbolic link in a chroot leads a server to no file of the host.
mkdir -p jail/etc
printf '$TTL 1\n@ SOA a b 1 2 3 4 5\n@ NS a\na A 192.0.2.1\n' >jail/etc/a.db
echo 'options { directory "/etc"; recursion no; };
zone a.example { type primary; file "a.db"; };' >jail/etc/named.conf
expect 0 'ZONE ' predict --chroot jail --query a.a.example /etc/named.conf
mv jail/etc/a.db outside.db
ln -s "$dir/outside.db" jail/etc/a.db
expect 0 'UNKNOWN ' predict --chroot jail --query a.a.example /etc/named.conf
# Two formats at once, and a report that cannot be written.
expect 1 'bad.conf:1' --format json --output report.json --format text bad.conf
ok 'the JSON report is not in its file' grep '"version": 1' report.json
expect 2 'cannot write no/such/file: No such file' --format json --output no/such/file bad.conf
# Nothing that is read is written over, and no report over another.
for target in bad.conf ./bad.conf link.conf; do
	ln -sf bad.conf link.conf
	expect 2 'would be overwritten' --output $target bad.conf
	expect 2 'would be overwritten' --write-baseline $target bad.conf
done
ok 'a file to be checked is overwritten' test -s bad.conf
expect 2 'two reports cannot both' --format json --format text bad.conf
expect 2 'cannot hold two reports' --format json --output report.json --format text --output ./report.json bad.conf
expect 2 'cannot hold two reports' --format json --output both --format text --output both bad.conf
expect 1 'bad.conf:1' --format text --format json --output /dev/null --format junit --output /dev/null bad.conf
expect 2 'exclude each other' --policy x --no-policy bad.conf
expect 2 'wants a rule or a family' --only '' bad.conf
expect 2 'unable to open nowhere' --interfaces nowhere good.conf
if [ -w /dev/full ]; then
	expect 2 'cannot write the output' --format text --output /dev/full bad.conf
	for arguments in bad.conf --help --version rules 'predict good.conf' \
		'diff good.conf good.conf' 'dump good.conf'; do
		count=$((count + 1))
		# shellcheck disable=SC2086
		"$DNSLINT" $arguments >/dev/full 2>err
		got=$?
		[ $got = 2 ] ||
			fail "$arguments: status $got where nothing can be written"
	done
fi
# The same input gives the same bytes.
"$DNSLINT" bad.conf warn.conf >one 2>&1
"$DNSLINT" bad.conf warn.conf >two 2>&1
ok 'two runs differ' cmp one two
finish
