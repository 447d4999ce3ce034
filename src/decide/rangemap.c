#include "decide/rangemap.h"

#include <string.h>

enum { SORT_SMALL = 32 };

struct rangemap {
	enum family family;
	size_t count;
	struct step *steps;
};

struct point
point_of(struct addr a)
{
	return (struct point){ a.hi, a.lo };
}

struct addr
point_addr(struct point p, enum family family)
{
	return (struct addr){ p.hi, p.lo, family };
}

int
point_cmp(struct point a, struct point b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return (a.lo > b.lo) - (a.lo < b.lo);
}

struct interval
interval_of(struct prefix p, uint32_t priority, uint32_t value)
{
	return (struct interval){ point_of(prefix_first(p)),
				  point_of(prefix_last(p)), priority, value };
}

/* Byte number `digit` of an address, the most significant being 0. */
static unsigned
digit_of(struct point p, unsigned digit)
{
	uint64_t half = digit < 8 ? p.hi : p.lo;

	return half >> (56 - 8 * (digit & 7)) & 0xff;
}

/* The first byte that is not the same in all, as 12 of IPv4 are. */
static unsigned
first_digit(const struct interval *iv, size_t n)
{
	struct point differ = { 0, 0 };
	unsigned digit = 0;

	for (size_t i = 1; i < n; i++) {
		differ.hi |= iv[i].first.hi ^ iv[0].first.hi;
		differ.lo |= iv[i].first.lo ^ iv[0].first.lo;
	}
	while (digit < 15 && digit_of(differ, digit) == 0)
		digit++;
	return digit;
}

static void
insertion_sort(struct interval *iv, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct interval x = iv[i];
		size_t k = i;

		for (; k > 0 && point_cmp(iv[k - 1].first, x.first) > 0; k--)
			iv[k] = iv[k - 1];
		iv[k] = x;
	}
}

/*
 * Radix sort in place, the most significant byte first: as deep as an address
 * has bytes, and without a second array the size of the first.
 */
