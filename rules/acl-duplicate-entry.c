#include "rules/rule.h"

static void
report(struct rule_context *cx, const struct idle *idle)
{
	struct diag *d = rule_report(cx, rule_element_span(cx, idle->element),
				     "'%s' is in this list already",
				     rule_element_text(cx, idle->element));

	diag_note(cx->diags, d, rule_element_span(cx, idle->by),
		  "it stands here first");
	diag_help(cx->diags, d, "remove the second one");
	rule_fix_remove(cx, d, idle->element);
}

static void
check(struct rule_context *cx)
{
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0; i < count; i++)
		if (idle[i].kind == IDLE_REPEATED)
			report(cx, &idle[i]);
}

const struct rule rule_acl_duplicate_entry = {
	.id = "acl-duplicate-entry",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "the same entry twice in one list",
	.explain =
		"The second entry has no effect. It does no harm, but whoever "
		"removes one of the two one day will believe that the client "
		"is gone.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "acl a { 10.0.0.0/8; 192.0.2.1; 10.0.0.0/8; };",
	.good = "acl a { 10.0.0.0/8; 192.0.2.1; };",
	.check = check,
};
