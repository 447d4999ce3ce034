#include "decide/acl_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "base/vec.h"
#include "decide/acl_value.h"

/* With more keys than this it is not looked at who decides. */
enum { KEYS_MAX = 64 };

struct work {
	struct acls *acls;
	const struct address_list *list;
	struct arena *scratch;
	struct acl_part *parts;
	size_t count;
};

typedef VEC(struct acl_part) part_vec;

static void
list_parts(struct arena *a, struct work *w)
{
	part_vec v = { 0 };
	const struct address_list *in = NULL;
	const struct element *e;
	uint32_t outer = 0;

	for (uint32_t n = 0; (e = acl_element(w->acls, w->list,
					      n << VALUE_SHIFT, &in)) != NULL;
	     n++) {
		if (in == w->list)
			outer = n;
		*VEC_PUSH(a, &v) = (struct acl_part){
			.element = e, .in = in, .outer = outer,
			.by = PART_NONE, .turned = PART_NONE,
		};
	}
	w->parts = v.at;
	w->count = v.len;
}

static int
by_range(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	int cmp = point_cmp(x->first, y->first);

	if (cmp == 0)
		cmp = point_cmp(x->last, y->last);
	if (cmp != 0)
		return cmp;
	return (x->priority > y->priority) - (x->priority < y->priority);
}

/*
 * Prefixes of one range, in order. What comes with a negated list turns the
 * first of them negative: see flip_range() in decide/acl.c.
 */
static void
compare_equal(struct work *w, const struct interval *iv, size_t n)
{
	const struct interval *first = NULL;

	for (size_t i = 0; i < n; i++) {
		struct acl_part *part = &w->parts[iv[i].priority];

		if (!(iv[i].value & VALUE_NODE))
			continue;
		if (first == NULL) {
			first = &iv[i];
			continue;
		}
		if (part->by == PART_NONE) {
			part->by = first->priority;
			part->alone = true;
		}
		if ((iv[i].value & VALUE_FLIPS) && part->turned == PART_NONE &&
		    (first->value & VERDICT_MASK) == VERDICT_YES)
			part->turned = first->priority;
	}
}

static void
find_equal(struct work *w, struct interval *iv, size_t n)
{
	if (n > 1)
		qsort(iv, n, sizeof(*iv), by_range);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (point_cmp(iv[i].first, iv[end].first) != 0 ||
			    point_cmp(iv[i].last, iv[end].last) != 0)
				break;
		if (end - i > 1)
			compare_equal(w, iv + i, end - i);
	}
}

static bool
is_certain(const struct interval *iv)
{
	uint32_t verdict = iv->value & VERDICT_MASK;

	return verdict != VERDICT_UNKNOWN && verdict != VERDICT_UNKNOWN_NO;
}

/* What is matched where nothing matches that is not known to. */
static const struct rangemap *
certain_map(struct work *w, enum family family, const struct interval *iv,
	    size_t n)
{
	struct interval *certain = arena_alloc(w->scratch, n * sizeof(*iv));
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (is_certain(&iv[i])) {
			certain[count] = iv[i];
			certain[count++].value = iv[i].priority;
		}
	return rangemap_build(w->scratch, family, certain, count);
}

/* The number of the last part that decides; PART_NONE: the end is reached. */
static uint32_t
mark_deciding(struct work *w, const struct rangemap *m)
{
	uint32_t last = 0;

	for (size_t i = 0; i < rangemap_count(m); i++) {
		uint32_t number = rangemap_steps(m)[i].value;

		if (number != RANGEMAP_NONE)
			w->parts[number].decides = true;
		if (number > last)
			last = number; /* RANGEMAP_NONE is the greatest */
	}
	return last;
}

static void
find_earlier(struct work *w, const struct rangemap *m,
	     const struct interval *iv, size_t n)
{
	size_t hint = 0;

	for (size_t i = 0; i < n; i++) {
		struct acl_part *part = &w->parts[iv[i].priority];
		enum family family = rangemap_family(m);

		if (part->decides || part->by != PART_NONE)
			continue;
		size_t k = rangemap_find(m, point_addr(iv[i].first, family),
					 &hint);
		uint32_t number = rangemap_steps(m)[k].value;

		if (number == RANGEMAP_NONE || number >= iv[i].priority)
			continue;
		part->by = number;
		part->alone = point_cmp(point_of(rangemap_last(m, k)),
					iv[i].last) >= 0;
	}
}

