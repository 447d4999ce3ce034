/*
 * The set answer and the point answer agree: at the ends of every range, and
 * inside of it.
 */
#include "decide/predict.h"

#include "model/rrtype.h"
#include "tests/check.h"
#include "tests/lab.h"

static const char named_text[] =
	"acl inner { !10.1.2.3; 10.1.0.0/16; 2001:db8:1::/48; };\n"
	"acl outer { inner; 192.168.0.0/16; !172.16.0.0/12; 172.0.0.0/8; };\n"
	"options {\n"
	"  blackhole { 203.0.113.0/24; };\n"
	"  allow-query { any; };\n"
	"  allow-recursion { outer; localhost; };\n"
	"  allow-query-cache { outer; 10.0.0.0/8; };\n"
	"};\n"
	"view a { match-clients { 10.1.128.0/17; ::1; };\n"
	"  zone \"in.example\" { type primary; file \"no-such-file\"; }; };\n"
	"view b { zone \"in.example\" { type static-stub;\n"
	"  server-addresses { 192.0.2.1; }; allow-query { !inner; any; }; }; };\n";

static const char unbound_text[] =
	"server: interface: 0.0.0.0\n interface: ::0\n"
	"access-control: 10.0.0.0/8 allow\n"
	"access-control: 10.9.0.0/16 refuse\n"
	"access-control: 10.9.9.0/24 deny\n"
	"access-control: 10.9.9.9 allow_snoop\n"
	"access-control: 172.16.0.0/12 refuse_non_local\n"
	"access-control: 2001:db8::/32 allow\n"
	"access-control-view: 10.8.0.0/16 v\n"
	"local-zone: in.example refuse\n"
	"local-zone-override: in.example 10.7.0.0/16 static\n"
	"view: name: v view-first: yes local-zone: in.example deny\n";

static struct lab
open_lab(enum dialect dialect)
{
	static const struct host host; /* nothing is known of it */

	return lab_open(dialect,
			dialect == DIALECT_NAMED ? named_text : unbound_text,
			&host);
}

static const char *const names[] = { "www.other.example", "in.example",
				     "below.in.example", "1.in-addr.arpa",
				     "10.in-addr.arpa", "." };

static struct question
question_number(struct lab *lab, int i)
{
	struct question q = lab_question(lab, names[i / 8],
					 i / 4 % 2 == 0 ? RRTYPE_A : RRTYPE_DS);

	q.rd = i % 2 == 0;
	q.tcp = i / 2 % 2 == 0;
	return q;
}

static void
expect_alike(struct lab *lab, const struct question *q, struct addr at,
	     const struct decision *d)
{
	struct decision point = predict_at(lab->predict, q, at, NULL);
	char buf[ADDR_TEXT_MAX];

	ck_assert_msg(decision_alike(&point, d), "%s: %s alone, %s in its set",
		      addr_format(at, buf), rcode_name(point.rcode),
		      rcode_name(d->rcode));
}

static void
compare_sets(enum dialect dialect, int i)
{
	struct lab lab = open_lab(dialect);
	struct question q = question_number(&lab, i);

	for (int f = 0; f < FAMILY_COUNT; f++) {
		struct addr next = addr_first((enum family)f);
		size_t count;
		const struct client_range *r = predict_all(
			lab.predict, &q, (enum family)f, &count);

		ck_assert_uint_gt(count, 0);
		for (size_t n = 0; n < count; n++) {
			ck_assert_int_eq(addr_cmp(r[n].first, next), 0);
			ck_assert_int_le(addr_cmp(r[n].first, r[n].last), 0);
			expect_alike(&lab, &q, r[n].first, r[n].decision);
			expect_alike(&lab, &q, r[n].last, r[n].decision);
			expect_alike(&lab, &q,
				     lab_middle(r[n].first, r[n].last),
				     r[n].decision);
			next = addr_next(r[n].last);
		}
		ck_assert_int_eq(addr_cmp(r[count - 1].last,
					  addr_last((enum family)f)),
				 0);
	}
	arena_free(lab.arena);
}

START_TEST(sets_of_named_agree_with_points)
{
	compare_sets(DIALECT_NAMED, _i);
}
END_TEST

