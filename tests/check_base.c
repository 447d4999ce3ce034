#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "base/strmap.h"
#include "base/vec.h"
#include "tests/check.h"

START_TEST(arena_keeps_what_it_gives)
{
	struct arena *a = arena_new();
	char *parts[200];

	for (size_t i = 0; i < 200; i++) {
		parts[i] = arena_alloc(a, i * 997 + 1);
		memset(parts[i], (int)i, i * 997 + 1);
		ck_assert_uint_eq((uintptr_t)parts[i] % sizeof(void *), 0);
	}
	for (size_t i = 0; i < 200; i++) {
		ck_assert_int_eq((unsigned char)parts[i][0], (int)i);
		/* Equal to itself moved by one: all bytes are the same. */
		ck_assert_int_eq(memcmp(parts[i], parts[i] + 1, i * 997), 0);
	}
	arena_free(a);
}
END_TEST

START_TEST(arena_releases_to_a_mark)
{
	struct arena *a = arena_new();
	size_t before = arena_bytes(a);
	struct arena_mark mark = arena_mark(a);

	for (int i = 0; i < 100; i++)
		arena_alloc(a, 100000);
	arena_release(a, mark);
	ck_assert_uint_eq(arena_bytes(a), before);
	arena_free(a);
}
END_TEST

START_TEST(arena_grows_in_place_or_copies)
{
	struct arena *a = arena_new();
	char *p = arena_grow(a, NULL, 0, 10);

	memcpy(p, "123456789", 10);
	ck_assert_ptr_eq(arena_grow(a, p, 10, 1000), p);
	arena_alloc(a, 1);
	char *q = arena_grow(a, p, 1000, 2000);

	ck_assert_ptr_ne(q, p);
	ck_assert_str_eq(q, "123456789");
	arena_free(a);
}
END_TEST

START_TEST(vec_holds_what_is_pushed)
{
	struct arena *a = arena_new();
	VEC(int) v = { 0 };

	for (int i = 0; i < 1000; i++)
		*VEC_PUSH(a, &v) = i;
	ck_assert_uint_eq(v.len, 1000);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(v.at[i], i);
	arena_free(a);
}
END_TEST

START_TEST(strmap_finds_every_key)
{
	struct arena *a = arena_new();
	struct strmap *m = strmap_new(a, _i == 1);
	int values[1000];

	for (int i = 0; i < 1000; i++) {
		char *key = arena_printf(a, "Key-%d", i);

		*strmap_at(m, slice_of(key)) = &values[i];
	}
	ck_assert_uint_eq(strmap_count(m), 1000);
	for (int i = 0; i < 1000; i++) {
		char *same = arena_printf(a, "Key-%d", i);
		char *other = arena_printf(a, "kEY-%d", i);

		ck_assert_ptr_eq(strmap_get(m, slice_of(same)), &values[i]);
		ck_assert_ptr_eq(strmap_get(m, slice_of(other)),
				 _i == 1 ? &values[i] : NULL);
	}
	ck_assert_ptr_null(strmap_get(m, slice_of("")));
	arena_free(a);
}
END_TEST

START_TEST(slices_compare_and_split)
{
	struct slice rest = slice_of("a,bc,,d");

	ck_slice_eq(slice_split(&rest, ','), "a");
	ck_slice_eq(slice_split(&rest, ','), "bc");
	ck_slice_eq(slice_split(&rest, ','), "");
	ck_slice_eq(slice_split(&rest, ','), "d");
	ck_assert_uint_eq(rest.len, 0);
	ck_assert(slice_equal_nocase(slice_of("ANY"), slice_of("any")));
	ck_assert(!slice_equal(slice_of("ANY"), slice_of("any")));
	ck_assert_int_lt(slice_cmp(slice_of("a"), slice_of("ab")), 0);
	ck_slice_eq(slice_sub(slice_of("abc"), 1, 99), "bc");
	ck_slice_eq(slice_sub(slice_of("abc"), 9, 9), "");
}
END_TEST

struct number_case {
	const char *text;
	unsigned long long max;
	bool ok;
};

static const struct number_case number_cases[] = {
	{ "0", 0, true },	 { "65535", 65535, true },
	{ "65536", 65535, false }, { "", 9, false },
	{ "1x", 9, false },	 { "-1", 9, false },
	{ "18446744073709551615", UINT64_MAX, true },
	{ "18446744073709551616", UINT64_MAX, false },
	{ "99999999999999999999999", UINT64_MAX, false },
	{ "5", 3, false },
};

START_TEST(slices_read_numbers)
{
	const struct number_case *c = &number_cases[_i];
	unsigned long long value;

	ck_assert_msg(slice_to_uint(slice_of(c->text), c->max, &value) == c->ok,
		      "'%s'", c->text);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("base");

	tcase_add_test(tc, arena_keeps_what_it_gives);
	tcase_add_test(tc, arena_releases_to_a_mark);
	tcase_add_test(tc, arena_grows_in_place_or_copies);
	tcase_add_test(tc, vec_holds_what_is_pushed);
	tcase_add_loop_test(tc, strmap_finds_every_key, 0, 2);
	tcase_add_test(tc, slices_compare_and_split);
	tcase_add_loop_test(tc, slices_read_numbers, 0, COUNT(number_cases));
	return run_tests(tc, "base");
}
