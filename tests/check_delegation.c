/* Parent zones: which zones they delegate to a server, and what is no zone. */
#include <string.h>

#include "intent/delegation.h"
#include "tests/check.h"

static struct arena *a;

static void
set_up(void)
{
	a = arena_new();
}

static void
tear_down(void)
{
	arena_free(a);
}

#define O "$ORIGIN net.\n"

/* Each must give exactly one complaint, at this line and column. */
static const struct {
	const char *text;
	const char *place;
	const char *message;
} bad[] = {
	{ "example NS ns1\n", "1:1", "'example' is relative" },
	{ "@ NS ns1.net.\n", "1:1", "'@' is relative" },
	{ "a.net. NS ns1\n", "1:11", "'ns1' is relative" },
	{ "$ORIGIN net\n", "1:9", "'net' is relative" },
	{ "$ORIGIN\n", "1:1", "'$ORIGIN' has no value" },
	{ "$ORIGIN net. x\n", "1:14", "'x' is too much" },
	{ O "$TTL 1x\n", "2:6", "'1x' is no TTL" },
	{ O "$TTL 4294967296\n", "2:6", "'4294967296' is no TTL" },
	{ O "$TTL 9000w\n", "2:6", "'9000w' is no TTL" },
	{ O "$TTL\n", "2:1", "'$TTL' has no value" },
	{ O "$INCLUDE more.zone\n", "2:1", "'$INCLUDE' is not taken" },
	{ O "$generate 1-9 $ NS ns\n", "2:1", "'$generate' is not taken" },
	{ O "$TTLS 1\n", "2:1", "'$TTLS' is no directive" },
	{ O " NS ns1\n", "2:2", "has no owner" },
	{ O "a 3600\n", "2:3", "behind '3600' a type is missing" },
	{ O "a\n", "2:1", "behind 'a' a type is missing" },
	{ O "a 1h1 IN NS b\n", "2:3", "'1h1' is no TTL" },
	{ O "a 1 2 NS b\n", "2:5", "'2' is no type" },
	{ O "a IN IN NS b\n", "2:6", "'IN' is no type" },
	{ O "a CH NS b\n", "2:3", "class IN, not CH" },
	{ O "a IN NSS b\n", "2:6", "'NSS' is no type" },
	{ O "a AXFR b\n", "2:3", "'AXFR' is no type" },
	{ O "a NS\n", "2:3", "this NS record has no data" },
	{ O "a NS b c\n", "2:8", "'c' is too much" },
	{ O "a NS b..c.\n", "2:6", "'b..c.' is no domain name" },
	{ O "b..c NS a\n", "2:1", "'b..c' is no domain name" },
	{ O "a A 192.0.2.256\n", "2:5", "is no IPv4 address" },
	{ O "a A 2001:db8::1\n", "2:5", "is no IPv4 address" },
	{ O "a AAAA 192.0.2.1\n", "2:8", "is no IPv6 address" },
	{ O "a A 192.0.2.1 192.0.2.2\n", "2:15", "is too much" },
	{ O "a NS ( b\n\n; c\n", "2:6", "parenthesis is not closed" },
	{ O "a NS b )\n", "2:8", "parenthesis is not open" },
	{ O "a TXT \"b\n\"\n", "2:7", "quote is not closed" },
	/* The column counts characters, and a join of lines counts as lines. */
	{ O "a TXT \"\xc3\xa9\xc3\xa9\" ( \"x\"\n ) \n b NSS c\n", "4:2",
	  "'b' is no type" },
	{ O "a TXT ( x\n y ) ; \"\n\xc3\xa9 NSS c\n", "4:3", "'NSS'" },
};

START_TEST(faults_have_places)
{
	const char *why = NULL, *text = bad[_i].text;

	ck_assert_ptr_null(delegations_read(a, "p", slice_of(text), &why));
	const char *start = arena_printf(a, "p:%s: error: ", bad[_i].place);

	ck_assert_msg(strncmp(why, start, strlen(start)) == 0, "%s: %s", text,
		      why);
	ck_assert_msg(strstr(why, bad[_i].message) != NULL, "%s: %s", text,
		      why);
	ck_assert_msg(strchr(why, '\n') == NULL, "%s: %s", text, why);
}
END_TEST

