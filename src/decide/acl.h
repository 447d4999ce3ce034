/*
 * What address match lists match. The first element that matches decides; a
 * nested list matches where its own result is positive. Each list becomes one
 * step function per family and signing key, made when first asked for; keys
 * that a list does not mention share one.
 *
 * Results have three values: what hangs on facts that were not given is
 * VERDICT_UNKNOWN, unless every possible fact leads to the same result.
 */
#pragma once

#include "decide/rangemap.h"
#include "model/model.h"

enum verdict {
	VERDICT_NO,
	VERDICT_YES,
	VERDICT_UNKNOWN,
};

struct acl_result {
	enum verdict verdict;
	/* The element that decides, in `list`; NULL: none matches. */
	const struct element *element;
	const struct address_list *list;
	struct addr last; /* the result holds up to here */
	const struct rangemap *map; /* where it was looked up */
};

struct acls;

/* `m` must outlive it. Lists are compiled into `a`. */
struct acls *acls_new(struct arena *a, const struct model *m);

/* Does `list` match an `address` with a question signed with `key`? */
struct acl_result acl_match(struct acls *s, const struct address_list *list,
			    struct addr address, uint32_t key);

/*
 * The step function itself; acl_verdict() and acl_element() read its values.
 */
const struct rangemap *acl_map(struct acls *s, const struct address_list *list,
			       enum family family, uint32_t key);
enum verdict acl_verdict(uint32_t value);
const struct element *acl_element(struct acls *s,
				  const struct address_list *list,
				  uint32_t value,
				  const struct address_list **in);

/* The keys that `list` and the lists in it mention. */
size_t acl_keys(struct acls *s, const struct address_list *list,
		const uint32_t **keys);
