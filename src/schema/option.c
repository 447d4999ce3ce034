#include "schema/option.h"

#include <string.h>

#include "base/strmap.h"
#include "schema/match.h"
#include "schema/named_where.h"
#include "schema/release.h"
#include "schema/unbound_where.h"

/* Rows name the fields they need; the rest is zero on purpose. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define OPTION(...) { __VA_ARGS__ },

static const struct option named_options[] = {
#include "grammar/named.def"
};

static const struct option unbound_options[] = {
#include "grammar/unbound.def"
};

#undef OPTION
#pragma GCC diagnostic pop

/* The rows of one name, in the table's order. */
struct same_name {
	const struct option *row;
	struct same_name *next;
};

struct schema {
	struct arena *arena;
	enum dialect dialect;
	uint32_t target;
	const struct option *rows;
	size_t count;
	struct strmap *names; /* to struct same_name */
	const struct notation **notations; /* by row; made when asked for */
	const bool *holds; /* by row: for the target */
};

static void
index_names(struct schema *s)
{
	struct same_name *nodes = ARENA_ARRAY(s->arena, struct same_name,
					      s->count);

	for (size_t i = s->count; i-- > 0;) {
		void **at = strmap_at(s->names, slice_of(s->rows[i].name));

		nodes[i] = (struct same_name){ &s->rows[i], *at };
		*at = &nodes[i];
	}
}

/* Has the target reached the release `text`? */
static bool
reached(const struct schema *s, const char *text)
{
	if (text == NULL)
		return false;
	return *text == '\0' || s->target >= release_parse(slice_of(text), 0);
}

/* Releases are compared once, not at every look-up. */
static const bool *
judge_rows(const struct schema *s)
{
	bool *holds = ARENA_ARRAY(s->arena, bool, s->count);

	for (size_t i = 0; i < s->count; i++) {
		const struct option *o = &s->rows[i];

		holds[i] = reached(s, o->since) && !reached(s, o->until) &&
			   !reached(s, o->removed);
	}
	return holds;
}

struct schema *
schema_new(struct arena *a, enum dialect dialect, uint32_t target)
{
	struct schema *s = ARENA_NEW(a, struct schema);
	bool named = dialect == DIALECT_NAMED;

	s->arena = a;
	s->dialect = dialect;
	s->target = target;
	s->rows = named ? named_options : unbound_options;
	s->count = named ? sizeof(named_options) / sizeof(*named_options)
			 : sizeof(unbound_options) / sizeof(*unbound_options);
	s->names = strmap_new(a, named);
	s->notations = ARENA_ARRAY(a, const struct notation *, s->count);
	index_names(s);
	s->holds = judge_rows(s);
	return s;
}

uint32_t
schema_target(const struct schema *s)
{
	return s->target;
}

size_t
schema_count(const struct schema *s)
{
	return s->count;
}

const struct option *
schema_at(const struct schema *s, size_t i)
{
	return &s->rows[i];
}

bool
schema_row_holds(const struct schema *s, const struct option *o)
{
	return s->holds[o - s->rows];
}

bool
option_is_deprecated(const struct schema *s, const struct option *o)
{
	return reached(s, o->deprecated);
}

bool
option_is_obsolete(const struct schema *s, const struct option *o)
{
	return reached(s, o->obsolete);
}

const struct option *
schema_find(const struct schema *s, struct slice name, uint64_t where)
{
	for (const struct same_name *n = strmap_get(s->names, name); n != NULL;
	     n = n->next)
		if ((n->row->where & where) != 0 && schema_row_holds(s, n->row))
			return n->row;
	return NULL;
}

const struct option *
schema_find_any(const struct schema *s, struct slice name)
{
	const struct same_name *n = strmap_get(s->names, name);

	return n == NULL ? NULL : n->row;
}

enum absence
schema_explain_absence(const struct schema *s, struct slice name,
		       uint64_t where, const struct option **row)
{
	const struct option *here = NULL, *elsewhere = NULL;

	for (const struct same_name *n = strmap_get(s->names, name); n != NULL;
	     n = n->next) {
		if ((n->row->where & where) != 0)
			here = n->row;
		else if (elsewhere == NULL || schema_row_holds(s, n->row))
			elsewhere = n->row;
	}
	*row = here != NULL ? here : elsewhere;
	if (here != NULL)
		return reached(s, here->removed) ? ABSENT_REMOVED : ABSENT_YET;
	if (elsewhere == NULL)
		return ABSENT_UNKNOWN;
	if (schema_row_holds(s, elsewhere))
		return ABSENT_HERE;
	return reached(s, elsewhere->removed) ? ABSENT_REMOVED : ABSENT_YET;
}

/* A type that no function knows fails the test of the tables. */
static const char *
bind_types(struct notation *n, enum dialect dialect)
{
	const char *why = NULL;

	if (n->kind == NOTE_TYPE) {
		n->type = type_find(dialect, n->text);
		if (n->type == NULL)
			return "unknown type";
	}
	for (struct notation *e = n->first; e != NULL && why == NULL;
	     e = e->next)
		why = bind_types(e, dialect);
	return why;
}

const struct notation *
schema_notation(struct schema *s, const struct option *o)
{
	const struct notation **cached = &s->notations[o - s->rows];

	if (*cached == NULL) {
		const char *why;
		struct notation *n = notation_compile(s->arena, o->value, &why);

		if (n == NULL || bind_types(n, s->dialect) != NULL)
			return NULL;
		*cached = n;
	}
	return *cached;
}

struct keyword_info
schema_keyword(const void *context, struct slice name)
{
	/* Compiling a notation is a cache's work, not a change. */
	struct schema *s = (struct schema *)(uintptr_t)context;
	const struct option *o = schema_find(s, name, UINT64_MAX);
	const struct notation *n;

	if (o == NULL)
		o = schema_find_any(s, name);
	if (o == NULL)
		return (struct keyword_info){ 0 };
	if (o->flags & CLAUSE)
		return (struct keyword_info){ .known = true, .clause = true };
	n = schema_notation(s, o);
	return (struct keyword_info){
		.known = schema_row_holds(s, o),
		.values = n == NULL ? 1 : notation_arity(n),
	};
}
