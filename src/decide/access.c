#include "decide/access.h"

#include "base/strmap.h"
#include "model/name.h"
#include "model/rrtype.h"

struct decision
access_result(enum rcode rcode, enum outcome outcome, bool aa, bool ra,
	      const struct origin *reason)
{
	return (struct decision){
		.rcode = rcode,
		.outcome = outcome,
		.aa = aa ? BIT_SET : BIT_CLEAR,
		.ra = ra ? BIT_SET : BIT_CLEAR,
		.view = "",
		.reason = reason,
	};
}

static struct decision
drop(const struct origin *reason)
{
	return access_result(RCODE_DROP, OUTCOME_DROPPED, false, false, reason);
}

static struct decision
refuse(const struct trial *t, bool ra, int ede, const struct origin *reason)
{
	struct decision d = access_result(RCODE_REFUSED, OUTCOME_REFUSED, false,
					  ra, reason);

	if (ede >= 0 && t->model->access->ede)
		d.ede[d.ede_count++] = (uint8_t)ede;
	return d;
}

/* Nobody but the host itself talks to its loopback addresses. */
static bool
may_reach(struct trial *t, const struct access_listener *l)
{
	struct addr to = t->q->to_known ? t->q->to : l->addr;

	if (l->port != t->model->access->port)
		return false;
	if (t->model->access->proxied)
		return true;
	if (t->source.family != l->addr.family)
		return false;
	if (t->q->to_known && !l->wildcard && !l->unknown &&
	    addr_cmp(t->q->to, l->addr) != 0)
		return false;
	return t->q->to_known || l->wildcard || !addr_is_loopback(to) ||
	       trial_is_local(t);
}

/*
 * The listener that takes the question; NULL when none does. Where it is not
 * said to which address the question goes, listeners that agree count as one.
 */
static const struct access_listener *
find_listener(struct trial *t)
{
	const struct access *a = t->model->access;
	const struct access_listener *found = NULL;

	for (size_t i = 0; i < a->listener_count; i++) {
		const struct access_listener *l = &a->listeners[i];

		if (!may_reach(t, l))
			continue;
		if (l->unknown && !l->supposed && !trial_assume(t, l))
			continue;
		if (t->q->to_known && !l->wildcard)
			return l;
		if (found == NULL)
			found = l;
		else if (!t->q->to_known &&
			 (l->policy.action != found->policy.action ||
			  l->policy.view != found->policy.view ||
			  l->policy.tags.count != found->policy.tags.count) &&
			 trial_assume(t, l))
			found = l;
	}
	return found;
}

static const struct origin no_listener = { .option = "interface" };

/*
 * Steps 2 to 9: before anything is looked up. True: `*d` is the end of it.
 * Questions for IXFR carry a record of their own, which makes them malformed
 * here (worker_check_request).
 */
static bool
decide_early(struct trial *t, const struct access_policy *p,
	     struct decision *d)
{
	uint16_t qtype = t->q->qtype;

	if (p->action == ACCESS_DENY) {
		*d = drop(p->origin);
	} else if (p->action == ACCESS_REFUSE) {
		*d = refuse(t, false, EDE_PROHIBITED, p->origin);
	} else if (t->q->opcode == OPCODE_UPDATE) {
		*d = access_result(RCODE_NOTIMP, OUTCOME_REFUSED, false, false,
				   p->origin);
	} else if (qtype == RRTYPE_AXFR) {
		*d = refuse(t, false, -1, p->origin);
	} else if (qtype == RRTYPE_IXFR || qtype == RRTYPE_OPT ||
		   (qtype >= 128 && qtype <= 248) || qtype == RRTYPE_TKEY ||
		   qtype == RRTYPE_TSIG || qtype == RRTYPE_MAILA ||
		   qtype == RRTYPE_MAILB) {
		*d = access_result(RCODE_FORMERR, OUTCOME_REFUSED, false, false,
				   p->origin);
	} else if (p->action == ACCESS_ALLOW_COOKIE && !t->q->tcp) {
		*d = refuse(t, true, -1, p->origin);
		d->ede[d->ede_count++] = EDE_OTHER;
	} else {
		return false;
	}
	return true;
}

/*
 * Step 11: a zone of exactly this name that is fetched from others, and the
 * sender among those who may say so (auth_zones_can_notify).
 */
static struct decision
decide_notify(struct trial *t, const struct access_policy *p)
{
	const struct auth_zone *z =
		strmap_get(t->model->access->auth_zones, t->q->qname);
	bool takes = false;

	for (size_t i = 0; z != NULL && i < z->notifier_count && !takes; i++)
		takes = trial_within(t, z->notifiers[i]);
	if (z != NULL && !takes && z->notifiers_unknown)
		takes = trial_assume(t, z);
	if (!takes)
		return refuse(t, true, -1, z == NULL ? p->origin : &z->origin);
	return access_result(RCODE_NOERROR, OUTCOME_AUTHORITATIVE, false, true,
			     &z->origin);
}

/* Step 10: the names that tell about the server. */
static bool
is_chaos_name(const struct trial *t)
{
	const struct access *a = t->model->access;
	struct slice n = t->q->qname;

	if (t->q->qclass != CLASS_CH ||
	    (t->q->qtype != RRTYPE_TXT && t->q->qtype != RRTYPE_ANY))
		return false;
	if (slice_is(n, "id.server") || slice_is(n, "hostname.bind"))
		return !a->hide_identity;
	if (slice_is(n, "version.server") || slice_is(n, "version.bind"))
		return !a->hide_version;
	return slice_is(n, "trustanchor.unbound") && !a->hide_trustanchor;
}

