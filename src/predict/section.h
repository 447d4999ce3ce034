/*
 * What can be asked of a server, part by part: recursion, its cache, its zones,
 * transfers of them, names about itself; and in each part the clients by what
 * they get.
 */
#pragma once

#include "base/vec.h"
#include "decide/predict.h"

/* Those who get one decision: a value of the maps. */
struct group {
	const struct decision *decision;
	uint32_t value;
	uint32_t heads[FAMILY_COUNT]; /* its first steps: see `nexts` */
};

struct section {
	const char *kind; /* "recursion", "cache", "zone", "transfer", ... */
	const char *title;
	VEC(const char *) names; /* zones that all give the same answers */
	struct question question;
	/* What the clients of a family get; NULL: they have no part. */
	const struct rangemap *maps[FAMILY_COUNT];
	/*
	 * For each step the number of the next one of its group, + 1; NULL:
	 * there are so few steps that they are gone through.
	 */
	uint32_t *nexts[FAMILY_COUNT];
	VEC(struct group) groups; /* in the order of their first client */
	const struct addr *client; /* it is about one client only */
};

typedef VEC(struct section) section_vec;

/* One question. */
struct section section_of(struct arena *a, struct predict *p,
			  const struct question *q, const char *kind,
			  const char *title);

/* One question of one client. */
struct section section_of_client(struct arena *a, struct predict *p,
				 const struct question *q, struct addr client,
				 const char *title);

/* A walk over the ranges of a group; zeroed it begins with the first. */
struct group_walk {
	enum family family;
	size_t step;
	bool done; /* a section of one client has one range */
};

/* The next range of group `g`; false behind the last. */
bool section_next_range(const struct section *s, const struct group *g,
			struct group_walk *w, struct addr *first,
			struct addr *last);

/*
 * Alike for readers: the same answer, and the reason is the same statement, or
 * the zone's own in both.
 */
bool section_same_decision(const struct decision *x, const struct decision *y);

/*
 * Everything that can be asked for, as `q` says: its destination, transport,
 * key and RD. Zones that give the same answers for like reasons share a part.
 */
section_vec sections_all(struct arena *a, struct predict *p,
			 const struct model *m, const struct question *q);
