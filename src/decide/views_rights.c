/*
 * Who may have answers, and what those get who may not (lib/ns/query.c:
 * query_validatezonedb, query_checkcacheaccess).
 */
#include "decide/views_ask.h"

void
ask_note_prohibited(struct ask *a)
{
	if (a->manners->ede_prohibited)
		ask_note_error(a, EDE_PROHIBITED);
}

void
ask_note_not_authoritative(struct ask *a)
{
	if (a->manners->ede_not_authoritative && a->t->q->rd)
		ask_note_error(a, EDE_NOT_AUTHORITATIVE);
}

struct decision
ask_refuse(struct ask *a, const struct origin *reason)
{
	ask_note_not_authoritative(a);
	return ask_decide_by(a, RCODE_REFUSED, OUTCOME_REFUSED, BIT_CLEAR,
			     reason);
}

struct decision
ask_fail(struct ask *a, const struct origin *reason)
{
	if (a->manners->ede_not_loaded)
		ask_note_error(a, EDE_INVALID_DATA);
	return ask_decide(a, RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE, BIT_CLEAR,
			  reason);
}

bool
ask_sees_cache(struct ask *a, const struct origin **why)
{
	const struct view *v = a->view;

	*why = v->allow_query_cache.origin;
	if (!ask_allows(a, &v->allow_query_cache, SUBJECT_SOURCE,
			"who may see the cache"))
		return false;
	const struct element *element = a->t->element;
	const struct address_list *list = a->t->list;

	if (ask_allows(a, &v->allow_query_cache_on, SUBJECT_DESTINATION,
		       "where the cache is seen")) {
		a->t->element = element;
		a->t->list = list;
		return true;
	}
	*why = v->allow_query_cache_on.origin;
	return false;
}

bool
ask_counts(struct ask *a, const struct zone *z)
{
	return z != NULL && (z->type != ZONE_MIRROR || ask_has_data(a, z));
}

bool
ask_may_query(struct ask *a, const struct zone *z, struct decision *d)
{
	const struct origin *why = NULL;

	trial_note(a->t, "the zone", &z->origin);
	if (!ask_has_data(a, z)) {
		ask_note_no_data(a, z);
		*d = ask_fail(a, &z->origin);
		return false;
	}
	if (z->type == ZONE_MIRROR) {
		if (a->view->recursion.on && ask_sees_cache(a, &why))
			return true;
		if (a->view->recursion.on)
			ask_note_prohibited(a);
		*d = ask_refuse(a,
				why != NULL ? why : a->view->recursion.origin);
		return false;
	}
	if (z->type == ZONE_STATIC_STUB && !a->recursive) {
		trial_note(a->t,
			   "a static-stub zone answers by recursion alone",
			   &z->origin);
		a->t->element = NULL;
		a->t->closed = NULL;
		*d = ask_refuse(a, &z->origin);
		return false;
	}
	if (!ask_allows(a, &z->allow_query_on, SUBJECT_DESTINATION,
			"where the zone is served"))
		why = z->allow_query_on.origin;
	if (!ask_allows(a, &z->allow_query, SUBJECT_SOURCE,
			"who may query the zone"))
		why = z->allow_query.origin;
	if (why == NULL)
		return true;
	if (why == z->allow_query_on.origin)
		a->t->element = NULL;
	ask_note_prohibited(a);
	*d = ask_refuse(a, why);
	return false;
}
