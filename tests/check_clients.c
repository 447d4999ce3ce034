/*
 * Sets of clients against their members: small windows where every address is
 * looked at, and groups of what a configuration gives them.
 */
#include "decide/clients.h"

#include <string.h>

#include "model/rrtype.h"
#include "tests/check.h"
#include "tests/dice.h"
#include "tests/lab.h"
#include "tests/window.h"

enum {
	ROUNDS = 500,
	PREFIXES = 7,
	LIMIT = 4, /* of networks in a text */
	GROUP_ROUNDS = 40,
};

/* What is drawn from: a window of each family. */
struct space {
	struct arena *arena;
	struct dice dice;
	struct window windows[FAMILY_COUNT];
};

static struct space
space_number(int i)
{
	return (struct space){
		.arena = arena_new(),
		.dice = { (uint64_t)i },
		.windows = { window_number(i % WINDOWS_OF_IPV4),
			     window_number(
				     WINDOWS_OF_IPV4 +
				     i % (WINDOW_COUNT - WINDOWS_OF_IPV4)) },
	};
}
enum {
	SPACES = 12
};

static struct prefix
random_prefix(struct space *x)
{
	const struct window *w = &x->windows[dice_below(&x->dice, 2)];
	unsigned bits = family_bits(w->family);
	unsigned host_bits = dice_once_in(&x->dice, 30)
				     ? dice_below(&x->dice, bits + 1)
				     : dice_below(&x->dice, 4);

	return (struct prefix){ w->at[dice_below(&x->dice, WINDOW_SIZE)],
				bits - host_bits };
}

/* A set, and the prefixes it is made of. */
struct drawn {
	struct prefix prefixes[PREFIXES];
	size_t count;
	struct client_set set;
};

static struct drawn
draw(struct space *x)
{
	struct drawn d = { .count = dice_below(&x->dice, PREFIXES + 1) };

	for (size_t i = 0; i < d.count; i++)
		d.prefixes[i] = random_prefix(x);
	d.set = clients_of(x->arena, d.prefixes, d.count);
	return d;
}

static bool
is_member(const struct drawn *d, struct addr a)
{
	for (size_t i = 0; i < d->count; i++)
		if (prefix_contains(d->prefixes[i], a))
			return true;
	return false;
}

/* Ascending, and neither overlapping nor adjacent. */
static void
expect_proper(struct client_set s)
{
	for (size_t i = 0; i < s.count; i++) {
		const struct span_of_clients *x = &s.at[i];

		if (x->first.family != x->last.family ||
		    addr_cmp(x->first, x->last) > 0)
			ck_abort_msg("span %zu is none", i);
		if (i > 0 && addr_cmp(s.at[i - 1].last, x->first) >= 0)
			ck_abort_msg("span %zu is out of order", i);
		if (i > 0 && s.at[i - 1].last.family == x->first.family &&
		    addr_cmp(addr_next(s.at[i - 1].last), x->first) == 0)
			ck_abort_msg("span %zu is adjacent", i);
	}
}

static void
expect_member(struct client_set s, struct addr a, bool member, const char *what)
{
	char buf[ADDR_TEXT_MAX];

	if (clients_have(s, a) != member)
		ck_abort_msg("%s: %s is%s in it", what, addr_format(a, buf),
			     member ? " not" : "");
}

START_TEST(sets_are_what_their_members_are)
{
	struct space x = space_number(_i);
	struct arena *a = x.arena;

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(a);
		struct drawn p = draw(&x), q = draw(&x);
		struct client_set both = clients_and(a, p.set, q.set);
		struct client_set any = clients_union(a, p.set, q.set);
		struct client_set minus = clients_minus(a, p.set, q.set);

		expect_proper(p.set);
		expect_proper(both);
		expect_proper(any);
		expect_proper(minus);
		for (int i = 0; i < FAMILY_COUNT * PROBE_COUNT; i++) {
			struct addr at = x.windows[i / PROBE_COUNT]
						 .probes[i % PROBE_COUNT];
			bool in_p = is_member(&p, at), in_q = is_member(&q, at);

			expect_member(p.set, at, in_p, "set");
			expect_member(both, at, in_p && in_q, "and");
			expect_member(any, at, in_p || in_q, "union");
			expect_member(minus, at, in_p && !in_q, "minus");
		}
		arena_release(a, mark);
	}
	arena_free(a);
}
END_TEST

