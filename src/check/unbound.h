/* What the checks of unbound.conf share. */
#pragma once

#include "base/strmap.h"
#include "check/check.h"
#include "schema/rules.h"

struct unbound_check {
	const struct check *check;
	/* the options of all `server:` clauses, in the order of the text */
	const struct node *const *options;
	size_t count;
};

/* Loop over them; `option` is the one at hand. */
#define UNBOUND_EACH(u, option)                                                \
	for (size_t at_##option = 0; at_##option < (u)->count; at_##option++)  \
		for (const struct node *option = (u)->options[at_##option];    \
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