static void
look_at(struct work *w, enum family family, uint32_t key)
{
	size_t n;
	struct interval *iv = acl_intervals(w->scratch, w->acls, w->list,
					    family, key, &n);

	find_equal(w, iv, n);
	const struct rangemap *m = certain_map(w, family, iv, n);
	uint32_t last = mark_deciding(w, m);

	for (size_t i = 0; i < n; i++)
		if (!is_certain(&iv[i]) && iv[i].priority < last)
			w->parts[iv[i].priority].decides = true;
	find_earlier(w, m, iv, n);
}

/* A list that was merged decides where one of its elements does. */
static void
judge_merged(struct work *w)
{
	for (size_t i = 0; i < w->count; i++) {
		struct acl_part *part = &w->parts[i];
		struct acl_part *outer = &w->parts[part->outer];

		part->decides |= part->turned != PART_NONE;
		if (outer == part)
			continue;
		outer->decides |= part->decides;
		if (outer->by == PART_NONE)
			outer->by = part->by;
	}
}

/* The bytes of a pointer, as a key. */
static struct slice
slice_of_pointer(const struct address_list *const *list)
{
	return (struct slice){ (const char *)list, sizeof(*list) };
}

/* The first part of each list that was merged. */
static const struct strmap *
first_by_list(struct work *w)
{
	struct strmap *first = strmap_new(w->scratch, false);

	for (size_t i = 0; i < w->count; i++) {
		void **at = strmap_at(first,
				      slice_of_pointer(&w->parts[i].in));

		if (*at == NULL)
			*at = &w->parts[i];
	}
	return first;
}

static bool
is_idle(const struct acl_part *part)
{
	return !part->decides && part->by == PART_NONE;
}

/*
 * localhost and localnets match nobody knows whom, but the second one matches
 * nobody else.
 */
static void
judge_host_words(struct work *w)
{
	uint32_t first[ELEMENT_UNKNOWABLE + 1];

	memset(first, 0xff, sizeof(first));
	for (uint32_t i = 0; i < w->count; i++) {
		struct acl_part *part = &w->parts[i];
		uint32_t *at = &first[part->element->kind];

		if (part->element->kind != ELEMENT_LOCALHOST &&
		    part->element->kind != ELEMENT_LOCALNETS)
			continue;
		if (*at == PART_NONE) {
			*at = i;
		} else if (part->turned == PART_NONE) {
			part->decides = false;
			part->by = *at;
			part->alone = true;
		}
	}
}

/* A list that was merged before has no parts of its own here. */
static void
judge_seen_lists(struct work *w, const struct model *m)
{
	const struct strmap *first = NULL;

	for (uint32_t i = 0; i < w->count; i++) {
		struct acl_part *part = &w->parts[i];
		const struct element *e = part->element;

		if (e->kind != ELEMENT_LIST || !is_idle(part) ||
		    m->lists[e->lo]->count == 0)
			continue;
		if (first == NULL)
			first = first_by_list(w);
		const struct acl_part *seen = strmap_get(
			first, slice_of_pointer(&m->lists[e->lo]));

		if (seen != NULL && seen->outer < part->outer) {
			part->by = seen->outer;
			part->alone = true;
		}
	}
}

uint32_t
acl_part_of(uint32_t value)
{
	return value == RANGEMAP_NONE ? PART_NONE : value >> VALUE_SHIFT;
}

static const struct acl_part *
parts_of(struct arena *a, struct work *w, const struct model *m)
{
	const uint32_t *keys;
	size_t key_count = acl_keys(w->acls, w->list, &keys);

	list_parts(a, w);
	for (int f = 0; f < FAMILY_COUNT; f++) {
		look_at(w, (enum family)f, KEY_NONE);
		for (size_t k = 0; k < key_count && k < KEYS_MAX; k++)
			look_at(w, (enum family)f, keys[k]);
	}
	judge_host_words(w);
	judge_merged(w);
	judge_seen_lists(w, m);
	for (size_t i = 0; key_count > KEYS_MAX && i < w->count; i++)
		w->parts[i].decides = true;
	return w->parts;
}

const struct acl_part *
acl_parts(struct arena *a, struct acls *s, const struct model *m,
	  const struct address_list *list, size_t *count)
{
	struct work w = { .acls = s, .list = list, .scratch = arena_new() };
	const struct acl_part *parts = parts_of(a, &w, m);

	arena_free(w.scratch);
	*count = w.count;
	return parts;
}
