#include "rules/rule.h"

static void
report(struct rule_context *cx, const struct idle *idle)
{
	const char *text = rule_element_text(cx, idle->element);
	bool admits = idle->by->negated;
	struct diag *d = rule_report(
		cx, rule_element_span(cx, idle->element),
		"'%s' never decides anything: the same is %s before", text,
		admits ? "denied" : "allowed");

	diag_note(cx->diags, d, rule_element_span(cx, idle->by),
		  "the first entry that matches decides");
	diag_help(cx->diags, d, "remove '%s' or '%s', whichever is wrong",
		  rule_element_text(cx, idle->by), text);
}

static void
check(struct rule_context *cx)
{
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0; i < count; i++)
		if (idle[i].kind == IDLE_CONTRADICTED)
			report(cx, &idle[i]);
}

const struct rule rule_acl_contradiction = {
	.id = "acl-contradiction",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "the same entry both allowed and denied in one list",
	.explain =
		"A list that names the same prefix, list or key twice, once "
		"with '!' and once without, follows the first of the two. The "
		"other has no effect, and one of them is not what was meant. "
		"In Unbound, where the last line counts, see "
		"'access-control-duplicate'.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "acl a { 10.0.0.0/8; 192.0.2.1; !10.0.0.0/8; };",
	.good = "acl a { 10.0.0.0/8; 192.0.2.1; };",
	.check = check,
};
