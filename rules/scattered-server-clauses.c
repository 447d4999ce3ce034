#include "rules/rule.h"

static void
check(struct rule_context *cx)
{
	const struct node *first = config_find(cx->config, "server");

	CONFIG_EACH(server, cx->config, "server") {
		if (server == first)
			continue;
		struct diag *d = rule_report(cx, server->first->span,
					     "'server:' is opened once more");

		diag_note(cx->diags, d, first->first->span,
			  "it is opened here first");
		diag_help(cx->diags, d,
			  "write the options of the server in one clause");
	}
}

const struct rule rule_scattered_server_clauses = {
	.id = "scattered-server-clauses",
	.family = "upkeep",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.optional = true,
	.summary = "the options of the server stand in several clauses",
	.explain =
		"Unbound reads 'server:' as often as it is written, as if all "
		"of it were one clause. An option that is written again "
		"somewhere else replaces the first, which still looks as if it "
		"counted. Folders of small files are made of such clauses: "
		"this rule is for those who keep one file.",
	.source = "unbound.conf(5), File Format",
	.bad_unbound = "server: verbosity: 1\n"
		       "remote-control: control-enable: no\n"
		       "server: verbosity: 2",
	.good_unbound = "server: verbosity: 1\n"
			"verbosity: 2\n"
			"remote-control: control-enable: no",
	.check = check,
};
