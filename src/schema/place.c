#include "schema/place.h"

#include "schema/named_where.h"
#include "schema/unbound_where.h"

struct place {
	uint64_t bits;
	const char *name;
};

static const struct place named_places[] = {
	{ N_TOP, "the top level of the file" },
	{ N_OPTIONS, "'options'" },
	{ N_VIEW, "a view" },
	{ N_ZONE, "a zone" },
	{ N_PRIMARY, "a primary zone" },
	{ N_SECONDARY, "a secondary zone" },
	{ N_MIRROR, "a mirror zone" },
	{ N_STUB, "a stub zone" },
	{ N_STATIC_STUB, "a static-stub zone" },
	{ N_FORWARD, "a forward zone" },
	{ N_HINT, "a hint zone" },
	{ N_REDIRECT, "a redirect zone" },
	{ N_DELEGATION_ONLY, "a delegation-only zone" },
	{ N_IN_VIEW, "a zone that is 'in-view'" },
	{ N_TEMPLATE, "a template" },
	{ N_CONTROLS, "'controls'" },
	{ N_DLZ, "'dlz'" },
	{ N_DNS64, "'dns64'" },
	{ N_DNSSEC_POLICY, "'dnssec-policy'" },
	{ N_HTTP, "'http'" },
	{ N_KEY, "'key'" },
	{ N_KEY_STORE, "'key-store'" },
	{ N_LOGGING, "'logging'" },
	{ N_CHANNEL, "a logging channel" },
	{ N_NOTIFY_CFG, "'notify-cfg'" },
	{ N_RATE_LIMIT, "'rate-limit'" },
	{ N_SERVER, "'server'" },
	{ N_STATISTICS, "'statistics-channels'" },
	{ N_TLS, "'tls'" },
};

static const struct place unbound_places[] = {
	{ U_TOP, "the file outside of any clause" },
	{ U_SERVER, "'server:'" },
	{ U_STUB, "'stub-zone:'" },
	{ U_FORWARD, "'forward-zone:'" },
	{ U_VIEW, "'view:'" },
	{ U_AUTH, "'auth-zone:'" },
	{ U_RPZ, "'rpz:'" },
	{ U_REMOTE, "'remote-control:'" },
	{ U_PYTHON, "'python:'" },
	{ U_DYNLIB, "'dynlib:'" },
	{ U_DNSTAP, "'dnstap:'" },
	{ U_DNSCRYPT, "'dnscrypt:'" },
	{ U_CACHEDB, "'cachedb:'" },
	{ U_IPSET, "'ipset:'" },
};

/* Names of zone types, each with the context that such a zone opens. */
static const struct place zone_types[] = {
	{ N_PRIMARY, "primary" },
	{ N_PRIMARY, "master" },
	{ N_SECONDARY, "secondary" },
	{ N_SECONDARY, "slave" },
	{ N_MIRROR, "mirror" },
	{ N_STUB, "stub" },
	{ N_STATIC_STUB, "static-stub" },
	{ N_FORWARD, "forward" },
	{ N_HINT, "hint" },
	{ N_REDIRECT, "redirect" },
	{ N_DELEGATION_ONLY, "delegation-only" },
};

uint64_t
place_top(enum dialect dialect)
{
	return dialect == DIALECT_NAMED ? N_TOP : U_TOP;
}

uint64_t
place_zone_type(struct slice name)
{
	for (size_t i = 0; i < sizeof(zone_types) / sizeof(*zone_types); i++)
		if (slice_is_nocase(name, zone_types[i].name))
			return zone_types[i].bits;
	return 0;
}

uint64_t
place_opened(const struct option *o, const struct node *statement)
{
	const struct node *block = node_block(statement);

	if (o->opens != N_ZONE || block == NULL)
		return o->opens;
	/* The checks say what may stand beside 'in-view'. */
	const struct node *type = node_find(block, "in-view") != NULL
					  ? NULL
					  : node_find(block, "type");

	if (type == NULL || type->first->next == NULL)
		return N_ZONE;
	uint64_t bits = place_zone_type(node_text(type->first->next));

	return bits != 0 ? bits : N_ZONE;
}

static const struct place *
places(enum dialect dialect, size_t *count)
{
	if (dialect == DIALECT_NAMED) {
		*count = sizeof(named_places) / sizeof(*named_places);
		return named_places;
	}
	*count = sizeof(unbound_places) / sizeof(*unbound_places);
	return unbound_places;
}

const char *
place_name(enum dialect dialect, uint64_t where)
{
	size_t count;
	const struct place *p = places(dialect, &count);

	for (size_t i = 0; i < count; i++)
		if ((p[i].bits & where) == where)
			return p[i].name;
	return "this block";
}

const char *
place_list(struct arena *a, enum dialect dialect, uint64_t where)
{
	size_t count;
	const struct place *p = places(dialect, &count);
	const char *list = "", *last = NULL;

	for (size_t i = 0; i < count; i++) {
		if ((p[i].bits & where) == 0)
			continue;
		if (last != NULL)
			list = arena_printf(a, "%s%s%s", list,
					    *list == '\0' ? "" : ", ", last);
		last = p[i].name;
		where &= ~p[i].bits;
	}
	if (last == NULL)
		return "elsewhere";
	return *list == '\0' ? last : arena_printf(a, "%s or %s", list, last);
}
