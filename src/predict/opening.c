#include "predict/opening.h"

#include "model/views.h"
#include "predict/served.h"

bool
opening_is_turned_away(const struct decision *d)
{
	return d->outcome == OUTCOME_REFUSED || d->outcome == OUTCOME_DROPPED;
}

static bool
is_open(const struct opening *o, const struct address_list *list)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->lists[i] == list)
			return true;
	return false;
}

struct decision
opening_step(const struct situation *s, const struct view *v,
	     const struct policy *p)
{
	const struct question *q = s->question;
	struct acl_result r =
		acl_match(predict_acls(s->predict), p->list, s->client,
			  q->is_signed ? q->key : KEY_NONE);

	return (struct decision){
		.view = v->name,
		.reason = p->origin,
		.element = r.element,
		.closed = r.verdict == VERDICT_NO ? p->list : NULL,
	};
}

/*
 * The client asks for recursion and would be given what the cache has: the list
 * of the source that is in the way, as the `*step` that opens it.
 */
static bool
is_without_recursion(const struct situation *s, const struct opening *o,
		     struct decision *step)
{
	const struct question *q = s->question;
	const struct view *v = served_view(s, o->end.view);

	if (o->end.outcome != OUTCOME_CACHE || !q->rd || v == NULL ||
	    v->allow_recursion.list == NULL ||
	    is_open(o, v->allow_recursion.list))
		return false;
	*step = opening_step(s, v, &v->allow_recursion);
	return step->closed != NULL;
}

void
opening_go_on(const struct situation *s, struct opening *o)
{
	while (o->count < OPENED_MAX) {
		struct decision step = o->end;

		if (!(opening_is_turned_away(&step) && step.closed != NULL) &&
		    !is_without_recursion(s, o, &step))
			return;
		o->steps[o->count] = step;
		o->lists[o->count++] = step.closed;
		o->end = predict_opened(s->predict, s->question, s->client,
					o->lists, o->count);
	}
}

const char *
opening_place(const struct situation *s, uint32_t offset)
{
	struct position at = sources_position(s->model->sources, offset);

	return arena_printf(s->arena, "%s:%zu", at.source->name, at.line);
}

static struct slice
text_of(const struct situation *s, struct span span)
{
	struct position at = sources_position(s->model->sources, span.begin);

	return slice_sub(at.source->text, span.begin - at.source->base,
			 span.end - span.begin);
}

/* The default of the lists that rule recursion, of all others nobody. */
static const char *
written_default(const char *option)
{
	struct slice o = slice_of(option);

	if (slice_has_prefix(o, "allow-recursion") ||
	    slice_has_prefix(o, "allow-query-cache"))
		return "localhost; localnets; ";
	return "";
}

/* "'!quarantine' (named.conf:2)" */
static const char *
item_text(const struct situation *s, const struct element *e)
{
	struct span item = sources_item(s->model->sources, e->begin);

	return arena_printf(s->arena, "'%.*s' (%s)", SLICE(text_of(s, item)),
			    opening_place(s, item.begin));
}

struct acl_exclusion
opening_exclusion(const struct situation *s, const struct address_list *list)
{
	const struct question *q = s->question;
	struct acl_exclusion none = { 0 };

	if (list == NULL || s->model->views == NULL)
		return none;
	struct acl_exclusion x =
		acl_excluded(predict_acls(s->predict), s->model, list,
			     s->client, q->is_signed ? q->key : KEY_NONE);

	return x.element == NULL || x.element->begin == 0 ||
			       x.deep->begin == 0
		       ? none
		       : x;
}

const char *
opening_keeps_out(const struct situation *s, const struct acl_exclusion *x)
{
	return arena_printf(s->arena, "%s keeps it out%s",
			    item_text(s, x->element),
			    x->in->name == NULL
				    ? ""
				    : arena_printf(s->arena, " of '%s'",
						   x->in->name));
}

/* Is it the client and nobody else that the element matches? */
static bool
is_alone(const struct situation *s, const struct element *e)
{
	return e->kind == ELEMENT_PREFIX &&
	       e->len == family_bits(s->client.family);
}

/* In front of the element that says no, in the list of the statement. */
static const char *
text_in_front(const struct situation *s, const struct decision *d,
	      const struct acl_exclusion *x, const char *client)
{
	const struct element *e = x->outer != NULL ? x->outer : d->element;

	/* Merged negative, it would turn the same address before it. */
	if (x->element != NULL && x->merged && is_alone(s, x->deep))
		return arena_printf(s->arena, "take %s out of its list, and "
					      "see that '%s' takes the client",
				    item_text(s, x->deep), d->reason->option);
	return arena_printf(s->arena,
			    "write '%s;' in front of %s, in the list of '%s'",
			    client, item_text(s, e), d->reason->option);
}

const char *
opening_text(const struct situation *s, const struct decision *d)
{
	const struct origin *o = d->reason;
	const struct acl_exclusion x = opening_exclusion(s, d->closed);
	char client[ADDR_TEXT_MAX];
	const char *text;

	addr_format(s->client, client);
	if (origin_is_default(o))
		return arena_printf(
			s->arena, "write '%s { %s%s; };' in %s", o->option,
			written_default(o->option), client,
			*d->view == '\0' || *d->view == '_'
				? "'options'"
				: arena_printf(s->arena, "the view '%s'",
					       d->view));
	text = d->element == NULL
		       ? arena_printf(s->arena, "add '%s;' to '%s' (%s)",
				      client, o->option,
				      opening_place(s, o->span.begin))
		       : text_in_front(s, d, &x, client);
	/* Where it stands is said already, if it is what is written before. */
	if (x.element == NULL || x.element == x.outer)
		return text;
	return arena_printf(s->arena, "%s: now %s", text,
			    opening_keeps_out(s, &x));
}
