/*
 * Step functions over the addresses of one family: a sorted array of (first
 * address, value), the first at 0, each step reaching to the next one.
 */
#pragma once

#include "base/addr.h"
#include "base/arena.h"

#define RANGEMAP_NONE UINT32_MAX

/* An address whose family is known from where it stands. */
struct point {
	uint64_t hi;
	uint64_t lo;
};

/* The addresses `first` to `last`, both included. */
struct interval {
	struct point first;
	struct point last;
	uint32_t priority;
	uint32_t value;
};

/* There may be millions of them: 20 bytes, without the padding. */
struct step {
	struct point first;
	uint32_t value;
} __attribute__((packed, aligned(4)));

struct rangemap;

struct point point_of(struct addr a);
struct addr point_addr(struct point p, enum family family);
int point_cmp(struct point a, struct point b);

struct interval interval_of(struct prefix p, uint32_t priority,
			    uint32_t value);

/* By first address; the order of equal ones is not said. O(n). */
void interval_sort(struct interval *iv, size_t n);

/*
 * Build the step function of `n` intervals. Where several cover an address the
 * one of least priority wins; where none does the value is RANGEMAP_NONE.
 * Sorts `iv` in place. O(n log n).
 */
const struct rangemap *rangemap_build(struct arena *a, enum family family,
				      struct interval *iv, size_t n);

/*
 * Steps from `steps`, which begin at address 0 and ascend; copied. Neighbours
 * of the same value become one.
 */
const struct rangemap *rangemap_from_steps(struct arena *a, enum family family,
					   const struct step *steps, size_t n);

/* The same with `steps` as they are: not copied, and neighbours do differ. */
const struct rangemap *rangemap_adopt(struct arena *a, enum family family,
				      struct step *steps, size_t n);

size_t rangemap_count(const struct rangemap *m);
const struct step *rangemap_steps(const struct rangemap *m);
enum family rangemap_family(const struct rangemap *m);

/*
 * The number of the step `a` lies in. `*hint` is any number, best that of a
 * step near by; it is set to the result. O(log n), O(1) near the hint.
 */
size_t rangemap_find(const struct rangemap *m, struct addr a, size_t *hint);

/* The last address of step `i`. */
struct addr rangemap_last(const struct rangemap *m, size_t i);
