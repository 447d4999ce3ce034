#include "rules/rule.h"

static bool
reads_cache_alone(const struct decision *d)
{
	return decision_reads_cache(d);
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set s = rule_reachable_strangers(cx);
	size_t n;

	/* Who may recurse as well is an open resolver's client. */
	s = clients_minus(cx->arena, s,
			  clients_where(cx->arena, cx->predict, &q, s,
					decision_recurses));
	q.rd = false;
	s = clients_where(cx->arena, cx->predict, &q, s, reads_cache_alone);
	if (!rule_is_internet(s))
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, s, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		struct diag *d = rule_report(
			cx, rule_place(cx, g[i].decision),
			"anybody on the Internet can read the cache");

		rule_note_route(cx, d, g[i].decision);
		diag_help(cx->diags, d,
			  "name your own clients in 'allow-query-cache'");
	}
}

const struct rule rule_open_cache = {
	.id = "open-cache",
	.family = "recursion",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "anybody on the Internet can read the cache",
	.explain =
		"Questions without RD are answered from the cache. Strangers "
		"who may read it learn what your clients look up, and use the "
		"server to amplify attacks with what is in it.",
	.source = "RFC 5358 (BCP 140); BIND 9 ARM, allow-query-cache",
	.bad = "options { recursion yes; allow-recursion { 10.0.0.0/8; };\n"
	       "\tallow-query-cache { any; }; };",
	.good = "options { recursion yes; allow-recursion { 10.0.0.0/8; };\n"
		"\tallow-query-cache { 10.0.0.0/8; }; };",
	.check = check,
};
