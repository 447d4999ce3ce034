/*
 * An ordinary question: the zone it belongs to, or the cache, or recursion
 * (lib/ns/query.c: query_getdb, query_getzonedb, query_gotanswer).
 */
#include <string.h>

#include "decide/views_ask.h"
#include "model/name.h"

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

static struct decision
answer_from_cache(struct ask *a)
{
	const struct origin *why;

	trial_note(a->t, "the name is in no zone served here", NULL);
	if (!a->view->recursion.on) {
		a->t->element = NULL;
		a->t->closed = NULL;
		return ask_refuse(a, a->view->recursion.origin);
	}
	if (!ask_sees_cache(a, &why)) {
		ask_note_prohibited(a);
		return ask_refuse(a, why);
	}
	if (a->recursive)
		return recurse(a);
	/* What the cache has, else a referral to the root servers. */
	return from_elsewhere(a, OUTCOME_CACHE, why);
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
		return ask_answer_alias(a, z, answer(a, z, RCODE_ZONE, BIT_SET),
					at);
	case FOUND_DNAME:
		/* The alias it makes is itself the answer to some. */
		if (at.len > 0 && q->qtype != RRTYPE_CNAME &&
		    q->qtype != RRTYPE_ANY)
			return ask_answer_alias(
				a, z, answer(a, z, RCODE_ZONE, BIT_SET), at);
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
	    !ask_counts(a, z))
		return false;
	struct decision ignored;

	if (ask_may_query(a, z, &ignored)) {
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
	if (ask_is_rewritten(a, q->qname))
		return ask_by_policy(a);
	if (ask_counts(a, z)) {
		if (ask_may_query(a, z, &d))
			return answer_from_zone(a, z);
	} else {
		z = NULL;
		d = answer_from_cache(a);
	}
	second_try(a, z, &d);
	return d;
}
