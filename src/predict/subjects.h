/*
 * What can be asked of a server, as a list of questions: recursion, its cache,
 * its zones, transfers of them, names about itself.
 */
#pragma once

#include "base/vec.h"
#include "decide/decision.h"

struct subject_asked {
	const char *kind; /* "recursion", "cache", "zone", "transfer", ... */
	const char *title;
	const char *name; /* of the zone; NULL: it is about none */
	struct question question;
	/* Another one, before it, is answered in just the same way, or SIZE_MAX. */
	size_t like;
};

typedef VEC(struct subject_asked) subject_vec;

/*
 * Everything that can be asked for, as `q` says: its destination, transport,
 * key and RD.
 */
subject_vec subjects_all(struct arena *a, const struct model *m,
			 const struct question *q);
