#include "model/access.h"
#include "model/rrtype.h"
#include "rules/rule.h"
#include "schema/named_where.h"

static void
report(struct rule_context *cx, struct span at, const char *zone,
       const char *option)
{
	struct diag *d =
		rule_report(cx, at,
			    "a small question of type ANY for '%s' brings all "
			    "its records, to whatever address it claims to "
			    "come from",
			    zone);

	diag_help(cx->diags, d, "write '%s yes'", option);
}

/* The option is no by default up to 9.20, and yes from 9.21 on. */
static void
check_views(struct rule_context *cx)
{
	const struct rule_zone *z = rule_public_zone(cx);
	const struct option *row = schema_find(
		cx->schema, SLICE_LITERAL("minimal-any"), N_OPTIONS);
	const struct node *s =
		z == NULL ? NULL : rule_zone_option(cx, z, "minimal-any");
	bool minimal = row != NULL && row->initial != NULL &&
		       slice_is(slice_of(row->initial), "yes");

	if (z == NULL || (s != NULL ? !rule_is_no(node_term(s, 1)) : minimal))
		return;
	report(cx, s != NULL ? s->span : z->zone->origin.span, z->zone->text,
	       "minimal-any");
}

/* Whether the data are there is not known before the server has them. */
static bool
may_serve(const struct decision *d)
{
	return decision_serves(d) || decision_is_unknown(d) ||
	       d->outcome == OUTCOME_SERVER_FAILURE;
}

static void
check_access(struct rule_context *cx)
{
	const struct access *x = cx->model->access;
	size_t n;
	const struct slice *names = strmap_keys(cx->arena, x->auth_zones, &n);

	if (x->deny_any)
		return;
	for (size_t i = 0; i < n; i++) {
		const struct auth_zone *z = strmap_get(x->auth_zones, names[i]);

		if (!z->downstream || rule_is_private_name(z->name))
			continue;
		struct question q = question_of(z->name, RRTYPE_ANY);
		struct client_set s =
			clients_where(cx->arena, cx->predict, &q,
				      rule_reachable_strangers(cx), may_serve);

		if (rule_is_internet(s))
			report(cx, z->origin.span,
			       arena_strdup(cx->arena, z->name), "deny-any:");
		return; /* who may ask is the same for all of them */
	}
}

static void
check(struct rule_context *cx)
{
	if (cx->model->views != NULL)
		check_views(cx);
	else
		check_access(cx);
}

const struct rule rule_any_amplification = {
	.id = "any-amplification",
	.family = "amplification",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a public server answers questions of type ANY in full",
	.explain = "The answer to a question of type ANY is many times as long "
		   "as the question, and goes to the address that the question "
		   "claims to come from. No client needs all of it: one set of "
		   "records is an answer as well.",
	.source = "RFC 8482; BIND 9 ARM, minimal-any; unbound.conf(5), "
		  "deny-any",
	.bad = "options { recursion no; minimal-any no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no; minimal-any yes; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 allow\n"
		       "auth-zone: name: \"example.com\" zonefile: \"e.db\"",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 0.0.0.0/0 allow\ndeny-any: yes\n"
			"auth-zone: name: \"example.com\" zonefile: \"e.db\"",
	.check = check,
};
