#include <stdlib.h>

#include "decide/acl_unit.h"
#include "decide/acl_value.h"

/* The making of one map. */
struct build {
	struct acls *s;
	struct arena *scratch;
	enum family family;
	uint32_t key;
	unsigned depth;
	bool unknown; /* some interval is */
	VEC(struct interval) iv;
};

static void
emit_range(struct build *b, struct point first, struct point last,
	   uint32_t number, uint32_t flags)
{
	*VEC_PUSH(b->scratch, &b->iv) = (struct interval){
		first, last, number, number << VALUE_SHIFT | flags
	};
}

static void
emit_prefix(struct build *b, struct prefix p, uint32_t number, uint32_t flags)
{
	if (p.addr.family == b->family)
		emit_range(b, point_of(prefix_first(p)),
			   point_of(prefix_last(p)), number, flags);
}

static void
emit_all(struct build *b, uint32_t number, uint32_t flags)
{
	emit_prefix(b, (struct prefix){ addr_first(b->family), 0 }, number,
		    flags);
}

static void
emit_unknown(struct build *b, uint32_t number, bool negated)
{
	emit_all(b, number,
		 negated ? VERDICT_UNKNOWN_NO : (uint32_t)VERDICT_UNKNOWN);
	b->unknown = true;
}

static void
emit_loopback(struct build *b, uint32_t number, bool negated)
{
	uint32_t sign = negated ? VERDICT_NO : VERDICT_YES;

	emit_prefix(b, (struct prefix){ addr_ipv4(0x7f000001), 32 }, number,
		    sign);
	emit_prefix(b, (struct prefix){ { 0, 1, FAMILY_IPV6 }, 128 }, number,
		    sign);
}

/*
 * localhost and localnets: networks of length 0 are left out
 * (lib/ns/interfacemgr.c, setup_locals).
 */
static void
emit_host(struct build *b, const struct element *e, uint32_t number,
	  bool negated)
{
	const struct host *h = b->s->model->host;

	if (!h->known && h->few && e->kind == ELEMENT_LOCALHOST) {
		emit_loopback(b, number, negated);
		return;
	}
	if (!h->known) {
		emit_unknown(b, number, negated);
		return;
	}
	for (size_t i = 0; i < h->count; i++) {
		struct prefix p = h->addresses[i].prefix;

		if (e->kind == ELEMENT_LOCALHOST)
			p.len = family_bits(p.addr.family);
		if (p.len > 0)
			emit_prefix(b, p, number,
				    negated ? VERDICT_NO : VERDICT_YES);
	}
}

/* A list that is not merged matches where its own result is positive. */
static void
emit_nested(struct build *b, const struct address_list *inner, uint32_t number,
	    bool negated)
{
	const struct rangemap *m = acl_map_at_depth(b->s, inner, b->family, b->key,
						b->depth + 1);

	if (m == NULL) {
		emit_unknown(b, number, negated);
		return;
	}
	for (size_t i = 0; i < rangemap_count(m); i++) {
		const struct step *step = &rangemap_steps(m)[i];
		enum verdict in = acl_verdict(step->value);
		uint32_t flags = negated ? VERDICT_NO : VERDICT_YES;

		if (in == VERDICT_NO)
			continue;
		if (in == VERDICT_UNKNOWN) {
			flags = negated ? VERDICT_UNKNOWN_NO
					: (uint32_t)VERDICT_UNKNOWN;
			b->unknown = true;
		}
		emit_range(b, step->first, point_of(rangemap_last(m, i)),
			   number, flags);
	}
}

/* What is merged stands in the place of its name: nothing to do. */
static void
emit_inner(struct build *b, const struct address_list *inner, uint32_t number,
	   bool negated)
{
	if (acl_stays_apart(b->s, inner))
		emit_nested(b, inner, number, negated);
}

/* `merged`: the element stands in a list that was negated as a whole. */
static void
emit_element(struct build *b, const struct element *e, bool merged,
	     uint32_t number)
{
	bool negated = merged != e->negated;
	uint32_t sign = negated ? VERDICT_NO : VERDICT_YES;
	uint32_t node = VALUE_NODE | (merged ? VALUE_FLIPS : 0);

	switch ((enum element_kind)e->kind) {
	case ELEMENT_PREFIX:
		emit_prefix(b, element_prefix(e), number, sign | node);
		break;
	case ELEMENT_ANY:
		emit_all(b, number, sign | node);
		break;
	case ELEMENT_NONE:
		emit_all(b, number,
			 (negated ? VERDICT_YES : VERDICT_NO) | node);
		break;
	case ELEMENT_KEY:
		if (b->key == e->lo)
			emit_all(b, number, sign);
		break;
	case ELEMENT_LOCALHOST:
	case ELEMENT_LOCALNETS:
		emit_host(b, e, number, negated);
		break;
	case ELEMENT_LIST:
		emit_inner(b, b->s->model->lists[e->lo], number, negated);
		break;
	case ELEMENT_UNKNOWABLE:
		emit_unknown(b, number, negated);
		break;
	}
}

static int
by_range(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	int cmp = point_cmp(x->last, y->last);

	if (cmp != 0)
		return cmp;
	return (x->priority > y->priority) - (x->priority < y->priority);
}

/* Of nodes of one range, the first denies when any came negated. */
static void
flip_range(struct interval *iv, size_t n)
{
	struct interval *first = NULL;
	bool flips = false;

	for (size_t i = 0; i < n; i++) {
		if (!(iv[i].value & VALUE_NODE))
			continue;
		if (first == NULL)
			first = &iv[i];
		flips |= (iv[i].value & VALUE_FLIPS) != 0;
	}
	if (flips)
		first->value &= ~(uint32_t)VERDICT_MASK;
}

