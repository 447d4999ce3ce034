/* The intent file: what it says, what is wrong with it, which files it means. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intent/glob.h"
#include "intent/policy.h"
#include "source/path.h"
#include "tests/check.h"

static struct arena *a;
static char dir[] = "/tmp/dnslint-intent-XXXXXX";
static char path[64];

static void
set_up(void)
{
	a = arena_new();
	strcpy(dir, "/tmp/dnslint-intent-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/.dnslint.yaml", dir);
}

static void
tear_down(void)
{
	unlink(path);
	rmdir(dir);
	arena_free(a);
}

static const struct policy *
read_path(const char *name, const char **why)
{
	return policy_read(a, root_new(a, NULL, NULL), name, NULL, why);
}

static const struct policy *
read_bytes(const char *text, size_t len, const char **why)
{
	FILE *out = fopen(path, "w");

	*why = NULL;
	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(text, 1, len, out), len);
	ck_assert_int_eq(fclose(out), 0);
	return read_path(path, why);
}

static const struct policy *
read_text(const char *text, const char **why)
{
	return read_bytes(text, strlen(text), why);
}

static struct intent
intent_of(const struct policy *p, const char *file)
{
	return policy_intent(p, arena_printf(a, "%s/%s", dir, file));
}

#define V "version: 1\n"
#define S V "servers:\n  - files: [a.conf]\n    "
#define E S "expect:\n      - { client: 10.0.0.0/8, query: a.example, "

/* Each must give exactly one complaint, at this line and column. */
static const struct {
	const char *text;
	const char *place;
	const char *message;
} bad[] = {
	/* YAML */
	{ "", "1:1", "the file is empty" },
	{ "# nothing\n", "1:1", "the file is empty" },
	{ V "servers: [", "3:1", "no YAML" },
	{ V "rules: {a: \"b}\n", "2:13", "no YAML" },
	{ V "\trules: {}\n", "2:1", "begins with a tab" },
	{ "version: 1: 2\n", "1:11", "no YAML" },
	{ "version: 1\nb\n", "2:1", "no YAML" },
	{ V "fail-on: \xff\n", "2:10", "byte \\xff" },
	{ V "fail-on: a\x01\n", "2:11", "byte \\x01" },
	{ V "fail-on: &a error\n", "2:13", "anchors" },
	{ V "fail-on: *a\n", "2:10", "aliases" },
	{ V "rules: &a {}\n", "2:11", "anchors" },
	{ V "fail-on: !x error\n", "2:13", "tags" },
	{ V "---\n" V, "2:1", "second document" },
	{ V "? [a]\n: b\n", "2:3", "a key must be a word" },
	{ V "fail-on: [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]\n",
	  "2:25", "nested too deeply" },
	/* the file */
	{ "a\n", "1:1", "an intent file is a mapping of keys to values" },
	{ "- a\n", "1:1", "this is a list" },
	{ "rules: {}\n", "1:1", "must have the key 'version'" },
	{ "version: 2\n", "1:10", "'version' is 1" },
	{ "version: [1]\n", "1:10", "'version' is 1" },
	{ V "version: 1\n", "2:1", "'version' is there twice, first in line 1" },
	{ V "server: []\n", "2:1", "no key 'server' (did you mean 'servers'?)" },
	{ V "colour: red\n", "2:1",
	  "no key 'colour'; there are version, servers, rules, fail-on, "
	  "require-reason" },
	{ V "\"a\\x1bb\": red\n", "2:1", "no key 'a\\x1bb'" },
	{ V "rules: []\n", "2:8", "'rules' is a mapping" },
	{ V "rules: {syntax: loud}\n", "2:17",
	  "'loud' is no level; there are off, note, warning, error" },
	{ V "rules: {syntax: warn}\n", "2:17", "is no level" },
	{ V "rules: {syntax: [off]}\n", "2:17",
	  "'syntax' is one value; this is a list" },
	{ V "rules:\n  syntax: off\n  syntax: note\n", "4:3",
	  "the rule 'syntax' is there twice" },
	{ V "fail-on: eror\n", "2:10", "(did you mean 'error'?)" },
	{ V "fail-on:\n", "2:1", "this is nothing" },
	{ V "require-reason: yes\n", "2:17", "is true or false" },
	{ V "require-reason: \"true\"\n", "2:17", "is true or false" },
	/* servers */
	{ V "servers: {}\n", "2:10", "'servers' is a list; this is a mapping" },
	{ V "servers:\n  - role: resolver\n", "3:5",
	  "must have the key 'files'" },
	{ V "servers:\n  - files: []\n", "3:12", "this is an empty one" },
	{ V "servers:\n  - files: {a: b}\n", "3:12", "this is a mapping" },
	{ V "servers:\n  - files: [[a]]\n", "3:13", "an item of this list" },
	{ V "servers:\n  - files: [a, \"\"]\n", "3:16", "an item of this list" },
	{ "version: \"1\"\n", "1:10", "'version' is 1" },
	{ V "servers:\n  - files: [a, b]\n  - files: [c, b]\n", "4:16",
	  "'b' is in an entry before, in line 3" },
	{ S "role: hidden-primary\n    clients: [10.0.0.0/8]\n", "5:14",
	  "'clients' are those who recurse" },
	{ V "servers:\n  - files: [a, a]\n", "3:16", "'a' is there twice" },
	{ V "servers:\n  - files: [\"a[b\"]\n", "3:13", "'[' without" },
	{ V "servers:\n  - files: [b/]\n", "3:13", "ends in '/'" },
	{ S "rol: resolver\n", "4:5", "(did you mean 'role'?)" },
	{ S "role: server\n", "4:11",
	  "'server' is no role; there are authoritative, resolver, forwarder, "
	  "mixed, hidden-primary" },
	{ S "role: unknown\n", "4:11", "'unknown' is no role" },
	{ S "role: resolvr\n", "4:11", "(did you mean 'resolver'?)" },
	{ S "software: powerdns 4\n", "4:15", "is no software" },
	{ S "software: bind 9.11\n", "4:15", "there is no release '9.11'" },
	{ S "software: bind 1.17\n", "4:15", "there is no release '1.17'" },
	{ S "software: unbound new\n", "4:15", "there is no release 'new'" },
	{ S "interfaces: [lo]\n", "4:18", "'lo' is no address of an interface" },
	{ S "delegated: [\"a..b\"]\n", "4:17", "'a..b' is no domain name" },
	{ S "names: [a.example, \"a..b\"]\n", "4:24", "'a..b' is no domain name" },
	{ S "clients: [10.0.0.300]\n", "4:15", "'10.0.0.300' is no address" },
	{ S "clients: [10.0.0.1/8]\n", "4:15",
	  "has bits beyond its length; the network is 10.0.0.0/8" },
	{ S "clients: [10.0.0.0/33]\n", "4:15", "is no address or network" },
	{ S "clients: any\n", "4:14", "everybody is 0.0.0.0/0 and ::/0" },
	{ S "clients: [10.0.0.0/8, 10.0.0.0/8]\n", "4:27", "is there twice" },
	/* expectations */
	{ S "expect: {}\n", "4:13", "'expect' is a list" },
	{ S "expect: [a]\n", "4:14", "an entry of 'expect' is a mapping" },
	{ E "outcome: refuse }\n", "5:58", "(did you mean 'refused'?)" },
	{ E "outcome: unknown }\n", "5:58", "'unknown' is no outcome" },
	{ E "outcom: refused, outcome: refused }\n", "5:49",
	  "(did you mean 'outcome'?)" },
	{ E "tcp: true }\n", "5:9", "must have the key 'outcome'" },
	{ E "outcome: refused, to: x }\n", "5:71",
	  "'x' is no address of a server" },
	{ E "outcome: refused, key: a..b }\n", "5:72", "no name of a key" },
	{ E "outcome: refused, tcp: 1 }\n", "5:72", "is true or false" },
	{ E "outcome: refused, rd: no }\n", "5:71", "is true or false" },
	{ E "outcome: refused, except: 10.0.0.0/7 }\n", "5:9",
	  "'except' leaves nobody of 'client'" },
	{ S "expect:\n      - { client: 10.0.0.0/8, query: a/NONE, "
	    "outcome: refused }\n",
	  "5:38", "there is no type 'NONE'" },
	{ S "expect:\n      - { client: 10.0.0.0/8, query: /A, "
	    "outcome: refused }\n",
	  "5:38", "is no domain name" },
	{ S "expect:\n      - { query: a, outcome: refused }\n", "5:9",
	  "must have the key 'client'" },
};

