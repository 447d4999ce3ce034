/* How a zone's data change: updates and signing policies. */
#include "check/named_zone.h"
#include "schema/named_where.h"

/* The policy a zone is signed with; none is no policy. */
void
zone_check_policy(struct zone *z)
{
	const struct node *use = zone_effective(z, "dnssec-policy");
	const struct node *policy, *own, *ttl;

	if (use == NULL || slice_is(named_text(use), "none"))
		return;
	z->policy_name = named_text(use);
	policy = strmap_get(z->nc->policies, z->policy_name);
	if (policy == NULL && !slice_is(z->policy_name, "default") &&
	    !slice_is(z->policy_name, "insecure")) {
		struct diag *d = named_report(
			z->nc, RULE_UNDEFINED_REFERENCE,
			named_value(z->statement),
			"zone " QUOTED ": there is no dnssec-policy " QUOTED,
			SLICE(named_text(z->statement)), SLICE(z->policy_name));

		diag_note(z->nc->diags, d, named_value(use)->span,
			  "it is chosen here");
		named_suggest(z->nc, d, z->nc->policies, named_value(use));
		return;
	}
	z->policy = use;
	z->policy_inline = z->nc->since_9_20;
	own = policy == NULL ? NULL
			     : node_find(node_block(policy), "inline-signing");
	if (own != NULL)
		type_boolean_value(named_value(own), &z->policy_inline);
	ttl = zone_effective(z, "max-zone-ttl");
	if (ttl != NULL && z->nc->since_9_20)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(ttl),
			     "'max-zone-ttl' belongs into the 'dnssec-policy' "
			     "of the zone");
}

static void
check_updates(struct zone *z)
{
	const struct node *list = zone_find(z, "allow-update");
	const struct node *policy = zone_find(z, "update-policy");

	if (list != NULL && policy != NULL) {
		struct diag *d = named_report(
			z->nc, RULE_CONFLICTING_OPTIONS,
			named_value(z->nc->since_9_21 ? list : policy),
			"'allow-update' and 'update-policy' cannot stand in "
			"one zone");

		diag_note(z->nc->diags, d, list->first->span,
			  "'allow-update' stands here");
	} else if (policy != NULL) {
		named_check_update_policy(z->nc, policy);
	}
	if (list == NULL)
		list = zone_effective(z, "allow-update");
	z->dynamic = policy != NULL ||
		     (list != NULL && !named_acl_is_none(node_block(list)));
}

/* The server signs what it may change: a dynamic zone, or a copy in line. */
static void
check_policy_works(const struct zone *z, bool signing)
{
	if (z->policy == NULL || z->dynamic || signing)
		return;
	struct diag *d = named_report(
		z->nc, RULE_MISSING_STATEMENT, named_value(z->policy),
		"zone " QUOTED " can be signed only with 'inline-signing "
		"yes' or as a dynamic zone",
		SLICE(named_text(z->statement)));

	diag_note(z->nc->diags, d, named_value(z->statement)->span,
		  "this zone has neither");
	diag_help(z->nc->diags, d, "add 'inline-signing yes;' to the zone");
}

static void
check_auto_dnssec(const struct zone *z, bool signing)
{
	const struct node *it = zone_find(z, "auto-dnssec");

	if (it == NULL || node_is(named_value(it), "off"))
		return;
	if (z->policy != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(it),
			     "'auto-dnssec' cannot stand beside "
			     "'dnssec-policy'");
	else if (!z->dynamic && !signing)
		named_report(z->nc, RULE_MISSING_STATEMENT, named_value(it),
			     "'auto-dnssec' needs 'inline-signing'%s",
			     z->type == N_PRIMARY ? " or a dynamic zone" : "");
}

/* Options of signing without a policy, up to 9.18. */
struct signing_option {
	const char *name;
	bool needs_inline; /* in a secondary zone */
	bool no_policy;	   /* not beside dnssec-policy */
	bool later;	   /* still looked at in 9.20 */
};

static const struct signing_option signing_options[] = {
	{ "dnssec-dnskey-kskonly", true, true, false },
	{ "dnssec-loadkeys-interval", true, false, true },
	{ "dnssec-secure-to-insecure", false, true, false },
	{ "dnssec-update-mode", false, true, false },
	{ "update-check-ksk", true, true, false },
};

static void
check_signing_option(const struct zone *z, const struct signing_option *o,
		     bool signing)
{
	const struct node *it = zone_find(z, o->name);

	if (it == NULL || (z->nc->since_9_20 && !o->later))
		return;
	if (o->needs_inline && z->type == N_SECONDARY && !signing)
		named_report(z->nc, RULE_MISSING_STATEMENT, named_value(it),
			     "'%s' in a secondary zone needs 'inline-signing'",
			     o->name);
	if (o->no_policy && z->policy != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(it),
			     "'%s' cannot stand beside 'dnssec-policy'",
			     o->name);
}

void
zone_check_signing(struct zone *z)
{
	size_t count = sizeof(signing_options) / sizeof(*signing_options);
	const struct node *own = zone_find(z, "inline-signing");
	bool signing = z->policy != NULL && z->policy_inline;

	check_updates(z);
	if (own != NULL)
		type_boolean_value(named_value(own), &signing);
	check_policy_works(z, signing);
	if (!z->nc->since_9_20)
		check_auto_dnssec(z, signing);
	for (size_t i = 0; i < count; i++)
		check_signing_option(z, &signing_options[i], signing);
}