/*
 * Merging a negated list turns prefixes that the outer list has already, and
 * that are the very same, to negative in their earlier place (dns_acl_merge).
 */
static void
flip_equal(struct interval *iv, size_t n)
{
	interval_sort(iv, n);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (point_cmp(iv[i].first, iv[end].first) != 0)
				break;
		qsort(iv + i, end - i, sizeof(*iv), by_range);
		for (size_t k = i, upto; k < end; k = upto) {
			for (upto = k + 1; upto < end; upto++)
				if (point_cmp(iv[k].last, iv[upto].last) != 0)
					break;
			flip_range(iv + k, upto - k);
		}
	}
}

/*
 * The map as it is when every unknown match with the sign of `positive`
 * happens, and none of the other sign.
 */
static const struct rangemap *
suppose(struct build *b, bool positive)
{
	struct interval *iv = arena_alloc(b->scratch, b->iv.len * sizeof(*iv));
	size_t n = 0;

	for (size_t i = 0; i < b->iv.len; i++) {
		uint32_t verdict = b->iv.at[i].value & VERDICT_MASK;

		if (verdict == (positive ? VERDICT_UNKNOWN_NO
					 : (uint32_t)VERDICT_UNKNOWN))
			continue;
		iv[n] = b->iv.at[i];
		if (verdict == VERDICT_UNKNOWN)
			iv[n].value -= VERDICT_UNKNOWN - VERDICT_YES;
		if (verdict == VERDICT_UNKNOWN_NO)
			iv[n].value &= ~(uint32_t)VERDICT_MASK;
		n++;
	}
	return rangemap_build(b->scratch, b->family, iv, n);
}

/* Where the best and the worst case agree, nothing is unknown. */
static const struct rangemap *
combine(struct build *b, const struct rangemap *best,
	const struct rangemap *worst)
{
	VEC(struct step) steps = { 0 };
	size_t i = 0, k = 0;

	while (i < rangemap_count(best) && k < rangemap_count(worst)) {
		const struct step *x = &rangemap_steps(best)[i];
		const struct step *y = &rangemap_steps(worst)[k];
		struct addr xe = rangemap_last(best, i);
		struct addr ye = rangemap_last(worst, k);
		uint32_t value = x->value;

		if (acl_verdict(y->value) == VERDICT_YES)
			value = y->value;
		else if (acl_verdict(x->value) == VERDICT_YES)
			value += VERDICT_UNKNOWN - VERDICT_YES;
		*VEC_PUSH(b->scratch, &steps) = (struct step){
			point_cmp(x->first, y->first) > 0 ? x->first : y->first,
			value,
		};
		i += addr_cmp(xe, ye) <= 0;
		k += addr_cmp(ye, xe) <= 0;
	}
	return rangemap_from_steps(b->s->arena, b->family, steps.at,
				   steps.len);
}

static const struct rangemap *
finish(struct build *b, bool flips)
{
	if (flips)
		flip_equal(b->iv.at, b->iv.len);
	for (size_t i = 0; i < b->iv.len; i++)
		b->iv.at[i].value &= ~(VALUE_NODE | VALUE_FLIPS);
	if (!b->unknown)
		return rangemap_build(b->s->arena, b->family, b->iv.at,
				      b->iv.len);
	return combine(b, suppose(b, true), suppose(b, false));
}

static void
emit_unit(struct build *b, const struct unit *u)
{
	if (u->too_deep)
		emit_unknown(b, 0, false);
	for (size_t i = 0; i < u->segments.len && !u->too_deep; i++) {
		const struct segment *g = &u->segments.at[i];

		for (uint32_t k = 0; k < g->count; k++)
			emit_element(b, &g->list->elements[g->index + k],
				     g->negated, g->number + k);
	}
}

/* The most intervals it makes, but for lists nested in it. */
static size_t
size_of(const struct unit *u)
{
	size_t n = 1;

	for (size_t i = 0; i < u->segments.len; i++)
		n += u->segments.at[i].count;
	return n;
}

static const struct rangemap *
build_map(struct acls *s, struct unit *u, enum family family, uint32_t key,
	  unsigned depth)
{
	struct build b = { .s = s, .scratch = s->scratch, .family = family,
			   .key = key, .depth = depth };
	const struct arena_mark mark = arena_mark(s->scratch);

	VEC_RESERVE(b.scratch, &b.iv, size_of(u));
	emit_unit(&b, u);
	const struct rangemap *m = finish(&b, u->flips);

	arena_release(s->scratch, mark);
	return m;
}

struct keyed_map *
acl_keyed_map(struct unit *u, uint32_t *key)
{
	size_t low = 0, high = u->keys.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (u->sorted[mid] == *key)
			return &u->maps[mid];
		if (u->sorted[mid] < *key)
			low = mid + 1;
		else
			high = mid;
	}
	*key = KEY_NONE;
	return &u->maps[u->keys.len];
}

const struct rangemap *
acl_map_at_depth(struct acls *s, const struct address_list *list,
	     enum family family, uint32_t key, unsigned depth)
{
	struct unit *u = acl_unit(s, list);
	struct keyed_map *m = acl_keyed_map(u, &key);

	if (m->maps[family] == NULL) {
		if (u->busy || depth > LIST_DEPTH_MAX)
			return NULL;
		u->busy = true;
		m->maps[family] = build_map(s, u, family, key, depth);
		u->busy = false;
	}
	return m->maps[family];
}

struct interval *
acl_intervals(struct arena *a, struct acls *s, const struct address_list *list,
	      enum family family, uint32_t key, size_t *count)
{
	struct build b = { .s = s, .scratch = a, .family = family, .key = key };

	emit_unit(&b, acl_unit(s, list));
	*count = b.iv.len;
	return b.iv.at;
}
