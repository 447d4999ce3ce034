/*
 * The elements of a list one by one: which of them decide anything, and what
 * comes before those that do not.
 */
#pragma once

#include "decide/acl.h"

#define PART_NONE UINT32_MAX

/*
 * An element of a list, or of a list that is merged into it and stands at
 * element `outer`. Parts are numbered in the order they are tried.
 */
struct acl_part {
	const struct element *element;
	const struct address_list *in;
	uint32_t outer; /* the number of a part whose `in` is the list */
	/* For some address, key and host; true as well where nobody knows. */
	bool decides;
	bool alone; /* `by` matches all of it */
	uint32_t by; /* if it never decides: who does, or PART_NONE */
	/* The earlier part that it turns negative, or PART_NONE. */
	uint32_t turned;
};

/* The number of the part that a step of acl_map() is by, or PART_NONE. */
uint32_t acl_part_of(uint32_t value);

/* The parts of `list`, of the model `m`; `*count` of them. O(n log n). */
const struct acl_part *acl_parts(struct arena *a, struct acls *s,
				 const struct model *m,
				 const struct address_list *list,
				 size_t *count);
