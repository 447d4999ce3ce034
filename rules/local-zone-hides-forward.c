#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "rules/rule.h"

/* Who may look up names at all. */
static struct client_set
resolved_for(const struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);

	return clients_where(cx->arena, cx->predict, &q,
			     clients_all(cx->arena), decision_recurses);
}

static bool
is_local(const struct decision *d)
{
	return d->reason != NULL && d->aa == BIT_SET &&
	       slice_has_prefix(slice_of(d->reason->option), "local-") &&
	       (d->outcome == OUTCOME_LOCAL || decision_turns_away(d));
}

static bool
is_built_in(const struct rule_context *cx, struct slice name)
{
	const struct local_zone *z =
		strmap_get(cx->model->access->tree.in, name);

	return z != NULL && z->built_in;
}

static void
check_clause(struct rule_context *cx, const struct node *clause,
	     struct client_set clients)
{
	const struct node *name = node_find(node_block(clause), "name");
	struct client_set hidden = { NULL, 0 };
	struct slice canonical, below;
	size_t n;

	if (name == NULL ||
	    !name_canonical(cx->arena, rule_value(name, 0), &canonical) ||
	    canonical.len == 0)
		return;
	/* A name in it that nobody has written data for. */
	below = slice_of(arena_printf(cx->arena, "name-of-nobody.%.*s",
				      SLICE(canonical)));
	struct question q = question_of(below, RRTYPE_PTR);
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, clients, is_local, &n);

	/* Each view of unbound.conf makes a group of its own. */
	for (size_t i = 0; i < n; i++)
		hidden = clients_union(cx->arena, hidden, g[i].clients);
	if (n == 0 || !clients_equal(hidden, clients))
		return;
	const struct origin *o = g[0].decision->reason;
	struct diag *d = rule_report(
		cx, name->span,
		"names in '%.*s' are never asked for here: a local zone "
		"answers first",
		SLICE(canonical));

	if (origin_is_default(o))
		diag_remark(cx->diags, d,
			    "the server has a zone of its own for this part of "
			    "the private address space (RFC 6303)");
	else
		diag_note(cx->diags, d, o->span, "it is this one");
	/* What is built in for a wider name stays when this one is taken out. */
	diag_help(cx->diags, d, "write 'local-zone: \"%.*s.\" %s'",
		  SLICE(canonical),
		  is_built_in(cx, canonical) ? "nodefault" : "transparent");
}

static void
check(struct rule_context *cx)
{
	static const char *const clauses[] = { "forward-zone", "stub-zone" };
	struct client_set clients = resolved_for(cx);

	for (size_t i = 0; i < 2 && !clients_empty(clients); i++)
		CONFIG_EACH(clause, cx->config, clauses[i])
			check_clause(cx, clause, clients);
}

const struct rule rule_local_zone_hides_forward = {
	.id = "local-zone-hides-forward",
	.family = "refused",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.whole = true,
	.summary = "a local zone answers before a forward or stub zone",
	.explain =
		"Local zones come first. Unbound has them by default for the "
		"reverse names of private addresses, so that a stub-zone or "
		"forward-zone for such a name is never asked until the default "
		"zone is taken away.",
	.source = "unbound.conf(5), local-zone, nodefault; RFC 6303",
	.bad_unbound = "server: interface: 127.0.0.1\n"
		       "stub-zone:\n\tname: 10.in-addr.arpa\n"
		       "\tstub-addr: 10.0.0.53",
	.good_unbound = "server: interface: 127.0.0.1\n"
			"local-zone: \"10.in-addr.arpa.\" nodefault\n"
			"stub-zone:\n\tname: 10.in-addr.arpa\n"
			"\tstub-addr: 10.0.0.53",
	.check = check,
};
