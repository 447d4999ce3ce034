#include "decide/acl_unit.h"

#include <stdlib.h>
#include <string.h>

enum {
	ELEMENTS_MAX = 1 << 28,
};

/* Lists already merged into the unit whose stamp is `unit`. */
struct seen {
	uint32_t unit;
	bool positive;
	bool negative;
};

/* A list on the way down, up to an element of it. */
struct way {
	const struct address_list *list;
	size_t next;
};

typedef VEC(struct way) way_vec;

/* The next list that stands in the one at the end of the way, or NULL. */
static const struct address_list *
next_inner(struct acls *s, struct way *w)
{
	while (w->next < w->list->count) {
		const struct element *e = &w->list->elements[w->next++];

		if (e->kind == ELEMENT_LIST)
			return s->model->lists[e->lo];
	}
	return NULL;
}

static void
add_height(struct acls *s, const struct address_list *list,
	   const struct address_list *inner)
{
	uint16_t *height = &s->heights[list->id];

	if (s->heights[inner->id] >= *height && *height <= LIST_DEPTH_MAX)
		*height = s->heights[inner->id] + 1;
}

/* Of a list and all within it; `way` is empty, and will be again. */
static void
measure_from(struct acls *s, const struct address_list *list, way_vec *way)
{
	for (;;) {
		if (list != NULL && s->heights[list->id] == 0) {
			s->heights[list->id] = 1;
			*VEC_PUSH(s->scratch, way) = (struct way){ list, 0 };
		}
		if (way->len == 0)
			break;
		struct way *w = &way->at[way->len - 1];

		list = next_inner(s, w);
		if (list != NULL && s->heights[list->id] != 0) {
			add_height(s, w->list, list);
			list = NULL;
		} else if (list == NULL && --way->len > 0) {
			add_height(s, way->at[way->len - 1].list, w->list);
		}
	}
}

/*
 * How many lists stand within each other, at most, in whatever order they are
 * defined: what is too deep is found without going there. Of a list within
 * itself it is how deep that is until it comes again.
 */
static void
measure(struct acls *s)
{
	struct arena_mark mark = arena_mark(s->scratch);
	way_vec way = { 0 };

	for (size_t i = 0; i < s->model->list_count; i++)
		measure_from(s, s->model->lists[i], &way);
	arena_release(s->scratch, mark);
}

void
acl_units_init(struct acls *s)
{
	size_t n = s->model->list_count;

	s->units = ARENA_ARRAY(s->arena, struct unit *, n);
	s->seen = ARENA_ARRAY(s->arena, struct seen, n);
	s->heights = ARENA_ARRAY(s->arena, uint16_t, n);
	s->key_marks = ARENA_ARRAY(s->arena, uint32_t, s->model->key_count);
	measure(s);
}

static bool
has_negation(const struct address_list *l)
{
	if (l->apart)
		return true;
	for (size_t i = 0; i < l->count; i++)
		if (l->elements[i].negated ||
		    l->elements[i].kind == ELEMENT_NONE)
			return true;
	return false;
}

static void
add_key(struct acls *s, struct unit *u, uint32_t key)
{
	if (s->key_marks[key] == u->list->id + 1)
		return;
	s->key_marks[key] = u->list->id + 1;
	*VEC_PUSH(s->arena, &u->keys) = key;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Once those within it are prepared, for marks are of one list at a time. */
static void
collect_keys(struct acls *s, struct unit *u)
{
	size_t n;

	for (size_t i = 0; i < u->list->count; i++) {
		const struct element *e = &u->list->elements[i];

		if (e->kind == ELEMENT_KEY)
			add_key(s, u, (uint32_t)e->lo);
		if (e->kind != ELEMENT_LIST)
			continue;
		const struct unit *inner = s->units[e->lo];

		for (size_t k = 0; inner != NULL && k < inner->keys.len; k++)
			add_key(s, u, inner->keys.at[k]);
	}
	n = u->keys.len;
	u->maps = ARENA_ARRAY(s->arena, struct keyed_map, n + 1);
	if (n == 0)
		return;
	u->sorted = arena_alloc(s->arena, n * sizeof(*u->sorted));
	memcpy(u->sorted, u->keys.at, n * sizeof(*u->sorted));
	qsort(u->sorted, n, sizeof(*u->sorted), by_number);
}

static struct unit *
get_unit(struct acls *s, const struct address_list *list)
{
	struct unit **at = &s->units[list->id];

	if (*at == NULL)
		*at = ARENA_NEW(s->arena, struct unit);
	return *at;
}

/* Find out what a list needs to know of itself and of those within it. */
static void
prepare(struct acls *s, const struct address_list *list, unsigned depth)
{
	struct unit *u = get_unit(s, list);

	if (u->prepared || depth > LIST_DEPTH_MAX)
		return;
	u->prepared = true;
	u->list = list;
	u->negative = has_negation(list);
	u->too_deep = s->heights[list->id] > LIST_DEPTH_MAX;
	for (size_t i = 0; i < list->count && !u->too_deep; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind != ELEMENT_LIST)
			continue;
		u->nested++;
		prepare(s, s->model->lists[e->lo], depth + 1);
	}
	collect_keys(s, u);
}

