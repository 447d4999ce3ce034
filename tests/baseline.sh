#!/bin/sh
# Baselines: what is known is left out, wherever it has moved, and no more.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch

mkdir -p etc/parts elsewhere
cat >etc/named.conf <<'END'
acl a { 10.0.0.0/8; !10.1.0.0/16; };
include "etc/parts/acl.conf";
options { allow-query { any; }; };
key k { algorithm hmac-sha256; secret "c2VjcmV0"; };
END
echo 'acl p { 10.0.0.0/8; !10.2.0.0/16; };' >etc/parts/acl.conf
expect 1 'open-resolver' etc/named.conf
expect 0 '[3-9] findings written to known.json' --write-baseline known.json \
	etc/named.conf
expect 0 CLEAN --baseline known.json etc/named.conf
for part in '"file": "etc/parts/acl.conf"' '"file": "etc/named.conf"' \
	'"rule": "open-resolver"' '"count": 1'; do
	ok 'it is not in known.json' grep -e "$part" known.json
done
# Seen from another directory it is the same file.
cd elsewhere || exit 99
ln -s ../etc etc
expect 0 CLEAN --baseline ../known.json ../etc/named.conf
cd ..
# Lines move, blanks and comments change, a statement is made anew.
cat >etc/named.conf <<'END'
// a comment

include "etc/parts/acl.conf";
options {
	// another
	allow-query {
		any;
	};
};
acl a {
	10.0.0.0/8;
	! 10.1.0.0/16; # as before
};
END
expect 0 CLEAN --baseline known.json etc/named.conf
# One more of the same, and one of another statement, are new.
echo 'acl b { 10.0.0.0/8; !10.1.0.0/16; };' >>etc/named.conf
expect 1 'etc/named.conf:14:[0-9]*: warning: .*acl-shadowed-entry' \
	--baseline known.json etc/named.conf
sed -i '$d; s/10.0.0.0.8;/&\n\t!10.1.0.0\/16;/' etc/named.conf
expect 1 'etc/named.conf:13:[0-9]*: warning: .*acl-shadowed-entry' \
	--baseline known.json etc/named.conf
# Findings of a file that was not written down are new.
cp etc/named.conf etc/other.conf
expect 1 'etc/other.conf' --baseline known.json etc/other.conf
# The secret of a statement with a fault plays no part in its fingerprint.
echo 'key k { algorithm hmac-sha256; secret "c2VjcmV0"; bogus; };' >key.conf
expect 0 'written' --write-baseline key.json key.conf
echo 'key k { algorithm hmac-sha256; secret "bmV3IG9uZQ=="; bogus; };' >key.conf
expect 0 CLEAN --baseline key.json key.conf
not_ok 'a secret is in the baseline' grep c2VjcmV0 key.json
# What cannot be judged is not known.
echo 'include "nothing.conf";' >broken.conf
expect 2 'cannot read' --write-baseline broken.json broken.conf
expect 2 'cannot read' --baseline broken.json broken.conf
# Not a baseline; not writable.
echo '[' >wrong.json
expect 2 'wrong.json:' --baseline wrong.json etc/named.conf
echo '{"version": 2, "findings": []}' >wrong.json
expect 2 'no baseline' --baseline wrong.json etc/named.conf
echo '{"version": 1, "findings": [{"file": "x"}]}' >wrong.json
expect 2 'finding 1 is none' --baseline wrong.json etc/named.conf
expect 2 'No such file' --baseline nothing.json etc/named.conf
expect 2 'No such file' --write-baseline no/such.json etc/named.conf
# Two runs write the same bytes.
expect 0 'written' --write-baseline one.json etc/*.conf
expect 0 'written' --write-baseline two.json etc/*.conf
ok 'two baselines differ' cmp one.json two.json

# All of it, or what was there: nothing shorter, and nothing beside it.
expect 0 'written' --write-baseline kept.json etc/named.conf
chmod 640 kept.json
cp kept.json before.json
ln -s kept.json link.json
awk 'BEGIN { for (i = 0; i < 400; i++)
	print "acl a" i " { 10.0.0.0/8; !10." i % 256 ".0.0/16; };" }' >many.conf
count=$((count + 1))
(ulimit -f 4 && exec "$DNSLINT" --write-baseline link.json many.conf >out 2>err)
ok 'not done' test $? = 2
ok 'it does not say why' grep 'cannot write link.json: File too large' err
ok 'it is not as before' cmp kept.json before.json
expect 0 'written' --write-baseline link.json many.conf
not_ok 'it was not written' cmp kept.json before.json
ok 'the link is gone' test -L link.json
ok 'the mode is not kept' test "$(stat -c %a kept.json)" = 640
ln -s nothing dangling.json
expect 2 'symbolic link to nothing' --write-baseline dangling.json many.conf
not_ok 'a file is left' test -n "$(find . -name '.dnslint.*')"
ok 'it is not in a pipe' sh -c \
	'"$1" --write-baseline /dev/stdout many.conf | grep -q findings' \
	sh "$DNSLINT"
(umask 027 && exec "$DNSLINT" --write-baseline new.json many.conf >out 2>err)
ok 'the mode is not that of a new file' test "$(stat -c %a new.json)" = 640

# What is written does not leave the include root, unless by its name.
mkdir root
cp many.conf root
echo precious >precious
ln -s ../precious root/base.json
ln -s .. root/up
for to in root/base.json root/up/precious; do
	expect 2 'cannot write .*: it leads out of the include root' \
		--include-root root --write-baseline $to root/many.conf
	expect 2 'cannot write .*: it leads out of the include root' \
		--include-root root --format json --output $to root/many.conf
done
ok 'what lies outside was written' grep -x precious precious
for to in root/new.json new.json; do
	rm -f $to
	expect 0 'written' --include-root root --write-baseline $to root/many.conf
	ok "no $to" grep findings $to
	rm $to
	expect 1 SILENT --include-root root --format json --output $to root/many.conf
	ok "no $to" grep findings $to
done

finish
