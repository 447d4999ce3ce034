/*
 * The load checks: names and mnemonics, and what each refuses. Verdicts and
 * lines are those of named-checkconf 9.18.49, and for other releases what
 * lib/isccfg/check.c and lib/bind9/check.c of their branch say.
 */
#include <string.h>
#include <unistd.h>

#include "check/decode.h"
#include "check/domain.h"
#include "check/mnemonic.h"
#include "lint/lint.h"
#include "schema/release.h"
#include "tests/check.h"

START_TEST(domain_names)
{
	static const struct {
		const char *text;
		const char *same; /* another spelling of it, or NULL: no name */
	} names[] = {
		{ "example.com", "EXAMPLE.com." },
		{ ".", "@" },
		{ "a\\.b", "A\\046b." },
		{ "\\065", "a" },
		{ "*.example", "*.EXAMPLE" },
		{ "", NULL },
		{ "a..b", NULL },
		{ ".a", NULL },
		{ "\\", NULL },
		{ "\\256", NULL },
		{ "\\11.example", NULL },
		{ "0123456789012345678901234567890123456789"
		  "01234567890123456789012",
		  "0123456789012345678901234567890123456789"
		  "01234567890123456789012." },
		{ "0123456789012345678901234567890123456789"
		  "012345678901234567890123",
		  NULL },
	};
	struct arena *a = arena_new();
	struct slice one, other;
	bool good = domain_parse(a, slice_of(names[_i].text), &one);

	ck_assert_int_eq(good, names[_i].same != NULL);
	if (good) {
		ck_assert(domain_parse(a, slice_of(names[_i].same), &other));
		ck_assert(slice_equal(one, other));
	}
	arena_free(a);
}
END_TEST
enum {
	DOMAIN_NAMES = 13
};

START_TEST(domain_names_have_an_order)
{
	struct arena *a = arena_new();
	struct slice host, zone, other;

	ck_assert(domain_parse(a, slice_of("ns.example.com"), &host));
	ck_assert(domain_parse(a, slice_of("example.com"), &zone));
	ck_assert(domain_parse(a, slice_of("nsexample.com"), &other));
	ck_assert(domain_is_below(host, zone));
	ck_assert(domain_is_below(zone, zone));
	ck_assert(!domain_is_below(zone, host));
	ck_assert(!domain_is_below(other, zone));
	ck_assert(!domain_is_wildcard(host));
	ck_assert(domain_parse(a, slice_of("*.example.com"), &other));
	ck_assert(domain_is_wildcard(other));
	arena_free(a);
}
END_TEST

START_TEST(encoded_texts)
{
	static const struct {
		const char *text;
		int base64, hex; /* bytes, -1: not good */
	} texts[] = {
		{ "", 0, 0 },		{ "YWJj", 3, -1 },
		{ "YWI=", 2, -1 },	{ "YQ==", 1, -1 },
		{ "YR==", -1, -1 },	{ "YQ=", -1, -1 },
		{ "YQ==YQ==", -1, -1 }, { " Y W\nJj ", 3, -1 },
		{ "abcd", 3, 2 },	{ "abc", -1, -1 },
		{ "ab cd EF", -1, 3 },	{ "a?", -1, -1 },
	};
	size_t bytes;
	struct slice text = slice_of(texts[_i].text);
	bool good = decode_base64(text, &bytes);

	ck_assert_int_eq(good ? (int)bytes : -1, texts[_i].base64);
	good = decode_hex(text, &bytes);
	ck_assert_int_eq(good ? (int)bytes : -1, texts[_i].hex);
}
END_TEST
enum {
	ENCODED_TEXTS = 12
};

START_TEST(mnemonics)
{
	ck_assert_int_eq(mnemonic_class(slice_of("in")), CLASS_IN);
	ck_assert_int_eq(mnemonic_class(slice_of("CHAOS")), CLASS_CH);
	ck_assert_int_eq(mnemonic_class(slice_of("CLASS1")), CLASS_IN);
	ck_assert_int_eq(mnemonic_class(slice_of("CLASS65536")), -1);
	ck_assert_int_eq(mnemonic_class(slice_of("1")), -1);
	ck_assert(mnemonic_is_type(slice_of("aaaa")));
	ck_assert(mnemonic_is_type(slice_of("TYPE65535")));
	ck_assert(!mnemonic_is_type(slice_of("TYPE")));
	ck_assert(!mnemonic_is_type(slice_of("example")));
	ck_assert_int_eq(mnemonic_algorithm(slice_of("rsasha256")), 8);
	ck_assert_int_eq(mnemonic_algorithm(slice_of("13")), 13);
	ck_assert_int_eq(mnemonic_algorithm(slice_of("256")), -1);
	ck_assert(mnemonic_is_digest(slice_of("sha-256")));
	ck_assert(!mnemonic_is_digest(slice_of("sha-257")));
}
END_TEST