START_TEST(faults_are_found)
{
	const char *why, *at;

	ck_assert_ptr_null(read_text(bad[_i].text, &why));
	ck_assert_ptr_nonnull(why);
	at = arena_printf(a, "%s:%s: error: ", path, bad[_i].place);
	ck_assert_msg(strncmp(why, at, strlen(at)) == 0,
		      "expected %s\n%s\nfor:\n%s", at, why, bad[_i].text);
	ck_assert_msg(strstr(why, bad[_i].message) != NULL,
		      "expected '%s':\n%s", bad[_i].message, why);
	ck_assert_msg(strchr(why, '\n') == NULL, "more than one:\n%s", why);
}
END_TEST

static const char *
without_path(const char *text)
{
	const char *all = "", *hit;

	for (; (hit = strstr(text, path)) != NULL; text = hit + strlen(path))
		all = arena_printf(a, "%s%.*s", all, (int)(hit - text), text);
	return arena_printf(a, "%s%s", all, text);
}

START_TEST(faults_are_told_together)
{
	const char *why;

	ck_assert_ptr_null(read_text("version: 3\n"
				     "servers:\n"
				     "  - files: x\n"
				     "    role: boss\n"
				     "    clients: [a, b]\n"
				     "  - role: resolver\n"
				     "bogus: 1\n",
				     &why));
	ck_assert_str_eq(
		without_path(why),
		":1:10: error: 'version' is 1, the only one there is\n"
		":4:11: error: 'boss' is no role; there are authoritative, "
		"resolver, forwarder, mixed, hidden-primary\n"
		":5:15: error: 'a' is no address or network such as 10.0.0.0/8 "
		"or 2001:db8::/32\n"
		":5:18: error: 'b' is no address or network such as 10.0.0.0/8 "
		"or 2001:db8::/32\n"
		":6:5: error: an entry of 'servers' must have the key 'files'\n"
		":7:1: error: an intent file has no key 'bogus'; there are "
		"version, servers, rules, fail-on, require-reason");
}
END_TEST

