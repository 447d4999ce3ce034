#include "base/addr.h"

#include <string.h>

#include "tests/check.h"

struct parse_case {
	const char *text;
	const char *canonical; /* NULL: no prefix */
};

static const struct parse_case parse_cases[] = {
	{ "10.0.0.0/8", "10.0.0.0/8" },
	{ "0.0.0.0/0", "0.0.0.0/0" },
	{ "255.255.255.255", "255.255.255.255" },
	{ "10.0.0.1/8", "10.0.0.1/8" },
	{ "::/0", "::/0" },
	{ "2001:DB8::1", "2001:db8::1" },
	{ "2001:db8:0:0:0:0:0:0/32", "2001:db8::/32" },
	{ "::ffff:10.0.0.1", "::ffff:10.0.0.1" },
	{ "10.0.0.0/33", NULL },
	{ "::/129", NULL },
	{ "10.0.0", NULL },
	{ "10/8", NULL },
	{ "010.0.0.0", NULL },
	{ "256.0.0.0", NULL },
	{ "1.2.3.4.5", NULL },
	{ "10.0.0.0/", NULL },
	{ "10.0.0.0/-1", NULL },
	{ "10.0.0.0/8 ", NULL },
	{ "fe80::1%lo", NULL },
	{ "", NULL },
	{ ":", NULL },
};

START_TEST(reads_prefixes)
{
	const struct parse_case *c = &parse_cases[_i];
	char buf[ADDR_TEXT_MAX];
	struct prefix p;
	bool ok = prefix_parse(slice_of(c->text), &p);

	ck_assert_msg(ok == (c->canonical != NULL), "'%s'", c->text);
	if (ok)
		ck_assert_str_eq(prefix_format(p, buf), c->canonical);
}
END_TEST

struct range_case {
	const char *prefix, *first, *last;
	bool network;
};

static const struct range_case range_cases[] = {
	{ "10.1.2.3/8", "10.0.0.0", "10.255.255.255", false },
	{ "0.0.0.0/0", "0.0.0.0", "255.255.255.255", true },
	{ "192.0.2.1", "192.0.2.1", "192.0.2.1", true },
	{ "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true },
	{ "2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
	  true },
	{ "2001:db8::8000:0:0:0/65", "2001:db8:0:0:8000::",
	  "2001:db8::ffff:ffff:ffff:ffff", true },
	{ "2001:db8:0:1::1/64", "2001:db8:0:1::",
	  "2001:db8:0:1:ffff:ffff:ffff:ffff", false },
};

START_TEST(knows_the_ends_of_a_prefix)
{
	const struct range_case *c = &range_cases[_i];
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	ck_assert(prefix_parse(slice_of(c->prefix), &p));
	ck_assert_str_eq(addr_format(prefix_first(p), buf), c->first);
	ck_assert_str_eq(addr_format(prefix_last(p), buf), c->last);
	ck_assert_int_eq(prefix_is_network(p), c->network);
	ck_assert(prefix_contains(p, prefix_first(p)));
	ck_assert(prefix_contains(p, prefix_last(p)));
	if (p.len > 0) {
		struct addr next = addr_next(prefix_last(p));
		struct addr prev = addr_prev(prefix_first(p));

		ck_assert(!prefix_contains(p, next));
		ck_assert(!prefix_contains(p, prev));
		ck_assert_int_eq(addr_cmp(addr_prev(next), prefix_last(p)), 0);
	}
}
END_TEST

START_TEST(families_never_meet)
{
	struct addr v4 = addr_ipv4(1), v6 = { 0, 1, FAMILY_IPV6 };
	struct prefix all = { addr_first(FAMILY_IPV6), 0 };

	ck_assert_int_ne(addr_cmp(v4, v6), 0);
	ck_assert(!prefix_contains(all, v4));
}
END_TEST

/* Covering a range step by step meets every address once. */
START_TEST(knows_loopback_addresses)
{
	static const struct {
		const char *text;
		bool is;
	} cases[] = {
		{ "127.0.0.1", true },
		{ "127.255.255.255", true },
		{ "126.255.255.255", false },
		{ "128.0.0.0", false },
		{ "::1", true },
		{ "::", false },
		{ "::2", false },
		{ "::7f00:1", false },
		{ "1::1", false },
	};
	struct addr a;

	ck_assert(addr_parse(slice_of(cases[_i].text), &a));
	ck_assert_int_eq(addr_is_loopback(a), cases[_i].is);
}
END_TEST

START_TEST(covers_ranges_with_prefixes)
{
	for (uint32_t first = 0; first < 32; first++) {
		for (uint32_t last = first; last < 32; last++) {
			uint32_t at = first;
			int steps = 0;

			while (at <= last) {
				struct prefix p = prefix_cover(
					addr_ipv4(at), addr_ipv4(last));

				ck_assert(prefix_is_network(p));
				ck_assert_uint_eq(p.addr.lo, at);
				ck_assert_uint_le(prefix_last(p).lo, last);
				at = (uint32_t)prefix_last(p).lo + 1;
				steps++;
			}
			ck_assert_int_le(steps, 8);
			ck_assert_uint_eq(prefix_cover_count(addr_ipv4(first),
							     addr_ipv4(last)),
					  (unsigned)steps);
		}
	}
}
END_TEST

/* At the top of a space nothing comes behind the last address. */
START_TEST(covers_up_to_the_end)
{
	struct addr v6 = addr_last(FAMILY_IPV6);

	ck_assert_uint_eq(prefix_cover_count(addr_first(FAMILY_IPV6), v6), 1);
	ck_assert_uint_eq(prefix_cover(addr_first(FAMILY_IPV6), v6).len, 0);
	ck_assert_uint_eq(prefix_cover_count(v6, v6), 1);
	ck_assert_uint_eq(prefix_cover(v6, v6).len, 128);
	ck_assert_uint_eq(prefix_cover_count((struct addr){ 0, 1, FAMILY_IPV6 },
					     v6),
			  128);
	ck_assert_uint_eq(prefix_cover_count(addr_ipv4(1),
					     addr_last(FAMILY_IPV4)),
			  32);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("addr");

	tcase_add_loop_test(tc, reads_prefixes, 0, COUNT(parse_cases));
	tcase_add_loop_test(tc, knows_the_ends_of_a_prefix, 0,
			    COUNT(range_cases));
	tcase_add_test(tc, families_never_meet);
	tcase_add_loop_test(tc, knows_loopback_addresses, 0, 9);
	tcase_add_test(tc, covers_ranges_with_prefixes);
	tcase_add_test(tc, covers_up_to_the_end);
	return run_tests(tc, "addr");
}