struct load_case {
	const char *release;
	const char *text;
	const char *rule; /* of the first finding; NULL: it loads */
	unsigned line;
};

#define KEY(name) "key " name " { algorithm hmac-sha256; secret \"YWJj\"; };\n"
#define PRIMARY(name, rest) \
	"zone " name " { type primary; file " name "; " rest " };\n"

static const struct load_case cases[] = {
	/* acls */
	{ "9.18", "options { allow-query { lan; }; };", "undefined-acl", 1 },
	{ "9.18",
	  "acl a { b; };\nacl b { a; };\noptions { blackhole { a; }; };",
	  "recursive-acl", 2 },
	{ "9.18", "acl unused { nowhere; };", NULL, 0 },
	{ "9.18", "acl any { none; };", "duplicate-name", 1 },
	{ "9.18", "acl a { any; };\nacl A { none; };", "duplicate-name", 2 },
	{ "9.18", "options { allow-query { \"10.0.0.1\"; }; };",
	  "undefined-acl", 1 },
	{ "9.18", "options { allow-query { key a..b; }; };", "bad-value", 1 },
	{ "9.18", "options { allow-query { geoip country DEU; }; };",
	  "bad-value", 1 },
	{ "9.18", "options { allow-query { geoip country DE; }; };", NULL, 0 },
	{ "9.18", "options { allow-query { !!any; }; };", "bad-value", 1 },
	{ "9.18", "options { allow-query { !{ !any; }; }; };", NULL, 0 },
	/* a zone's own allow-query is not resolved; an inherited list is */
	{ "9.18", PRIMARY("\"x\"", "allow-query { nowhere; };"), NULL, 0 },
	{ "9.18", "options { allow-transfer { nowhere; }; };", NULL, 0 },
	{ "9.18",
	  "options { allow-transfer { nowhere; }; };\n"
	  "zone f { type forward; };",
	  "undefined-acl", 1 },
	/* zones */
	{ "9.18", "zone x { file \"x\"; };", "missing-zone-statement", 1 },
	{ "9.18", "zone x { type primary; };", "missing-zone-statement", 1 },
	{ "9.18", "zone x { type secondary; };", "missing-zone-statement", 1 },
	{ "9.18", "zone x {\n\ttype secondary;\n\tprimaries { };\n};",
	  "missing-value", 1 },
	{ "9.18", "zone x { type secondary; primaries { l; }; };",
	  "undefined-reference", 1 },
	{ "9.18", "zone x { type forward; };\nzone \"X.\" { type forward; };",
	  "duplicate-zone", 2 },
	{ "9.18",
	  "zone . { type hint; file \"h\"; };\nzone . { type mirror; };", NULL,
	  0 },
	{ "9.18", "zone a..b { type forward; };", "bad-value", 1 },
	{ "9.18", "zone x ch { type forward; };", "bad-value", 1 },
	{ "9.18", "zone x { type redirect; file \"r\"; };", "bad-value", 1 },
	{ "9.18", PRIMARY("\"x\"", "\n") PRIMARY("\"X\"", ""), "duplicate-zone",
	  3 },
	{ "9.18",
	  "zone a { type primary; file \"f\"; };\n"
	  "zone b { type primary; file \"f\"; };",
	  NULL, 0 },
	{ "9.18",
	  "zone a { type primary; file \"f\"; };\n"
	  "zone b { type primary; file \"f\"; allow-update { any; }; };",
	  "conflicting-options", 2 },
	{ "9.18", PRIMARY("\"x\"", "dnssec-policy p;"), "undefined-reference",
	  1 },
	{ "9.18", PRIMARY("\"x\"", "dnssec-policy default;"),
	  "missing-statement", 1 },
	{ "9.20", PRIMARY("\"x\"", "dnssec-policy default;"), NULL, 0 },
	{ "9.20", PRIMARY("\"x\"", "dnssec-policy default; max-zone-ttl 1;"),
	  "conflicting-options", 1 },
	{ "9.18",
	  PRIMARY("\"x\"", "allow-update { any; }; update-policy local;"),
	  "conflicting-options", 1 },
	{ "9.18", PRIMARY("\"x\"", "update-policy { grant k self a; };"),
	  "bad-value", 1 },
	{ "9.18", PRIMARY("\"x\"", "update-policy { grant k name TXT; };"),
	  "missing-value", 1 },
	{ "9.18",
	  PRIMARY("\"x\"", "update-policy { grant k zonesub TXT(2); };"), NULL,
	  0 },
	{ "9.16",
	  PRIMARY("\"x\"", "update-policy { grant k zonesub TXT(2); };"),
	  "bad-value", 1 },
	{ "9.18", PRIMARY("\"x\"", "allow-transfer transport udp { any; };"),
	  "bad-value", 1 },
	{ "9.18", "zone x { type mirror; primaries { ::1; }; notify yes; };",
	  "conflicting-options", 1 },
	{ "9.18",
	  "options { recursion no; };\n"
	  "zone . { type mirror; };",
	  "conflicting-options", 2 },
	{ "9.18", "zone x { type static-stub; server-names { a.x; }; };",
	  "bad-value", 1 },
	{ "9.18", "zone x { type forward; forward only; };",
	  "missing-statement", 1 },
	{ "9.21", "template t { type primary; };\nzone x { template u; };",
	  "undefined-reference", 2 },
	{ "9.21",
	  "template t { type primary; file \"$name\"; };\n"
	  "zone x { template t; };",
	  NULL, 0 },
	/* views */
	{ "9.18", "view v { };\n" PRIMARY("\"x\"", ""), "zone-outside-view",
	  2 },
	{ "9.18", "view v { };\nview v { };", "duplicate-name", 2 },
	{ "9.18", "view v { };\nview V { };\nview v ch { };", NULL, 0 },
	{ "9.21", "view v ch { };", "bad-value", 1 },
	{ "9.18", "view _default { };", "duplicate-name", 1 },
	{ "9.18",
	  "view a { zone x { type secondary; primaries { ::1; }; }; };\n"
	  "view b { zone x { in-view a; }; };",
	  NULL, 0 },
	{ "9.18", "view b { zone x { in-view a; }; };", "undefined-view", 1 },
	{ "9.18",
	  "view a { zone x { type hint; file \"h\"; }; };\n"
	  "view b { zone x { in-view a; file \"f\"; }; };",
	  "conflicting-options", 2 },
	/* keys and who uses them */
	{ "9.18", "key k { secret \"YWJj\"; };", "missing-statement", 1 },
	{ "9.18", "key k { algorithm hmac-sha256; secret \"YW\"; };",
	  "bad-value", 1 },
	{ "9.18", "key k { algorithm hmac-sha3; secret \"YWJj\"; };",
	  "bad-value", 1 },
	{ "9.18", KEY("k") KEY("\"K.\""), "duplicate-name", 2 },
	{ "9.18", "server 192.0.2.1 { keys k; };", "undefined-key", 1 },
	{ "9.18", KEY("k") "server 192.0.2.1 { keys { k }; };", NULL, 0 },
	{ "9.18", "server 192.0.2.1 { };\nserver 192.0.2.1/32 { };",
	  "duplicate-name", 2 },
	{ "9.18", "server 192.0.2.1 { transfer-source-v6 ::1; };",
	  "conflicting-options", 1 },
	{ "9.18", "controls { inet * allow { any; } keys { k; }; };",
	  "undefined-key", 1 },
	{ "9.18", "primaries p { 192.0.2.1 key k; };", NULL, 0 },
	{ "9.20", "primaries p { 192.0.2.1 key k; };", "undefined-key", 1 },
	{ "9.18", "primaries p { ::1; };\nmasters p { ::1; };",
	  "duplicate-name", 2 },
	{ "9.18", "primaries p { ::1; };\nparental-agents p { ::1; };", NULL,
	  0 },
	{ "9.20", "primaries p { ::1; };\nparental-agents p { ::1; };",
	  "duplicate-name", 1 },
	/* listeners */
	{ "9.18", "options { listen-on tls t { any; }; };", "undefined-tls",
	  1 },
	{ "9.18", "options { listen-on http default { any; }; };",
	  "missing-value", 1 },
	{ "9.18", "options { listen-on port 65535 { any; }; };", "bad-value",
	  1 },
	{ "9.21", "options { listen-on port 65535 { any; }; };", NULL, 0 },
	{ "9.18", "tls t { key-file \"k\"; };", "missing-statement", 1 },
	{ "9.18", "tls t { protocols { SSLv3; }; };", "bad-value", 1 },
	{ "9.18", "tls none { };", "duplicate-name", 1 },
	{ "9.18", "http h { endpoints { \"dns\"; }; };", "bad-value", 1 },
	/* options */
	{ "9.18", "options { nta-lifetime 8d; };", "bad-value", 1 },
	{ "9.18", "options { lmdb-mapsize 1M; };", NULL, 0 },
	{ "9.18", "options { lmdb-mapsize 1k; };", "bad-value", 1 },
	{ "9.18", "options { max-ixfr-ratio 0%; };", "bad-value", 1 },
	{ "9.18", "options { cookie-secret \"00\"; };", "bad-value", 1 },
	{ "9.18", "options { query-source port 53; };", "bad-value", 1 },
	{ "9.18", "options { port 5300; query-source port 53; };", NULL, 0 },
	{ "9.18", "options { query-source dscp 4 address ::1; };", "bad-value",
	  1 },
	{ "9.18", "options { query-source dscp 4 port 5300 address *; };", NULL,
	  0 },
	{ "9.18", "options { query-source dscp 4 *; };", "bad-value", 1 },
	{ "9.20", "options { query-source port 5300 none; };", NULL, 0 },
	{ "9.20", "options { query-source port 5300 *; };",
	  "surplus-value", 1 },
	{ "9.18",
	  "options { check-names primary warn; check-names master "
	  "warn; };",
	  "duplicate-option", 1 },
	{ "9.18", "options { dnstap { all; }; };", "missing-statement", 1 },
	{ "9.18", "options { dns64 2001:db8::/33 { }; };", "bad-value", 1 },
	{ "9.18", "options { dns64 64:ff9b::/96 { suffix ::1; }; };",
	  "bad-value", 1 },
	{ "9.18", "options { rate-limit { slip 11; }; };", "bad-value", 1 },
	{ "9.18", "options { rate-limit { slip 4294967295; }; };", NULL, 0 },
	{ "9.18", "options { rate-limit { max-table-size 4294967295; }; };",
	  "bad-value", 1 },
	{ "9.16", "options { dscp 64; };", "bad-value", 1 },
	{ "9.18", "options { dscp 64; };", NULL, 0 },
	{ "9.18", "options { rrset-order { order first; }; };", "bad-value",
	  1 },
	{ "9.18", "options { fetch-quota-params 1 0.1 1.3 0.7; };", NULL, 0 },
	{ "9.20", "options { fetch-quota-params 1 0.1 1.3 0.7; };", "bad-value",
	  1 },
	{ "9.18", "options { edns-udp-size 100; };", NULL, 0 },
	{ "9.21", "options { edns-udp-size 100; };", "bad-value", 1 },
	{ "9.18", "options { response-policy { zone z; }; };",
	  "undefined-reference", 1 },
	/* trust anchors */
	{ "9.18", "options { dnssec-validation yes; };", NULL, 0 },
	{ "9.20", "options { dnssec-validation yes; };", "missing-statement",
	  1 },
	{ "9.18", "trust-anchors { a static-key 257 3 8 \"YQ\"; };",
	  "bad-value", 1 },
	{ "9.18",
	  "trust-anchors { a static-key 257 3 8 \"YQ==\";\n"
	  "a initial-key 257 3 8 \"YQ==\"; };",
	  "conflicting-options", 2 },
	{ "9.18",
	  "options { dnssec-validation auto; };\n"
	  "trust-anchors { . static-key 257 3 8 \"YQ==\"; };",
	  "conflicting-options", 2 },
	/* policies of signing */
	{ "9.18", "dnssec-policy default { };", "duplicate-name", 1 },
	{ "9.18",
	  "dnssec-policy p { keys { ksk lifetime P30D algorithm 13; }; };",
	  "missing-value", 1 },
	{ "9.18",
	  "dnssec-policy p { keys { csk lifetime 1d algorithm 13; }; };",
	  "bad-value", 1 },
	{ "9.18", "dnssec-policy p { nsec3param iterations 150; };", NULL, 0 },
	{ "9.20", "dnssec-policy p { nsec3param iterations 1; };", "bad-value",
	  1 },
	{ "9.18", "dnssec-policy p { signatures-refresh 14d; };",
	  "conflicting-options", 1 },
	/* logging */
	{ "9.18", "logging { category nothing { null; }; };", "bad-value", 1 },
	{ "9.18", "logging { category default { c; }; };",
	  "undefined-reference", 1 },
	{ "9.18", "logging { channel c { severity info; }; };",
	  "missing-statement", 1 },
	{ "9.18", "logging { category delegation-only { null; }; };", NULL, 0 },
	{ "9.20", "logging { category delegation-only { null; }; };",
	  "bad-value", 1 },
};

