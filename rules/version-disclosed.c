#include "model/rrtype.h"
#include "rules/rule.h"

static void
check(struct rule_context *cx)
{
	struct question q =
		question_of(SLICE_LITERAL("version.bind"), RRTYPE_TXT);
	bool named = cx->config->dialect == DIALECT_NAMED;
	const struct node *s =
		config_find(cx->config, named ? "options" : "server");
	const struct node *own = named ? rule_option(cx, NULL, "version")
				       : rule_server(cx, "version");

	if (s == NULL || own != NULL)
		return;
	/* Where strangers get nothing else it hardly matters. */
	if (named && rule_public_zone(cx) == NULL)
		return;
	q.qclass = CLASS_CH;
	q.rd = false;
	if (!rule_is_internet(clients_where(cx->arena, cx->predict, &q,
					    rule_reachable_strangers(cx),
					    decision_serves)))
		return;
	struct diag *d =
		rule_report(cx, s->first->span,
			    "anybody can read the server's version from "
			    "'version.bind'");

	diag_help(cx->diags, d,
		  named ? "write 'version none;'"
			: "write 'hide-version: yes'");
}

const struct rule rule_version_disclosed = {
	.id = "version-disclosed",
	.family = "exposure",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.whole = true,
	.heuristic = true,
	.summary = "strangers can read the version of the server",
	.explain =
		"The version tells attackers which faults to try. Hiding it is "
		"a weak measure, for they can try all of them, and ISC sees "
		"little value in it; many guides ask for it nevertheless.",
	.source = "BIND 9 ARM, version; unbound.conf(5), hide-version; CIS "
		  "ISC BIND benchmark",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no; version none; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 0.0.0.0/0 allow\nhide-version: yes",
	.check = check,
};
