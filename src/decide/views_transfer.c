#include "decide/views_ask.h"

static bool
may_be_copied(const struct zone *z)
{
	return z != NULL &&
	       (z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
		z->type == ZONE_MIRROR || z->type == ZONE_EMPTY ||
		z->type == ZONE_BUILT_IN);
}

/* `port` and `transport` of allow-transfer (dns_acl_match_port_transport). */
static bool
comes_the_right_way(const struct ask *a, const struct zone *z)
{
	enum transport used = a->t->q->tcp ? TRANSPORT_TCP : TRANSPORT_UDP;

	return (z->transfer_port == ON_ANY_PORT ||
		z->transfer_port == a->t->model->views->port) &&
	       (z->transfer_transport == TRANSPORT_ANY ||
		z->transfer_transport == used);
}

/*
 * Zones that the server makes by itself lack what a transfer needs, unless it
 * is an empty zone with cuts: it fails.
 */
static bool
is_complete(const struct zone *z)
{
	return z->type == ZONE_EMPTY ? z->cut_count > 0
				     : z->type != ZONE_BUILT_IN;
}

/* lib/ns/xfrout.c, ns_xfr_start: allow-query plays no part. */
struct decision
ask_transfer(struct ask *a)
{
	const struct question *q = a->t->q;
	const struct zone *z = view_get_zone(a->view, q->qname);
	bool whole = q->qtype == RRTYPE_AXFR;
	struct decision d;

	if (ask_is_elsewhere(a, z, &d))
		return d;
	if (!may_be_copied(z))
		return ask_decide(a, RCODE_NOTAUTH, OUTCOME_NOT_AUTHORITATIVE,
				  BIT_CLEAR, &a->view->origin);
	trial_note(a->t, "the zone", &z->origin);
	if (!ask_has_data(a, z)) {
		ask_note_no_data(a, z);
		return ask_decide(a, RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &z->origin);
	}
	if (!comes_the_right_way(a, z) ||
	    !ask_allows(a, &z->allow_transfer, SUBJECT_SOURCE,
			"who may copy the zone")) {
		if (a->manners->ede_prohibited)
			ask_note_error(a, EDE_PROHIBITED);
		return ask_decide_by(a, RCODE_REFUSED, OUTCOME_REFUSED,
				     BIT_CLEAR, z->allow_transfer.origin);
	}
	if (whole && !q->tcp)
		return ask_decide(a, RCODE_FORMERR, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &z->origin);
	if (q->tcp && !is_complete(z))
		return ask_decide(a, RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &z->origin);
	/* Over UDP AA depends on the serial number that the client has. */
	return ask_decide_by(a, RCODE_NOERROR, OUTCOME_TRANSFER,
			     q->tcp ? BIT_SET : BIT_UNKNOWN,
			     z->allow_transfer.origin);
}