/*
 * Whether a list must be merged (again): a second time with the same sign it
 * adds nothing, since the first match decides.
 */
static bool
note_merge(struct acls *s, const struct unit *u,
	   const struct address_list *inner, bool negated)
{
	struct seen *seen = &s->seen[inner->id];

	if (seen->unit != u->list->id + 1)
		*seen = (struct seen){ .unit = u->list->id + 1 };
	if (seen->negative || (seen->positive && !negated))
		return false;
	*(negated ? &seen->negative : &seen->positive) = true;
	return true;
}

/*
 * Number the elements of `list` as part of unit `u`. A list without a negation
 * is merged into the one around it (lib/dns/acl.c, dns_acl_merge): its
 * elements stand in the place of its name.
 */
static void
flatten(struct acls *s, struct unit *u, const struct address_list *list,
	bool negated, uint32_t *next, unsigned depth)
{
	size_t begin = 0;

	for (size_t i = 0; i <= list->count; i++) {
		const struct element *e = &list->elements[i];

		if (i < list->count && e->kind != ELEMENT_LIST)
			continue;
		size_t upto = i < list->count ? i + 1 : i;

		*VEC_PUSH(s->arena, &u->segments) = (struct segment){
			*next, (uint32_t)begin, (uint32_t)(upto - begin),
			negated, list,
		};
		*next += (uint32_t)(upto - begin);
		begin = upto;
		if (i == list->count)
			break;
		const struct address_list *inner = s->model->lists[e->lo];
		bool minus = negated != e->negated;

		if (!get_unit(s, inner)->prepared || depth > LIST_DEPTH_MAX ||
		    *next > ELEMENTS_MAX) {
			u->too_deep = true;
		} else if (!get_unit(s, inner)->negative &&
			   note_merge(s, u, inner, minus)) {
			u->flips |= minus;
			flatten(s, u, inner, minus, next, depth + 1);
		}
	}
}

/*
 * A list of nothing but the name of another matches what that one does, and
 * is looked at as if it were that one.
 */
static const struct address_list *
resolve(const struct acls *s, const struct address_list *list)
{
	for (int i = 0; i < LIST_DEPTH_MAX; i++) {
		const struct element *only = list->elements;

		if (list->count != 1 || only->kind != ELEMENT_LIST ||
		    only->negated)
			break;
		list = s->model->lists[only->lo];
	}
	return list;
}

struct unit *
acl_unit(struct acls *s, const struct address_list *list)
{
	list = resolve(s, list);
	struct unit *u = get_unit(s, list);

	if (!u->prepared)
		prepare(s, list, 0);
	if (!u->flattened) {
		uint32_t next = 0;

		u->flattened = true;
		VEC_RESERVE(s->arena, &u->segments, u->nested + 1);
		note_merge(s, u, list, false);
		if (u->too_deep)
			*VEC_PUSH(s->arena, &u->segments) = (struct segment){
				.count = (uint32_t)list->count, .list = list
			};
		else
			flatten(s, u, list, false, &next, 0);
	}
	return u;
}

bool
acl_stays_apart(struct acls *s, const struct address_list *list)
{
	return get_unit(s, list)->negative;
}
