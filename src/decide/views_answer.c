/*
 * An ordinary question: the zone it belongs to, or the cache, or recursion
 * (lib/ns/query.c: query_getdb, query_getzonedb, query_validatezonedb,
 * query_checkcacheaccess, query_gotanswer).
 */
#include <string.h>

#include "decide/policy_zone.h"
#include "decide/views_ask.h"
#include "model/name.h"

/* What follows an alias stops here (max-query-restarts). */
enum { RESTARTS_MAX = 11 };

static void
note_prohibited(struct ask *a)
{
	if (a->manners->ede_prohibited)
		ask_note_error(a, EDE_PROHIBITED);
}

/* Refusals say "not authoritative" when recursion was asked for. */
static void
note_not_authoritative(struct ask *a)
{
	if (a->manners->ede_not_authoritative && a->t->q->rd)
		ask_note_error(a, EDE_NOT_AUTHORITATIVE);
}

static struct decision
refuse(struct ask *a, const struct origin *reason)
{
	note_not_authoritative(a);
	return ask_decide_by(a, RCODE_REFUSED, OUTCOME_REFUSED, BIT_CLEAR,
			     reason);
}

static struct decision
fail(struct ask *a, const struct origin *reason)
{
	if (a->manners->ede_not_loaded)
		ask_note_error(a, EDE_INVALID_DATA);
	return ask_decide(a, RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE, BIT_CLEAR,
			  reason);
}

/*
 * By recursion, or what the cache has. For signatures alone RA is not set where
 * the cache has the name without any (query_respond_any).
 */
static struct decision
from_elsewhere(struct ask *a, enum outcome outcome, const struct origin *why)
{
	uint16_t type = a->t->q->qtype;
	struct decision d = ask_decide_by(
		a, RCODE_UPSTREAM, outcome,
		a->view->claims_absence ? BIT_UNKNOWN : BIT_CLEAR, why);

	if (a->ra && (type == RRTYPE_RRSIG || type == RRTYPE_SIG))
		d.ra = BIT_UNKNOWN;
	return d;
}

static struct decision
recurse(struct ask *a)
{
	a->t->element = a->ra_element;
	a->t->list = a->ra_list;
	return from_elsewhere(a, OUTCOME_RECURSION, a->ra_reason);
}

/* Who may see the cache, at this destination? `*why` is who says so. */
static bool
sees_cache(struct ask *a, const struct origin **why)
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

static struct decision
answer_from_cache(struct ask *a)
{
	const struct origin *why;

	trial_note(a->t, "the name is in no zone served here", NULL);
	if (!a->view->recursion.on) {
		a->t->element = NULL;
		a->t->closed = NULL;
		return refuse(a, a->view->recursion.origin);
	}
	if (!sees_cache(a, &why)) {
		note_prohibited(a);
		return refuse(a, why);
	}
	if (a->recursive)
		return recurse(a);
	/* What the cache has, else a referral to the root servers. */
	return from_elsewhere(a, OUTCOME_CACHE, why);
}

/* A mirror without data is as if it did not exist. */
static bool
counts(struct ask *a, const struct zone *z)
{
	return z != NULL && (z->type != ZONE_MIRROR || ask_has_data(a, z));
}

/*
 * May the client have answers from the zone? If not, `*d` is what it gets
 * instead.
 */