/*
 * Those of unbound-checkconf 1.17.1, and for other releases what
 * util/configparser.y and smallapp/unbound-checkconf.c of their tag say.
 */
#define RESPONSE(netblock) "server: response-ip: " netblock " redirect\n"
#define REDIRECT "server: local-zone: a redirect\nlocal-data: "

static const struct load_case unbound_cases[] = {
	/* values */
	{ "1.17", "server: so-sndbuf: \"5 kB\"", NULL, 0 },
	{ "1.17", "server: so-sndbuf: \"5 b\"", "bad-value", 1 },
	{ "1.17", "server: so-sndbuf: 18446744073709551616", NULL, 0 },
	{ "1.17", "server: outgoing-port-permit: +5-6", NULL, 0 },
	{ "1.17", "server: outgoing-port-permit: 6-5", "bad-value", 1 },
	{ "1.17", "server: outgoing-port-permit: 00", "bad-value", 1 },
	{ "1.17", "server: interface-automatic-ports: \"5+6 -0\"", NULL, 0 },
	{ "1.17", "server: interface-automatic-ports: \"5,6\"", "bad-value",
	  1 },
	{ "1.17", "server: val-override-date: 20240229235959", NULL, 0 },
	{ "1.17", "server: val-override-date: 20241301000000", "bad-value",
	  1 },
	{ "1.17", "server: trust-anchor: \"\"", NULL, 0 },
	{ "1.17", "server: local-data: \"a. TYPE65280 \\# 1 00\"", NULL, 0 },
	{ "1.17", "server: discard-timeout: two", "unchecked-value", 1 },
	{ "1.17", "remote-control: control-use-cert: on", "unchecked-value",
	  1 },
	/* what came with a release */
	{ "1.13.1", "server: local-zone: a always_deny", NULL, 0 },
	{ "1.13.0", "server: local-zone: a always_deny", "not-yet-option", 1 },
	{ "1.13.1", "view: name: v\nlocal-zone: a always_deny",
	  "not-yet-option", 2 },
	{ "1.14", "server: module-config: \"respip dns64 iterator\"",
	  "bad-value", 1 },
	{ "1.14", "rpz: name: a\nfor-downstream: yes", "not-yet-option", 2 },
	{ "1.22", "server: wait-limit-netblock: ::/0 5", "not-yet-option", 1 },
	{ "1.23", "server: wait-limit-netblock: ::/0 5", NULL, 0 },
	{ "1.24", "server: quic-port: 0", "bad-value", 1 },
	{ "1.25", "server: quic-port: 0", NULL, 0 },
	{ "1.25", "server: iter-scrub-ns: 0", NULL, 0 },
	{ "1.26", "server: iter-scrub-ns: 0", "bad-value", 1 },
	/* data of records */
	{ "1.17",
	  "server: define-tag: t\n"
	  "access-control-tag-data: ::/0 t \"A 192.0.2.300\"",
	  "bad-value", 2 },
	{ "1.17",
	  "server: define-tag: t\n"
	  "access-control-tag-action: ::/0 \"\" deny",
	  "undefined-tag", 2 },
	{ "1.17",
	  RESPONSE("::/0") "response-ip-data: ::/0 \"3600 IN AAAA ::1\"",
	  NULL, 0 },
	{ "1.17", RESPONSE("::/0") "response-ip-data: ::/0 \"A 192.0.2.1\"",
	  "bad-value", 2 },
	{ "1.17",
	  RESPONSE("::/0") "response-ip-data: ::/0 \"CNAME a\"\n"
			   "response-ip-data: ::/0 \"AAAA ::1\"",
	  "conflicting-options", 3 },
	{ "1.17",
	  "view: name: v\nresponse-ip: ::/0 deny\n"
	  "response-ip-data: ::/0 \"AAAA ::1\"",
	  "conflicting-options", 3 },
	{ "1.17", REDIRECT "\"a A 192.0.2.1\"\nlocal-data: \"a TXT x\"", NULL,
	  0 },
	{ "1.17", REDIRECT "\"a A 192.0.2.1\"\nlocal-data: \"a CNAME b\"",
	  "conflicting-options", 3 },
	{ "1.17", REDIRECT "\"a CNAME b\"\nlocal-data: \"a CH TXT x\"", NULL,
	  0 },
	{ "1.17",
	  "view: name: v\nlocal-zone: a redirect\n"
	  "local-data: \"b.a A 192.0.2.1\"",
	  "conflicting-options", 3 },
	/* options that rule each other out */
	{ "1.17", "server: interface: ::1@443\nproxy-protocol-port: 443",
	  "conflicting-options", 1 },
	{ "1.17", "server: interface: ::1@853\nproxy-protocol-port: 853", NULL,
	  0 },
	{ "1.23", "server: interface: ::1@853\nproxy-protocol-port: 853",
	  "conflicting-options", 1 },
	{ "1.19",
	  "server: disable-edns-do: yes\ntrust-anchor-file: \"root.key\"",
	  "conflicting-options", 1 },
	{ "1.23", "rpz: name: a\nzonefile: \"a.zone\"", NULL, 0 },
	{ "1.24", "rpz: name: a\nzonefile: \"a.zone\"", "conflicting-options",
	  1 },
	{ "1.24",
	  "server: module-config: \"respip iterator\"\n"
	  "rpz: name: a\nzonefile: \"a.zone\"",
	  NULL, 0 },
	{ "1.24", "view: name: v\nresponse-ip: ::/0 deny",
	  "conflicting-options", 2 },
	{ "1.24",
	  "remote-control: control-enable: yes\n"
	  "control-interface: 192.0.2.300",
	  "bad-value", 2 },
	{ "1.24",
	  "remote-control: control-enable: yes\n"
	  "control-interface: \"/run/unbound.ctl\"",
	  NULL, 0 },
	{ "1.25",
	  "server: root-hints: \"f\"\nauth-zone: name: a\nzonefile: \"f\"",
	  NULL, 0 },
	{ "1.26",
	  "server: root-hints: \"f\"\nauth-zone: name: a\nzonefile: \"f\"",
	  "conflicting-options", 3 },
};