static const char whole[] =
	"version: 1\n"
	"servers:\n"
	"  - files: [\"ns[12]/named.conf\"]\n"
	"    software: bind 9.18\n"
	"    role: authoritative\n"
	"    interfaces: [192.0.2.53/24, 2001:db8::53/64]\n"
	"    names: [NS1.example.net.]\n"
	"    delegated: [Example.COM, example.net.]\n"
	"  - files: resolver/unbound.conf\n"
	"    software: Unbound\n"
	"    role: resolver\n"
	"    clients: [10.0.0.0/8, 2001:db8:100::/40]\n"
	"    expect:\n"
	"      - { client: 10.3.0.0/16, query: www.example.org, outcome: "
	"recursion }\n"
	"      - client: [0.0.0.0/0, \"::/0\"]\n"
	"        except: [10.0.0.0/8]\n"
	"        query: 0/25.example/AXFR\n"
	"        outcome: refused\n"
	"        to: 192.0.2.1\n"
	"        key: Transfer.\n"
	"        rd: false\n"
	"  - files: ['**']\n"
	"rules:\n"
	"  acl-shadowed-entry: error\n"
	"  syntax: off\n"
	"fail-on: note\n"
	"require-reason: true\n";

static const struct policy *
read_whole(void)
{
	const char *why;
	const struct policy *p = read_text(whole, &why);

	ck_assert_msg(p != NULL, "%s", why);
	return p;
}

START_TEST(authority_is_read)
{
	struct intent i = intent_of(read_whole(), "ns2/named.conf");

	ck_assert_str_eq(i.software, "named");
	ck_assert_str_eq(i.release, "9.18");
	ck_assert_int_eq(i.role, ROLE_AUTHORITATIVE);
	ck_assert_str_eq(i.role_place.file, path);
	ck_assert_uint_eq(i.role_place.line, 5);
	ck_assert_uint_eq(i.role_place.column, 11);
	ck_assert(i.interfaces_declared);
	ck_assert_uint_eq(i.interface_count, 2);
	ck_assert_uint_eq(i.interfaces[0].prefix.len, 24);
	ck_assert_uint_eq(i.interfaces[0].prefix.addr.lo, 0xc0000235);
	ck_assert_uint_eq(i.name_count, 1);
	ck_slice_eq(i.names[0], "ns1.example.net");
	ck_assert_uint_eq(i.delegated[1].place.line, 8);
	ck_assert(i.delegated_declared);
	ck_assert_uint_eq(i.delegated_count, 2);
	ck_slice_eq(i.delegated[0].name, "example.com");
	ck_slice_eq(i.delegated[1].name, "example.net");
	ck_assert(!i.clients_declared);
	ck_assert_uint_eq(i.expectation_count, 0);
}
END_TEST

