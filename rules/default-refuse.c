#include "model/access.h"
#include "rules/rule.h"

/* The first listener that guests reach; NULL: none. */
static const struct access_listener *
find_open_listener(const struct rule_context *cx)
{
	const struct access *s = cx->model->access;
	struct client_set there =
		clients_and(cx->arena, predict_listens(cx->predict),
			    rule_guests(cx));

	for (size_t i = 0; i < s->listener_count && !clients_empty(there);
	     i++) {
		const struct access_listener *l = &s->listeners[i];

		if (!origin_is_default(&l->origin) &&
		    (l->wildcard || l->unknown ||
		     clients_have(there, l->addr)))
			return l;
	}
	return NULL;
}

/* Whatever they ask for, local data included. */
static bool
is_turned_away(const struct decision *d)
{
	return decision_turns_away(d) && !d->non_local;
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	const struct access_listener *l = find_open_listener(cx);
	struct client_set all = rule_guests(cx);

	/* Declared clients: declared-client-refused tells of them. */
	if (l == NULL ||
	    (cx->intent->clients_declared &&
	     !clients_empty(clients_and(cx->arena, rule_own_clients(cx),
					all))) ||
	    !clients_equal(clients_where(cx->arena, cx->predict, &q, all,
					 is_turned_away),
			   all))
		return;
	struct diag *d = rule_report(cx, l->origin.span,
				     "the server listens here, but turns away "
				     "everybody except this host itself");

	diag_remark(cx->diags, d,
		    "without an access-control line for a client the answer "
		    "is REFUSED");
	diag_help(cx->diags, d,
		  "name the clients that may ask, such as 'access-control: "
		  "10.0.0.0/8 allow'");
}

const struct rule rule_default_refuse = {
	.id = "default-refuse",
	.family = "refused",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "listens on the network and admits nobody but localhost",
	.explain =
		"Unbound refuses every client that no access-control line "
		"admits, and only 127.0.0.0/8 and ::1 are admitted without "
		"one. A server that listens on other addresses and names no "
		"clients answers REFUSED to all of them.",
	.source = "unbound.conf(5), access-control",
	.bad_unbound = "server: interface: 0.0.0.0",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
