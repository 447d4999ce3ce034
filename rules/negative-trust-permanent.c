#include "model/name.h"
#include "rules/rule.h"

/* Zones with data or servers of one's own, by canonical name. */
static struct strmap *
own_zones(struct rule_context *cx)
{
	static const char *const clauses[] = { "stub-zone", "forward-zone",
					       "auth-zone" };
	static const char *const options[] = { "local-zone", "private-domain" };
	struct strmap *own = strmap_new(cx->arena, false);
	struct slice name;

	for (size_t i = 0; i < sizeof(clauses) / sizeof(*clauses); i++)
		CONFIG_EACH(c, cx->config, clauses[i]) {
			const struct node *s = node_find(node_block(c), "name");

			if (s != NULL &&
			    name_canonical(cx->arena,
					   node_text(node_term(s, 1)), &name))
				*strmap_at(own, name) = own;
		}
	for (size_t i = 0; i < 2; i++)
		CONFIG_EACH(server, cx->config, "server")
			NODE_EACH(s, node_block(server), options[i])
				if (name_canonical(cx->arena,
						   node_text(node_term(s, 1)),
						   &name))
					*strmap_at(own, name) = own;
	return own;
}

/* Is the name, or one above it, in the map? The root says nothing. */
static bool
is_own(const struct strmap *own, struct slice name)
{
	while (name.len > 0) {
		if (strmap_get(own, name) != NULL)
			return true;
		if (!name_parent(name, &name))
			return false;
	}
	return false;
}

/*
 * Servers of the time are asked before the clock is right, when no signature
 * can be checked.
 */
static bool
is_for_time(struct slice name)
{
	struct slice rest = name;
	struct slice host = slice_split(&rest, '.'), domain = rest;

	/* Not time.com, which is about other things. */
	if (slice_is(host, "time") && slice_split(&domain, '.').len < rest.len)
		return true;
	for (rest = name; rest.len > 0;)
		if (slice_is(slice_split(&rest, '.'), "ntp"))
			return true;
	return false;
}

static void
check(struct rule_context *cx)
{
	const struct strmap *own;
	struct slice name;

	if (rule_server(cx, "domain-insecure") == NULL)
		return;
	own = own_zones(cx);
	CONFIG_EACH(server, cx->config, "server")
		NODE_EACH(s, node_block(server), "domain-insecure") {
			const struct node *value = node_term(s, 1);

			if (!name_canonical(cx->arena, node_text(value),
					    &name) ||
			    (name.len > 0 && rule_is_private_name(name)) ||
			    is_own(own, name) || is_for_time(name))
				continue;
			struct diag *d = rule_report(
				cx, s->span,
				"forged answers about '%.*s' are believed, "
				"for as long as this line stands",
				SLICE(node_text(value)));

			diag_help(cx->diags, d,
				  "for a fault of its signatures use "
				  "'unbound-control insecure_add', which is "
				  "gone after a restart");
		}
}

const struct rule rule_negative_trust_permanent = {
	.id = "negative-trust-permanent",
	.family = "validation",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.heuristic = true,
	.summary = "validation is off for a public name, without an end",
	.explain =
		"A negative trust anchor helps over the days in which a zone's "
		"signatures are broken, and should go when they are mended. "
		"Written in the configuration it stays. Names of private use, "
		"those of local, stub and forward zones, and those of time "
		"servers are left out.",
	.source = "RFC 7646, section 2; unbound.conf(5), domain-insecure",
	.bad_unbound = "server: domain-insecure: \"example.com\"",
	.good_unbound = "server: domain-insecure: \"corp.internal\"",
	.check = check,
};
