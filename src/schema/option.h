/*
 * The option tables: every clause and option of both servers, one row each,
 * from grammar/named.def and grammar/unbound.def.
 */
#pragma once

#include <stdint.h>

#include "ast/config.h"
#include "schema/notation.h"

enum option_flag {
	MULTI = 1 << 0, /* may stand several times in one block */
	NEEDS_FEATURE = 1 << 1, /* only builds with an optional library */
	EXPERIMENTAL = 1 << 2,
	INERT = 1 << 3, /* read, and without effect */
	SECRET = 1 << 4, /* its value is never shown */
	CLAUSE = 1 << 5, /* unbound.conf: opens a clause */
};

/*
 * A row. Releases are text ("9.18"): the first one where a thing is so. Where
 * notation or default differ between releases an option has several rows, of
 * which one holds for any release.
 */
struct option {
	const char *name;
	uint64_t where; /* the contexts it may stand in */
	const char *value; /* its notation */
	const char *since; /* "": older than every known release */
	unsigned flags; /* enum option_flag */
	uint64_t opens; /* the context of its block, 0 for none */
	const char *initial; /* what holds when it is not written */
	const char *until; /* from here on the next row holds */
	const char *deprecated; /* still works */
	const char *obsolete; /* accepted, without effect */
	const char *removed; /* an error */
	const char *successor; /* what to write instead */
	const char *alias; /* the option this is another spelling of */
};

struct schema;

/* The table of `dialect` as `target` knows it. */
struct schema *schema_new(struct arena *a, enum dialect dialect,
			  uint32_t target);

uint32_t schema_target(const struct schema *s);

/*
 * The row that holds for the target in one of the contexts `where`. NULL when
 * there is none; schema_explain_absence() tells why.
 */
const struct option *schema_find(const struct schema *s, struct slice name,
				 uint64_t where);

/* Any row of this name, whatever its place and releases, or NULL. */
const struct option *schema_find_any(const struct schema *s,
				     struct slice name);

enum absence {
	ABSENT_UNKNOWN, /* no such option in any release */
	ABSENT_HERE, /* `*row` may stand, but in other contexts */
	ABSENT_YET, /* `*row` comes with a later release */
	ABSENT_REMOVED, /* `*row` went with an earlier one */
};
enum absence schema_explain_absence(const struct schema *s, struct slice name,
				    uint64_t where, const struct option **row);

/* Does the target warn about the option, or ignore it? */
bool option_is_deprecated(const struct schema *s, const struct option *o);
bool option_is_obsolete(const struct schema *s, const struct option *o);

/* The row's notation in its compiled form; made once. */
const struct notation *schema_notation(struct schema *s,
				       const struct option *o);

/* The names that may stand in `where`, for suggestions: see suggest.h. */
size_t schema_count(const struct schema *s);
const struct option *schema_at(const struct schema *s, size_t i);
bool schema_row_holds(const struct schema *s, const struct option *o);

/* keyword_lookup of unbound.conf: `context` is a struct schema. */
struct keyword_info schema_keyword(const void *context, struct slice name);