/* Laws that hold for sets of any size, at all addresses. */
START_TEST(sets_obey_the_laws)
{
	struct space x = space_number(_i);
	struct arena *a = x.arena;
	struct client_set all = clients_all(a);

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(a);
		struct client_set p = draw(&x).set, q = draw(&x).set;
		struct client_set not_p = clients_minus(a, all, p);
		struct client_set not_q = clients_minus(a, all, q);
		struct client_set both = clients_and(a, p, q);
		struct client_set any = clients_union(a, p, q);

		if (!clients_equal(clients_minus(a, all, not_p), p) ||
		    !clients_equal(clients_union(a, p, not_p), all) ||
		    !clients_empty(clients_and(a, p, not_p)) ||
		    !clients_equal(clients_minus(a, all, any),
				   clients_and(a, not_p, not_q)) ||
		    !clients_equal(clients_minus(a, all, both),
				   clients_union(a, not_p, not_q)) ||
		    !clients_equal(clients_minus(a, p, q),
				   clients_and(a, p, not_q)) ||
		    !clients_equal(both, clients_and(a, q, p)) ||
		    !clients_equal(any, clients_union(a, q, p)))
			ck_abort_msg("round %d: %s; %s", round,
				     clients_text(a, p, SIZE_MAX),
				     clients_text(a, q, SIZE_MAX));
		if (clients_equal(p, q) !=
		    (clients_equal(p, both) && clients_equal(q, both)))
			ck_abort_msg("round %d: equal or not", round);
		arena_release(a, mark);
	}
	arena_free(a);
}
END_TEST

START_TEST(prefixes_are_covered_or_met)
{
	struct space x = space_number(_i);
	struct arena *a = x.arena;

	for (int round = 0; round < 2 * ROUNDS; round++) {
		struct arena_mark mark = arena_mark(a);
		struct client_set s = draw(&x).set;
		struct prefix p = random_prefix(&x);
		struct client_set of_p = clients_of(a, &p, 1);
		struct client_set met = clients_and(a, s, of_p);
		char buf[ADDR_TEXT_MAX];

		if (clients_meet(s, p) == clients_empty(met) ||
		    clients_cover(s, p) != clients_equal(met, of_p))
			ck_abort_msg("%s in %s", prefix_format(p, buf),
				     clients_text(a, s, SIZE_MAX));
		arena_release(a, mark);
	}
	arena_free(a);
}
END_TEST

/* By halves: as few prefixes as there can be. */
static size_t
count_prefixes(struct client_set s, struct prefix p)
{
	struct prefix half = { p.addr, p.len + 1 };
	uint64_t bit;

	if (clients_cover(s, p))
		return 1;
	if (!clients_meet(s, p))
		return 0;
	size_t n = count_prefixes(s, half);
	unsigned below = family_bits(p.addr.family) - half.len;

	bit = UINT64_C(1) << (below & 63);
	*(below > 63 ? &half.addr.hi : &half.addr.lo) |= bit;
	return n + count_prefixes(s, half);
}

/* Reads a list of networks; `*count` of them. */
static struct client_set
read_list(struct arena *a, const char *text, const char *between, size_t *count)
{
	struct client_set s = { NULL, 0 };
	struct prefix p;

	for (*count = 0; *text != '\0'; ++*count) {
		const char *end = strstr(text, between);
		size_t len = end == NULL ? strlen(text) : (size_t)(end - text);

		if (!prefix_parse((struct slice){ text, len }, &p) ||
		    !prefix_is_network(p))
			ck_abort_msg("'%s' begins with no network", text);
		s = clients_union(a, s, clients_of(a, &p, 1));
		text += len + (end == NULL ? 0 : strlen(between));
	}
	return s;
}

START_TEST(sets_become_the_fewest_prefixes)
{
	struct space x = space_number(_i);
	struct arena *a = x.arena;

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(a);
		struct client_set s = draw(&x).set;
		size_t n = 0, read;

		for (int f = 0; f < FAMILY_COUNT; f++)
			n += count_prefixes(
				s, (struct prefix){ addr_first((enum family)f),
						    0 });
		const char *text = clients_list(a, s, " - ");
		struct client_set same = read_list(a, text, " - ", &read);

		if (clients_prefix_count(s) != n || read != n ||
		    !clients_equal(s, same))
			ck_abort_msg("not %zu but %zu of '%s'", n,
				     clients_prefix_count(s), text);
		arena_release(a, mark);
	}
	arena_free(a);
}
END_TEST

