#include "rules/rule.h"

struct filter {
	const struct rule_context *cx;
};

/* The servers that are told of changes, or NULL. */
static const struct node *
find_notified(const struct rule_context *cx, const struct rule_zone *z)
{
	const struct node *also = rule_zone_option(cx, z, "also-notify");
	const struct node *notify = rule_zone_option(cx, z, "notify");
	const struct node *block = also == NULL ? NULL : node_block(also);

	if (block == NULL || node_first(block) == NULL ||
	    (notify != NULL && rule_is_no(node_term(notify, 1))))
		return NULL;
	return also;
}

static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	struct filter *f = context;

	return (z->zone->type == ZONE_PRIMARY ||
		z->zone->type == ZONE_SECONDARY) &&
			       find_notified(f->cx, z) != NULL
		       ? &z->zone->allow_transfer
		       : NULL;
}

static void
report(struct rule_context *cx, const struct rule_zone_group *g)
{
	const struct node *also = find_notified(cx, g->zone);
	const struct origin *o = g->policy->origin;
	struct diag *d = rule_report(cx, also->span,
				     "the servers that are told of changes to "
				     "%s may not copy %s",
				     rule_group_text(cx, g),
				     g->count == 1 ? "it" : "them");

	if (origin_is_default(o))
		diag_remark(cx->diags, d,
			    "'allow-transfer' is not written, and from release "
			    "9.20 on that means nobody");
	else
		diag_note(cx->diags, d, o->span, "nobody may");
	diag_help(cx->diags, d,
		  "admit the secondaries, best by a key: 'allow-transfer { key "
		  "NAME; };'");
}

static void
check(struct rule_context *cx)
{
	struct filter filter = { cx };
	struct acls *acls = predict_acls(cx->predict);
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, &filter, &n);

	for (size_t i = 0; i < n; i++)
		if (!clients_may_match(acls, g[i].policy->list))
			report(cx, &g[i]);
}

const struct rule rule_transfer_to_nobody = {
	.id = "transfer-to-nobody",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "secondaries are told of changes and may not fetch them",
	.explain =
		"'also-notify' tells servers that a zone has changed; they "
		"then ask for a copy, which is REFUSED to everybody here. The "
		"secondaries keep their old data until it expires. An upgrade "
		"from 9.18 to 9.20 does this to configurations without "
		"'allow-transfer', whose default changed from any to none.",
	.source = "BIND 9 ARM, also-notify and allow-transfer; RFC 1996",
	.bad = "zone \"example.com\" { type primary; file \"e.db\";\n"
	       "\talso-notify { 192.0.2.2; };\n"
	       "\tallow-transfer { none; }; };",
	.good = "zone \"example.com\" { type primary; file \"e.db\";\n"
		"\talso-notify { 192.0.2.2; };\n"
		"\tallow-transfer { 192.0.2.2; }; };",
	.check = check,
};
