#include "rules/rule.h"

/* One finding for all entries behind the word. */
static void
report(struct rule_context *cx, const struct idle *first, size_t count)
{
	const char *by = rule_element_text(cx, first->by);
	bool opposite = false, removable = true;

	for (size_t i = 0; i < count; i++) {
		opposite |= first[i].opposite;
		removable &= first[i].removable;
	}
	struct diag *d = rule_report(
		cx, rule_element_span(cx, first->element),
		count == 1 ? "'%s' never decides anything: it stands behind "
			     "'%s'"
			   : "'%s' and what follows never decide anything: "
			     "they stand behind '%s'",
		rule_element_text(cx, first->element), by);

	diag_note(cx->diags, d, rule_element_span(cx, first->by),
		  "everybody is matched here");
	diag_help(cx->diags, d,
		  opposite ? "write '%s' as the last entry"
			   : "remove what stands behind '%s'",
		  by);
	for (size_t i = 0; i < count && !opposite && removable; i++)
		rule_fix_remove(cx, d, first[i].element);
}

static void
check(struct rule_context *cx)
{
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0, end; i < count; i = end) {
		end = i + 1;
		if (idle[i].kind != IDLE_AFTER_ALL)
			continue;
		while (end < count && idle[end].kind == IDLE_AFTER_ALL &&
		       idle[end].by == idle[i].by)
			end++;
		report(cx, &idle[i], end - i);
	}
}

const struct rule rule_acl_after_any = {
	.id = "acl-after-any",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "address list entries behind 'any' or 'none'",
	.explain =
		"The first entry that matches decides, and 'any' and 'none' "
		"match everybody, whoever asks and with whatever key. What "
		"stands behind them is never looked at: 'any; !10.1.2.3;' "
		"shuts nobody out. Write them last.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "options { allow-query { any; !10.1.2.3; }; };",
	.good = "options { allow-query { !10.1.2.3; any; }; };",
	.check = check,
};
