#include "predict/section.h"

#include <string.h>

#include "predict/subjects.h"

/* With no more steps than this each group looks at all of them. */
enum {
	STEPS_FEW = 64
};

/* Groups by value: a hash table of their numbers + 1. */
struct index {
	struct arena *arena;
	uint32_t *slots;
	size_t size; /* a power of two; 0: the groups are gone through */
};

static uint32_t *
find_slot(const struct index *x, const struct section *s, uint32_t value)
{
	size_t i = (value * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (x->size - 1);

	while (x->slots[i] != 0 && s->groups.at[x->slots[i] - 1].value != value)
		i = (i + 1) & (x->size - 1);
	return &x->slots[i];
}

static void
more_slots(struct index *x, const struct section *s)
{
	x->size *= 2;
	x->slots = ARENA_ARRAY(x->arena, uint32_t, x->size);
	for (size_t i = 0; i < s->groups.len; i++)
		*find_slot(x, s, s->groups.at[i].value) = (uint32_t)i + 1;
}

static struct group *
add_group(struct arena *a, struct predict *p, struct section *s,
	  struct index *x, uint32_t value)
{
	uint32_t *slot = x->size == 0 ? NULL : find_slot(x, s, value);

	if (slot != NULL && *slot != 0)
		return &s->groups.at[*slot - 1];
	for (size_t i = slot == NULL ? s->groups.len : 0; i-- > 0;)
		if (s->groups.at[i].value == value)
			return &s->groups.at[i];
	*VEC_PUSH(a, &s->groups) =
		(struct group){ .decision = predict_decision(p, value),
				.value = value };
	if (slot != NULL)
		*slot = (uint32_t)s->groups.len;
	if (s->groups.len * 2 > x->size && slot != NULL)
		more_slots(x, s);
	return &s->groups.at[s->groups.len - 1];
}

/* Backwards, so that each step finds the next one of its group. */
static void
link_steps(struct arena *a, struct predict *p, struct section *s,
	   struct index *x, enum family family)
{
	const struct rangemap *m = s->maps[family];

	s->nexts[family] = ARENA_ARRAY(a, uint32_t, rangemap_count(m));
	for (size_t i = rangemap_count(m); i-- > 0;) {
		struct group *g =
			add_group(a, p, s, x, rangemap_steps(m)[i].value);

		s->nexts[family][i] = g->heads[family];
		g->heads[family] = (uint32_t)i + 1;
	}
}

/* The groups of all maps, in the order of their first client. */
static void
add_groups(struct arena *a, struct predict *p, struct section *s)
{
	struct index x = { .arena = arena_new() };
	size_t steps = 0;

	for (int f = 0; f < FAMILY_COUNT; f++)
		steps += s->maps[f] == NULL ? 0 : rangemap_count(s->maps[f]);
	if (steps > STEPS_FEW) {
		x.size = STEPS_FEW;
		x.slots = ARENA_ARRAY(x.arena, uint32_t, x.size);
	}
	for (int f = 0; f < FAMILY_COUNT; f++)
		for (size_t i = 0;
		     s->maps[f] != NULL && i < rangemap_count(s->maps[f]); i++)
			add_group(a, p, s, &x,
				  rangemap_steps(s->maps[f])[i].value);
	for (int f = 0; x.size > 0 && f < FAMILY_COUNT; f++)
		if (s->maps[f] != NULL)
			link_steps(a, p, s, &x, (enum family)f);
	arena_free(x.arena);
}

/* Where a destination is given, clients of the other family have no part. */
static bool
takes_part(const struct question *q, enum family family)
{
	return !q->to_known || q->to.family == family;
}

struct section
section_of(struct arena *a, struct predict *p, const struct question *q,
	   const char *kind, const char *title)
{
	struct section s = { .kind = kind, .title = title, .question = *q };

	for (int f = 0; f < FAMILY_COUNT; f++)
		if (takes_part(q, (enum family)f))
			s.maps[f] = predict_map_in(a, p, q, (enum family)f);
	add_groups(a, p, &s);
	return s;
}

struct section
section_of_client(struct arena *a, struct predict *p, const struct question *q,
		  struct addr client, const char *title)
{
	struct section s = { .kind = "question",
			     .title = title,
			     .question = *q };
	struct decision *d = ARENA_NEW(a, struct decision);
	struct addr *copy = ARENA_NEW(a, struct addr);

	*d = predict_at(p, q, client, NULL);
	*copy = client;
	s.client = copy;
	*VEC_PUSH(a, &s.groups) = (struct group){ .decision = d };
	return s;
}

bool
section_next_range(const struct section *s, const struct group *g,
		   struct group_walk *w, struct addr *first, struct addr *last)
{
	if (s->client != NULL) {
		*first = *last = *s->client;
		return !w->done && (w->done = true);
	}
	for (; (int)w->family < FAMILY_COUNT; w->family++, w->step = 0) {
		const struct rangemap *m = s->maps[w->family];
		const uint32_t *nexts = s->nexts[w->family];

		if (w->step == 0 && nexts != NULL)
			w->step = g->heads[w->family] == 0
					  ? rangemap_count(m)
					  : g->heads[w->family] - 1;
		while (m != NULL && w->step < rangemap_count(m)) {
			size_t i = w->step++;

			if (rangemap_steps(m)[i].value != g->value)
				continue;
			if (nexts != NULL)
				w->step = nexts[i] == 0 ? rangemap_count(m)
							: nexts[i] - 1;
			*first = point_addr(rangemap_steps(m)[i].first,
					    w->family);
			*last = rangemap_last(m, i);
			return true;
		}
	}
	return false;
}

bool
section_same_decision(const struct decision *x, const struct decision *y)
{
	struct decision z = *y;

	if (decision_alike(x, y))
		return true;
	if (x->reason == NULL || y->reason == NULL ||
	    strcmp(x->reason->option, y->reason->option) != 0 ||
	    (strcmp(x->reason->option, "zone") != 0 &&
	     strcmp(x->reason->option, "local-zone") != 0 &&
	     strcmp(x->reason->option, "auth-zone") != 0))
		return false;
	z.reason = x->reason;
	return decision_alike(x, &z);
}

static bool
same_map(const struct section *x, const struct section *y, enum family f)
{
	const struct rangemap *m = x->maps[f], *n = y->maps[f];

	if (m == NULL || n == NULL)
		return m == n;
	if (rangemap_count(m) != rangemap_count(n))
		return false;
	for (size_t i = 0; i < rangemap_count(m); i++)
		if (point_cmp(rangemap_steps(m)[i].first,
			      rangemap_steps(n)[i].first) != 0)
			return false;
	return true;
}

static size_t
group_number(const struct section *s, uint32_t value)
{
	size_t i = 0;

	while (s->groups.at[i].value != value)
		i++;
	return i;
}

/* Of maps with the same steps. */
static bool
same_groups(const struct section *x, const struct section *y)
{
	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct rangemap *m = x->maps[f], *n = y->maps[f];

		for (size_t i = 0; m != NULL && i < rangemap_count(m); i++)
			if (group_number(x, rangemap_steps(m)[i].value) !=
			    group_number(y, rangemap_steps(n)[i].value))
				return false;
	}
	return true;
}