/* Steps 15 to 17. */
static bool
decide_recursion_right(struct trial *t, const struct access_policy *p,
		       struct decision *d)
{
	trial_note(t, "the name is in no zone served here", NULL);
	if (p->action == ACCESS_DENY_NON_LOCAL) {
		*d = drop(p->origin);
		d->non_local = true;
	} else if (p->action == ACCESS_REFUSE_NON_LOCAL) {
		*d = refuse(t, false, EDE_PROHIBITED, p->origin);
		d->non_local = true;
		if (t->model->access->refusal_is_malformed) {
			d->rcode = RCODE_FORMERR;
			d->ede_count = 0;
		}
	} else if (!t->q->rd && p->action != ACCESS_ALLOW_SNOOP &&
		   p->action != ACCESS_ALLOW_SETRD) {
		*d = refuse(t, true, EDE_NOT_AUTHORITATIVE, p->origin);
	} else {
		return false;
	}
	return true;
}

/* Is the cache passed by, with all that comes of looking into it? */
static bool
is_uncached(const struct trial *t)
{
	struct slice name = t->q->qname;

	do {
		const struct upstream *u =
			strmap_get(t->model->access->upstreams, name);

		if (u != NULL)
			return u->uncached;
	} while (name_parent(name, &name));
	return false;
}

static bool
has_addresses(uint16_t type)
{
	return type == RRTYPE_A || type == RRTYPE_AAAA || type == RRTYPE_ANY;
}

/* A view has its own, and those of the server only if it comes first. */
static const struct origin *
response_ip_of(const struct access *a, const struct local_view *v)
{
	if (v != NULL && v->response_ip != NULL)
		return v->response_ip;
	return v == NULL || v->first ? a->response_ip : NULL;
}

/* Step 18. */
static struct decision
resolve(struct trial *t, const struct access_policy *p, bool aa)
{
	const struct access *a = t->model->access;
	bool looks_only = !t->q->rd && p->action == ACCESS_ALLOW_SNOOP;

	/* A delegation in the cache comes first, if there is one. */
	if (a->deny_any && t->q->qtype == RRTYPE_ANY && !is_uncached(t))
		return access_result(looks_only ? RCODE_UNKNOWN : RCODE_NOTIMP,
				     looks_only ? OUTCOME_UNKNOWN
						: OUTCOME_REFUSED,
				     false, true, a->deny_any_origin);
	if (t->q->qclass != CLASS_IN && t->q->qclass != CLASS_ANY)
		return refuse(t, true, -1, p->origin);
	struct decision d = access_result(
		RCODE_UPSTREAM,
		t->q->rd || p->action == ACCESS_ALLOW_SETRD ? OUTCOME_RECURSION
							    : OUTCOME_CACHE,
		aa, true, p->origin);

	const struct origin *by_answer =
		a->modules != NULL	     ? a->modules
		: has_addresses(t->q->qtype) ? response_ip_of(a, p->view)
					     : NULL;

	if (by_answer != NULL && trial_assume(t, by_answer)) {
		d.rcode = RCODE_UNKNOWN;
		d.outcome = OUTCOME_UNKNOWN;
	}
	return d;
}

static struct decision
decide_policy(struct trial *t, const struct access_policy *p)
{
	struct decision d;
	int local;

	if (decide_early(t, p, &d))
		return d;
	if (t->q->opcode == OPCODE_NOTIFY)
		return decide_notify(t, p);
	if (is_chaos_name(t))
		return access_result(RCODE_NOERROR, OUTCOME_LOCAL, false, true,
				     p->origin);
	local = access_local(t, p, &d);
	if (local == LOCAL_ANSWERS)
		return d;
	if (local == LOCAL_PASSES_ON) {
		if (access_is_rewritten(t, &d) || access_auth(t, p, &d))
			return d;
	}
	if (decide_recursion_right(t, p, &d))
		return d;
	if (access_alias_is_rewritten(t, &d))
		return d;
	return resolve(t, p, local == LOCAL_DEFERS);
}

/* Who has no connection to spare for the client, or NULL. */
static const struct origin *
find_closed(struct trial *t)
{
	const struct access *a = t->model->access;

	for (size_t i = 0; t->q->tcp && i < a->limit_count; i++)
		if (trial_within(t, a->limits[i].prefix))
			return a->limits[i].none ? a->limits[i].origin : NULL;
	return NULL;
}

struct decision
access_decide(struct trial *t)
{
	const struct access *a = t->model->access;
	const struct origin *unheard = t->q->tcp ? a->no_tcp : a->no_udp;
	const struct access_listener *l;
	const struct access_policy *p;
	struct decision d;

	if (unheard != NULL) {
		trial_note(t, "what is heard at the port", unheard);
		return drop(unheard);
	}
	l = find_listener(t);
	if (l == NULL)
		return drop(&no_listener);
	trial_note(t, "the listener", &l->origin);
	const struct origin *closed = find_closed(t);

	if (closed != NULL)
		return drop(closed);
	p = access_policy_of(t);
	if (p == NULL)
		p = &l->policy;
	trial_note(t, "the client's access", p->origin);
	d = decide_policy(t, p);
	if (p->view != NULL)
		d.view = p->view->name;
	return d;
}
