#include "rules/rule.h"

/* Over TLS the server may ask for a certificate. */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	(void)context;
	return (z->zone->type == ZONE_PRIMARY ||
		z->zone->type == ZONE_SECONDARY) &&
			       z->zone->transfer_transport != TRANSPORT_TLS
		       ? &z->zone->allow_transfer
		       : NULL;
}

static void
check_group(struct rule_context *cx, const struct rule_zone_group *g,
	    struct client_set public)
{
	struct client_set who = clients_and(
		cx->arena, public,
		clients_matched(cx->arena, predict_acls(cx->predict),
				g->policy->list, KEY_NONE, false));

	/* The whole Internet is another finding. */
	if (clients_empty(who) || rule_is_internet(who))
		return;
	who = rule_reaching(cx, g->zone->zone, who);
	if (clients_empty(who))
		return;
	struct diag *d = rule_report(cx, g->policy->origin->span,
				     "%s can copy %s by the address alone",
				     clients_text(cx->arena, who, 3),
				     rule_group_text(cx, g));

	diag_help(cx->diags, d,
		  "let them sign with a key: 'allow-transfer { key NAME; };'");
}

static void
check(struct rule_context *cx)
{
	struct client_set public = clients_public(cx->arena);
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, NULL, &n);

	const struct arena_mark mark = arena_mark(cx->arena);

	for (size_t i = 0; i < n; i++) {
		check_group(cx, &g[i], public);
		arena_release(cx->arena, mark);
	}
}

const struct rule rule_transfer_by_address_only = {
	.id = "transfer-by-address-only",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "secondaries are known by their addresses alone",
	.explain = "An address on the Internet says little about who is there, "
		   "and without a signature the secondary cannot tell either "
		   "whether the copy is the real one. A TSIG key proves both. "
		   "Addresses of private networks are left out.",
	.source = "RFC 8945; NIST SP 800-81-2; DISA STIG V-207561",
	.bad = "zone \"example.com\" { type primary; file \"e.db\";\n"
	       "\tallow-transfer { 192.88.99.2; }; };",
	.good = "key xfr { algorithm hmac-sha256;\n"
		"\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
		"zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tallow-transfer { key xfr; }; };",
	.check = check,
};