/* Do all clients get the same from both, for like reasons? */
static bool
same_answers(const struct section *x, const struct section *y)
{
	if (x->groups.len != y->groups.len || strcmp(x->kind, y->kind) != 0)
		return false;
	for (size_t i = 0; i < x->groups.len; i++)
		if (!section_same_decision(x->groups.at[i].decision,
					   y->groups.at[i].decision))
			return false;
	return same_map(x, y, FAMILY_IPV4) && same_map(x, y, FAMILY_IPV6) &&
	       same_groups(x, y);
}

/* Sections looked back at for the same answers. */
enum {
	LOOK_BACK = 8
};

/* The section that gives the same answers as `s`, or NULL. */
static struct section *
find_same(const section_vec *v, const struct section *s)
{
	size_t from = v->len > LOOK_BACK ? v->len - LOOK_BACK : 0;

	for (size_t i = v->len; i-- > from;)
		if (same_answers(&v->at[i], s))
			return &v->at[i];
	return NULL;
}

section_vec
sections_all(struct arena *a, struct predict *p, const struct model *m,
	     const struct question *q)
{
	subject_vec subjects = subjects_all(a, m, q);
	size_t *places = ARENA_ARRAY(a, size_t, subjects.len);
	struct arena *maps = arena_child(a); /* of those that are kept */
	section_vec out = { 0 };

	for (size_t i = 0; i < subjects.len; i++) {
		const struct subject_asked *x = &subjects.at[i];
		struct arena_mark mark = arena_mark(maps);
		struct section s, *same;

		if (x->like != SIZE_MAX) {
			places[i] = places[x->like];
			*VEC_PUSH(a, &out.at[places[i]].names) = x->name;
			continue;
		}
		s = section_of(maps, p, &x->question, x->kind, x->title);
		same = x->name == NULL ? NULL : find_same(&out, &s);
		if (same == NULL) {
			same = VEC_PUSH(a, &out);
			*same = s;
		} else {
			arena_release(maps, mark);
		}
		places[i] = (size_t)(same - out.at);
		if (x->name != NULL)
			*VEC_PUSH(a, &same->names) = x->name;
	}
	return out;
}