/* The text of a set is its list, cut off, with words for what is left. */
static const char *
text_by_definition(struct arena *a, struct client_set s)
{
	size_t n = clients_prefix_count(s), shown = 0;
	const char *list = clients_list(a, s, "|"), *text = "";

	for (struct slice rest = slice_of(list); rest.len > 0 && shown < LIMIT;
	     shown++) {
		const char *join = shown == 0 ? "" : ", ";
		struct slice word = slice_split(&rest, '|');

		if (shown > 0 && shown + 1 == n)
			join = " and ";
		text = arena_printf(a, "%s%s%.*s", text, join, SLICE(word));
	}
	if (n > shown)
		text = arena_printf(a, "%s and %zu more network%s", text,
				    n - shown, n - shown > 1 ? "s" : "");
	return n == 0 ? "nobody" : text;
}

START_TEST(texts_say_how_many_are_left)
{
	struct space x = space_number(_i);
	struct arena *a = x.arena;

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(a);
		struct client_set s = draw(&x).set;

		if (strstr(clients_text(a, s, LIMIT), " except ") == NULL &&
		    strcmp(clients_text(a, s, LIMIT),
			   text_by_definition(a, s)) != 0)
			ck_abort_msg("'%s' is not '%s'",
				     clients_text(a, s, LIMIT),
				     text_by_definition(a, s));
		arena_release(a, mark);
	}
	ck_assert_str_eq(clients_text(a, clients_all(a), LIMIT), "everybody");
	arena_free(a);
}
END_TEST

/* What is left of a network is told by what is missing, where that is short. */
START_TEST(texts_tell_what_is_missing)
{
	static const struct {
		const char *without[3];
		const char *text;
	} cases[] = {
		{ { "10.1.0.0/16" }, "10.0.0.0/8 except 10.1.0.0/16" },
		{ { "10.1.0.0/16", "10.7.7.7/32" },
		  "10.0.0.0/8 except 10.1.0.0/16 and 10.7.7.7" },
		{ { "10.0.0.0/9" }, "10.128.0.0/9" },
		{ { "10.64.0.0/10" }, "10.0.0.0/10 and 10.128.0.0/9" },
		{ { "10.32.0.0/11" }, "10.0.0.0/8 except 10.32.0.0/11" },
		{ { "10.1.0.0/16", "10.7.0.0/16", "10.9.0.0/16" },
		  "10.0.0.0/16, 10.2.0.0/15, 10.4.0.0/15 and 8 more networks" },
	};
	struct arena *a = arena_new();
	struct prefix whole, p[3];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t n = 0;

		while (n < 3 && cases[i].without[n] != NULL) {
			ck_assert(prefix_parse(slice_of(cases[i].without[n]),
					       &p[n]));
			n++;
		}
		ck_assert(prefix_parse(SLICE_LITERAL("10.0.0.0/8"), &whole));
		ck_assert_str_eq(
			clients_text(a,
				     clients_minus(a, clients_of(a, &whole, 1),
						   clients_of(a, p, n)),
				     3),
			cases[i].text);
	}
	arena_free(a);
}
END_TEST

/* Networks of RFC 6890 and others; what can be seen on the Internet. */
START_TEST(public_and_private_clients)
{
	static const struct {
		const char *address;
		bool public, private;
	} cases[] = {
		{ "8.8.8.8", true, false },
		{ "0.1.2.3", false, false },
		{ "10.255.255.255", false, true },
		{ "11.0.0.0", true, false },
		{ "100.64.0.0", false, true },
		{ "100.63.255.255", true, false },
		{ "100.128.0.0", true, false },
		{ "127.0.0.1", false, false },
		{ "169.254.1.1", false, false },
		{ "172.31.255.255", false, true },
		{ "172.32.0.0", true, false },
		{ "192.168.0.0", false, true },
		{ "223.255.255.255", true, false },
		{ "224.0.0.1", false, false },
		{ "255.255.255.255", false, false },
		{ "::1", false, false },
		{ "::ffff:8.8.8.8", false, false },
		{ "2001:db8::1", false, false },
		{ "2a00::1", true, false },
		{ "fd00::1", false, true },
		{ "fe80::1", false, false },
		{ "ff02::1", false, false },
	};
	struct arena *a = arena_new();
	struct addr x;

	expect_proper(clients_public(a));
	expect_proper(clients_private(a));
	for (int i = 0; i < COUNT(cases); i++) {
		ck_assert(addr_parse(slice_of(cases[i].address), &x));
		expect_member(clients_public(a), x, cases[i].public, "public");
		expect_member(clients_private(a), x, cases[i].private,
			      "private");
	}
	arena_free(a);
}
END_TEST

