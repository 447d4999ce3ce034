/*
 * What comments of a configuration say to dnslint:
 *
 *	dnslint: off RULE[,RULE] [until=YYYY-MM-DD] [-- reason]
 *	dnslint: off-file RULE[,RULE] [until=YYYY-MM-DD] [-- reason]
 *	dnslint: [role=ROLE] [clients=PREFIX[,PREFIX...]]
 *
 * The last one stands at the top of the file that is checked.
 */
#pragma once

#include "ast/config.h"
#include "intent/intent.h"

enum directive_kind {
	DIRECTIVE_OFF,
	DIRECTIVE_OFF_FILE,
	DIRECTIVE_INTENT,
};

/* A name behind `off`, which may be that of no rule. */
struct directive_rule {
	struct slice name;
	struct span span;
	bool used;
};

struct directive {
	enum directive_kind kind;
	struct span span; /* the comment */
	const struct source *source;
	size_t line; /* DIRECTIVE_OFF: the line whose findings it means */
	struct directive_rule *rules;
	size_t rule_count;
	bool has_reason;
	unsigned until; /* 20270131, the last day; 0: no end */
	const char *fault; /* what is wrong with it, or NULL */
	struct span fault_span;
};

struct directives {
	struct directive *list; /* in the order of the text */
	size_t count;
	struct intent intent; /* what they declare */
};

/*
 * Read all of them. Those with a fault declare and suppress nothing. The names
 * of `intent` and the list live in the arena.
 */
struct directives directives_read(struct arena *a, const struct config *c);