static void
radix_sort(struct interval *iv, size_t n, unsigned digit)
{
	size_t at[256], end[256], counts[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		counts[digit_of(iv[i].first, digit)]++;
	for (unsigned d = 0; d < 256; d++) {
		at[d] = sum;
		sum += counts[d];
		end[d] = sum;
	}
	for (unsigned d = 0; d < 256; d++) {
		while (at[d] < end[d]) {
			unsigned to = digit_of(iv[at[d]].first, digit);
			struct interval x = iv[at[d]];

			iv[at[d]] = iv[at[to]];
			iv[at[to]++] = x;
		}
	}
	for (unsigned d = 0; d < 256 && digit < 15; d++)
		if (counts[d] > SORT_SMALL)
			radix_sort(iv + end[d] - counts[d], counts[d],
				   digit + 1);
		else
			insertion_sort(iv + end[d] - counts[d], counts[d]);
}

void
interval_sort(struct interval *iv, size_t n)
{
	if (n > SORT_SMALL)
		radix_sort(iv, n, first_digit(iv, n));
	else
		insertion_sort(iv, n);
}

/* The intervals that cover the address of the sweep, the least priority first. */
struct heap {
	const struct interval *iv;
	uint32_t *at;
	size_t len;
	size_t cap;
};

static bool
before(const struct heap *h, uint32_t a, uint32_t b)
{
	return h->iv[a].priority < h->iv[b].priority;
}

static void
heap_push(struct arena *a, struct heap *h, uint32_t x)
{
	size_t i = h->len++;

	if (h->len > h->cap) {
		size_t cap = h->cap == 0 ? 64 : h->cap * 2;

		h->at = arena_grow(a, h->at, h->cap * sizeof(*h->at),
				   cap * sizeof(*h->at));
		h->cap = cap;
	}
	for (; i > 0 && before(h, x, h->at[(i - 1) / 2]); i = (i - 1) / 2)
		h->at[i] = h->at[(i - 1) / 2];
	h->at[i] = x;
}

static void
heap_pop(struct heap *h)
{
	uint32_t x = h->at[--h->len];
	size_t i = 0;

	for (size_t kid; (kid = 2 * i + 1) < h->len; i = kid) {
		if (kid + 1 < h->len && before(h, h->at[kid + 1], h->at[kid]))
			kid++;
		if (!before(h, h->at[kid], x))
			break;
		h->at[i] = h->at[kid];
	}
	if (h->len > 0)
		h->at[i] = x;
}

static void
add_step(struct rangemap *m, struct point first, uint32_t value)
{
	if (m->count > 0 && m->steps[m->count - 1].value == value)
		return;
	m->steps[m->count++] = (struct step){ first, value };
}

/*
 * Boundaries are the starts of intervals and the end of the one that wins: no
 * other end can change who wins.
 */
static void
sweep(struct rangemap *m, struct heap *h, struct arena *scratch,
      const struct interval *iv, size_t n)
{
	struct point last = point_of(addr_last(m->family));
	struct point b = { 0, 0 };

	for (size_t i = 0;;) {
		while (i < n && point_cmp(iv[i].first, b) == 0)
			heap_push(scratch, h, (uint32_t)i++);
		while (h->len > 0 && point_cmp(iv[h->at[0]].last, b) < 0)
			heap_pop(h);
		const struct interval *top = h->len > 0 ? &iv[h->at[0]] : NULL;

		add_step(m, b, top == NULL ? RANGEMAP_NONE : top->value);
		if (top != NULL &&
		    (i == n || point_cmp(top->last, iv[i].first) < 0)) {
			if (point_cmp(top->last, last) == 0)
				return;
			b = point_of(addr_next(point_addr(top->last,
							  m->family)));
		} else if (i < n) {
			b = iv[i].first;
		} else {
			return;
		}
	}
}

const struct rangemap *
rangemap_build(struct arena *a, enum family family, struct interval *iv,
	       size_t n)
{
	struct rangemap *m = ARENA_NEW(a, struct rangemap);
	struct arena *scratch = arena_new();
	struct heap h = { .iv = iv };

	m->family = family;
	m->steps = arena_alloc(a, (2 * n + 1) * sizeof(*m->steps));
	interval_sort(iv, n);
	sweep(m, &h, scratch, iv, n);
	arena_free(scratch);
	m->steps = arena_grow(a, m->steps, (2 * n + 1) * sizeof(*m->steps),
			      m->count * sizeof(*m->steps));
	return m;
}

const struct rangemap *
rangemap_from_steps(struct arena *a, enum family family,
		    const struct step *steps, size_t n)
{
	struct rangemap *m = ARENA_NEW(a, struct rangemap);

	m->family = family;
	m->steps = arena_alloc(a, n * sizeof(*m->steps));
	for (size_t i = 0; i < n; i++)
		add_step(m, steps[i].first, steps[i].value);
	return m;
}

const struct rangemap *
rangemap_adopt(struct arena *a, enum family family, struct step *steps,
	       size_t n)
{
	struct rangemap *m = ARENA_NEW(a, struct rangemap);

	*m = (struct rangemap){ family, n, steps };
	return m;
}

size_t
rangemap_count(const struct rangemap *m)
{
	return m->count;
}

const struct step *
rangemap_steps(const struct rangemap *m)
{
	return m->steps;
}

enum family
rangemap_family(const struct rangemap *m)
{
	return m->family;
}

static bool
step_holds(const struct rangemap *m, size_t i, struct point p)
{
	return point_cmp(m->steps[i].first, p) <= 0 &&
	       (i + 1 == m->count || point_cmp(p, m->steps[i + 1].first) < 0);
}

size_t
rangemap_find(const struct rangemap *m, struct addr a, size_t *hint)
{
	struct point p = point_of(a);
	size_t low = 0, high = m->count;

	for (size_t i = *hint; i < *hint + 2 && i < m->count; i++)
		if (step_holds(m, i, p))
			return *hint = i;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (point_cmp(m->steps[mid].first, p) <= 0)
			low = mid;
		else
			high = mid;
	}
	return *hint = low;
}

struct addr
rangemap_last(const struct rangemap *m, size_t i)
{
	if (i + 1 == m->count)
		return addr_last(m->family);
	return addr_prev(point_addr(m->steps[i + 1].first, m->family));
}
