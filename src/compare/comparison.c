#include "compare/comparison.h"

#include <string.h>

#include "base/strmap.h"
#include "predict/subjects.h"

/*
 * Each key asks for every zone again: enough after so many questions. Where
 * answers differ from client to client, so many steps of a map are one more.
 */
enum { QUESTIONS_MAX = 200000, STEPS_OF_QUESTION = 64 };

/* Pairs looked back at for one where the same changes. */
enum { LOOK_BACK = 8 };

/* A pair, and what changes there. */
struct entry {
	struct pair pair;
	change_vec changes;
};

typedef VEC(struct entry *) entry_vec;

struct maker {
	struct arena *arena;
	struct arena *maps; /* of the question under way */
	struct comparison *c;
	const struct comparison_options *o;
	struct change_rules rules;
	const struct strmap *plain; /* unsigned struct entry by what is asked */
	size_t asked;
};

/* All questions with one signature. */
struct round {
	struct maker *maker;
	const char *key;
	subject_vec subjects[2];
	struct strmap *index[2]; /* struct subject_asked by what it is about */
	struct entry **like[2]; /* what came of them, by their numbers */
	entry_vec entries;
};

/* The question as one side has it: each numbers its keys. */
static struct question
question_on(const struct side *side, const struct question *q, const char *key)
{
	struct question own = *q;

	own.is_signed = *key != '\0';
	own.key = own.is_signed ? model_key(side->model, slice_of(key))
				: KEY_NONE;
	return own;
}

static struct slice
name_of(struct maker *m, const char *kind, const char *name)
{
	return slice_of(arena_printf(m->arena, "%s %s", kind,
				     name == NULL ? "" : name));
}

static struct strmap *
index_subjects(struct maker *m, const subject_vec *v)
{
	struct strmap *index = strmap_new(m->arena, false);

	for (size_t i = 0; i < v->len; i++) {
		struct subject_asked *s = &v->at[i];

		*strmap_at(index, name_of(m, s->kind, s->name)) = s;
	}
	return index;
}

static struct section
ask(struct maker *m, int side, const struct pair *p)
{
	const struct side *s = &m->c->sides[side];
	struct question q = question_on(s, &p->question, p->key);

	return section_of(m->maps, s->predict, &q, p->kind, p->title);
}

/* The entry with the same changes in the same part, or NULL. */
static struct entry *
find_same(const struct round *r, const struct entry *e)
{
	size_t from = r->entries.len > LOOK_BACK ? r->entries.len - LOOK_BACK
						 : 0;

	for (size_t i = r->entries.len; i-- > from;) {
		struct entry *x = r->entries.at[i];

		if (strcmp(x->pair.kind, e->pair.kind) == 0 &&
		    x->pair.removed == e->pair.removed &&
		    x->pair.added == e->pair.added &&
		    changes_alike(&x->changes, &e->changes))
			return x;
	}
	return NULL;
}

/* What it took to find out. */
static size_t
cost_of(const struct section *s)
{
	size_t steps = 0;

	for (int f = 0; f < FAMILY_COUNT; f++)
		if (s->maps[f] != NULL)
			steps += rangemap_count(s->maps[f]);
	return steps / STEPS_OF_QUESTION;
}

/* Asks both; NULL when nothing changes. */
static struct entry *
compare(struct round *r, const struct pair *p)
{
	struct maker *m = r->maker;
	struct arena_mark maps = arena_mark(m->maps);
	struct entry *e = ARENA_NEW(m->arena, struct entry);
	struct entry *same;

	e->pair = *p;
	struct section was = ask(m, BEFORE, p), is = ask(m, AFTER, p);

	m->asked += 1 + cost_of(&was) + cost_of(&is);
	e->changes = changes_find(m->arena, &m->rules, &e->pair, &was, &is);
	arena_release(m->maps, maps);
	if (e->changes.len == 0)
		return NULL;
	same = p->names.len == 0 ? NULL : find_same(r, e);
	if (same != NULL) {
		*VEC_PUSH(m->arena, &same->pair.names) = p->names.at[0];
		return same;
	}
	*VEC_PUSH(m->arena, &r->entries) = e;
	return e;
}

/* A subject of `side`; the other side's same one is `other`, or NULL. */
static void
compare_subject(struct round *r, int side, size_t number,
		const struct subject_asked *other)
{
	struct maker *m = r->maker;
	const struct subject_asked *s = &r->subjects[side].at[number];
	struct pair p = { .kind = s->kind, .title = s->title,
			  .question = s->question, .key = r->key };

	if (s->like != SIZE_MAX && other != NULL && other->like != SIZE_MAX &&
	    r->subjects[!side].at[other->like].name != NULL &&
	    strcmp(r->subjects[!side].at[other->like].name,
		   r->subjects[side].at[s->like].name) == 0) {
		struct entry *like = r->like[side][s->like];

		r->like[side][number] = like;
		if (like != NULL)
			*VEC_PUSH(m->arena, &like->pair.names) = s->name;
		return;
	}
	if (s->name != NULL) {
		*VEC_PUSH(m->arena, &p.names) = s->name;
		p.removed = other == NULL && side == BEFORE;
		p.added = other == NULL && side == AFTER;
	}
	r->like[side][number] = compare(r, &p);
}

