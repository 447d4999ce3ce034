/*
 * Where aliases lead, and which answers policies change
 * (lib/ns/query.c: query_cname, rpz_rewrite).
 */
#include <string.h>

#include "decide/policy_zone.h"
#include "decide/views_ask.h"

/* What follows an alias stops here (max-query-restarts). */
enum { RESTARTS_MAX = 11 };

/* Policies may change the answer, or take it away (lib/ns/query.c, rpz). */
static bool
may_be_rewritten(const struct ask *a, struct slice name)
{
	const struct view *v = a->view;
	struct trial *t = a->t;

	if (v->response_policy == NULL ||
	    (!a->recursive && !v->response_policy_everybody.on))
		return false;
	for (size_t i = 0; i < v->policy_zone_count; i++) {
		const struct zone *z = view_get_zone(v, v->policy_zones[i]);

		if (z == NULL ||
		    policy_zone_may_apply(zones_data(t->zones, z), t->scratch,
					  z->name, name))
			return true;
	}
	return false;
}

bool
ask_is_rewritten(const struct ask *a, struct slice name)
{
	return may_be_rewritten(a, name) &&
	       trial_assume(a->t, a->view->response_policy);
}

struct decision
ask_by_policy(const struct ask *a)
{
	return ask_decide(a, RCODE_UNKNOWN, OUTCOME_UNKNOWN, BIT_UNKNOWN,
			  a->view->response_policy);
}

/* One link of a chain of aliases. */
struct link {
	const struct zone *zone;
	struct slice name;
	bool outside;	/* in no zone, or below a delegation */
	bool rewritten; /* a policy has a say */
};

static bool
meet_policy(const struct ask *a, struct link *at)
{
	at->rewritten = ask_is_rewritten(a, at->name);
	return at->rewritten;
}

/*
 * Where an alias leads: further along (true), or to the end of the chain. Only
 * a zone that is not loaded changes the code of the whole answer.
 */
static bool
follow(struct ask *a, struct link *at, bool *failed)
{
	const struct zone *z = view_find_zone(a->view, at->name);
	struct decision ignored;
	const struct origin *why;

	if (!ask_counts(a, z)) {
		at->outside = true;
		if (!a->view->recursion.on)
			ask_note_not_authoritative(a);
		else if (!ask_sees_cache(a, &why))
			ask_note_prohibited(a);
		else
			meet_policy(a, at);
		return false;
	}
	if (z == at->zone)
		return !meet_policy(a, at);
	if (!ask_has_data(a, z)) {
		*failed = a->t->q->rd;
		return false;
	}
	if (meet_policy(a, at))
		return false;
	if (!a->recursive) {
		ask_note_not_authoritative(a);
		return false;
	}
	at->zone = z;
	return ask_may_query(a, z, &ignored);
}

/*
 * Does the configuration itself stand in the way of answers that are looked
 * up? Servers in the black hole are not heard either (lib/dns/dispatch.c).
 */
static bool
may_fail(const struct ask *a)
{
	return a->view->denies_answers ||
	       a->t->model->views->blackhole.list != NULL;
}

struct decision
ask_answer_alias(struct ask *a, const struct zone *z, struct decision d,
		 struct slice target)
{
	struct link at = { .zone = z, .name = target };
	bool failed = false;

	for (int i = 0; i < RESTARTS_MAX && follow(a, &at, &failed); i++) {
		enum found f = zones_find(a->t->zones, at.zone, at.name,
					  a->t->q->qtype, &target);

		at.outside = f == FOUND_CUT;
		if ((f != FOUND_CNAME && f != FOUND_DNAME) || target.len == 0)
			break;
		at.name = target;
	}
	if (at.rewritten)
		return ask_by_policy(a);
	if (failed)
		return ask_fail(a, &z->origin);
	/* What cannot be had, or is forbidden, makes SERVFAIL of all of it. */
	if (at.outside && a->recursive && may_fail(a))
		d.aa = BIT_UNKNOWN;
	d.ede_count = a->ede_count;
	memcpy(d.ede, a->ede, sizeof(d.ede));
	return d;
}
