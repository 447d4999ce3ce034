#include "rules/rule.h"
#include "schema/types_unbound.h"

static const char option_off[] = "do-not-query-localhost: no";

static void
insert_before(struct rule_context *cx, struct diag *d, const struct node *n,
	      const char *text)
{
	struct span at = { n->span.begin, n->span.begin };

	diag_fix(cx->diags, d, at, text);
}

/* Turn the option off where it is on, or add it to the first clause. */
static void
mend(struct rule_context *cx, struct diag *d, const struct node *zone)
{
	const struct node *option = rule_server(cx, "do-not-query-localhost");
	const struct node *server = config_find(cx->config, "server");
	const struct node *first =
		server == NULL ? NULL : node_first(node_block(server));

	if (option != NULL)
		diag_fix(cx->diags, d, node_term(option, 1)->span, "no");
	else if (first != NULL)
		insert_before(cx, d, first,
			      rule_insertion(cx, first, option_off));
	else
		insert_before(
			cx, d, zone,
			arena_printf(cx->arena, "server:\n\t%s\n", option_off));
}

static void
check_zone(struct rule_context *cx, const struct node *zone,
	   const char *address, bool *mended)
{
	const struct node *option = rule_server(cx, "do-not-query-localhost");
	struct addr a;
	struct slice rest;

	NODE_EACH(s, node_block(zone), address) {
		const struct node *value = node_term(s, 1);

		if (!type_ub_parse_address(node_text(value), &a, &rest) ||
		    !addr_is_loopback(a))
			continue;
		struct diag *d = rule_report(
			cx, s->span,
			"'%.*s' is never asked: the server does not query "
			"localhost",
			SLICE(node_text(value)));

		if (option != NULL)
			diag_note(cx->diags, d, option->span,
				  "as it is written here");
		else
			diag_remark(cx->diags, d,
				    "that is the default of "
				    "'do-not-query-localhost'");
		diag_help(cx->diags, d, "write '%s' in 'server:'", option_off);
		if (!*mended)
			mend(cx, d, zone);
		*mended = true;
	}
}

static void
check(struct rule_context *cx)
{
	bool mended = false;

	if (rule_server_is(cx, "do-not-query-localhost", "no"))
		return;
	CONFIG_EACH(zone, cx->config, "forward-zone")
		check_zone(cx, zone, "forward-addr", &mended);
	CONFIG_EACH(zone, cx->config, "stub-zone")
		check_zone(cx, zone, "stub-addr", &mended);
}

const struct rule rule_do_not_query_localhost_forward = {
	.id = "do-not-query-localhost-forward",
	.family = "forwarding",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_LOAD,
	.whole = true,
	.summary = "a server on this host that is never asked",
	.explain =
		"Unbound does not send questions to 127.0.0.0/8 and ::1 unless "
		"'do-not-query-localhost: no' is written. A zone that is "
		"forwarded there, or a stub, gets SERVFAIL for every name. "
		"unbound-checkconf warns of it and accepts the file.",
	.source = "unbound.conf(5), do-not-query-localhost",
	.bad_unbound = "server: interface: 127.0.0.1\n"
		       "forward-zone: name: \".\"\n"
		       "forward-addr: 127.0.0.1@5353",
	.good_unbound = "server: interface: 127.0.0.1\n"
			"do-not-query-localhost: no\n"
			"forward-zone: name: \".\"\n"
			"forward-addr: 127.0.0.1@5353",
	.check = check,
};
