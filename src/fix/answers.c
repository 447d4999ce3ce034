#include "fix/answers.h"

#include <string.h>

#include "compare/comparison.h"
#include "fix/destinations.h"
#include "model/views.h"
#include "report/printable.h"

/* What one of the clients that something changes for would get. */
static const char *
describe(struct arena *a, const struct change *c)
{
	const struct pair *p = c->pair;
	const struct decision *was = &c->at[BEFORE], *is = &c->at[AFTER];
	const char *name = p->names.len > 0 ? p->names.at[0]
					    : arena_strdup(a, p->question.qname);
	const char *old = rcode_name(was->rcode), *new = rcode_name(is->rcode);
	char buf[ADDR_TEXT_MAX];

	if (was->rcode == is->rcode) {
		old = outcome_name(was->outcome);
		new = outcome_name(is->outcome);
	}
	name = make_printable(a, slice_of(name));
	addr_format(c->clients.at[0].first, buf);
	if (strcmp(old, new) == 0)
		return arena_printf(a,
				    "%s would get other flags or extended "
				    "errors for '%s' (%s)",
				    buf, name, p->kind);
	return arena_printf(a, "%s would get %s instead of %s for '%s' (%s)",
			    buf, new, old, name, p->kind);
}

/* How plain it is that something changes. */
static int
weight(const struct change *c)
{
	const struct decision *was = &c->at[BEFORE], *is = &c->at[AFTER];

	return (was->rcode != is->rcode) + (was->outcome != is->outcome);
}

/* The plainest change that must not be, for one kind of question. */
static const char *
compare_one(struct arena *a, const struct side sides[2],
	    const struct question *base, bool narrows)
{
	struct comparison_options o = { .base = *base, .strict = true };
	struct comparison c = comparison_make(a, sides, &o);
	const struct change *worst = NULL;

	for (size_t i = 0; i < c.changes.len; i++) {
		const struct change *x = &c.changes.at[i];

		if ((!narrows || x->effect == EFFECT_WIDENED) &&
		    (worst == NULL || weight(x) > weight(worst)))
			worst = x;
	}
	if (worst != NULL)
		return describe(a, worst);
	if (c.keys_left > 0)
		return "there are too many keys to show that nobody's answer "
		       "changes";
	if (!clients_empty(c.listening) ||
	    (!narrows && !clients_empty(c.silent)))
		return "the server would listen on other addresses";
	return NULL;
}

/* What is in the cache is asked for without RD in any case. */
static bool
minds_recursion(const struct model *m)
{
	for (size_t i = 0; m->views != NULL && i < m->views->count; i++)
		if (m->views->list[i]->match_recursive_only.on)
			return true;
	return m->access != NULL;
}

/* Without RD too, where that leads elsewhere. */
static const char *
compare_both(struct arena *a, const struct side sides[2],
	     struct question *base, bool narrows)
{
	base->rd = true;
	const char *why = compare_one(a, sides, base, narrows);

	if (why != NULL || (!minds_recursion(sides[BEFORE].model) &&
			    !minds_recursion(sides[AFTER].model)))
		return why;
	base->rd = false;
	return compare_one(a, sides, base, narrows);
}

/* Is there a word in some list that means what the host is? */
static bool
minds_host(const struct model *m)
{
	for (size_t i = 0; i < m->list_count; i++)
		for (size_t k = 0; k < m->lists[i]->count; k++)
			if (!origin_is_default(&m->lists[i]->origin) &&
			    (m->lists[i]->elements[k].kind ==
				     ELEMENT_LOCALHOST ||
			     m->lists[i]->elements[k].kind ==
				     ELEMENT_LOCALNETS))
				return true;
	return m->access != NULL;
}

static const char *
compare_decided(struct arena *a, const struct lint_result *before,
		const struct lint_result *after, bool narrows)
{
	struct side sides[2] = { { before->predict, before->model },
				 { after->predict, after->model } };
	struct question base = { .qclass = CLASS_IN };
	destination_vec to = { 0 };
	const char *why = compare_both(a, sides, &base, narrows);

	destinations_add(a, &to, before);
	destinations_add(a, &to, after);
	base.to_known = true;
	for (size_t i = 0; i < to.len && why == NULL; i++) {
		base.to = to.at[i];
		why = compare_both(a, sides, &base, narrows);
	}
	return why;
}

/* The result itself stays as it was decided. */
static struct lint_result
decide_again(struct arena *a, const struct lint_result *r,
	     const struct lint_options *o)
{
	struct lint_result again = *r;

	again.arena = a;
	again.model = NULL;
	again.predict = NULL;
	lint_decide(&again, o);
	return again;
}

const char *
answers_compare(struct arena *a, struct lint_result *before,
		struct lint_result *after, const struct lint_options *o,
		bool narrows)
{
	struct arena *scratch = arena_new();
	struct lint_options all = *o, few;

	/* As for rules, which have decided them already. */
	all.wrapped = true;
	few = all;
	few.host.few = true;
	lint_decide(before, &few);
	lint_decide(after, &few);
	const char *why = compare_decided(scratch, before, after, narrows);

	if (why == NULL && !before->model->host->known &&
	    (minds_host(before->model) || minds_host(after->model))) {
		struct lint_result x = decide_again(scratch, before, &all);
		struct lint_result y = decide_again(scratch, after, &all);

		why = compare_decided(scratch, &x, &y, narrows);
	}
	if (why != NULL)
		why = arena_strdup(a, slice_of(why));
	arena_free(scratch);
	return why;
}