START_TEST(all_faults_are_told)
{
	const char *why;

	ck_assert_ptr_null(delegations_read(
		a, "p", slice_of(O "a NSS b\n$TLL 1\nc NS\n"), &why));
	ck_assert_str_eq(why, "p:2:3: error: 'NSS' is no type of a record\n"
			      "p:3:1: error: '$TLL' is no directive\n"
			      "p:4:3: error: this NS record has no data");
}
END_TEST

static const char zone[] =
	"; a parent\r\n"
	"$ORIGIN Net.\n"
	"$TTL 1h30m\n"
	"@ IN 1d SOA ns.net. root.net. ( 1 ; serial\n"
	"\t2 3 4 5 )\n"
	"\tNS\tns1.example\n"
	"Example 3600 IN NS NS1.Example.NET.\n"
	"\tIN 3600 NS ns2.example\n"
	"ns1.example A 192.0.2.53\n"
	"ns2.example ( IN\n"
	"\tAAAA ) 2001:DB8::53\n"
	"$ORIGIN sub\n"
	"one NS ns2.example.net.\n"
	"two NS ns9.example.org.\n"
	"two TXT \"a;b(\" \"NS\" ( x\n"
	") TYPE65280 \\# 0\n"
	"three NS ns1\n"
	"ns1 A 192.0.2.99\n"
	"$ORIGIN .\n"
	"four.net. NS ns9.example.org\n"
	"ns9.example.org A 198.51.100.1\n";

/* The zones of `in`, each with the line that delegates it. */
static const char *
apply(struct intent *in, const char *address)
{
	const char *why = "", *text = "";
	const struct delegations *d =
		delegations_read(a, "p", slice_of(zone), &why);
	struct host_address at = { .device = { "", 0 } };
	struct host host = { .known = true, .addresses = &at,
			     .count = address != NULL };

	ck_assert_msg(d != NULL, "%s", why);
	if (address != NULL)
		ck_assert(prefix_parse(slice_of(address), &at.prefix));
	delegations_apply(a, d, &host, in);
	for (size_t i = 0; i < in->delegated_count; i++)
		text = arena_printf(a, "%s %.*s@%s:%zu:%zu", text,
				    SLICE(in->delegated[i].name),
				    in->delegated[i].place.file,
				    in->delegated[i].place.line,
				    in->delegated[i].place.column);
	return text;
}

START_TEST(glue_names_the_server)
{
	struct intent four = { 0 }, six = { 0 }, other = { 0 }, none = { 0 };

	ck_assert_str_eq(apply(&four, "192.0.2.53/24"),
			 " net@p:6:5 example.net@p:7:20");
	ck_assert_str_eq(apply(&six, "2001:db8::53/64"),
			 " example.net@p:8:13 one.sub.net@p:13:8");
	ck_assert_str_eq(apply(&other, "192.0.2.54/24"), "");
	ck_assert_str_eq(apply(&none, NULL), "");
}
END_TEST

START_TEST(names_are_those_declared)
{
	const struct slice names[] = { slice_of("ns9.example.org"),
				       slice_of("ns1.sub.net") };
	const struct declared_zone known = { slice_of("four.net"),
					     { "y", 7, 1 } };
	struct intent in = { .names = names, .name_count = 2,
			     .delegated = &known, .delegated_count = 1 };

	/* What is declared already keeps its place. */
	ck_assert_str_eq(apply(&in, NULL),
			 " four.net@y:7:1 two.sub.net@p:14:8 "
			 "three.sub.net@p:17:10");
}
END_TEST

START_TEST(unreadable_files_are_told)
{
	const char *why;

	ck_assert_ptr_null(delegations_load(a, "/no/such/file", &why));
	ck_assert_str_eq(why, "/no/such/file: cannot read it: No such file or "
			      "directory");
	ck_assert_ptr_null(delegations_load(a, "/dev", &why));
	ck_assert_ptr_nonnull(strstr(why, "/dev: cannot read it: "));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("delegation");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_loop_test(tc, faults_have_places, 0,
			    sizeof(bad) / sizeof(*bad));
	tcase_add_test(tc, all_faults_are_told);
	tcase_add_test(tc, glue_names_the_server);
	tcase_add_test(tc, names_are_those_declared);
	tcase_add_test(tc, unreadable_files_are_told);
	return run_tests(tc, "delegation");
}
