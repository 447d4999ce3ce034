/*
 * Elements of address match lists that never decide anything, whoever asks,
 * and what is matched in their place.
 */
#pragma once

#include "decide/acl_parts.h"

/* Each is of one kind, the first that fits. */
enum idle_kind {
	IDLE_AFTER_ALL, /* behind `any` or `none` of the same list */
	IDLE_REPEATED, /* the same element stands before, with its sign */
	IDLE_CONTRADICTED, /* the same, with the other sign */
	IDLE_COVERED, /* what it matches is matched before */
};

struct idle {
	enum idle_kind kind;
	const struct address_list *list;
	const struct element *element; /* of `list` */
	const struct element *by; /* that comes first */
	const struct address_list *by_list;
	bool alone; /* `by` matches all of it */
	bool opposite; /* `by` has the other sign */
	bool removable; /* without it, no list would match otherwise */
};

/*
 * The elements of all lists of the model. An element of a named list is held
 * against that list alone, for others may use it as well. Where the host is not
 * known it holds for whichever it is, `few` or not. O(n log n).
 */
const struct idle *idle_find(struct arena *a, struct acls *s,
			     const struct model *m, size_t *count);
