/*
 * Step functions against their definition: among the intervals that cover an
 * address, the one of least priority.
 */
#include "decide/rangemap.h"

#include <string.h>

#include "tests/check.h"
#include "tests/dice.h"
#include "tests/window.h"

enum {
	ROUNDS = 1500,
	INTERVALS_MAX = 200,
	VALUES = 3, /* few, so that neighbours often agree */
	SORTED_MAX = 5000,
};

struct lab {
	struct arena *arena;
	struct dice dice;
	struct window window;
};

static struct lab
lab_open(int window)
{
	return (struct lab){ .arena = arena_new(),
			     .dice = { (uint64_t)window },
			     .window = window_number(window) };
}

/* Mostly few; sometimes so many that they pile up on every address. */
static size_t
random_count(struct lab *lab)
{
	return dice_once_in(&lab->dice, 20)
		       ? dice_below(&lab->dice, INTERVALS_MAX)
		       : dice_below(&lab->dice, 9);
}

static void
random_interval(struct lab *lab, struct interval *iv)
{
	uint32_t x = dice_below(&lab->dice, WINDOW_SIZE);
	uint32_t y = dice_below(&lab->dice, WINDOW_SIZE);
	const struct addr *at = lab->window.at;

	iv->first = point_of(at[x < y ? x : y]);
	iv->last = point_of(at[x < y ? y : x]);
	if (dice_once_in(&lab->dice, 20))
		iv->first = point_of(addr_first(lab->window.family));
	if (dice_once_in(&lab->dice, 20))
		iv->last = point_of(addr_last(lab->window.family));
	iv->value = dice_below(&lab->dice, VALUES);
}

/* Each priority once, in no order. */
static void
random_intervals(struct lab *lab, struct interval *iv, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = dice_below(&lab->dice, (uint32_t)i + 1);

		random_interval(lab, &iv[i]);
		iv[i].priority = (uint32_t)i;
		uint32_t moved = iv[k].priority;

		iv[k].priority = (uint32_t)i;
		iv[i].priority = moved;
	}
}

static uint32_t
value_by_definition(const struct interval *iv, size_t n, struct point p)
{
	const struct interval *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (point_cmp(iv[i].first, p) <= 0 &&
		    point_cmp(p, iv[i].last) <= 0 &&
		    (best == NULL || iv[i].priority < best->priority))
			best = &iv[i];
	return best == NULL ? RANGEMAP_NONE : best->value;
}

/* It begins at the first address, ascends, and neighbours differ. */
static void
expect_steps(const struct rangemap *m)
{
	const struct step *s = rangemap_steps(m);
	size_t n = rangemap_count(m);
	enum family family = rangemap_family(m);

	if (n == 0 || point_cmp(s[0].first, (struct point){ 0, 0 }) != 0 ||
	    addr_cmp(rangemap_last(m, n - 1), addr_last(family)) != 0)
		ck_abort_msg("%zu steps do not reach from end to end", n);
	for (size_t i = 1; i < n; i++) {
		struct addr last = rangemap_last(m, i - 1);

		if (point_cmp(s[i - 1].first, s[i].first) >= 0 ||
		    s[i - 1].value == s[i].value || last.family != family ||
		    point_cmp(point_of(addr_next(last)), s[i].first) != 0)
			ck_abort_msg("step %zu of %zu", i, n);
	}
}

static uint32_t
value_at(struct lab *lab, const struct rangemap *m, struct addr a)
{
	size_t n = rangemap_count(m);
	size_t hint = dice_once_in(&lab->dice, 9)
			      ? (size_t)dice_wide(&lab->dice)
			      : dice_below(&lab->dice, (uint32_t)n + 2);
	size_t i = rangemap_find(m, a, &hint);
	struct point p = point_of(a);

	if (hint != i || i >= n ||
	    point_cmp(rangemap_steps(m)[i].first, p) > 0 ||
	    addr_cmp(a, rangemap_last(m, i)) > 0)
		ck_abort_msg("found %zu of %zu, hint %zu", i, n, hint);
	return rangemap_steps(m)[i].value;
}

static void
expect_values(struct lab *lab, const struct rangemap *m,
	      const struct interval *iv, size_t n)
{
	char buf[ADDR_TEXT_MAX];

	for (int i = 0; i < PROBE_COUNT; i++) {
		struct addr a = lab->window.probes[i];
		uint32_t expected = value_by_definition(iv, n, point_of(a));
		uint32_t value = value_at(lab, m, a);

		if (value != expected)
			ck_abort_msg("%zu intervals at %s: %u is not %u", n,
				     addr_format(a, buf), value, expected);
	}
	/* A step somewhere else would be one too many. */
	for (size_t i = 0; i < rangemap_count(m); i++) {
		const struct step *s = &rangemap_steps(m)[i];

		if (value_by_definition(iv, n, s->first) != s->value ||
		    value_by_definition(iv, n, point_of(rangemap_last(m, i))) !=
			    s->value)
			ck_abort_msg("step %zu of %zu intervals", i, n);
	}
}

START_TEST(least_priority_wins)
{
	struct lab lab = lab_open(_i);
	struct interval iv[INTERVALS_MAX], copy[INTERVALS_MAX];

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(lab.arena);
		size_t n = random_count(&lab);

		random_intervals(&lab, iv, n);
		memcpy(copy, iv, n * sizeof(*iv));
		const struct rangemap *m =
			rangemap_build(lab.arena, lab.window.family, copy, n);

		expect_steps(m);
		expect_values(&lab, m, iv, n);
		arena_release(lab.arena, mark);
	}
	arena_free(lab.arena);
}
END_TEST