START_TEST(resolver_is_read)
{
	struct intent i = intent_of(read_whole(), "resolver/unbound.conf");

	ck_assert_str_eq(i.software, "unbound");
	ck_assert_ptr_null(i.release);
	ck_assert_int_eq(i.role, ROLE_RESOLVER);
	ck_assert(i.clients_declared);
	ck_assert_uint_eq(i.clients.count, 2);
	ck_assert_uint_eq(i.clients.at[1].len, 40);
	ck_assert_uint_eq(i.expectation_count, 2);
	const struct expectation *e = i.expectations;

	ck_assert_uint_eq(e[0].clients.count, 1);
	ck_assert_uint_eq(e[0].except.count, 0);
	ck_slice_eq(e[0].qname, "www.example.org");
	ck_assert_uint_eq(e[0].qtype, 1);
	ck_assert_str_eq(e[0].outcome, "recursion");
	ck_assert(!e[0].no_rd && !e[0].tcp && !e[0].to_known);
	ck_assert_ptr_null(e[0].key);
	ck_assert_uint_eq(e[0].place.line, 14);
	ck_assert_uint_eq(e[1].clients.count, 2);
	ck_assert_uint_eq(e[1].except.count, 1);
	ck_slice_eq(e[1].qname, "0/25.example");
	ck_assert_str_eq(e[1].query, "0/25.example/AXFR");
	ck_assert_uint_eq(e[1].qtype, 252);
	ck_assert_str_eq(e[1].key, "transfer");
	ck_assert(e[1].no_rd && e[1].tcp && e[1].to_known);
	ck_assert_uint_eq(e[1].to.lo, 0xc0000201);
}
END_TEST

START_TEST(strictness_is_read)
{
	const struct policy *p = read_whole();
	size_t count;
	const struct policy_rule *rules = policy_rules(p, &count);
	const char *why;

	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(rules[0].id, "acl-shadowed-entry");
	ck_assert_str_eq(rules[0].level, "error");
	ck_assert_str_eq(rules[1].level, "off");
	ck_assert_uint_eq(rules[1].place.line, 25);
	ck_assert_str_eq(policy_fail_on(p), "note");
	ck_assert(policy_requires_reason(p));
	p = read_text(V, &why);
	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_null(policy_fail_on(p));
	ck_assert(!policy_requires_reason(p));
	ck_assert_int_eq(intent_of(p, "a.conf").role, ROLE_UNKNOWN);
}
END_TEST

START_TEST(first_match_counts)
{
	const struct policy *p = read_whole();

	ck_assert_int_eq(intent_of(p, "ns3/named.conf").role, ROLE_UNKNOWN);
	ck_assert_ptr_null(intent_of(p, "ns3/named.conf").software);
	ck_assert_int_eq(intent_of(p, "x/../ns1/named.conf").role,
			 ROLE_AUTHORITATIVE);
}
END_TEST

START_TEST(unreadable_files_are_told)
{
	const char *why;

	ck_assert_ptr_null(read_path("/no/such/file", &why));
	ck_assert_str_eq(why, "/no/such/file: cannot read it: No such file or "
			      "directory");
	ck_assert_ptr_null(read_path(dir, &why));
	ck_assert_ptr_nonnull(strstr(why, "no regular file"));
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(read_path(path, &why));
	ck_assert_ptr_nonnull(strstr(why, "no regular file"));
}
END_TEST

START_TEST(nearest_is_found)
{
	const char *why, *sub = arena_printf(a, "%s/sub", dir);
	const char *own = arena_printf(a, "%s/.dnslint.yaml", sub);
	const char *file = arena_printf(a, "%s/named.conf", sub);

	read_text(V, &why);
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	ck_assert_str_eq(policy_find(a, file), path);
	ck_assert_int_eq(symlink("nowhere", own), 0);
	ck_assert_str_eq(policy_find(a, file), own);
	ck_assert_int_eq(unlink(own), 0);
	ck_assert_int_eq(rmdir(sub), 0);
}
END_TEST

/* What an attacker would write: all of it ends at once, with a complaint. */
static char *
repeat(const char *text, size_t times)
{
	size_t len = strlen(text);
	char *all = arena_alloc(a, len * times + 1);

	for (size_t i = 0; i < times; i++)
		memcpy(all + i * len, text, len);
	all[len * times] = '\0';
	return all;
}

