#include <stdlib.h>

#include "rules/rule.h"

static bool
is_admission(struct slice action)
{
	return slice_has_prefix(action, "allow");
}

/* A file of its own may override on purpose what another one says. */
static void
report(struct rule_context *cx, const struct rule_netblock *line,
       const struct rule_netblock *last)
{
	struct sources *s = cx->config->sources;
	struct slice action = rule_value(line->line, 1);
	struct slice wins = rule_value(last->line, 1);
	char buf[ADDR_TEXT_MAX];
	struct diag *d = rule_report(
		cx, line->line->span,
		"this line has no effect: a later one for %s says '%.*s'",
		prefix_format(line->prefix, buf), SLICE(wins));

	diag_note(cx->diags, d, last->line->span,
		  is_admission(action) == is_admission(wins)
			  ? "of several lines for one netblock the last counts"
		  : is_admission(wins)
			  ? "of several lines for one netblock the last "
			    "counts: its clients are let in"
			  : "of several lines for one netblock the last "
			    "counts: its clients are turned away");
	diag_help(cx->diags, d, "remove this line, or the later one");
	if (sources_find(s, line->line->span) ==
	    sources_find(s, last->line->span))
		rule_fix_cut(cx, d, line->line->span);
	else
		rule_weaken(cx, d, SEV_NOTE);
}

static void
check(struct rule_context *cx)
{
	size_t n;
	struct rule_netblock *v = rule_netblocks(cx, "access-control", &n);

	if (n < 2)
		return;
	qsort(v, n, sizeof(*v), rule_netblock_cmp);
	for (size_t i = n - 1, last = n - 1; i-- > 0;) {
		if (v[i].prefix.len != v[last].prefix.len ||
		    addr_cmp(v[i].prefix.addr, v[last].prefix.addr) != 0)
			last = i;
		else if (!slice_equal(rule_value(v[i].line, 1),
				      rule_value(v[last].line, 1)))
			report(cx, &v[i], &v[last]);
	}
}

const struct rule rule_access_control_duplicate = {
	.id = "access-control-duplicate",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "access-control lines for one netblock that disagree",
	.explain =
		"Of several access-control lines for the same netblock the "
		"last one counts, and nothing is said about it. Host bits do "
		"not count: 10.0.0.1/8 is 10.0.0.0/8. What the earlier line "
		"says does not happen.",
	.source = "unbound.conf(5), access-control; Unbound daemon/acl_list.c",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.1/8 allow\n"
		       "access-control: 10.0.0.0/8 refuse",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 10.1.0.0/16 refuse",
	.check = check,
};