/* Steps at some addresses of the window, whether or not the value changes. */
static size_t
random_steps(struct lab *lab, struct step *s)
{
	size_t n = 0;

	s[n++] = (struct step){ { 0, 0 }, dice_below(&lab->dice, VALUES) };
	for (int i = 0; i < WINDOW_SIZE; i++)
		if (dice_once_in(&lab->dice, 3) &&
		    addr_cmp(lab->window.at[i],
			     addr_first(lab->window.family)) != 0)
			s[n++] = (struct step){
				point_of(lab->window.at[i]),
				dice_once_in(&lab->dice, 8)
					? RANGEMAP_NONE
					: dice_below(&lab->dice, VALUES),
			};
	return n;
}

START_TEST(steps_become_a_map)
{
	struct lab lab = lab_open(_i);

	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(lab.arena);
		struct step s[WINDOW_SIZE + 1];
		size_t n = random_steps(&lab, s);
		const struct rangemap *m =
			rangemap_from_steps(lab.arena, lab.window.family, s, n);

		expect_steps(m);
		for (int i = 0, k = 0; i < PROBE_COUNT; i++) {
			struct addr a = lab.window.probes[i];

			while ((size_t)k + 1 < n &&
			       point_cmp(s[k + 1].first, point_of(a)) <= 0)
				k++;
			if (value_at(&lab, m, a) != s[k].value)
				ck_abort_msg("probe %d, round %d", i, round);
		}
		arena_release(lab.arena, mark);
	}
	arena_free(lab.arena);
}
END_TEST

START_TEST(adopted_steps_stay_as_they_are)
{
	struct arena *a = arena_new();
	struct step s[] = { { { 0, 0 }, 7 }, { { 0, 5 }, RANGEMAP_NONE } };
	const struct rangemap *m = rangemap_adopt(a, FAMILY_IPV4, s, 2);

	ck_assert_ptr_eq(rangemap_steps(m), s);
	ck_assert_uint_eq(rangemap_count(m), 2);
	ck_assert_uint_eq(rangemap_last(m, 0).lo, 4);
	ck_assert(addr_cmp(rangemap_last(m, 1), addr_last(FAMILY_IPV4)) == 0);
	arena_free(a);
}
END_TEST

/* How the first addresses lie: what a sort by bytes has to cope with. */
enum spread {
	SPREAD_WIDE, /* all bits differ */
	SPREAD_IPV4,
	SPREAD_CLUSTERS, /* most bytes are the same */
	SPREAD_EQUAL,
	SPREAD_ASCENDING,
	SPREAD_DESCENDING,
	SPREAD_COUNT,
};

static struct point
random_first(struct dice *d, enum spread spread, size_t i)
{
	switch (spread) {
	case SPREAD_IPV4:
		return (struct point){ 0, (uint32_t)dice_wide(d) };
	case SPREAD_CLUSTERS:
		return (struct point){ UINT64_C(1) << 16 * dice_below(d, 4),
				       UINT64_C(0x101)
					       << 8 * dice_below(d, 8) };
	case SPREAD_EQUAL:
		return (struct point){ 1, 2 };
	case SPREAD_ASCENDING:
		return (struct point){ i / 100, i << 8 };
	case SPREAD_DESCENDING:
		return (struct point){ UINT64_MAX - i, i };
	default:
		return (struct point){ dice_wide(d), dice_wide(d) };
	}
}

static void
expect_sorted(const struct interval *iv, const struct interval *before,
	      size_t n)
{
	static bool seen[SORTED_MAX];

	memset(seen, 0, sizeof(seen));
	for (size_t i = 0; i < n; i++) {
		uint32_t number = iv[i].priority;

		if (i > 0 && point_cmp(iv[i - 1].first, iv[i].first) > 0)
			ck_abort_msg("%zu of %zu are not in order", i, n);
		if (number >= n || seen[number] ||
		    memcmp(&iv[i], &before[number], sizeof(*iv)) != 0)
			ck_abort_msg("%zu of %zu is another one", i, n);
		seen[number] = true;
	}
}

static void
sort_some(enum spread spread, size_t n)
{
	static struct interval iv[SORTED_MAX], before[SORTED_MAX];
	struct dice d = { n };

	for (size_t i = 0; i < n; i++)
		iv[i] = (struct interval){
			random_first(&d, spread, i),
			{ dice_wide(&d), dice_wide(&d) },
			(uint32_t)i,
			dice_below(&d, VALUES),
		};
	memcpy(before, iv, n * sizeof(*iv));
	interval_sort(iv, n);
	expect_sorted(iv, before, n);
}

START_TEST(intervals_are_sorted_and_none_is_lost)
{
	static const size_t many[] = { 256, 257, 1000, 2500, SORTED_MAX };

	for (size_t n = 0; n < 120; n++)
		sort_some((enum spread)_i, n);
	for (int i = 0; i < COUNT(many); i++)
		sort_some((enum spread)_i, many[i]);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("rangemap");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, least_priority_wins, 0, WINDOW_COUNT);
	tcase_add_loop_test(tc, steps_become_a_map, 0, WINDOW_COUNT);
	tcase_add_test(tc, adopted_steps_stay_as_they_are);
	tcase_add_loop_test(tc, intervals_are_sorted_and_none_is_lost, 0,
			    SPREAD_COUNT);
	return run_tests(tc, "rangemap");
}
