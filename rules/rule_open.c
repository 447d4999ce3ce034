/* What to write so that lists of named.conf take clients they turn away. */
#include <string.h>

#include "model/views.h"
#include "rules/rule.h"

enum {
	OPENED_MAX = 8
};

struct acl_exclusion
rule_exclusion(const struct rule_case *c)
{
	const struct decision *d = &c->d;

	if (d->closed == NULL || clients_empty(c->clients) ||
	    c->cx->model->views == NULL)
		return (struct acl_exclusion){ 0 };
	return acl_excluded(predict_acls(c->cx->predict), c->cx->model,
			    d->closed, c->clients.at[0].first,
			    c->q->is_signed ? c->q->key : KEY_NONE);
}

void
rule_note_exclusion(const struct rule_case *c, struct diag *diag)
{
	struct rule_context *cx = c->cx;
	const struct acl_exclusion x = rule_exclusion(c);

	if (x.element == NULL || x.element->begin == 0)
		return;
	if (x.element != c->d.element)
		diag_note(cx->diags, diag, rule_element_span(cx, x.element),
			  "'%s' takes them out%s",
			  rule_element_text(cx, x.element),
			  x.in->name == NULL
				  ? ""
				  : arena_printf(cx->arena, " of '%s'",
						 x.in->name));
	if (x.deep != x.element && x.deep != c->d.element)
		diag_note(cx->diags, diag, rule_element_span(cx, x.deep),
			  "it matches them by '%s'",
			  rule_element_text(cx, x.deep));
}

const char *
rule_unless_meant(const struct rule_case *c, const char *keep, const char *help)
{
	const struct acl_exclusion x = rule_exclusion(c);

	if (help == NULL || x.element == NULL || !x.element->negated)
		return help;
	return arena_printf(c->cx->arena, "if '%s' is meant, %s; if not, %s",
			    rule_element_text(c->cx, x.element), keep, help);
}

/* Lists that are opened one after the other, and what to write for that. */
struct opening {
	const struct address_list *lists[OPENED_MAX];
	size_t count;
	const struct origin *last;
	bool first_in;	  /* the text ends with "first in ..." */
	const char *text; /* NULL: nothing yet */
};

/* Are the clients all that the element matches, and nobody else? */
static bool
are_all_of(const struct rule_case *c, const struct element *e)
{
	struct prefix p = element_prefix(e);

	return e->kind == ELEMENT_PREFIX && c->clients.count == 1 &&
	       clients_equal(c->clients, clients_of(c->cx->arena, &p, 1));
}

/*
 * An exclusion of just these clients is not overruled, but taken back: written
 * before it, their network would make it a line without effect; and what is
 * merged into a negated list turns the same network negative wherever it
 * stands.
 */
static const char *
take_back(const struct rule_case *c, const struct acl_exclusion *x,
	  const struct origin *origin, const char *networks)
{
	struct arena *a = c->cx->arena;
	const char *text;

	if (x->element == NULL || x->deep->begin == 0 ||
	    !are_all_of(c, x->deep) || (x->nested && !x->merged))
		return NULL;
	text = rule_element_text(c->cx, x->deep);
	if (!x->merged)
		return x->lifts && x->deep->negated && x->in->name == NULL
			       ? arena_printf(a, "remove '%s' from '%s'", text,
					      origin->option)
			       : NULL;
	if (x->nested)
		return NULL;
	return arena_printf(
		a, "take '%s' out of '%s'%s", text,
		x->deep_in->name != NULL ? x->deep_in->name
					 : rule_element_text(c->cx, x->element),
		x->lifts ? ""
			 : arena_printf(a, " and write '%s' first in '%s'",
					networks, origin->option));
}

static void
open_list(const struct rule_case *c, struct opening *o,
	  const struct address_list *list, const struct origin *origin)
{
	struct arena *a = c->cx->arena;
	const char *networks = rule_written(c->cx, c->clients, "", ";");
	struct rule_case here = *c;
	const char *step;

	o->lists[o->count++] = list;
	if (origin == o->last)
		return;
	o->last = origin;
	here.d.closed = list;
	if (networks == NULL && !clients_empty(c->meant))
		networks = rule_written(c->cx, c->meant, "", ";");
	if (networks == NULL)
		networks = "NETWORKS;";
	const struct acl_exclusion x = rule_exclusion(&here);

	step = take_back(c, &x, origin, networks);
	if (step == NULL && o->first_in && !origin_is_default(origin)) {
		o->text = arena_printf(a, "%s and in '%s'", o->text,
				       origin->option);
		return;
	}
	o->first_in = step == NULL && !origin_is_default(origin);
	if (step == NULL)
		step = rule_first_in(c->cx, origin, networks);
	o->text = o->text == NULL
			  ? step
			  : arena_printf(a, "%s, and %s", o->text, step);
}

const char *
rule_how_to_open(const struct rule_case *c, const char *wanted)
{
	struct opening o = { .text = NULL };
	struct decision d = c->d;
	bool recursion_open = false;

	while (o.count < OPENED_MAX) {
		const struct view *v = rule_find_view(c->cx, d.view);

		if (decision_turns_away(&d) && d.closed != NULL) {
			open_list(c, &o, d.closed, d.reason);
		} else if (d.outcome == OUTCOME_CACHE && v != NULL &&
			   v->allow_recursion.list != NULL && !recursion_open) {
			open_list(c, &o, v->allow_recursion.list,
				  v->allow_recursion.origin);
			recursion_open = true;
		} else {
			break;
		}
		d = predict_opened(c->cx->predict, c->q, c->clients.at[0].first,
				   o.lists, o.count);
	}
	return strcmp(wanted, outcome_name(d.outcome)) == 0 ? o.text : NULL;
}