/* Windows 0 of both families are full of borders here. */
static const char named_text[] =
	"key k { algorithm hmac-sha256; secret \"c2VjcmV0c2VjcmV0\"; };\n"
	"acl odd { !0.0.0.4/31; 0.0.0.0/29; ::2/127; !::8/126; ::/124; };\n"
	"acl unsure { !0.0.0.9; localnets; 0.0.0.8/30; };\n"
	"acl holders { key k; };\n"
	"acl nobody { !any; };\n"
	"options { listen-on { unsure; }; listen-on-v6 { odd; };\n"
	"  blackhole { 0.0.0.3; };\n"
	"  allow-query { odd; unsure; }; allow-recursion { odd; };\n"
	"  allow-query-on { any; holders; nobody; }; };\n"
	"view a { match-clients { 0.0.0.2/31; ::3; }; };\n"
	"view b { match-clients { any; }; };\n";

static const char unbound_text[] =
	"server: interface: 0.0.0.0\n interface: ::0\n"
	"access-control: 0.0.0.0/30 allow\n"
	"access-control: 0.0.0.2/31 deny\n"
	"access-control: 0.0.0.4/31 allow\n"
	"access-control: ::/125 allow_snoop\n"
	"access-control: ::4 refuse\n"
	"access-control: ffff::/16 allow\n";

static struct lab
open_lab(int i)
{
	static const struct host host; /* nothing is known of it */

	return i % 2 == 0 ? lab_open(DIALECT_NAMED, named_text, &host)
			  : lab_open(DIALECT_UNBOUND, unbound_text, &host);
}

static decision_test *const tests[] = {
	NULL,
	decision_is_refused,
	decision_turns_away,
	decision_recurses,
	decision_is_dropped,
	decision_is_unknown,
};

/* Members of groups get what the group gets; nobody is in two. */
static struct client_set
expect_groups(struct lab *lab, const struct question *q,
	      const struct client_group *g, size_t count)
{
	struct client_set seen = { NULL, 0 };

	for (size_t i = 0; i < count; i++) {
		struct client_set s = g[i].clients;

		expect_proper(s);
		ck_assert(!clients_empty(s));
		ck_assert(clients_empty(clients_and(lab->arena, seen, s)));
		seen = clients_union(lab->arena, seen, s);
		for (size_t k = 0; k < s.count; k++) {
			struct decision first = predict_at(lab->predict, q,
							   s.at[k].first, NULL);
			struct decision last =
				predict_at(lab->predict, q, s.at[k].last, NULL);

			ck_assert(decision_alike(&first, g[i].decision));
			ck_assert(decision_alike(&last, g[i].decision));
		}
		for (size_t k = 0; k < i; k++)
			ck_assert(
				!decision_alike(g[k].decision, g[i].decision));
		ck_assert(i == 0 || addr_cmp(g[i - 1].clients.at->first,
					     s.at->first) < 0);
	}
	return seen;
}

START_TEST(groups_cover_exactly_the_set)
{
	struct lab lab = open_lab(_i);
	struct space x = space_number(0);
	struct question q = lab_question(&lab, "www.example.org", RRTYPE_A);

	q.rd = true;
	for (int round = 0; round < GROUP_ROUNDS; round++) {
		struct client_set s =
			round == 0 ? clients_all(lab.arena) : draw(&x).set;
		decision_test *test = tests[round % COUNT(tests)];
		struct client_set where =
			test == NULL ? s
				     : clients_where(lab.arena, lab.predict, &q,
						     s, test);
		size_t count;
		const struct client_group *g = clients_group(
			lab.arena, lab.predict, &q, s, test, &count);
		struct client_set seen = expect_groups(&lab, &q, g, count);

		expect_proper(where);
		ck_assert(clients_equal(seen, where));
	}
	arena_free(x.arena);
	arena_free(lab.arena);
}
END_TEST

