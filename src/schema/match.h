/*
 * Holding the terms of a statement against a notation. The furthest failure
 * is remembered, for that is what people want to hear about.
 */
#pragma once

#include "schema/option.h"

struct match;

/* What to do with a block of options: the typed pass knows. */
typedef void match_block_fn(void *context, const struct node *block,
			    uint64_t where);

struct match {
	struct arena *arena;
	struct schema *schema;
	const struct config *config;
	struct diags *diags;
	const struct node *statement;
	const struct option *option; /* the row being matched */
	uint64_t where; /* the context the statement stands in */
	uint64_t opens; /* the context of its block of options */
	match_block_fn *on_block;
	void *block_context;
	/* the furthest failure; `failed_at` NULL: the terms ran out */
	bool failed;
	const struct node *failed_at;
	const char *failed_rule;
	const char *failed_message;
	const char *failed_help;
	unsigned failed_near; /* how far the word is that the help offers */
};

/* A type of value: `<name>` in notations. */
struct type {
	const char *name;
	const char *expects; /* in words: "yes or no" */
	/*
	 * Accept `*term` (never NULL) and the terms behind it that belong to
	 * it: true, with `*term` moved past them. Otherwise false, after a call
	 * of match_fail() where the reason is more than "expects".
	 */
	bool (*check)(struct match *m, const struct notation *n,
		      const struct node **term);
};

/* The type `name` of the dialect, or NULL. */
const struct type *type_find(enum dialect dialect, struct slice name);
const struct type *type_find_named(struct slice name);
const struct type *type_find_unbound(struct slice name);
const struct type *type_find_in(const struct type *types, size_t count,
				struct slice name);

/*
 * Remember why `term` does not fit; `rule` NULL means RULE_BAD_VALUE. An
 * earlier failure at a later term stays.
 */
void match_fail(struct match *m, const struct node *term, const char *rule,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What to do about the failure noted last. */
void match_help(struct match *m, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* How a term is quoted in messages: its text as written, or "a block". */
const char *match_quote(const struct match *m, const struct node *term);

/*
 * Hold the terms from `term` on against `n` and report what does not fit.
 * Returns the first term that is left over, or NULL; when the terms did not
 * fit (`*ok` false) nothing counts as left over.
 */
const struct node *match_terms(struct match *m, const struct notation *n,
			       const struct node *term, bool *ok);
