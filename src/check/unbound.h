/* What the checks of unbound.conf share. */
#pragma once

#include "base/strmap.h"
#include "base/vec.h"
#include "check/check.h"
#include "schema/rules.h"

/*
 * Options of one name that follow each other, as they do in files with a
 * million of them: siblings from `first` on. `order` is the place of the first
 * among all options.
 */
struct unbound_run {
	const struct node *first;
	size_t count;
	size_t order;
};

/* All options of one name, in the order of the text. */
struct unbound_group {
	VEC(struct unbound_run) runs;
};

struct unbound_check {
	const struct check *check;
	struct strmap *groups; /* by name, to struct unbound_group */
};

/* The options of this name in all `server:` clauses; never NULL. */
const struct unbound_group *unbound_group(const struct unbound_check *u,
					  const char *name);

/* A place in a group; zeroed, before its first option. */
struct unbound_cursor {
	size_t run;
	size_t in_run;
	const struct node *node;
};

/* Move on; the option there, or NULL at the end. */
const struct node *unbound_next(const struct unbound_group *g,
				struct unbound_cursor *at);

/* Loop over the options of a name. */
#define UNBOUND_EACH(u, name, option)                                          \
	for (struct unbound_cursor at_##option = { 0 };                        \
	     unbound_next(unbound_group(u, name), &at_##option) != NULL;)      \
		for (const struct node *option = at_##option.node;             \
		     option != NULL; option = NULL)

/* The last option of this name, which counts, over all `server:` clauses. */
const struct node *unbound_last(const struct unbound_check *u,
				const char *name);

/* Value number `i` of an option, from 0; empty when there is none. */
struct slice unbound_value(const struct node *option, size_t i);

/* Options that rule each other out. */
void check_unbound_pairs(const struct unbound_check *u);

/* Every tag is defined, by define-tag, before its use. */
void check_unbound_tags(const struct unbound_check *u);

/* Views have different names, and those that are used exist. */
void check_unbound_views(const struct unbound_check *u);

/* Overrides and tags name a local zone; redirect zones hold no names below. */
void check_unbound_local_zones(const struct unbound_check *u);

/* Data for a response-ip block whose action is to redirect. */
void check_unbound_response_ip(const struct unbound_check *u);
