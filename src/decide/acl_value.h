/*
 * What lists are made of before they become step functions: for the files
 * that look at the elements of a list rather than at what it matches.
 */
#pragma once

#include "decide/acl.h"

/*
 * A step's value: number of the element << 2 | enum verdict. While intervals
 * are made there are a fourth verdict, an unknown match that would deny, and
 * two flags above the number.
 */
enum {
	VALUE_SHIFT = 2,
	VERDICT_MASK = 3,
	VERDICT_UNKNOWN_NO = 3,
};
#define VALUE_NODE (UINT32_C(1) << 30) /* a prefix, not an element: see flips */
#define VALUE_FLIPS (UINT32_C(1) << 31) /* came with a negated list */

/*
 * The ranges of the elements of `list`, with the number of the element as
 * priority, for questions with this key; `*count` of them, in `a`.
 */
struct interval *acl_intervals(struct arena *a, struct acls *s,
			       const struct address_list *list,
			       enum family family, uint32_t key,
			       size_t *count);
