#include <string.h>

#include "rules/rule.h"

struct initial {
	const char *option;
	const char *value; /* what holds without it, in all known releases */
};

/*
 * Options that protect, or that people want to see ('recursion', 'listen-on'),
 * are left out: there it is good to be explicit. From BIND's bin/named/config.c
 * and Unbound's util/config_file.c.
 */
static const struct initial of_named[] = {
	{ "allow-new-zones", "no" },
	{ "answer-cookie", "yes" },
	{ "auth-nxdomain", "no" },
	{ "check-integrity", "yes" },
	{ "dnssec-accept-expired", "no" },
	{ "edns-udp-size", "1232" },
	{ "match-mapped-addresses", "no" },
	{ "max-cache-ttl", "604800" },
	{ "max-udp-size", "1232" },
	{ "message-compression", "yes" },
	{ "notify", "yes" },
	{ "port", "53" },
	{ "provide-ixfr", "yes" },
	{ "qname-minimization", "relaxed" },
	{ "request-ixfr", "yes" },
	{ "require-server-cookie", "no" },
	{ "send-cookie", "yes" },
	{ "stale-answer-enable", "no" },
	{ "trust-anchor-telemetry", "yes" },
	{ "zero-no-soa-ttl", "yes" },
};

static const struct initial of_unbound[] = {
	{ "deny-any", "no" },
	{ "do-ip4", "yes" },
	{ "do-ip6", "yes" },
	{ "do-not-query-localhost", "yes" },
	{ "do-tcp", "yes" },
	{ "do-udp", "yes" },
	{ "harden-dnssec-stripped", "yes" },
	{ "harden-glue", "yes" },
	{ "hide-identity", "no" },
	{ "hide-version", "no" },
	{ "insecure-lan-zones", "no" },
	{ "interface-automatic", "no" },
	{ "log-queries", "no" },
	{ "log-replies", "no" },
	{ "minimal-responses", "yes" },
	{ "port", "53" },
	{ "prefetch", "no" },
	{ "prefetch-key", "no" },
	{ "qname-minimisation", "yes" },
	{ "qname-minimisation-strict", "no" },
	{ "rrset-roundrobin", "yes" },
	{ "serve-expired", "no" },
	{ "unblock-lan-zones", "no" },
	{ "use-caps-for-id", "no" },
	{ "val-permissive-mode", "no" },
};

static bool
is_value(const struct node *term, const char *value)
{
	if (strcmp(value, "no") == 0)
		return rule_is_no(term);
	if (strcmp(value, "yes") == 0)
		return node_is(term, "yes") || node_is(term, "true") ||
		       node_is(term, "1");
	return node_is(term, value);
}

static void
check_option(struct rule_context *cx, const struct node *s,
	     const struct initial *o)
{
	if (s->len != 2 || !is_value(node_term(s, 1), o->value))
		return;
	struct diag *d =
		rule_report(cx, s->span, "'%s' is '%s' without this, too",
			    o->option, o->value);

	diag_help(cx->diags, d, "remove it");
}

/* The last line counts, and stands for itself only where it is alone. */
static bool
is_alone(const struct rule_context *cx, const char *option)
{
	size_t n = 0;

	NODE_EACH(server, cx->config->root, "server")
	NODE_EACH(s, node_block(server), option)
	n++;
	return n == 1;
}

static void
check(struct rule_context *cx)
{
	const struct node *options = node_find(cx->config->root, "options");

	if (cx->config->dialect == DIALECT_NAMED) {
		for (size_t i = 0; i < sizeof(of_named) / sizeof(*of_named);
		     i++)
			NODE_EACH(s, node_block(options), of_named[i].option)
		check_option(cx, s, &of_named[i]);
		return;
	}
	for (size_t i = 0; i < sizeof(of_unbound) / sizeof(*of_unbound); i++) {
		const struct node *s = rule_server(cx, of_unbound[i].option);

		if (s != NULL && is_alone(cx, of_unbound[i].option))
			check_option(cx, s, &of_unbound[i]);
	}
}

const struct rule rule_redundant_default = {
	.id = "redundant-default",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.optional = true,
	.summary = "an option is set to what it is by default",
	.explain = "The line changes nothing in any release that is known "
		   "here, and hides the lines that do. Files that began as a "
		   "copy of the server's example are full of them. Options "
		   "that are better written out are left alone.",
	.source = "BIND 9 ARM, options; unbound.conf(5)",
	.bad = "options { auth-nxdomain no; };",
	.good = "options { auth-nxdomain yes; };",
	.bad_unbound = "server: do-tcp: yes",
	.good_unbound = "server: do-tcp: no",
	.check = check,
};
