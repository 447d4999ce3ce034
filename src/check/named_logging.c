/* The logging statement: categories, channels and what they refer to. */
#include "check/named.h"

struct category {
	const char *name;
	unsigned from, until; /* minor releases that know it */
};

enum {
	ALWAYS = 0,
	FOREVER = 99
};

/* The categories of lib/dns/log.c, lib/isc/log.c, lib/ns and bin/named. */
static const struct category categories[] = {
	{ "client", ALWAYS, FOREVER },
	{ "cname", ALWAYS, FOREVER },
	{ "config", ALWAYS, FOREVER },
	{ "crypto", 21, FOREVER },
	{ "database", ALWAYS, FOREVER },
	{ "default", ALWAYS, FOREVER },
	{ "delegation-only", ALWAYS, 20 },
	{ "delv", 21, FOREVER },
	{ "dispatch", ALWAYS, FOREVER },
	{ "dns-reporting-agent", 21, FOREVER },
	{ "dnssec", ALWAYS, FOREVER },
	{ "dnstap", ALWAYS, FOREVER },
	{ "edns-disabled", ALWAYS, FOREVER },
	{ "general", ALWAYS, FOREVER },
	{ "lame-servers", ALWAYS, FOREVER },
	{ "network", ALWAYS, FOREVER },
	{ "notify", ALWAYS, FOREVER },
	{ "nsid", ALWAYS, FOREVER },
	{ "queries", ALWAYS, FOREVER },
	{ "query-errors", ALWAYS, FOREVER },
	{ "rate-limit", ALWAYS, FOREVER },
	{ "resolver", ALWAYS, FOREVER },
	{ "responses", 20, FOREVER },
	{ "rpz", ALWAYS, FOREVER },
	{ "rpz-passthru", 18, FOREVER },
	{ "security", ALWAYS, FOREVER },
	{ "serve-stale", ALWAYS, FOREVER },
	{ "spill", ALWAYS, FOREVER },
	{ "sslkeylog", 18, FOREVER },
	{ "trust-anchor-telemetry", ALWAYS, FOREVER },
	{ "unmatched", ALWAYS, FOREVER },
	{ "update", ALWAYS, FOREVER },
	{ "update-policy", 21, FOREVER },
	{ "update-security", ALWAYS, FOREVER },
	{ "xfer-in", ALWAYS, FOREVER },
	{ "xfer-out", ALWAYS, FOREVER },
	{ "zoneload", ALWAYS, FOREVER },
	{ "zoneversion", 21, FOREVER },
};

static const char *const destinations[] = { "file", "syslog", "null",
					    "stderr" };

static const char *const builtin_channels[] = { "default_syslog",
						"default_stderr",
						"default_debug", "null" };

static bool
is_category(const struct named_check *nc, struct slice name)
{
	unsigned minor = nc->since_9_21	  ? 21
			 : nc->since_9_20 ? 20
			 : nc->since_9_18 ? 18
					  : 16;

	for (size_t i = 0; i < sizeof(categories) / sizeof(*categories); i++)
		if (slice_is(name, categories[i].name))
			return minor >= categories[i].from &&
			       minor < categories[i].until;
	return false;
}

static void
check_channel(struct named_check *nc, const struct node *channel)
{
	size_t count = sizeof(destinations) / sizeof(*destinations);
	unsigned found = 0;

	for (size_t i = 0; i < count; i++)
		found +=
			node_find(node_block(channel), destinations[i]) != NULL;
	if (found == 1)
		return;
	struct diag *d = named_report(
		nc,
		found == 0 ? RULE_MISSING_STATEMENT : RULE_CONFLICTING_OPTIONS,
		named_place(nc, channel), "channel " QUOTED " has %s",
		SLICE(named_text(channel)),
		found == 0 ? "no destination" : "more than one destination");

	diag_help(nc->diags, d, "give it one of file, syslog, stderr and null");
}

static void
check_category(struct named_check *nc, const struct node *category,
	       const struct strmap *channels)
{
	if (!is_category(nc, named_text(category)))
		named_report(nc, RULE_BAD_VALUE, named_value(category),
			     "there is no category " QUOTED,
			     SLICE(named_text(category)));
	STATEMENT_EACH(it, node_block(category))
	{
		struct slice name = node_text(it->first);

		if (strmap_get(channels, name) == NULL)
			named_suggest(
				nc,
				named_report(nc, RULE_UNDEFINED_REFERENCE,
					     it->first,
					     "there is no channel " QUOTED,
					     SLICE(name)),
				channels, it->first);
	}
}

void
named_check_logging(struct named_check *nc)
{
	const struct node *logging = node_find(nc->root, "logging");
	struct strmap *channels = strmap_new(nc->arena, true);
	size_t builtin = sizeof(builtin_channels) / sizeof(*builtin_channels);

	if (logging == NULL)
		return;
	for (size_t i = 0; i < builtin; i++)
		*strmap_at(channels, slice_of(builtin_channels[i])) = channels;
	NODE_EACH(it, node_block(logging), "channel")
	{
		check_channel(nc, it);
		*strmap_at(channels, named_text(it)) = channels;
	}
	NODE_EACH(it, node_block(logging), "category")
	check_category(nc, it, channels);
}
