/*
 * A rule: what it looks for, why, and the function that looks. Rules are
 * stateless, do not print and do not know of each other.
 */
#pragma once

#include "schema/typed.h"

/* What must have gone well before a rule is asked. */
enum stage {
	STAGE_TREE, /* the files were read and have no syntax error */
	STAGE_LOAD, /* the server would load the configuration */
};

struct rule_context {
	struct arena *arena;
	const struct config *config;
	const struct schema *schema;
	const struct typed *typed;
	struct diags *diags;
	const struct rule *rule; /* the one that is running */
	enum severity severity; /* its severity in this run */
};

struct rule {
	const char *id; /* the file's name; final once released */
	const char *family;
	unsigned dialects; /* enum dialect */
	enum severity severity;
	enum stage needs;
	bool heuristic; /* a guess: --no-heuristics leaves it out */
	const char *summary; /* one line, lower case */
	const char *explain; /* why it matters, in full sentences */
	const char *source; /* where that is written */
	const char *bad, *good; /* examples in the first of its dialects */
	const char *bad_unbound, *good_unbound; /* where it has both */
	/* NULL: the front ends or the load checks find it themselves. */
	void (*check)(struct rule_context *cx);
};

/* All rules, by family and then id; `*count` of them. */
const struct rule *const *rules_all(size_t *count);

/* The rule of this id, or NULL. */
const struct rule *rule_find(struct slice id);

/* Is there a rule of this family? */
bool rule_family_exists(struct slice family);

/* Add a finding of the running rule. */
struct diag *rule_report(struct rule_context *cx, struct span span,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));