/* The ranges of a set are those of all clients, cut off at its borders. */
START_TEST(what_a_set_gets_is_what_its_members_get)
{
	struct lab lab = open_lab(_i);
	struct space x = space_number(0);
	struct question q = lab_question(&lab, "www.example.org", RRTYPE_A);

	for (int round = 0; round < GROUP_ROUNDS; round++) {
		struct client_set s = draw(&x).set, seen = { NULL, 0 };
		decision_test *test = tests[1 + round % (COUNT(tests) - 1)];
		struct client_set where =
			clients_where(lab.arena, lab.predict, &q, s, test);
		size_t n;
		const struct client_range *r =
			clients_ask(lab.arena, lab.predict, &q, s, &n);

		for (size_t i = 0; i < n; i++) {
			struct span_of_clients one = { r[i].first, r[i].last };

			ck_assert(i == 0 ||
				  addr_cmp(r[i - 1].last, r[i].first) < 0);
			seen = clients_union(lab.arena, seen,
					     (struct client_set){ &one, 1 });
		}
		ck_assert(clients_equal(seen, s));
		for (int i = 0; i < FAMILY_COUNT * PROBE_COUNT; i++) {
			struct addr at = x.windows[i / PROBE_COUNT]
						 .probes[i % PROBE_COUNT];
			struct decision d =
				predict_at(lab.predict, &q, at, NULL);

			expect_member(where, at,
				      clients_have(s, at) && test(&d), "where");
		}
	}
	arena_free(x.arena);
	arena_free(lab.arena);
}
END_TEST

static const struct address_list *
named_list(const struct lab *lab, const char *name)
{
	for (size_t i = 0; i < lab->model->list_count; i++) {
		const struct address_list *l = lab->model->lists[i];

		if (l->name != NULL && strcmp(l->name, name) == 0)
			return l;
	}
	ck_abort_msg("no list %s", name);
	return NULL;
}

START_TEST(matched_clients_are_those_that_match)
{
	static const struct {
		const char *name;
		bool may;
	} lists[] = { { "odd", true },
		      { "unsure", true },
		      { "holders", true },
		      { "nobody", false } };
	struct lab lab = open_lab(0);
	struct space x = space_number(0);
	struct acls *acls = predict_acls(lab.predict);

	for (int n = 0; n < COUNT(lists) * 2 * 2; n++) {
		const struct address_list *l =
			named_list(&lab, lists[n / 4].name);
		uint32_t key = n % 2 == 0 ? KEY_NONE : 1;
		bool maybe = n / 2 % 2 == 0;
		struct client_set s =
			clients_matched(lab.arena, acls, l, key, maybe);

		expect_proper(s);
		ck_assert_int_eq(clients_may_match(acls, l), lists[n / 4].may);
		for (int i = 0; i < FAMILY_COUNT * PROBE_COUNT; i++) {
			struct addr at = x.windows[i / PROBE_COUNT]
						 .probes[i % PROBE_COUNT];
			enum verdict v = acl_match(acls, l, at, key).verdict;

			expect_member(s, at,
				      v == VERDICT_YES ||
					      (maybe && v == VERDICT_UNKNOWN),
				      lists[n / 4].name);
		}
	}
	ck_assert(clients_equal(
		clients_matched(lab.arena, acls, NULL, KEY_NONE, false),
		clients_all(lab.arena)));
	arena_free(x.arena);
	arena_free(lab.arena);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("clients");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, sets_are_what_their_members_are, 0, SPACES);
	tcase_add_loop_test(tc, sets_obey_the_laws, 0, SPACES);
	tcase_add_loop_test(tc, prefixes_are_covered_or_met, 0, SPACES);
	tcase_add_loop_test(tc, sets_become_the_fewest_prefixes, 0, SPACES);
	tcase_add_loop_test(tc, texts_say_how_many_are_left, 0, SPACES);
	tcase_add_test(tc, texts_tell_what_is_missing);
	tcase_add_test(tc, public_and_private_clients);
	tcase_add_loop_test(tc, groups_cover_exactly_the_set, 0, 2);
	tcase_add_loop_test(tc, what_a_set_gets_is_what_its_members_get, 0, 2);
	tcase_add_test(tc, matched_clients_are_those_that_match);
	return run_tests(tc, "clients");
}
