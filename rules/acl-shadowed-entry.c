#include "rules/rule.h"

/* What becomes of those whom it was to allow, or to deny. */
static const char *
fate(const struct idle *idle)
{
	if (!idle->alone || !idle->opposite)
		return "";
	return idle->element->negated ? ": what it matches is allowed before"
				      : ": what it matches is denied before";
}

static void
report(struct rule_context *cx, const struct idle *idle)
{
	const char *text = rule_element_text(cx, idle->element);
	const char *by = rule_element_text(cx, idle->by);
	struct diag *d =
		rule_report(cx, rule_element_span(cx, idle->element),
			    "'%s' never decides anything%s", text, fate(idle));

	diag_note(cx->diags, d, rule_element_span(cx, idle->by),
		  idle->alone ? "what it matches is matched here first"
			      : "what it matches is matched before, some of "
				"it here");
	if (idle->opposite) {
		diag_help(cx->diags, d,
			  "write '%s' before '%s' if it is an exception, or "
			  "remove it",
			  text, by);
		return;
	}
	diag_help(cx->diags, d, "remove '%s'", text);
	if (idle->removable)
		rule_fix_remove(cx, d, idle->element);
}

/*
 * Does it stand for addresses of the host? That this host's happen to be
 * matched before, as those of 'localhost' are by 'localnets', is no fault.
 */
static bool
is_of_host(const struct rule_context *cx, const struct element *e)
{
	return cx->model->host->known &&
	       (e->kind == ELEMENT_LOCALHOST || e->kind == ELEMENT_LOCALNETS);
}

static void
check(struct rule_context *cx)
{
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0; i < count; i++)
		if (idle[i].kind == IDLE_COVERED &&
		    !is_of_host(cx, idle[i].element))
			report(cx, &idle[i]);
}

const struct rule rule_acl_shadowed_entry = {
	.id = "acl-shadowed-entry",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "address list entry that can never decide",
	.explain =
		"The first entry that matches decides, not the most specific "
		"one. An entry whose whole range is covered by earlier entries "
		"has no effect, and an exception that comes too late excepts "
		"nothing. Write exceptions first.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "acl a { 10/8; !10.1/16; };",
	.good = "acl a { !10.1/16; 10/8; };",
	.check = check,
};