/* Everything that can be asked of either, signed with `key`. */
static entry_vec
compare_all(struct maker *m, const char *key)
{
	struct round r = { .maker = m, .key = key };

	for (int i = BEFORE; i <= AFTER; i++) {
		const struct side *s = &m->c->sides[i];
		struct question q = question_on(s, &m->o->base, key);

		r.subjects[i] = subjects_all(m->arena, s->model, &q);
		r.index[i] = index_subjects(m, &r.subjects[i]);
		r.like[i] = ARENA_ARRAY(m->arena, struct entry *,
					r.subjects[i].len);
	}
	for (int i = BEFORE; i <= AFTER; i++) {
		for (size_t k = 0; k < r.subjects[i].len; k++) {
			const struct subject_asked *s = &r.subjects[i].at[k];
			const struct subject_asked *other = strmap_get(
				r.index[!i], name_of(m, s->kind, s->name));

			if (i == BEFORE || other == NULL)
				compare_subject(&r, i, k, other);
		}
	}
	return r.entries;
}

static entry_vec
compare_one(struct maker *m, const char *key)
{
	struct round r = { .maker = m, .key = key };

	compare(&r, &(struct pair){ .kind = "question",
				    .title = m->o->title,
				    .question = m->o->base,
				    .key = key });
	return r.entries;
}

static entry_vec
find_entries(struct maker *m, const char *key)
{
	return m->o->one_question ? compare_one(m, key) : compare_all(m, key);
}

/* Is it what happens without a signature too? */
static bool
is_known(struct maker *m, const struct entry *e)
{
	const struct pair *p = &e->pair;
	const struct entry *plain =
		m->plain == NULL
			? NULL
			: strmap_get(m->plain,
				     name_of(m, p->kind,
					     p->names.len > 0 ? p->names.at[0]
							      : NULL));

	return plain != NULL && plain->pair.names.len == p->names.len &&
	       changes_alike(&plain->changes, &e->changes);
}

static const struct strmap *
index_entries(struct maker *m, const entry_vec *v)
{
	struct strmap *index = strmap_new(m->arena, false);

	for (size_t i = 0; i < v->len; i++) {
		struct entry *e = v->at[i];
		const char *name = e->pair.names.len > 0 ? e->pair.names.at[0]
							 : NULL;

		*strmap_at(index, name_of(m, e->pair.kind, name)) = e;
	}
	return index;
}

/* Only the client that is asked for; false when it is not among them. */
static bool
narrow(struct maker *m, struct change *c)
{
	struct span_of_clients *one;

	if (m->o->client == NULL)
		return true;
	if (!clients_have(c->clients, *m->o->client))
		return false;
	one = ARENA_NEW(m->arena, struct span_of_clients);
	*one = (struct span_of_clients){ *m->o->client, *m->o->client };
	c->clients = (struct client_set){ one, 1 };
	return true;
}

static void
keep(struct maker *m, const entry_vec *v)
{
	for (size_t i = 0; i < v->len; i++) {
		const struct entry *e = v->at[i];

		if (is_known(m, e))
			continue;
		for (size_t k = 0; k < e->changes.len; k++) {
			struct change c = e->changes.at[k];

			if (!narrow(m, &c))
				continue;
			m->c->counts[c.effect]++;
			*VEC_PUSH(m->arena, &m->c->changes) = c;
		}
	}
}

/* The keys that lists of a side name. */
static void
collect_keys(const struct model *m, struct strmap *names)
{
	for (size_t i = 0; i < m->list_count; i++) {
		const struct address_list *list = m->lists[i];

		for (size_t k = 0; k < list->count; k++) {
			const struct element *e = &list->elements[k];

			if (e->kind == ELEMENT_KEY && e->lo != KEY_NONE)
				*strmap_at(names, slice_of(m->keys[e->lo])) =
					(void *)(uintptr_t)m->keys[e->lo];
		}
	}
}

static void
compare_signed(struct maker *m)
{
	struct strmap *names = strmap_new(m->arena, false);
	size_t count;

	for (int i = BEFORE; i <= AFTER; i++)
		collect_keys(m->c->sides[i].model, names);
	const struct slice *keys = strmap_keys(m->arena, names, &count);

	for (size_t i = 0; i < count; i++) {
		if (m->asked >= QUESTIONS_MAX) {
			m->c->keys_left++;
			continue;
		}
		entry_vec found = find_entries(m, strmap_get(names, keys[i]));

		keep(m, &found);
	}
}

static void
compare_listeners(struct maker *m)
{
	struct client_set was = predict_listens(m->c->sides[BEFORE].predict);
	struct client_set is = predict_listens(m->c->sides[AFTER].predict);

	m->c->silent = clients_minus(m->arena, was, is);
	m->c->listening = clients_minus(m->arena, is, was);
}

struct comparison
comparison_make(struct arena *a, const struct side sides[2],
		const struct comparison_options *o)
{
	struct comparison c = { .sides = { sides[BEFORE], sides[AFTER] } };
	struct maker m = { .arena = a, .maps = arena_child(a), .c = &c,
			   .o = o, .rules = { c.sides, o->strict } };
	entry_vec found = find_entries(&m, o->key == NULL ? "" : o->key);

	keep(&m, &found);
	if (o->key == NULL) {
		m.plain = index_entries(&m, &found);
		compare_signed(&m);
	}
	if (!o->one_question && o->client == NULL && !o->base.to_known)
		compare_listeners(&m);
	return c;
}

bool
comparison_has(const struct comparison *c, enum effect e)
{
	return c->counts[e] > 0 ||
	       (e == EFFECT_NARROWED && !clients_empty(c->silent)) ||
	       (e == EFFECT_WIDENED && !clients_empty(c->listening));
}
