#include "rules/rule.h"
#include "schema/types_unbound.h"

static void
check_line(struct rule_context *cx, const struct node *line)
{
	const struct node *value = node_term(line, 1);
	char net[ADDR_TEXT_MAX], host[ADDR_TEXT_MAX];
	struct prefix p;

	if (!type_ub_parse_netblock(node_text(value), &p) ||
	    prefix_is_network(p))
		return;
	prefix_format(prefix_network(p), net);
	addr_format(p.addr, host);
	struct diag *d =
		rule_report(cx, value->span, "'%.*s' is the whole of %s",
			    SLICE(node_text(value)), net);

	diag_help(cx->diags, d, "write '%s', or '%s' for the one address", net,
		  host);
	diag_fix(cx->diags, d, value->span,
		 value->kind == NODE_STRING
			 ? arena_printf(cx->arena, "\"%s\"", net)
			 : arena_strdup(cx->arena, slice_of(net)));
}

static void
check(struct rule_context *cx)
{
	static const char *const options[] = {
		"access-control",	   "access-control-view",
		"access-control-tag",	   "access-control-tag-action",
		"access-control-tag-data",
	};

	CONFIG_EACH(clause, cx->config, "server")
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		NODE_EACH(line, node_block(clause), options[i])
	check_line(cx, line);
}

const struct rule rule_access_control_host_bits = {
	.id = "access-control-host-bits",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.summary = "a netblock with bits set beyond its length",
	.explain = "Unbound drops the bits behind the length of a netblock "
		   "without a word: 10.0.0.5/8 is all of 10.0.0.0/8, which may "
		   "be far more than the one host somebody had in mind.",
	.source = "unbound.conf(5), access-control; Unbound util/net_help.c, "
		  "netblockstrtoaddr",
	.bad_unbound = "server: access-control: 10.0.0.5/8 allow",
	.good_unbound = "server: access-control: 10.0.0.0/8 allow",
	.check = check,
};