static const struct {
	const char *head, *body, *tail;
	size_t times;
	const char *message;
} hostile[] = {
	{ V "rules: ", "[", "", 4000, "nested too deeply" },
	{ V "rules: ", "{a: ", "", 4000, "nested too deeply" },
	{ V "rules: ", "[\n ", "", 300000, "nested too deeply" },
	{ V, "- ", "", 4000, "no YAML" },
	{ "", "- ", "", 4000, "nested too deeply" },
	{ "", "? ", "", 4000, "nested too deeply" },
	{ V, "a", "", 2000000, "too large" },
	{ V, "a", "", 900000, "a line may have" },
	{ V, "a: !<", "", 3000, "no YAML" },
	{ V "x: &a [b, b]\ny: ", "[*a, *a]\n", "", 1000, "anchors" },
	{ V "servers: [", "{files: a, files: a},\n ", "]", 20000,
	  "and 39899 more" },
	{ V "rules:\n", "  x: off\n", "", 50000, "and 49899 more" },
	{ V "servers:\n - files:\n", "    - x\n", "", 50000,
	  "and 49899 more" },
};

START_TEST(hostile_files_are_refused)
{
	const char *why;
	const char *text = arena_printf(a, "%s%s%s", hostile[_i].head,
					repeat(hostile[_i].body,
					       hostile[_i].times),
					hostile[_i].tail);

	ck_assert_ptr_null(read_text(text, &why));
	ck_assert_msg(strstr(why, hostile[_i].message) != NULL, "%.300s", why);
}
END_TEST

START_TEST(zero_bytes_are_refused)
{
	const char *why;

	ck_assert_ptr_null(read_bytes("version: 1\0\n", 12, &why));
	ck_assert_ptr_nonnull(strstr(why, ":1:11: error: this is no text"));
}
END_TEST

static const struct {
	const char *pattern;
	const char *path;
	bool matches;
} globs[] = {
	{ "named.conf", "named.conf", true },
	{ "named.conf", "a/named.conf", false },
	{ "*.conf", "named.conf", true },
	{ "*.conf", "a/named.conf", false },
	{ "*/named.conf", "a/named.conf", true },
	{ "**/named.conf", "named.conf", true },
	{ "**/named.conf", "a/b/named.conf", true },
	{ "**/named.conf", "xnamed.conf", false },
	{ "a/**/b", "a/b", true },
	{ "a/**/b", "a/x/y/b", true },
	{ "a/**/b", "a/xb", false },
	{ "a/**", "a/x/y", true },
	{ "a**b", "a/x/b", true },
	{ "ns[12]/*", "ns1/x", true },
	{ "ns[12]/*", "ns3/x", false },
	{ "ns[!12]/*", "ns3/x", true },
	{ "ns[^1-3]", "ns2", false },
	{ "ns[a-c]", "nsb", true },
	{ "a[!b]c", "a/c", false },
	{ "[]]", "]", true },
	{ "a?c", "abc", true },
	{ "a?c", "a/c", false },
	{ "a?c", "a\xc3\xbc"
		 "c",
	  true },
	{ "a\\*", "a*", true },
	{ "a\\*", "ab", false },
	{ "*", "", true },
	{ "a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  false },
	{ "../x/*.conf", "../x/a.conf", true },
};

START_TEST(globs_match)
{
	ck_assert_msg(glob_match(slice_of(globs[_i].pattern),
				 slice_of(globs[_i].path)) == globs[_i].matches,
		      "%s %s", globs[_i].pattern, globs[_i].path);
}
END_TEST

static const struct {
	const char *from, *path, *relative;
} relatives[] = {
	{ "/a/b", "/a/b/c", "c" },     { "/a/b", "/a/b/c/d", "c/d" },
	{ "/a/b", "/a/x", "../x" },    { "/a/b", "/x", "../../x" },
	{ "/", "/a/b", "a/b" },	       { "/a/b", "/a/bc", "../bc" },
};

START_TEST(relative_paths)
{
	ck_assert_str_eq(path_relative(a, relatives[_i].from,
				       relatives[_i].path),
			 relatives[_i].relative);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("intent");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_loop_test(tc, faults_are_found, 0, COUNT(bad));
	tcase_add_test(tc, faults_are_told_together);
	tcase_add_test(tc, authority_is_read);
	tcase_add_test(tc, resolver_is_read);
	tcase_add_test(tc, strictness_is_read);
	tcase_add_test(tc, first_match_counts);
	tcase_add_test(tc, unreadable_files_are_told);
	tcase_add_test(tc, nearest_is_found);
	tcase_add_loop_test(tc, hostile_files_are_refused, 0, COUNT(hostile));
	tcase_add_test(tc, zero_bytes_are_refused);
	tcase_add_loop_test(tc, globs_match, 0, COUNT(globs));
	tcase_add_loop_test(tc, relative_paths, 0, COUNT(relatives));
	return run_tests(tc, "intent");
}
