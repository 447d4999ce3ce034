/*
 * UPDATE (lib/ns/update.c: ns_update_start, send_update) and NOTIFY
 * (lib/ns/notify.c, lib/dns/zone.c: dns_zone_notifyreceive). Answers to them
 * never have RA, nor extended errors.
 */
#include "decide/views_ask.h"

static const struct origin by_signature = { "key", { 0, 0 } };

static struct decision
refuse(struct ask *a, const struct origin *reason)
{
	return ask_decide_by(a, RCODE_REFUSED, OUTCOME_REFUSED, BIT_CLEAR,
			     reason);
}

static struct decision
not_here(struct ask *a, const struct origin *reason)
{
	return ask_decide(a, RCODE_NOTAUTH, OUTCOME_NOT_AUTHORITATIVE,
			  BIT_CLEAR, reason);
}

/* Zones that the server makes by itself are primary zones to it. */
static bool
is_primary(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_EMPTY ||
	       z->type == ZONE_BUILT_IN;
}

/* What the records of a change are judged by is not looked at here. */
static struct decision
update_by_policy(struct ask *a, const struct zone *z)
{
	if (a->key == KEY_NONE)
		return refuse(a, z->update_policy);
	return trial_assume(a->t, z->update_policy)
		       ? refuse(a, z->update_policy)
		       : ask_decide(a, RCODE_NOERROR, OUTCOME_AUTHORITATIVE,
				    BIT_CLEAR, z->update_policy);
}

static struct decision
update_primary(struct ask *a, const struct zone *z)
{
	if (a->t->q->is_signed && a->key == KEY_NONE)
		return not_here(a, &by_signature);
	if (!ask_has_data(a, z)) {
		ask_note_no_data(a, z);
		return ask_decide(a, RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &z->origin);
	}
	if (!ask_allows(a, &z->allow_query, SUBJECT_SOURCE,
			"who may query the zone"))
		return refuse(a, z->allow_query.origin);
	if (z->update_policy != NULL)
		return update_by_policy(a, z);
	if (z->allow_update.list == NULL ||
	    !ask_allows(a, &z->allow_update, SUBJECT_SOURCE,
			"who may change the zone"))
		return refuse(a, z->allow_update.origin);
	return ask_decide_by(a, RCODE_NOERROR, OUTCOME_AUTHORITATIVE, BIT_CLEAR,
			     z->allow_update.origin);
}

struct decision
ask_update(struct ask *a)
{
	const struct zone *z = view_get_zone(a->view, a->t->q->qname);
	struct decision d;

	a->ra = false;
	if (ask_is_elsewhere(a, z, &d))
		return d;
	if (z == NULL)
		return not_here(a, &a->view->origin);
	trial_note(a->t, "the zone", &z->origin);
	if (is_primary(z))
		return update_primary(a, z);
	if (z->type != ZONE_SECONDARY && z->type != ZONE_MIRROR)
		return not_here(a, &z->origin);
	if (z->allow_forwarding.list == NULL ||
	    !ask_allows(a, &z->allow_forwarding, SUBJECT_SOURCE,
			"whose changes are passed on"))
		return refuse(a, z->allow_forwarding.origin);
	return ask_decide_by(a, RCODE_UPSTREAM, OUTCOME_AUTHORITATIVE,
			     BIT_CLEAR, z->allow_forwarding.origin);
}

static bool
is_from_primary(struct ask *a, const struct zone *z)
{
	for (size_t i = 0; i < z->primary_count; i++)
		if (trial_within(a->t, z->primaries[i]))
			return true;
	return !z->primaries_known && trial_assume(a->t, &z->primaries);
}

struct decision
ask_notify(struct ask *a)
{
	const struct zone *z = view_get_zone(a->view, a->t->q->qname);
	struct decision d;

	a->ra = false;
	if (ask_is_elsewhere(a, z, &d))
		return d;
	if (z == NULL)
		return not_here(a, &a->view->origin);
	trial_note(a->t, "the zone", &z->origin);
	if (is_primary(z)) /* takes it from everybody */
		return ask_decide(a, RCODE_NOERROR, OUTCOME_AUTHORITATIVE,
				  BIT_SET, &z->origin);
	if (z->type != ZONE_SECONDARY && z->type != ZONE_MIRROR &&
	    z->type != ZONE_STUB)
		return not_here(a, &z->origin);
	if (is_from_primary(a, z))
		return ask_decide(a, RCODE_NOERROR, OUTCOME_AUTHORITATIVE,
				  BIT_SET, &z->origin);
	if (z->type == ZONE_STUB) /* has no such list, and inherits none */
		return refuse(a, &z->origin);
	if (z->allow_notify.list == NULL ||
	    !ask_allows(a, &z->allow_notify, SUBJECT_SOURCE,
			"who may say that the zone has changed"))
		return refuse(a, z->allow_notify.origin);
	return ask_decide_by(a, RCODE_NOERROR, OUTCOME_AUTHORITATIVE, BIT_SET,
			     z->allow_notify.origin);
}
