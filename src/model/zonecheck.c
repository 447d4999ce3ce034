/*
 * Whether records fit each other (lib/dns/zone.c, zone_postload;
 * lib/dns/check.c).
 */
#include "model/model.h"
#include "model/name.h"
#include "model/zonereader.h"

/*
 * An address for a server of the zone: needed within the zone alone. Servers of
 * delegations may be without one.
 */
static bool
check_server(struct zone_reader *r, struct slice server)
{
	struct slice at;

	if (!name_is_within(server, r->d->name) || r->d->incomplete)
		return true;
	switch (zone_data_find(r->d, r->arena, server, RRTYPE_A, &at)) {
	case FOUND_DATA:
	case FOUND_UNKNOWN:
	case FOUND_CUT: /* glue may be missing */
		return true;
	case FOUND_CNAME:
		return zone_reader_fault(r, "the server '%.*s' is an alias",
					 SLICE(server));
	default:
		break;
	}
	if (zone_data_find(r->d, r->arena, server, RRTYPE_AAAA, &at) ==
	    FOUND_DATA)
		return true;
	return zone_reader_fault(r, "the server '%.*s' has no address",
				 SLICE(server));
}

static void
check_servers(struct zone_reader *r, const struct owner *apex)
{
	for (const struct rrset *s = apex->sets; s != NULL; s = s->next)
		if (s->type == RRTYPE_NS && !check_server(r, s->target))
			return;
}

static bool
check_owner(struct zone_reader *r, const struct owner *o)
{
	bool others = false;

	for (const struct rrset *s = o->sets; s != NULL; s = s->next) {
		others |= s->type != RRTYPE_CNAME && s->type != RRTYPE_RRSIG &&
			  s->type != RRTYPE_NSEC && s->type != RRTYPE_KEY;
	}
	if (others && owner_find_set(o, RRTYPE_CNAME) != NULL)
		return zone_reader_fault(r,
					 "'%.*s' has a CNAME beside other data",
					 SLICE(o->name));
	return true;
}

static bool
has_targets(const struct owner *o)
{
	return owner_find_set(o, RRTYPE_MX) != NULL ||
	       owner_find_set(o, RRTYPE_SRV) != NULL;
}

void
zone_reader_check(struct zone_reader *r)
{
	const struct owner *apex = strmap_get(r->d->owners, r->d->name);

	if (owner_find_set(apex, RRTYPE_SOA) == NULL)
		zone_reader_fault(r, "no SOA record");
	else if (owner_find_set(apex, RRTYPE_NS) == NULL)
		zone_reader_fault(r, "no NS record for the zone itself");
	else if (r->options.checks == CHECKS_PRIMARY &&
		 r->options.qclass == CLASS_IN)
		check_servers(r, apex);
	for (const struct owner *o = r->d->first; o != NULL; o = o->next) {
		if (r->d->state != DATA_LOADED || !check_owner(r, o))
			return;
		if (r->options.check_targets && has_targets(o)) {
			zone_reader_unknown(r,
					    "what '%.*s' leads to is to be "
					    "checked",
					    SLICE(o->name));
			return;
		}
	}
}
