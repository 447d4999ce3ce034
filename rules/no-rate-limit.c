#include "rules/rule.h"

/* Does it exempt everybody? The first entry of a list that matches decides. */
static const struct node *
find_exempt_all(const struct node *limit)
{
	const struct node *s = node_find(node_block(limit), "exempt-clients");
	const struct node *first =
		s == NULL ? NULL : node_first(node_block(s));

	return first != NULL && node_is(first->first, "any") ? s : NULL;
}

static void
check(struct rule_context *cx)
{
	const struct rule_zone *z = rule_public_zone(cx);
	const struct node *limit =
		z == NULL ? NULL : rule_zone_option(cx, z, "rate-limit");
	const struct node *exempt =
		limit == NULL ? NULL : find_exempt_all(limit);

	if (exempt != NULL)
		diag_help(cx->diags,
			  rule_report(cx, exempt->span,
				      "this rate limit holds for nobody: 'any' "
				      "exempts everybody"),
			  "name the clients that may ask without a limit, such "
			  "as your own monitoring");
	if (z == NULL || limit != NULL)
		return;
	struct diag *d =
		rule_report(cx, z->zone->origin.span,
			    "the server answers about '%s' as often as it is "
			    "asked, also in the name of a victim",
			    z->zone->text);

	diag_help(cx->diags, d,
		  "write 'rate-limit { responses-per-second 10; };' in "
		  "'options'");
}

const struct rule rule_no_rate_limit = {
	.id = "no-rate-limit",
	.family = "amplification",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a public authoritative server without a rate limit",
	.explain =
		"Questions with a forged source turn an authoritative server "
		"against the owner of that address. Response rate limiting "
		"sends few equal answers to one network, and short ones that "
		"make a real client ask again by TCP. Behind a proxy that does "
		"so already it is not needed, and resolvers do better without.",
	.source = "ISC KB aa-00994; DISA STIG V-207553; BIND 9 ARM, "
		  "rate-limit",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no;\n"
		"\trate-limit { responses-per-second 10; };\n};\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.check = check,
};
