#include "rules/rule.h"
#include "schema/types_unbound.h"

/* Channels with an address that the Internet can reach, as far as it tells. */
static bool
is_public(const struct rule_context *cx, const struct channel *c)
{
	return c->wildcard || clients_have(clients_public(cx->arena), c->addr);
}

/* rndc always signs; but one key, often forgotten, is all that is in the way.
 */
static void
check_channel(struct rule_context *cx, const struct channel *c)
{
	struct client_set who = clients_and(
		cx->arena, clients_public(cx->arena),
		clients_matched(cx->arena, predict_acls(cx->predict),
				c->allow.list, KEY_NONE, false));

	if (!c->control || !is_public(cx, c) || !rule_is_internet(who))
		return;
	struct diag *d = rule_report(cx, c->origin.span,
				     "anybody on the Internet can reach the "
				     "control channel");

	diag_remark(cx->diags, d,
		    "whoever has the key can stop the server and change its "
		    "zones");
	diag_help(cx->diags, d,
		  "write 'inet 127.0.0.1 allow { localhost; } keys { NAME; };'"
		  ", or list the hosts that run rndc");
}

/* A path is a local socket, a name of a device may be any. */
static bool
is_remote(struct slice text, struct addr *a)
{
	return type_ub_parse_address(text, a, NULL) && !addr_is_loopback(*a);
}

static void
check_remote_control(struct rule_context *cx)
{
	const struct node *enable = NULL, *cert = NULL;
	struct addr a;

	CONFIG_EACH(clause, cx->config, "remote-control") {
		NODE_EACH(s, node_block(clause), "control-enable")
			enable = s;
		NODE_EACH(s, node_block(clause), "control-use-cert")
			cert = s;
	}
	if (enable == NULL || !node_is(node_term(enable, 1), "yes") ||
	    cert == NULL || !node_is(node_term(cert, 1), "no"))
		return;
	CONFIG_EACH(clause, cx->config, "remote-control")
		NODE_EACH(s, node_block(clause), "control-interface") {
			if (!is_remote(node_text(node_term(s, 1)), &a))
				continue;
			struct diag *d = rule_report(
				cx, s->span,
				"whoever reaches this address controls the "
				"server: no certificate is asked for");

			diag_note(cx->diags, d, cert->span,
				  "certificates are turned off here");
			diag_help(cx->diags, d,
				  "write 'control-use-cert: yes', or "
				  "'control-interface: 127.0.0.1'");
		}
}

static void
check(struct rule_context *cx)
{
	const struct views *v = cx->model->views;

	if (v == NULL) {
		check_remote_control(cx);
		return;
	}
	for (size_t i = 0; i < v->channel_count; i++)
		check_channel(cx, &v->channels[i]);
}

const struct rule rule_control_exposed = {
	.id = "control-exposed",
	.family = "exposure",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "strangers can reach the control channel",
	.explain =
		"rndc and unbound-control can stop the server, empty its cache "
		"and change what it answers. Unbound asks for no proof at all "
		"with 'control-use-cert: no'; BIND asks for a key, and treats "
		"everybody who can connect as trusted otherwise. Listen on the "
		"loopback address, or admit the hosts of the operators alone.",
	.source = "BIND 9 ARM, controls statement and security assumptions; "
		  "unbound.conf(5), control-use-cert",
	.bad = "controls { inet * allow { any; }; };",
	.good = "controls { inet 127.0.0.1 allow { localhost; }; };",
	.bad_unbound = "remote-control: control-enable: yes\n"
		       "control-interface: 0.0.0.0\ncontrol-use-cert: no",
	.good_unbound = "remote-control: control-enable: yes\n"
			"control-interface: 127.0.0.1\ncontrol-use-cert: no",
	.check = check,
};
