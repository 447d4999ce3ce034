/*
 * Lists as they are looked at: with all that is merged into them, numbered in
 * the order it is tried. For the files that make step functions of them.
 */
#pragma once

#include "base/vec.h"
#include "decide/acl.h"

/*
 * Named lists within named lists, as deep as this; what is deeper counts as
 * unknown.
 */
enum { LIST_DEPTH_MAX = 400 };

/*
 * Elements of a unit, numbered in the order they are tried: `count` of `list`
 * from number `index` on, which have numbers from `number` on.
 */
struct segment {
	uint32_t number;
	uint32_t index;
	uint32_t count;
	bool negated;
	const struct address_list *list;
};

struct keyed_map {
	const struct rangemap *maps[FAMILY_COUNT];
	size_t hints[FAMILY_COUNT];
};

/*
 * A list that is looked at on its own: named by a policy, or nested in another
 * without being merged into it.
 */
struct unit {
	const struct address_list *list;
	bool prepared;
	bool flattened;
	bool negative; /* a negation stands directly in it */
	bool too_deep;
	bool flips; /* a negated list was merged: see flip_equal() */
	bool busy; /* being compiled: the list is within itself */
	size_t nested; /* lists that stand in it */
	VEC(uint32_t) keys; /* in the order they are mentioned */
	uint32_t *sorted; /* the same */
	VEC(struct segment) segments;
	/* By number of the key in `sorted`; the last: of every other key. */
	struct keyed_map *maps;
};

struct seen;

struct acls {
	struct arena *arena;
	struct arena *scratch; /* for the making of maps; part of the above */
	const struct model *model;
	struct unit **units; /* by id of the list; NULL: not looked at yet */
	struct seen *seen; /* likewise */
	uint16_t *heights; /* likewise: see LIST_DEPTH_MAX */
	uint32_t *key_marks; /* by key: the last list it was found in, + 1 */
};

/* For acls_new(): room for all lists, with none looked at. */
void acl_units_init(struct acls *s);

/* The list itself, flattened. */
struct unit *acl_unit(struct acls *s, const struct address_list *list);

/*
 * Does the list stay apart from those it stands in? There it matches where its
 * own result is positive.
 */
bool acl_stays_apart(struct acls *s, const struct address_list *list);

/*
 * The step function of a list. NULL when the list is within itself, or deeper
 * than LIST_DEPTH_MAX: `depth` is how deep it stands.
 */
const struct rangemap *acl_map_at_depth(struct acls *s,
					const struct address_list *list,
					enum family family, uint32_t key,
					unsigned depth);

/*
 * Its step functions for a key; those that it does not mention share one, as
 * `*key` becomes KEY_NONE.
 */
struct keyed_map *acl_keyed_map(struct unit *u, uint32_t *key);
