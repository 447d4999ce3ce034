#include "rules/rule.h"

static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	(void)context;
	return z->zone->type == ZONE_PRIMARY && z->zone->update_policy == NULL
		       ? &z->zone->allow_update
		       : NULL;
}

/* This host: its updates do not cross a network. */
static struct client_set
own(struct rule_context *cx)
{
	static const struct prefix loopback[] = {
		{ { 0, UINT64_C(127) << 24, FAMILY_IPV4 }, 8 },
		{ { 0, 1, FAMILY_IPV6 }, 128 },
	};
	const struct host *h = cx->model->host;
	struct client_set s = clients_of(cx->arena, loopback, 2);

	for (size_t i = 0; i < h->count; i++) {
		struct addr a = h->addresses[i].prefix.addr;
		struct prefix p = { a, family_bits(a.family) };

		s = clients_union(cx->arena, s, clients_of(cx->arena, &p, 1));
	}
	return s;
}

static void
report(struct rule_context *cx, const struct rule_zone_group *g,
       struct client_set who)
{
	struct diag *d = rule_report(
		cx, g->policy->origin->span,
		"%s can change %s without a signature, by their address alone",
		clients_text(cx->arena, who, 3), rule_group_text(cx, g));

	diag_remark(cx->diags, d,
		    "an update is one UDP packet, whose source can be forged");
	diag_help(cx->diags, d,
		  "let a key change it: 'update-policy { grant KEY zonesub "
		  "ANY; };'");
}

static void
check(struct rule_context *cx)
{
	struct client_set local = own(cx);
	struct client_set public = clients_public(cx->arena);
	struct acls *acls = predict_acls(cx->predict);
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		struct client_set who = clients_minus(
			cx->arena,
			clients_matched(cx->arena, acls, g[i].policy->list,
					KEY_NONE, false),
			local);

		if (clients_empty(who))
			continue;
		who = rule_reaching(cx, g[i].zone->zone, who);
		/* The whole Internet is another finding. */
		if (!clients_empty(who) &&
		    !rule_is_internet(clients_and(cx->arena, who, public)))
			report(cx, &g[i], who);
	}
}

const struct rule rule_update_by_address = {
	.id = "update-by-address",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a zone can be changed by whoever has an address",
	.explain =
		"Dynamic updates come by UDP, where the source address can be "
		"forged: an address in 'allow-update' proves nothing. Grant "
		"updates to a key, or with 'update-policy local' to this host.",
	.source = "RFC 3007; RFC 2827 (BCP 38); BIND 9 ARM, "
		  "allow-update",
	.bad = "zone \"example.com\" { type primary; file \"e.db\";\n"
	       "\tallow-update { 192.0.2.5; }; };",
	.good = "zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tupdate-policy local; };",
	.check = check,
};
