/*
 * Options of unbound.conf that rule each other out: ports for two protocols,
 * modules that are not in the list, files that the server would overwrite
 * (Unbound smallapp/unbound-checkconf.c of each release).
 */
#include "check/unbound.h"
#include "schema/release.h"
#include "schema/types_unbound.h"

static bool
is_at_least(const struct unbound_check *u, const char *release)
{
	return schema_target(u->check->schema) >=
	       release_parse(slice_of(release), 0);
}

static struct diag *
report(const struct unbound_check *u, const struct node *at,
       const struct node *other, const char *message)
{
	struct diag *d =
		diag_add(u->check->diags, SEV_ERROR, RULE_CONFLICTING_OPTIONS,
			 at->span, "%s", message);

	if (other != NULL)
		diag_note(u->check->diags, d, other->span, "the other one");
	return d;
}

static long long
port_of(const struct node *option, long long otherwise)
{
	return option == NULL ? otherwise
			      : type_ub_atoi(unbound_value(option, 0));
}

/* The port of an interface: behind its '@', or that of the server. */
static long long
interface_port(struct slice interface, long long port)
{
	struct slice rest = interface;
	struct slice head = slice_split(&rest, '@');

	return head.len == interface.len ? port : type_ub_atoi(rest);
}

static void
check_proxied(const struct unbound_check *u, const char *name, long long port,
	      long long other, const char *message)
{
	const struct node *proxied = NULL;

	UNBOUND_EACH(u, "proxy-protocol-port", o)
		if (port_of(o, 0) == other)
			proxied = o;
	if (proxied == NULL)
		return;
	UNBOUND_EACH(u, name, option)
		if (interface_port(unbound_value(option, 0), port) == other)
			report(u, option, proxied, message);
}

/* The PROXY protocol goes before plain DNS and DNS over TLS alone. */
static void
check_proxy_protocol(const struct unbound_check *u)
{
	static const char *const names[] = { "interface", "ip-address" };
	long long port = port_of(unbound_last(u, "port"), 53);
	long long https = port_of(unbound_last(u, "https-port"), 443);
	long long quic = port_of(unbound_last(u, "quic-port"), 853);

	for (size_t i = 0; i < 2; i++) {
		check_proxied(u, names[i], port, https,
			      "there is no PROXY protocol before DNS over "
			      "HTTPS: its port is 'https-port'");
		if (is_at_least(u, "1.23"))
			check_proxied(u, names[i], port, quic,
				      "there is no PROXY protocol before DNS "
				      "over QUIC: its port is 'quic-port'");
	}
}

static bool
has_module(const struct unbound_check *u, const char *module)
{
	const struct node *o = unbound_last(u, "module-config");
	struct slice list = o == NULL ? slice_of("validator iterator")
				      : unbound_value(o, 0);

	for (size_t i = 0; i < list.len; i++)
		if (slice_has_prefix(slice_sub(list, i, list.len), module))
			return true;
	return false;
}

static void
check_edns_do(const struct unbound_check *u)
{
	static const char *const anchors[] = {
		"auto-trust-anchor-file",
		"trust-anchor-file",
		"trust-anchor",
		"trusted-keys-file",
	};
	const struct node *off = unbound_last(u, "disable-edns-do");

	if (off == NULL || !slice_is(unbound_value(off, 0), "yes") ||
	    !has_module(u, "validator"))
		return;
	for (size_t i = 0; i < sizeof(anchors) / sizeof(*anchors); i++) {
		const struct node *anchor = unbound_last(u, anchors[i]);

		if (anchor == NULL)
			continue;
		report(u, off, anchor,
		       "without EDNS and its DO bit nothing can be validated, "
		       "and there is a trust anchor");
		return;
	}
}

static void
report_respip(const struct unbound_check *u, const struct node *at,
	      const char *what)
{
	const struct node *list = unbound_last(u, "module-config");
	struct diag *d =
		report(u, at, list,
		       arena_printf(u->check->arena,
				    "'%s' needs the module respip", what));

	diag_help(u->check->diags, d,
		  "name it in 'module-config', before 'validator'");
}

/* The first option that the module respip acts on, or NULL. */
static const struct node *
respip_option(const struct unbound_check *u)
{
	static const char *const names[] = { "response-ip",
					     "response-ip-data" };

	for (size_t i = 0; i < 2; i++) {
		const struct node *o = unbound_last(u, names[i]);

		if (o != NULL)
			return o;
		NODE_EACH(view, u->check->config->root, "view")
			if ((o = node_find(node_block(view), names[i])) != NULL)
				return o;
	}
	return NULL;
}

static void
check_respip(const struct unbound_check *u)
{
	const struct node *option = respip_option(u);

	if (has_module(u, "respip"))
		return;
	if (option != NULL)
		report_respip(u, option->first, "response-ip");
	NODE_EACH(rpz, u->check->config->root, "rpz")
		report_respip(u, rpz->first, "rpz");
}

/* An address, a device, or the path of a socket. */
static void
check_control_interface(const struct unbound_check *u, const struct node *value)
{
	struct slice text = node_text(value);

	if (!slice_has_prefix(text, "/") && !type_ub_is_interface(text))
		diag_add(u->check->diags, SEV_ERROR, RULE_BAD_VALUE,
			 value->span, "'%.*s' is no address, device or path",
			 SLICE(text));
}

static void
check_control_interfaces(const struct unbound_check *u)
{
	const struct node *enable = NULL;

	NODE_EACH(clause, u->check->config->root, "remote-control")
		NODE_EACH(o, node_block(clause), "control-enable")
			enable = o;
	if (enable == NULL || !slice_is(unbound_value(enable, 0), "yes"))
		return;
	NODE_EACH(clause, u->check->config->root, "remote-control")
		NODE_EACH(o, node_block(clause), "control-interface")
			check_control_interface(u, node_term(o, 1));
}

/* Files that the server reads; a transfer would go over them. */
static void
check_overwritten(const struct unbound_check *u, const struct node *zonefile)
{
	static const char *const names[] = {
		"auto-trust-anchor-file",  "trust-anchor-file",
		"trusted-keys-file",	   "root-hints",
		"tls-session-ticket-keys",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		UNBOUND_EACH(u, names[i], o)
			if (slice_equal(unbound_value(o, 0),
					unbound_value(zonefile, 0)))
				report(u, zonefile, o,
				       "the zone's data would be written over "
				       "this file");
}

static void
check_zone_files(const struct unbound_check *u)
{
	static const char *const clauses[] = { "auth-zone", "rpz" };

	for (size_t i = 0; i < 2; i++)
		NODE_EACH(clause, u->check->config->root, clauses[i])
			NODE_EACH(o, node_block(clause), "zonefile")
				if (unbound_value(o, 0).len > 0)
					check_overwritten(u, o);
}

void
check_unbound_pairs(const struct unbound_check *u)
{
	if (is_at_least(u, "1.17"))
		check_proxy_protocol(u);
	if (is_at_least(u, "1.19"))
		check_edns_do(u);
	if (is_at_least(u, "1.24")) {
		check_respip(u);
		check_control_interfaces(u);
	}
	if (is_at_least(u, "1.26"))
		check_zone_files(u);
}