static void
check_case(const struct load_case *c)
{
	char path[] = "/tmp/dnslint-load-XXXXXX";
	const char *why;
	uint32_t release = release_parse(slice_of(c->release), RELEASE_LAST);
	struct lint_options o = {
		.dialect = release_dialect(release),
		.named_target = release,
		.unbound_target = release,
	};
	struct arena *a = arena_new();
	int fd = mkstemp(path);
	size_t count;

	ck_assert(selection_add_only(a, &o.selection, "load", &why));
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, c->text, strlen(c->text)),
			 (int)strlen(c->text));
	close(fd);
	struct lint_result r = lint_file(path, &o);
	const struct diag *const *diags = diags_sorted(r.diags, &count);

	unlink(path);
	if (c->rule == NULL) {
		ck_assert_msg(count == 0, "%s: %s\n%s", c->release,
			      count == 0 ? "" : diags[0]->message, c->text);
	} else {
		ck_assert_msg(count > 0, "%s: no finding\n%s", c->release,
			      c->text);
		ck_assert_msg(strcmp(diags[0]->rule, c->rule) == 0,
			      "%s: %s [%s]\n%s", c->release, diags[0]->message,
			      diags[0]->rule, c->text);
		ck_assert_uint_eq(
			sources_position(r.sources, diags[0]->span.begin).line,
			c->line);
	}
	lint_free(&r);
	arena_free(a);
}

START_TEST(refusals)
{
	check_case(&cases[_i]);
}
END_TEST

START_TEST(refusals_of_unbound)
{
	check_case(&unbound_cases[_i]);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("check");

	tcase_add_loop_test(tc, domain_names, 0, DOMAIN_NAMES);
	tcase_add_test(tc, domain_names_have_an_order);
	tcase_add_loop_test(tc, encoded_texts, 0, ENCODED_TEXTS);
	tcase_add_test(tc, mnemonics);
	tcase_add_loop_test(tc, refusals, 0, COUNT(cases));
	tcase_add_loop_test(tc, refusals_of_unbound, 0, COUNT(unbound_cases));
	return run_tests(tc, "check");
}
