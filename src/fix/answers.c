#include "fix/answers.h"

#include <string.h>

#include "base/strmap.h"
#include "base/vec.h"
#include "decide/clients.h"
#include "predict/section.h"
#include "report/printable.h"

/* Each key asks for every zone again: enough after so many. */
enum { QUESTIONS_MAX = 100000 };

struct comparison {
	struct arena *arena;
	const struct lint_result *before, *after;
	const char *difference; /* or NULL */
};

/* What a client sees; the statement that decides may have moved. */
static bool
looks_alike(const struct decision *x, const struct decision *y)
{
	return x->rcode == y->rcode && x->outcome == y->outcome &&
	       x->aa == y->aa && x->ra == y->ra &&
	       x->ede_count == y->ede_count &&
	       memcmp(x->ede, y->ede, x->ede_count) == 0 &&
	       strcmp(x->view, y->view) == 0;
}

static void
report(struct comparison *c, struct addr client, const struct section *s,
       const struct decision *was, const struct decision *is)
{
	char buf[ADDR_TEXT_MAX];
	struct slice name = s->names.len > 0 ? slice_of(s->names.at[0])
					     : s->question.qname;
	const char *old = rcode_name(was->rcode), *new = rcode_name(is->rcode);

	if (was->rcode == is->rcode) {
		old = outcome_name(was->outcome);
		new = outcome_name(is->outcome);
	}
	c->difference = arena_printf(
		c->arena, "%s would get %s%s instead of %s for '%s' (%s)",
		addr_format(client, buf),
		strcmp(old, new) == 0 ? "another " : "", new, old,
		make_printable(c->arena, name), s->kind);
}

/* Both step functions side by side, from one breakpoint to the next. */
static void
compare_maps(struct comparison *c, const struct section *x,
	     const struct section *y, enum family family)
{
	const struct rangemap *m = x->maps[family], *n = y->maps[family];
	size_t i = 0, k = 0;

	while (m != NULL && i < rangemap_count(m) && k < rangemap_count(n)) {
		struct point from = rangemap_steps(m)[i].first;
		struct point other = rangemap_steps(n)[k].first;
		const struct decision *was = predict_decision(
			c->before->predict, rangemap_steps(m)[i].value);
		const struct decision *is = predict_decision(
			c->after->predict, rangemap_steps(n)[k].value);

		if (!looks_alike(was, is)) {
			if (point_cmp(from, other) < 0)
				from = other;
			report(c, point_addr(from, family), x, was, is);
			return;
		}
		int order = addr_cmp(rangemap_last(m, i), rangemap_last(n, k));

		i += order <= 0;
		k += order >= 0;
	}
}

static void
compare_sections(struct comparison *c, const struct section *x,
		 const struct section *y)
{
	for (int f = 0; c->difference == NULL && f < FAMILY_COUNT; f++)
		compare_maps(c, x, y, (enum family)f);
}

/* What a section is about: its kind with each of its names. */
static struct slice
subject(struct comparison *c, const struct section *s, const char *name)
{
	return slice_of(arena_printf(c->arena, "%s %s", s->kind, name));
}

/*
 * Zones that answer alike share a section, on either side in another way: where
 * each name is now is looked up, and no pair is compared twice in a row.
 */
static void
compare_named(struct comparison *c, const struct section *x,
	      const struct strmap *sections)
{
	const struct section *last = NULL;

	for (size_t i = 0; c->difference == NULL && i < x->names.len; i++) {
		const char *name = x->names.at[i];
		const struct section *y =
			strmap_get(sections, subject(c, x, name));

		if (y == NULL)
			c->difference = arena_printf(
				c->arena, "'%s' would be gone (%s)",
				make_printable(c->arena, slice_of(name)),
				x->kind);
		else if (y != last)
			compare_sections(c, x, y);
		last = y;
	}
}

static size_t
count_names(const section_vec *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->len; i++)
		n += v->at[i].names.len;
	return n;
}

static const struct strmap *
index_sections(struct comparison *c, const section_vec *v)
{
	struct strmap *m = strmap_new(c->arena, false);

	for (size_t i = 0; i < v->len; i++) {
		struct section *s = &v->at[i];

		if (s->names.len == 0)
			*strmap_at(m, slice_of(s->kind)) = s;
		for (size_t k = 0; k < s->names.len; k++)
			*strmap_at(m, subject(c, s, s->names.at[k])) = s;
	}
	return m;
}

/* Everything that can be asked with this key; returns how much that is. */
static size_t
compare_all(struct comparison *c, const char *key)
{
	struct question q = { .rd = true, .is_signed = *key != '\0' };

	q.key = model_key(c->before->model, slice_of(key));
	section_vec was = sections_all(c->arena, c->before->predict,
				       c->before->model, &q);
	q.key = model_key(c->after->model, slice_of(key));
	section_vec is = sections_all(c->arena, c->after->predict,
				      c->after->model, &q);
	const struct strmap *after = index_sections(c, &is);
	size_t n = count_names(&was);

	for (size_t i = 0; c->difference == NULL && i < was.len; i++) {
		const struct section *s = &was.at[i];

		if (s->names.len > 0)
			compare_named(c, s, after);
		else
			compare_sections(c, s, strmap_get(after,
							  slice_of(s->kind)));
	}
	if (c->difference == NULL && n != count_names(&is))
		c->difference = "something would be served that is not now";
	return n;
}

/* By number: is the key in a list? */
static const bool *
find_keys(struct arena *a, const struct model *m)
{
	bool *named = ARENA_ARRAY(a, bool, m->key_count + 1);

	for (size_t i = 0; i < m->list_count; i++)
		for (size_t k = 0; k < m->lists[i]->count; k++)
			if (m->lists[i]->elements[k].kind == ELEMENT_KEY)
				named[m->lists[i]->elements[k].lo] = true;
	return named;
}

static void
compare_listeners(struct comparison *c)
{
	if (c->difference == NULL &&
	    !clients_equal(predict_listens(c->before->predict),
			   predict_listens(c->after->predict)))
		c->difference = "the server would listen on other addresses";
}

const char *
answers_compare(struct arena *a, const struct lint_result *before,
		const struct lint_result *after)
{
	const struct model *m = before->model;
	struct comparison c = { a, before, after, NULL };
	size_t asked = compare_all(&c, "");
	const bool *named = find_keys(a, m);

	for (size_t i = 1; i < m->key_count && c.difference == NULL &&
			   asked < QUESTIONS_MAX;
	     i++)
		if (named[i])
			asked += compare_all(&c, m->keys[i]) + 1;
	compare_listeners(&c);
	return c.difference;
}
