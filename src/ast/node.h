/*
 * The generic tree of both languages. A configuration is a block of
 * statements; a statement is a row of terms; a term is a word, a quoted
 * string, `!` or a block. What the words mean is the schema's business.
 *
 * Included files are spliced in: the statements of an included file follow the
 * include statement in the same block. A node's span says which file it is in.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "source/span.h"

enum node_kind {
	NODE_STATEMENT,
	NODE_BLOCK,
	NODE_WORD,
	NODE_STRING, /* was quoted */
	NODE_NOT, /* the `!` of an address match list */
	NODE_BAD, /* stands where text could not be understood */
};

enum {
	NODE_UNTERMINATED = 1 << 0, /* statement: its ';' is missing */
	NODE_UNCLOSED = 1 << 1, /* block: its '}' is missing */
	NODE_INCLUDE = 1 << 2, /* statement: what it names was spliced in */
	NODE_CLAUSE = 1 << 3, /* word: a keyword that opens a clause */
};

/* Blocks nest no deeper than this; what is deeper is reported and skipped. */
enum { NODE_DEPTH_MAX = 200 };

struct node {
	struct span span;
	uint8_t kind; /* enum node_kind */
	uint8_t flags;
	uint32_t len; /* word, string: bytes; others: number of children */
	union {
		const char *text;
		struct node *first;
	};
	struct node *next; /* sibling */
};

/* A chain of siblings while it is being made. */
struct node_list {
	struct node *first;
	struct node *last;
	uint32_t count;
};

struct node *node_new(struct arena *a, enum node_kind kind, struct span span);
void node_append(struct node_list *list, struct node *node);

static inline bool
node_is_text(const struct node *n)
{
	return n != NULL && (n->kind == NODE_WORD || n->kind == NODE_STRING);
}

/* The text of a word or string, unquoted; empty for anything else. */
static inline struct slice
node_text(const struct node *n)
{
	return node_is_text(n) ? (struct slice){ n->text, n->len }
			       : (struct slice){ "", 0 };
}

/* The first child of a statement or block, NULL for leaves and for NULL. */
static inline struct node *
node_first(const struct node *n)
{
	return n != NULL && (n->kind == NODE_STATEMENT || n->kind == NODE_BLOCK)
		       ? n->first
		       : NULL;
}

/* Is this a word or string equal to `text`, letter case apart? */
bool node_is(const struct node *n, const char *text);

/* Term number `i` of a statement, from 0; NULL when there are fewer. */
const struct node *node_term(const struct node *statement, size_t i);

/* The statement's first block, or NULL. */
const struct node *node_block(const struct node *statement);

/* The first statement of a block that begins with `name`, or NULL. */
const struct node *node_find(const struct node *block, const char *name);

/* The next one after `statement` that begins with `name`, or NULL. */
const struct node *node_find_next(const struct node *statement,
				  const char *name);

/* Loop over the statements of `block` that begin with `name`. */
#define NODE_EACH(it, block, name)                                             \
	for (const struct node *it = node_find((block), (name)); it != NULL;  \
	     it = node_find_next(it, (name)))
