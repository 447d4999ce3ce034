/* What the checks of unbound.conf share. */
#pragma once

#include "base/strmap.h"
#include "base/vec.h"
#include "check/check.h"
#include "schema/rules.h"

/* An option of a `server:` clause; `order` counts all of them. */
struct unbound_option {
	const struct node *node;
	size_t order;
};

/* All options of one name, in the order of the text. */
struct unbound_group {
	VEC(struct unbound_option) list;
};

struct unbound_check {
	const struct check *check;
	struct strmap *groups; /* by name, to struct unbound_group */
};

/* The options of this name in all `server:` clauses; never NULL. */
const struct unbound_group *unbound_group(const struct unbound_check *u,
					  const char *name);

/* Loop over them; `option` is the node at hand. */
#define UNBOUND_EACH(u, name, option)                                          \
	for (const struct unbound_group *g_##option = unbound_group(u, name);  \
	     g_##option != NULL; g_##option = NULL)                            \
		for (size_t i_##option = 0; i_##option < g_##option->list.len; \
		     i_##option++)                                             \
			for (const struct node *option =                       \
				     g_##option->list.at[i_##option].node;     \
			     option != NULL; option = NULL)

/* Value number `i` of an option, from 0; empty when there is none. */
struct slice unbound_value(const struct node *option, size_t i);

/* Every tag is defined, by define-tag, before its use. */
void check_unbound_tags(const struct unbound_check *u);

/* Views have different names, and those that are used exist. */
void check_unbound_views(const struct unbound_check *u);

/* Overrides and tags name a local zone; redirect zones hold no names below. */
void check_unbound_local_zones(const struct unbound_check *u);

/* Data for a response-ip block whose action is to redirect. */
void check_unbound_response_ip(const struct unbound_check *u);
