/* A zone under check, and the groups of its checks: named_zone_data.c. */
#pragma once

#include <stdint.h>

#include "check/named.h"

struct zone {
	struct named_check *nc;
	struct view *view;
	const struct node *statement;
	const struct node *block;
	const struct node *template; /* its block, or NULL */
	uint64_t present; /* which names the block may have: zone_find() */
	const struct node *type_name;
	uint64_t type;		   /* one of N_PRIMARY and its kin */
	struct slice wire;	   /* its name; `data` NULL: a bad one */
	const struct node *policy; /* dnssec-policy, if it is any */
	struct slice policy_name;
	bool policy_inline; /* the policy signs in line of itself */
	bool dynamic;	    /* takes updates */
};

/* The zone's own statement, or its template's; NULL for neither. */
const struct node *zone_find(const struct zone *z, const char *name);

/* The same, else the view's or the one of 'options'. */
const struct node *zone_effective(const struct zone *z, const char *name);

void zone_check_transport(const struct zone *z, const struct node *transfer);
void zone_check_notify(const struct zone *z);
void zone_check_primaries(const struct zone *z);
void zone_check_parents(const struct zone *z);
void zone_check_sources(const struct zone *z);
void zone_check_details(const struct zone *z);

/* named_zone_signing.c; the policy comes first. */
void zone_check_policy(struct zone *z);
void zone_check_signing(struct zone *z);

/* named_zone_file.c */
void zone_check_file(const struct zone *z);
