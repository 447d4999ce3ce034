#include "schema/option.h"

#include "schema/release.h"
#include "schema/suggest.h"
#include "tests/check.h"

static const enum dialect dialects[] = { DIALECT_NAMED, DIALECT_UNBOUND };

/* A typo in a table must not wait for the file that uses the option. */
START_TEST(every_row_is_well_formed)
{
	struct arena *a = arena_new();
	struct schema *s = schema_new(a, dialects[_i],
				      release_newest(dialects[_i]));

	ck_assert_uint_gt(schema_count(s), 0);
	for (size_t i = 0; i < schema_count(s); i++) {
		const struct option *o = schema_at(s, i);
		const char *releases[] = { o->since, o->until, o->deprecated,
					   o->obsolete, o->removed };

		ck_assert_msg(schema_notation(s, o) != NULL, "%s: %s", o->name,
			      o->value);
		ck_assert_msg(o->where != 0, "%s stands nowhere", o->name);
		for (size_t r = 0; r < 5; r++)
			ck_assert_msg(releases[r] == NULL ||
					      *releases[r] == '\0' ||
					      release_parse(
						      slice_of(releases[r]),
						      0) != 0,
				      "%s: release '%s'", o->name, releases[r]);
	}
	arena_free(a);
}
END_TEST

/* In one place one row holds for any release. */
START_TEST(rows_do_not_overlap)
{
	static const char *const targets[][6] = {
		{ "9.16", "9.18", "9.20", "9.21", NULL },
		{ "1.13", "1.17", "1.19", "1.22", "1.26", NULL },
	};

	for (size_t t = 0; targets[_i][t] != NULL; t++) {
		struct arena *a = arena_new();
		uint32_t target = release_parse(slice_of(targets[_i][t]),
						RELEASE_LAST);
		struct schema *s = schema_new(a, dialects[_i], target);

		for (size_t i = 0; i < schema_count(s); i++) {
			const struct option *o = schema_at(s, i);

			if (!schema_row_holds(s, o))
				continue;
			for (size_t j = 0; j < i; j++) {
				const struct option *other = schema_at(s, j);

				ck_assert_msg(
					(o->where & other->where) == 0 ||
						!schema_row_holds(s, other) ||
						!slice_equal(
							slice_of(o->name),
							slice_of(other->name)),
					"two rows of %s hold for %s", o->name,
					targets[_i][t]);
			}
		}
		arena_free(a);
	}
}
END_TEST

START_TEST(secret_options_are_known_to_the_scanner)
{
	struct arena *a = arena_new();
	struct schema *s = schema_new(a, dialects[_i],
				      release_newest(dialects[_i]));

	for (size_t i = 0; i < schema_count(s); i++) {
		const struct option *o = schema_at(s, i);

		if ((o->flags & SECRET) != 0)
			ck_assert_msg(config_is_secret_name(slice_of(o->name)),
				      "%s", o->name);
	}
	arena_free(a);
}
END_TEST

struct notation_case {
	const char *text;
	int arity; /* -1: not well-formed */
};

static const struct notation_case notation_cases[] = {
	{ "", 0 },
	{ "<boolean>", 1 },
	{ "<netblock> <action>", 2 },
	{ "( a | b ) <integer 1..5>", 2 },
	{ "[ port <port> ] { <element>; ... }", 2 },
	{ "( [ a ] || [ b <c> ] )", 1 },
	{ "<string> ...", 1 },
	{ "{ @ }", 1 },
	{ "{ ( a | { b; ... } ) c; ...+ }", 1 },
	{ "<integer", -1 },
	{ "<integer 1-5>", -1 },
	{ "[ a", -1 },
	{ "( a | b || c )", -1 },
	{ "{ a; }", -1 },
	{ "a ]", -1 },
	{ "{ a; ...", -1 },
};

START_TEST(notations_are_read)
{
	const struct notation_case *c = &notation_cases[_i];
	struct arena *a = arena_new();
	const char *why;
	const struct notation *n = notation_compile(a, c->text, &why);

	ck_assert_msg((n != NULL) == (c->arity >= 0), "'%s': %s", c->text,
		      why == NULL ? "accepted" : why);
	if (n != NULL)
		ck_assert_uint_eq(notation_arity(n), (unsigned)c->arity);
	arena_free(a);
}
END_TEST

struct release_case {
	const char *text;
	uint32_t first, last;
};

static const struct release_case release_cases[] = {
	{ "9.18", 9018000, 9018999 },	 { "9.18.3", 9018003, 9018003 },
	{ "1.17.1", 1017001, 1017001 }, { "9", 0, 0 },
	{ "9.", 0, 0 },			 { "9.18.", 0, 0 },
	{ "9.x", 0, 0 },		 { "", 0, 0 },
	{ "9.18.3.4", 0, 0 },
};

START_TEST(releases_are_read)
{
	const struct release_case *c = &release_cases[_i];

	ck_assert_uint_eq(release_parse(slice_of(c->text), 0), c->first);
	ck_assert_uint_eq(release_parse(slice_of(c->text), RELEASE_LAST),
			  c->last);
}
END_TEST

struct distance_case {
	const char *a, *b;
	unsigned distance;
};

static const struct distance_case distance_cases[] = {
	{ "recursion", "recursion", 0 }, { "recursoin", "recursion", 1 },
	{ "RECURSION", "recursion", 0 }, { "recurson", "recursion", 1 },
	{ "port", "prot", 1 },		 { "a", "", 1 },
	{ "abc", "xyz", 3 },		 { "abcdefgh", "x", 5 },
};

START_TEST(distances_are_counted)
{
	const struct distance_case *c = &distance_cases[_i];

	ck_assert_uint_eq(suggest_distance(slice_of(c->a), slice_of(c->b), 4),
			  c->distance);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("schema");

	tcase_add_loop_test(tc, every_row_is_well_formed, 0, 2);
	tcase_add_loop_test(tc, rows_do_not_overlap, 0, 2);
	tcase_add_loop_test(tc, secret_options_are_known_to_the_scanner, 0, 2);
	tcase_add_loop_test(tc, notations_are_read, 0, COUNT(notation_cases));
	tcase_add_loop_test(tc, releases_are_read, 0, COUNT(release_cases));
	tcase_add_loop_test(tc, distances_are_counted, 0,
			    COUNT(distance_cases));
	return run_tests(tc, "schema");
}