static bool
may_query(struct ask *a, const struct zone *z, struct decision *d)
{
	const struct origin *why = NULL;

	trial_note(a->t, "the zone", &z->origin);
	if (!ask_has_data(a, z)) {
		ask_note_no_data(a, z);
		*d = fail(a, &z->origin);
		return false;
	}
	if (z->type == ZONE_MIRROR) {
		if (a->view->recursion.on && sees_cache(a, &why))
			return true;
		if (a->view->recursion.on)
			note_prohibited(a);
		*d = refuse(a, why != NULL ? why : a->view->recursion.origin);
		return false;
	}
	if (z->type == ZONE_STATIC_STUB && !a->recursive) {
		trial_note(a->t,
			   "a static-stub zone answers by recursion alone",
			   &z->origin);
		a->t->element = NULL;
		a->t->closed = NULL;
		*d = refuse(a, &z->origin);
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
	note_prohibited(a);
	*d = refuse(a, why);
	return false;
}

static const struct origin *
zone_reason(const struct zone *z)
{
	return origin_is_default(z->allow_query.origin) ? &z->origin
							: z->allow_query.origin;
}

static enum outcome
zone_outcome(const struct zone *z)
{
	return z->type == ZONE_EMPTY || z->type == ZONE_BUILT_IN
		       ? OUTCOME_LOCAL
		       : OUTCOME_AUTHORITATIVE;
}

/* An answer of the zone's own data. */
static struct decision
answer(struct ask *a, const struct zone *z, enum rcode rcode, enum bit aa)
{
	return ask_decide_by(a, rcode, zone_outcome(z),
			     z->type == ZONE_MIRROR ? BIT_CLEAR : aa,
			     zone_reason(z));
}

/* Below a delegation: look further, or say where to ask. */
static struct decision
delegate(struct ask *a, const struct zone *z)
{
	if (a->recursive)
		return recurse(a);
	return ask_decide_by(a, RCODE_ZONE, OUTCOME_REFERRAL, BIT_CLEAR,
			     zone_reason(z));
}

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

static struct decision
by_policy(const struct ask *a)
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
	at->rewritten = may_be_rewritten(a, at->name) &&
			trial_assume(a->t, a->view->response_policy);
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

	if (!counts(a, z)) {
		at->outside = true;
		if (!a->view->recursion.on)
			note_not_authoritative(a);
		else if (!sees_cache(a, &why))
			note_prohibited(a);
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
		note_not_authoritative(a);
		return false;
	}
	at->zone = z;
	return may_query(a, z, &ignored);
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

/* The answer that begins with an alias: its code, once the chain has ended. */
static struct decision
answer_alias(struct ask *a, const struct zone *z, struct slice target)
{
	struct decision d = answer(a, z, RCODE_ZONE, BIT_SET);
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
		return by_policy(a);
	if (failed)
		return fail(a, &z->origin);
	/* What cannot be had, or is forbidden, makes SERVFAIL of all of it. */
	if (at.outside && a->recursive && may_fail(a))
		d.aa = BIT_UNKNOWN;
	d.ede_count = a->ede_count;
	memcpy(d.ede, a->ede, sizeof(d.ede));
	return d;
}

/*
 * A name that is not there is looked for elsewhere, and an address of IPv6 made
 * of what is found: BIND 9.18 never answers then.
 */
static bool
may_be_silent(const struct ask *a)
{
	return a->view->redirects_by_name && a->view->translates &&
	       a->t->q->qtype == RRTYPE_AAAA &&
	       trial_assume(a->t, a->view->redirect);
}

static struct decision
answer_from_zone(struct ask *a, const struct zone *z)
{
	const struct question *q = a->t->q;
	bool fixed = z->type == ZONE_EMPTY && a->view->redirect == NULL;
	struct slice at = { "", 0 };

	switch (zones_find(a->t->zones, z, q->qname, q->qtype, &at)) {
	case FOUND_CUT:
		return delegate(a, z);
	case FOUND_CNAME:
		return answer_alias(a, z, at);
	case FOUND_DNAME:
		/* The alias it makes is itself the answer to some. */
		if (at.len > 0 && q->qtype != RRTYPE_CNAME &&
		    q->qtype != RRTYPE_ANY)
			return answer_alias(a, z, at);
		return answer(a, z, RCODE_ZONE, BIT_SET);
	case FOUND_UNKNOWN:
		return answer(a, z, RCODE_ZONE, BIT_UNKNOWN);
	case FOUND_NOTHING:
		if (may_be_silent(a))
			return ask_decide(a, RCODE_UNKNOWN, OUTCOME_UNKNOWN,
					  BIT_UNKNOWN, a->view->redirect);
		return answer(a, z, fixed ? RCODE_NXDOMAIN : RCODE_ZONE,
			      a->view->redirects_by_name ? BIT_UNKNOWN
							 : BIT_SET);
	case FOUND_DATA:
	case FOUND_NODATA:
		break;
	}
	return answer(a, z, fixed ? RCODE_NOERROR : RCODE_ZONE, BIT_SET);
}

/* The zone above decides about DS; for the root there is none above. */
static const struct zone *
zone_above(const struct view *v, struct slice name)
{
	struct slice parent;

	return name_parent(name, &parent) ? view_find_zone(v, parent)
					  : view_find_zone(v, name);
}

/* DS that the zone above does not give: its own zone may say "none". */
static bool
second_try(struct ask *a, const struct zone *first, struct decision *d)
{
	const struct zone *z = view_find_zone(a->view, a->t->q->qname);

	if (a->recursive || a->t->q->qtype != RRTYPE_DS || z == first ||
	    !counts(a, z))
		return false;
	struct decision ignored;

	if (may_query(a, z, &ignored)) {
		*d = answer_from_zone(a, z);
		return true;
	}
	/* What was noted on the way is sent all the same. */
	d->ede_count = a->ede_count;
	memcpy(d->ede, a->ede, sizeof(d->ede));
	return false;
}

bool
ask_is_elsewhere(struct ask *a, const struct zone *z, struct decision *d)
{
	const struct origin *why = a->view->unknown_zones;

	if (why == NULL ||
	    (z != NULL && slice_equal(z->name, a->t->q->qname)) ||
	    !trial_assume(a->t, why))
		return false;
	*d = ask_decide(a, RCODE_UNKNOWN, OUTCOME_UNKNOWN, BIT_UNKNOWN, why);
	return true;
}

static bool
is_host_question(const struct question *q)
{
	if (q->qtype == RRTYPE_A || q->qtype == RRTYPE_MX)
		return true;
	return q->qclass == CLASS_IN &&
	       (q->qtype == RRTYPE_AAAA || q->qtype == RRTYPE_A6 ||
		q->qtype == RRTYPE_WKS);
}

/* Is the first label a hash in base 32 (RFC 4648, extended hex, no padding)? */
static bool
is_hash(struct slice name)
{
	/* Digits of the last eight, and the bits of the last digit that must
	 * not be set. */
	static const int spare[8] = { 0, -1, 3, -1, 15, 1, -1, 7 };
	size_t len = 0;
	int digit = 0;

	for (; len < name.len && name.data[len] != '.'; len++) {
		char c = name.data[len];

		if (!ascii_is_digit(c) && (c < 'a' || c > 'v'))
			return false;
		digit = ascii_is_digit(c) ? c - '0' : c - 'a' + 10;
	}
	return spare[len % 8] >= 0 && (digit & spare[len % 8]) == 0;
}

/* Names that 'check-names response' does not let through. */
static bool
is_bad_owner(const struct question *q)
{
	if (q->qtype == RRTYPE_NSEC3)
		return !is_hash(q->qname);
	return is_host_question(q) && !name_is_host(q->qname);
}

struct decision
ask_answer(struct ask *a)
{
	const struct question *q = a->t->q;
	const struct zone *z = q->qtype == RRTYPE_DS
				       ? zone_above(a->view, q->qname)
				       : view_find_zone(a->view, q->qname);
	struct decision d;

	if (a->view->host_names != NULL && is_bad_owner(q))
		return ask_decide(a, RCODE_REFUSED, OUTCOME_REFUSED, BIT_CLEAR,
				  a->view->host_names);
	if (ask_is_elsewhere(a, z, &d))
		return d;
	if (may_be_rewritten(a, q->qname) &&
	    trial_assume(a->t, a->view->response_policy))
		return by_policy(a);
	if (counts(a, z)) {
		if (may_query(a, z, &d))
			return answer_from_zone(a, z);
	} else {
		z = NULL;
		d = answer_from_cache(a);
	}
	second_try(a, z, &d);
	return d;
}
