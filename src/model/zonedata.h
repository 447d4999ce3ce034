/* What is known of a zone's data: for the files that read and search them. */
#pragma once

#include "base/strmap.h"
#include "model/zonefile.h"

struct rrset {
	uint16_t type;
	struct slice target; /* of NS, CNAME, DNAME: the latest one */
	struct rrset *next;
};

/* A name of the zone, or an empty non-terminal of it. */
struct owner {
	struct slice name;
	struct rrset *sets;
	struct owner *next; /* in the order they came */
};

struct zone_data {
	enum data_state state;
	const char *why; /* for people, with the place; NULL: loaded */
	bool absent;
	struct slice name;
	struct strmap *owners;
	struct owner *first;
	bool incomplete; /* some names could not be worked out */
	bool cut_beats_apex; /* a delegation, before a DNAME at the apex */
};

/* The records of a type at a name, or NULL; `o` may be NULL. */
struct rrset *owner_find_set(const struct owner *o, uint16_t type);
