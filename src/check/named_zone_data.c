/* Whom a zone talks to: transfers, notifications, primaries, parents. */
#include "check/domain.h"
#include "check/named_zone.h"
#include "schema/named_where.h"

/* allow-transfer [ port P ] [ transport T ]: zones go through TCP or TLS. */
void
zone_check_transport(const struct zone *z, const struct node *transfer)
{
	const struct node *port = named_argument(transfer, "port");
	const struct node *transport = named_argument(transfer, "transport");
	unsigned long long number;
	unsigned max = z->nc->since_9_21 ? UINT16_MAX : UINT16_MAX - 1;

	if (type_integer_value(port, &number) && number > max)
		named_report(z->nc, RULE_BAD_VALUE, port,
			     "port %llu is out of range", number);
	if (transport != NULL && !node_is(transport, "tcp") &&
	    !node_is(transport, "tls"))
		named_report(z->nc, RULE_BAD_VALUE, transport,
			     "zones are transferred by 'tcp' or 'tls', not "
			     "by " QUOTED,
			     SLICE(node_text(transport)));
}

/* also-notify counts while notify is on. */
void
zone_check_notify(const struct zone *z)
{
	const struct node *notify = zone_effective(z, "notify");
	const struct node *also = zone_effective(z, "also-notify");
	bool yes = true;
	unsigned count;

	if (notify != NULL && !type_boolean_value(named_value(notify), &yes) &&
	    z->type != N_PRIMARY)
		yes = node_is(named_value(notify), "explicit");
	if (also != NULL && yes)
		named_check_remotes(z->nc, z->view, also, &count);
}

/* The root may be mirrored without: its primaries are built in. */
void
zone_check_primaries(const struct zone *z)
{
	const struct node *primaries = zone_find(z, "primaries");
	const struct node *masters = zone_find(z, "masters");
	bool root = z->wire.data != NULL && domain_is_root(z->wire);
	unsigned count;

	if (z->type != N_SECONDARY && z->type != N_STUB &&
	    (z->type != N_MIRROR || root || z->wire.data == NULL))
		return;
	if (primaries != NULL && masters != NULL) {
		struct diag *d = named_report(
			z->nc, RULE_CONFLICTING_OPTIONS, primaries->first,
			"'primaries' and 'masters' are the same; only one may "
			"stand here");

		diag_note(z->nc->diags, d, masters->first->span,
			  "'masters' stands here");
	}
	if (primaries == NULL)
		primaries = masters;
	if (primaries == NULL) {
		named_report(z->nc, RULE_MISSING_ZONE_STATEMENT,
			     named_place(z->nc, z->statement),
			     "zone " QUOTED " has no 'primaries'",
			     SLICE(named_text(z->statement)));
		return;
	}
	if (named_check_remotes(z->nc, z->view, primaries, &count) &&
	    count == 0)
		named_report(z->nc, RULE_MISSING_VALUE,
			     named_place(z->nc, z->statement),
			     "the primaries of zone " QUOTED " are nobody",
			     SLICE(named_text(z->statement)));
}

void
zone_check_parents(const struct zone *z)
{
	const struct node *parents = zone_find(z, "parental-agents");
	unsigned count;

	if (parents == NULL || (z->type != N_PRIMARY && z->type != N_SECONDARY))
		return;
	if (named_check_remotes(z->nc, z->view, parents, &count) && count == 0)
		named_report(z->nc, RULE_MISSING_VALUE,
			     named_place(z->nc, z->statement),
			     "the parental agents of zone " QUOTED
			     " are nobody",
			     SLICE(named_text(z->statement)));
}

/* Source addresses of the zone, else of 'options'; not of the view. */
void
zone_check_sources(const struct zone *z)
{
	static const char *const sources[] = {
		"transfer-source",  "transfer-source-v6", "notify-source",
		"notify-source-v6", "parental-source",	  "parental-source-v6",
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		const struct node *it = zone_find(z, sources[i]);

		if (it == NULL && !z->nc->sources_checked)
			it = scope_find(&z->nc->options, sources[i]);
		if (it != NULL)
			named_check_source_port(z->nc, it);
	}
	z->nc->sources_checked = true;
}

static void
check_dialup(const struct zone *z, const struct node *dialup)
{
	static const struct {
		const char *name;
		uint64_t types;
	} kinds[] = {
		{ "notify", N_PRIMARY | N_SECONDARY },
		{ "notify-passive", N_SECONDARY },
		{ "passive", N_SECONDARY | N_STUB },
		{ "refresh", N_SECONDARY | N_STUB },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (node_is(named_value(dialup), kinds[i].name) &&
		    (z->type & kinds[i].types) == 0)
			named_report(z->nc, RULE_CONFLICTING_OPTIONS,
				     named_value(dialup),
				     "'dialup %s' has no meaning for a zone "
				     "of type '%.*s'",
				     kinds[i].name,
				     SLICE(node_text(z->type_name)));
}

/* A static stub is not found through servers below itself. */
static void
check_server_names(const struct zone *z, const struct node *names)
{
	const struct node *zone = named_value(z->statement);
	struct slice wire;

	STATEMENT_EACH(it, node_block(names))
	{
		struct slice text = node_text(it->first);
		struct diag *d;

		if (!domain_parse(z->nc->arena, text, &wire))
			d = named_report(z->nc, RULE_BAD_VALUE, zone,
					 "server " QUOTED " of the zone is not "
					 "a domain name",
					 SLICE(text));
		else if (z->wire.data != NULL && domain_is_below(wire, z->wire))
			d = named_report(z->nc, RULE_BAD_VALUE, zone,
					 "server " QUOTED " lies in the zone "
					 "itself and cannot lead to it",
					 SLICE(text));
		else
			continue;
		diag_note(z->nc->diags, d, it->first->span, "it is named here");
	}
}

static void
check_server_addresses(const struct zone *z, const struct node *addresses)
{
	STATEMENT_EACH(it, node_block(addresses))
	{
		struct slice rest = node_text(it->first);

		slice_split(&rest, '%');
		if (rest.len > 0)
			named_report(z->nc, RULE_BAD_VALUE, it->first,
				     "an address with a scope cannot stand "
				     "here");
	}
}

/* From 9.21 on; see RFC 9567. */
static void
check_reports(const struct zone *z)
{
	const struct node *agent = zone_find(z, "send-report-channel");
	const struct node *log = zone_find(z, "log-report-channel");
	struct slice wire;
	bool yes;

	if (z->wire.data == NULL)
		return;
	if (agent != NULL &&
	    domain_parse(z->nc->arena, named_text(agent), &wire) &&
	    domain_is_below(wire, z->wire))
		named_report(z->nc, RULE_BAD_VALUE, named_value(agent),
			     "reports about a zone cannot go to a name in "
			     "it");
	if (log != NULL && type_boolean_value(named_value(log), &yes) && yes &&
	    domain_is_root(z->wire))
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(log),
			     "the root zone takes no reports");
}

void
zone_check_details(const struct zone *z)
{
	const struct node *dialup = zone_find(z, "dialup");
	const struct node *names = zone_find(z, "server-names");
	const struct node *addresses = zone_find(z, "server-addresses");

	if (dialup != NULL)
		check_dialup(z, dialup);
	if (names != NULL && z->type == N_STATIC_STUB)
		check_server_names(z, names);
	if (addresses != NULL && z->type == N_STATIC_STUB)
		check_server_addresses(z, addresses);
	check_reports(z);
}
