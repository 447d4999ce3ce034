/*
 * Why a list does not take an address that it seems to be made for: the
 * exclusion that a person wrote, wherever it stands.
 */
#pragma once

#include "decide/acl.h"

struct acl_exclusion {
	/*
	 * What says no: a negation if there is one on the way, such as
	 * `!quarantine`, in its list `in`. NULL: nothing says no, the address
	 * is just not named.
	 */
	const struct element *element;
	const struct address_list *in;
	/* The element of the list that was asked which leads there, or is it.
	 */
	const struct element *outer;
	/* What matches the address in the end, in its list `deep_in`. */
	const struct element *deep;
	const struct address_list *deep_in;
	bool merged; /* it stands in a list that is negated as a whole */
	bool nested; /* in a list within that matches only where it says yes */
	bool lifts;  /* without `deep` the list would take the address */
	struct addr last; /* all this holds up to here */
};

/* Of a `list` that says no to the address. */
struct acl_exclusion acl_excluded(struct acls *s, const struct model *m,
				  const struct address_list *list,
				  struct addr address, uint32_t key);
