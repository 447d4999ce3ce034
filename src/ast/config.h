/*
 * One configuration: its files, its tree, its comments. The front ends make
 * it; everything later reads it.
 */
#pragma once

#include "ast/node.h"
#include "diag/diag.h"
#include "source/source.h"

enum dialect {
	DIALECT_NAMED = 1 << 0,
	DIALECT_UNBOUND = 1 << 1,
};

/* The ids of the findings that reading a file can make. */
#define RULE_SYNTAX "syntax"
#define RULE_SURPLUS_VALUE "surplus-value"
#define RULE_INCLUDE_MISSING "include-missing"
#define RULE_INCLUDE_LOOP "include-loop"
#define RULE_INCLUDE_OUTSIDE_ROOT "include-outside-root"

struct strmap; /* base/strmap.h */

struct config {
	struct arena *arena;
	struct sources *sources;
	struct diags *diags;
	enum dialect dialect;
	const struct node *root; /* NODE_BLOCK: the file's statements */
	const struct strmap *heads; /* see config_find() */
	const struct span *comments; /* in the order of the text */
	size_t comment_count;
};

/*
 * The first statement of this name at the top of the configuration, or NULL:
 * node_find() that does not go through all zones. O(1).
 */
const struct node *config_find(const struct config *c, const char *name);

/* The one after `statement`, which has this name, or NULL: O(1) at the last. */
const struct node *config_find_next(const struct config *c,
				    const struct node *statement,
				    const char *name);

/* Loop over the statements at the top that begin with `name`. */
#define CONFIG_EACH(it, c, name)                                               \
	for (const struct node *it = config_find((c), (name)); it != NULL;    \
	     it = config_find_next((c), it, (name)))

/* How many values an unbound.conf keyword takes, by the option table. */
struct keyword_info {
	bool known;
	bool clause; /* opens a clause */
	unsigned values;
};
typedef struct keyword_info keyword_lookup(const void *context,
					   struct slice name);

struct config_options {
	enum dialect dialect;
	/* DIALECT_UNBOUND: the option table, and what to hand to it. */
	keyword_lookup *lookup;
	const void *lookup_context;
	bool literal_includes; /* named before 9.18: no shell patterns */
};

/*
 * Parse `source` and, recursively, all that it includes as the server would.
 * Always makes a tree; what is wrong becomes findings in `diags`.
 */
const struct config *config_read(struct arena *a, struct sources *sources,
				 struct diags *diags,
				 const struct source *source,
				 struct config_options options);

/*
 * Which language a text is in, by its first words; 0 when nothing tells.
 * Comments do not count.
 */
enum dialect config_guess_dialect(struct slice text);

/* Is this word (letter case apart) the name of an option with a secret? */
bool config_is_secret_name(struct slice word);
