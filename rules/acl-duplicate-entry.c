#include <stdlib.h>

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
	if (idle->removable)
		rule_fix_remove(cx, d, idle->element);
}

static void
check_lists(struct rule_context *cx)
{
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0; i < count; i++)
		if (idle[i].kind == IDLE_REPEATED)
			report(cx, &idle[i]);
}

/* Lines that disagree are another rule's. */
static void
compare(struct rule_context *cx, const struct rule_netblock *x,
	const struct rule_netblock *y)
{
	char buf[ADDR_TEXT_MAX];
	struct diag *d;

	if (x->prefix.len != y->prefix.len ||
	    addr_cmp(x->prefix.addr, y->prefix.addr) != 0 ||
	    !slice_equal(rule_value(x->line, 1), rule_value(y->line, 1)))
		return;
	d = rule_report(cx, y->line->span, "there is a line for %s already",
			prefix_format(y->prefix, buf));
	diag_note(cx->diags, d, x->line->span, "it says the same");
	diag_help(cx->diags, d, "remove the second one");
	rule_fix_cut(cx, d, y->line->span);
}

static void
check_lines(struct rule_context *cx)
{
	size_t n;
	struct rule_netblock *v = rule_netblocks(cx, "access-control", &n);

	if (n > 1)
		qsort(v, n, sizeof(*v), rule_netblock_cmp);
	for (size_t i = 1; i < n; i++)
		compare(cx, &v[i - 1], &v[i]);
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		check_lists(cx);
	else
		check_lines(cx);
}

const struct rule rule_acl_duplicate_entry = {
	.id = "acl-duplicate-entry",
	.family = "acl",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "the same entry twice in one list",
	.explain =
		"The second entry has no effect. It does no harm, but whoever "
		"removes one of the two one day will believe that the client "
		"is gone.",
	.source = "BIND 9 ARM, address match lists; unbound.conf(5), "
		  "access-control",
	.bad = "acl a { 10.0.0.0/8; 192.0.2.1; 10.0.0.0/8; };",
	.good = "acl a { 10.0.0.0/8; 192.0.2.1; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 10.0.0.0/8 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 10.1.0.0/16 allow",
	.check = check,
};