START_TEST(sets_of_unbound_agree_with_points)
{
	compare_sets(DIALECT_UNBOUND, _i);
}
END_TEST

/* Clients that are told apart are, and by the statement that says so. */
START_TEST(most_specific_block_decides)
{
	static const struct {
		const char *client;
		enum rcode rcode;
	} cases[] = {
		{ "10.0.0.1", RCODE_UPSTREAM }, { "10.9.0.1", RCODE_REFUSED },
		{ "10.9.9.1", RCODE_DROP },	{ "10.9.9.9", RCODE_UPSTREAM },
		{ "172.16.0.1", RCODE_REFUSED }, { "192.0.2.1", RCODE_REFUSED },
		{ "127.0.0.5", RCODE_UPSTREAM }, { "2001:db8::1", RCODE_UPSTREAM },
		{ "::1", RCODE_UPSTREAM },	{ "2001:db9::1", RCODE_REFUSED },
	};
	struct lab lab = open_lab(DIALECT_UNBOUND);
	struct question q = question_number(&lab, 0);

	for (int i = 0; i < COUNT(cases); i++) {
		struct addr a;

		ck_assert(addr_parse(slice_of(cases[i].client), &a));
		struct decision d = predict_at(lab.predict, &q, a, NULL);

		ck_assert_msg(d.rcode == cases[i].rcode, "%s: %s",
			      cases[i].client, rcode_name(d.rcode));
	}
	arena_free(lab.arena);
}
END_TEST

/* Many views, with all that keeps one from taking a question. */
static const char views_text[] =
	"key k { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n"
	"key m { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n"
	"view a { match-clients { key k; !10.3.0.0/16; 10.2.0.0/15; }; };\n"
	"view b { match-clients { 10.0.0.0/16; };\n"
	"  match-destinations { 192.0.2.1; }; };\n"
	"view c { match-clients { 10.0.0.0/15; 2001:db8::/48; };\n"
	"  match-recursive-only yes; };\n"
	"view d { match-clients { localnets; 10.9.0.0/16; }; };\n"
	"view e { match-clients { !key m; 10.8.0.0/15; }; };\n"
	"view f { match-destinations { localnets; }; };\n"
	"view g { match-clients { 10.0.0.0/8; }; allow-query { none; }; };\n"
	"view h { match-clients { 192.168.0.0/16; 2001:db8::/32; };\n"
	"  zone \"in.example\" { type primary; file \"no-such-file\"; }; };\n"
	"view i { match-clients { 172.16.0.0/12; !any; }; recursion yes; };\n";

/* Alone each client tries the views one by one. */
START_TEST(views_are_found_as_they_are_tried)
{
	static const struct host host;
	struct lab lab = lab_open(DIALECT_NAMED, views_text, &host);
	struct question q = lab_question(&lab, names[_i % 2], RRTYPE_A);

	q.rd = _i / 2 % 2 == 0;
	q.is_signed = _i / 4 % 3 > 0;
	if (q.is_signed)
		q.key = model_key(lab.model, slice_of(_i / 4 % 3 > 1 ? "k"
								     : "m"));
	q.to_known = _i / 12 > 0;
	ck_assert(addr_parse(slice_of(_i / 12 > 1 ? "192.0.2.1" : "10.9.0.1"),
			     &q.to));
	for (int f = 0; f < FAMILY_COUNT; f++) {
		size_t count;
		const struct client_range *r = predict_all(
			lab.predict, &q, (enum family)f, &count);

		for (size_t n = 0; n < count; n++) {
			expect_alike(&lab, &q, r[n].first, r[n].decision);
			expect_alike(&lab, &q, r[n].last, r[n].decision);
			expect_alike(&lab, &q,
				     lab_middle(r[n].first, r[n].last),
				     r[n].decision);
		}
	}
	arena_free(lab.arena);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("predict");

	tcase_add_loop_test(tc, sets_of_named_agree_with_points, 0,
			    8 * COUNT(names));
	tcase_add_loop_test(tc, sets_of_unbound_agree_with_points, 0,
			    8 * COUNT(names));
	tcase_add_loop_test(tc, views_are_found_as_they_are_tried, 0, 36);
	tcase_add_test(tc, most_specific_block_decides);
	return run_tests(tc, "predict");
}
