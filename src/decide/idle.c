#include "decide/idle.h"

#include "base/strmap.h"
#include "base/vec.h"

struct search {
	struct arena *arena; /* scratch, but for `idle` */
	struct arena *kept;
	struct acls *acls;
	const struct model *model;
	struct strmap *known; /* struct found by content of the list */
	bool *merged; /* by id: nameless, looked at as part of another */
	bool *negated; /* by id: stands in a negated list, or is one */
	VEC(struct idle) idle;
};

/* The parts of a list, which serve for all lists of the same content. */
struct found {
	const struct address_list *list;
	const struct acl_part *parts;
	size_t count;
};

static bool
is_same(const struct element *a, const struct element *b)
{
	return a->kind == b->kind && a->hi == b->hi && a->lo == b->lo &&
	       a->len == b->len && a->family == b->family;
}

/* Whether it denies; `none` does so without a `!`. */
static bool
denies(const struct element *e)
{
	return e->negated != (e->kind == ELEMENT_NONE);
}

static enum idle_kind
kind_of(const struct element *e, const struct element *by, bool same_list)
{
	if (same_list && (by->kind == ELEMENT_ANY || by->kind == ELEMENT_NONE))
		return IDLE_AFTER_ALL;
	if (!same_list || !is_same(e, by))
		return IDLE_COVERED;
	return e->negated == by->negated ? IDLE_REPEATED : IDLE_CONTRADICTED;
}

/* The element as it stands in this list, whose content is that of `f`. */
static const struct element *
element_in(const struct found *f, const struct address_list *list,
	   const struct acl_part *part)
{
	if (part->in != f->list)
		return part->element;
	return &list->elements[part->element - f->list->elements];
}

static void
add(struct search *s, const struct found *f, const struct address_list *list,
    const struct acl_part *part, const struct acl_part *by)
{
	struct idle idle = {
		.list = part->in == f->list ? list : part->in,
		.element = element_in(f, list, part),
		.by_list = by->in == f->list ? list : by->in,
		.by = element_in(f, list, by),
		.alone = part->alone,
	};

	idle.removable = !s->negated[idle.list->id];
	idle.opposite = denies(idle.element) != denies(idle.by);
	idle.kind = kind_of(idle.element, idle.by, part->in == by->in);
	*VEC_PUSH(s->kept, &s->idle) = idle;
}

/* The one that decides in its place: `by` may be idle itself. */
static const struct acl_part *
decider(const struct found *f, const struct acl_part *part)
{
	while (!part->decides && part->by != PART_NONE)
		part = &f->parts[part->by];
	return part;
}

/* Is it reported where the list is? Other named lists speak for themselves. */
static bool
belongs_here(const struct found *f, const struct acl_part *part)
{
	const struct acl_part *outer = &f->parts[part->outer];

	if (part->in == f->list)
		return true;
	return part->in->name == NULL && outer->decides &&
	       !outer->element->negated;
}

static void
judge(struct search *s, const struct found *f, const struct address_list *list)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct acl_part *part = &f->parts[i];

		if (part->in != f->list && part->in->name == NULL)
			s->merged[part->in->id] = true;
		if (!part->decides && part->by != PART_NONE &&
		    belongs_here(f, part))
			add(s, f, list, part, decider(f, part));
	}
}

/* What a list is made of, wherever its elements are written. */
static struct slice
content_of(struct search *s, const struct address_list *list)
{
	size_t bytes = list->count * sizeof(struct element);
	struct element *e = arena_alloc(s->arena, bytes);

	for (size_t i = 0; i < list->count; i++) {
		e[i] = list->elements[i];
		e[i].begin = 0;
	}
	return (struct slice){ (const char *)e, bytes };
}

/* Many zones may say the same, with a statement each. */
static const struct found *
look_at(struct search *s, const struct address_list *list)
{
	struct arena_mark mark = arena_mark(s->arena);
	struct slice key = content_of(s, list);
	struct found *f = strmap_get(s->known, key);

	if (f != NULL) {
		arena_release(s->arena, mark);
		return f;
	}
	*strmap_at(s->known, key) = f = ARENA_NEW(s->arena, struct found);
	f->list = list;
	f->parts = acl_parts(s->arena, s->acls, s->model, list, &f->count);
	return f;
}

/*
 * Lists that are negated somewhere, and all that stand in them: there even an
 * element that never decides may turn one of the list around it.
 */
static void
mark_negated(struct search *s)
{
	VEC(const struct address_list *) todo = { 0 };
	const struct model *m = s->model;

	for (size_t i = 0; i < m->list_count; i++)
		for (size_t k = 0; k < m->lists[i]->count; k++) {
			const struct element *e = &m->lists[i]->elements[k];

			if (e->kind == ELEMENT_LIST && e->negated)
				*VEC_PUSH(s->arena, &todo) = m->lists[e->lo];
		}
	while (todo.len > 0) {
		const struct address_list *l = todo.at[--todo.len];

		if (s->negated[l->id])
			continue;
		s->negated[l->id] = true;
		for (size_t k = 0; k < l->count; k++)
			if (l->elements[k].kind == ELEMENT_LIST)
				*VEC_PUSH(s->arena, &todo) =
					m->lists[l->elements[k].lo];
	}
}

/* Do the two never match the same client for the same reason? */
static bool
are_apart(const struct element *a, const struct element *b)
{
	if (a->kind == ELEMENT_KEY || b->kind == ELEMENT_KEY)
		return a->kind != b->kind || a->lo != b->lo;
	struct prefix x = element_prefix(a), y = element_prefix(b);

	return !prefix_contains(x, prefix_first(y)) &&
	       !prefix_contains(y, prefix_first(x));
}

/* Longer lists are sorted instead. */
enum { SHORT_LIST = 8 };

/*
 * Keys and networks that are all apart decide each. Many zones have a short
 * list of a few servers: those are not compiled for this.
 */
static bool
may_have_idle(const struct address_list *list)
{
	if (list->count > SHORT_LIST)
		return true;
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_LIST)
			return true;
		if (list->count > 1 && e->kind != ELEMENT_PREFIX &&
		    e->kind != ELEMENT_KEY)
			return true;
		for (size_t k = 0; k < i; k++)
			if (!are_apart(e, &list->elements[k]))
				return true;
	}
	return false;
}

/* What decides on some host is not idle, however few addresses this one has. */
static struct acls *
acls_of_any_host(struct arena *a, struct acls *s, const struct model *m)
{
	if (m->host->known || !m->host->few)
		return s;
	struct host *any = ARENA_NEW(a, struct host);
	struct model *copy = ARENA_NEW(a, struct model);

	*any = *m->host;
	any->few = false;
	*copy = *m;
	copy->host = any;
	return acls_new(a, copy);
}

/* Lists come before those that stand in them. */
const struct idle *
idle_find(struct arena *a, struct acls *s, const struct model *m,
	  size_t *count)
{
	struct arena *scratch = arena_new();
	struct search search = {
		.arena = scratch, .kept = a, .model = m,
		.acls = acls_of_any_host(scratch, s, m),
		.known = strmap_new(scratch, false),
		.merged = ARENA_ARRAY(scratch, bool, m->list_count),
		.negated = ARENA_ARRAY(scratch, bool, m->list_count),
	};

	mark_negated(&search);
	for (size_t i = 0; i < m->list_count; i++) {
		const struct address_list *list = m->lists[i];

		if (may_have_idle(list) && !search.merged[i] &&
		    !origin_is_default(&list->origin))
			judge(&search, look_at(&search, list), list);
	}
	arena_free(scratch);
	*count = search.idle.len;
	return search.idle.at;
}
