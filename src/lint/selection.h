/* Which findings count, and how much. */
#pragma once

#include "base/vec.h"
#include "diag/diag.h"

struct rule;

/* One --rule ID=LEVEL. */
struct selection_change {
	const struct rule *rule;
	int level; /* enum severity, or SEVERITY_OFF */
};

enum { SEVERITY_OFF = -1 };

/* Zeroed, it takes every rule as the rule says. */
struct selection {
	VEC(const char *) only; /* ids and families; empty: all */
	VEC(struct selection_change) changes;
	bool no_heuristics;
};

/*
 * "ID,FAMILY,..." and "ID=LEVEL" of the command line. False with `*why` set when
 * there is no such rule, family or level.
 */
bool selection_add_only(struct arena *a, struct selection *s, const char *text,
			const char **why);
bool selection_add_change(struct arena *a, struct selection *s,
			  const char *text, const char **why);

/* The severity of the rule in this run, or SEVERITY_OFF. */
int selection_level(const struct selection *s, const struct rule *rule);

/* The rule whose name is nearest to `name`, or NULL. */
const char *selection_nearest(struct arena *a, struct slice name);
