/*
 * The notation of option values, that of the BIND manual made exact:
 *
 *	word            a keyword            <type>, <type 1..9>  a typed value
 *	[ x ]           optional             ( a | b )            one of
 *	( a || b )      any of, in any order <type> ...           one or more
 *	{ x; ... }      a block of such      { @ }                a block of options
 *
 * A '...' behind a literal or a group repeats it as well.
 */
#pragma once

#include "base/arena.h"

enum notation_kind {
	NOTE_SEQUENCE, /* all children, in order */
	NOTE_CHOICE, /* the first child that fits */
	NOTE_ANY_ORDER, /* any children, each at most once */
	NOTE_OPTIONAL, /* the child, or nothing */
	NOTE_MANY, /* the child, once or more */
	NOTE_LITERAL, /* `text` */
	NOTE_TYPE, /* `text` names it; `low`..`high` when `ranged` */
	NOTE_BLOCK, /* statements that fit the child */
	NOTE_OPTIONS, /* a block of options */
};

struct notation {
	enum notation_kind kind;
	struct slice text;
	bool ranged;
	bool nonempty; /* NOTE_BLOCK written { x; ...+ } */
	long long low, high;
	const struct type *type; /* NOTE_TYPE: filled in by the schema */
	struct notation *first; /* children */
	struct notation *next; /* sibling */
};

/* NULL with `*why` set when the text is not well-formed. */
struct notation *notation_compile(struct arena *a, const char *text,
				  const char **why);

/* How many terms it takes: the number of top-level elements of a sequence. */
unsigned notation_arity(const struct notation *n);
