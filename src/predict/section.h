/*
 * What can be asked of a server, part by part: recursion, its cache, its zones,
 * transfers of them, names about itself; and in each part the clients by what
 * they get.
 */
#pragma once

#include "base/vec.h"
#include "decide/predict.h"

/* The ranges that get one decision, in both families. */
struct group {
	const struct decision *decision;
	VEC(struct client_range) ranges;
};

struct section {
	const char *kind; /* "recursion", "cache", "zone", "transfer", ... */
	const char *title;
	VEC(const char *) names; /* zones that all give the same answers */
	struct question question;
	VEC(struct group) groups; /* in the order of their first client */
};

typedef VEC(struct section) section_vec;

/* One question. */
struct section section_of(struct arena *a, struct predict *p,
			  const struct question *q, const char *kind,
			  const char *title);

/*
 * Everything that can be asked for, as `q` says: its destination, transport,
 * key and RD. Zones that give the same answers for like reasons share a part.
 */
section_vec sections_all(struct arena *a, struct predict *p,
			 const struct model *m, const struct question *q);
