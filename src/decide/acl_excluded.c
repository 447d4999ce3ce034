#include "decide/acl_excluded.h"

#include "decide/acl_unit.h"

enum {
	PATH_MAX_DEPTH = 16,
	VISITS_MAX = 256, /* lists looked at; beyond nothing is found */
};

struct station {
	const struct address_list *list;
	const struct element *element; /* of it */
};

struct search {
	struct acls *acls;
	const struct model *model;
	struct addr address;
	uint32_t key;
	struct addr last;
	size_t visits;
	struct station path[PATH_MAX_DEPTH];
	size_t depth;
};

static const struct address_list *
inner_of(const struct search *w, const struct element *e)
{
	return e->kind == ELEMENT_LIST ? w->model->lists[e->lo] : NULL;
}

static struct acl_result
ask(struct search *w, const struct address_list *list)
{
	struct acl_result r = acl_match(w->acls, list, w->address, w->key);

	if (addr_cmp(r.last, w->last) < 0)
		w->last = r.last;
	return r;
}

static bool
enter(struct search *w, const struct address_list *list)
{
	if (w->depth == PATH_MAX_DEPTH || w->visits == VISITS_MAX)
		return false;
	w->visits++;
	w->path[w->depth++] = (struct station){ list, NULL };
	return true;
}

/* The way from `list`, by lists that were merged, to an element in another. */
static bool
find_merged(struct search *w, const struct address_list *list,
	    const struct acl_result *r)
{
	if (!enter(w, list))
		return false;
	struct station *here = &w->path[w->depth - 1];

	if (list == r->list) {
		here->element = r->element;
		return true;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct address_list *inner =
			inner_of(w, &list->elements[i]);

		here->element = &list->elements[i];
		if (inner != NULL && find_merged(w, inner, r))
			return true;
	}
	w->depth--;
	return false;
}

/* Nothing in the list matched: what a list within it excepts does not. */
static bool
find_nested(struct search *w, const struct address_list *list)
{
	struct acl_result r = ask(w, list);

	if (r.verdict != VERDICT_NO)
		return false;
	if (r.element != NULL)
		return find_merged(w, list, &r);
	if (!enter(w, list))
		return false;
	struct station *here = &w->path[w->depth - 1];

	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];
		const struct address_list *inner = inner_of(w, e);

		here->element = e;
		if (inner != NULL && !e->negated && find_nested(w, inner))
			return true;
	}
	w->depth--;
	return false;
}

/* Does the prefix match, and how far is that so? */
static bool
prefix_matches(struct search *w, struct prefix p)
{
	struct addr first = prefix_first(p), end = prefix_last(p);
	bool inside = prefix_contains(p, w->address);

	if (inside && addr_cmp(end, w->last) < 0)
		w->last = end;
	if (!inside && first.family == w->address.family &&
	    addr_cmp(w->address, first) < 0 && addr_cmp(first, w->last) <= 0)
		w->last = addr_prev(first);
	return inside;
}

/* What one element says on its own: VERDICT_UNKNOWN for nothing. */
static enum verdict
element_says(struct search *w, const struct element *e)
{
	const struct address_list *inner = inner_of(w, e);
	enum verdict yes = e->negated ? VERDICT_NO : VERDICT_YES;

	if (inner != NULL) {
		struct acl_result r = ask(w, inner);

		if (r.verdict == VERDICT_YES)
			return yes;
		return r.verdict == VERDICT_NO && r.element != NULL &&
				       !acl_stays_apart(w->acls, inner)
			       ? VERDICT_NO
			       : VERDICT_UNKNOWN;
	}
	if (e->kind == ELEMENT_ANY ||
	    (e->kind == ELEMENT_KEY && e->lo == w->key) ||
	    (e->kind == ELEMENT_PREFIX && prefix_matches(w, element_prefix(e))))
		return yes;
	if (e->kind == ELEMENT_NONE)
		return e->negated ? VERDICT_YES : VERDICT_NO;
	return VERDICT_UNKNOWN;
}

/* Would what follows take the address, if the end of the path were not? */
static bool
is_taken_behind(struct search *w)
{
	bool merged = false;

	for (size_t i = 0; i + 1 < w->depth; i++)
		merged ^= w->path[i].element->negated;
	for (size_t i = w->depth; i-- > 0;) {
		const struct station *s = &w->path[i];
		const struct element *e = s->element + 1;

		for (; e < s->list->elements + s->list->count; e++) {
			enum verdict v = element_says(w, e);

			if (v != VERDICT_UNKNOWN)
				return (v == VERDICT_YES) != merged;
		}
		if (i > 0)
			merged ^= w->path[i - 1].element->negated;
	}
	return false;
}

static void
describe(struct search *w, struct acl_exclusion *x)
{
	const struct station *end = &w->path[w->depth - 1], *at = w->path;

	x->outer = at->element;
	x->deep = end->element;
	x->deep_in = end->list;
	while (at < end && !at->element->negated) {
		x->nested |= acl_stays_apart(w->acls, inner_of(w, at->element));
		at++;
	}
	x->element = at->element;
	x->in = at->list;
	x->merged = at < end;
	x->lifts = is_taken_behind(w);
	/* Nested, and not missed: it is as if it were not there. */
	if (x->nested && !x->lifts)
		x->element = NULL;
}

struct acl_exclusion
acl_excluded(struct acls *s, const struct model *m,
	     const struct address_list *list, struct addr address, uint32_t key)
{
	struct search w = { .acls = s,
			    .model = m,
			    .address = address,
			    .key = key,
			    .last = addr_last(address.family) };
	struct acl_exclusion x = { 0 };

	if (find_nested(&w, list))
		describe(&w, &x);
	x.last = w.last;
	return x;
}
