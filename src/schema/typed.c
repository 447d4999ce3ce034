#include "schema/typed.h"

#include "base/vec.h"
#include "schema/match.h"
#include "schema/place.h"
#include "schema/release.h"
#include "schema/rules.h"
#include "schema/suggest.h"
#include "source/cut.h"

/* An option of an open block, to know it again. */
struct seen {
	const struct option *option;
	const struct node *name;
};

struct pass {
	const struct config *config;
	struct schema *schema;
	struct arena *arena;
	struct diags *diags;
	VEC(struct retired_use) retired;
	VEC(struct seen) seen; /* of all open blocks, the innermost last */
	size_t block; /* where the innermost block's begin */
	/* the latest look-up: files repeat options line after line */
	struct slice last_name;
	uint64_t last_where;
	const struct option *last_option;
	bool outside; /* unbound: of any clause that is known, as was said */
};

static void check_block(void *context, const struct node *block,
			uint64_t where);

static void
report_unknown(struct pass *p, struct slice name, const struct node *at,
	       uint64_t where, bool alone)
{
	uint64_t top = place_top(DIALECT_UNBOUND);

	/* A clause: what follows is of it, and not out of place. */
	if (p->config->dialect == DIALECT_UNBOUND && alone) {
		where = suggest_option(p->schema, name, top) ? top : where;
		p->outside = true;
	}
	const char *near = suggest_option(p->schema, name, where);
	struct span secret;

	if (sources_secret_in(p->config->sources, at->span, &secret))
		name = SLICE_LITERAL("***");
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_UNKNOWN_OPTION,
				  at->span, "unknown option '%.*s'",
				  SLICE(name));

	if (near == NULL)
		return;
	diag_help(p->diags, d, "did you mean '%s'?", near);
	diag_fix_guess(p->diags, d, at->span, near);
}

static void
report_misplaced(struct pass *p, const struct option *row,
		 const struct node *at, uint64_t where)
{
	const char *here = place_name(p->config->dialect, where);
	const char *there = place_list(p->arena, p->config->dialect,
				       row->where);
	bool outside = p->config->dialect == DIALECT_UNBOUND &&
		       where == place_top(DIALECT_UNBOUND);

	if (p->outside)
		return;
	p->outside = outside;
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_MISPLACED_OPTION,
				  at->span,
				  "'%s' may not stand in %s; its place is %s",
				  row->name, here, there);

	if (outside)
		diag_help(p->diags, d,
			  "write %s on a line above it, for it and for what "
			  "follows", there);
}

static const char *
software(const struct pass *p)
{
	return p->config->dialect == DIALECT_NAMED ? "BIND" : "Unbound";
}

static const char *
target(const struct pass *p)
{
	return release_format(p->arena, schema_target(p->schema));
}

/* Is the next option in it as well, since a ';' is missing? */
static bool
has_another(const struct pass *p, const struct node *statement)
{
	for (const struct node *n = statement->first->next; n; n = n->next)
		if (node_is_text(n) &&
		    schema_find_any(p->schema, node_text(n)) != NULL)
			return true;
	return false;
}

/* What had no effect before it went is no loss. */
static void
report_removed(struct pass *p, const struct option *row,
	       const struct node *statement)
{
	const struct node *name = statement->first;
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_REMOVED_OPTION,
				  name->span,
				  "'%s' no longer exists in %s %s, it went "
				  "with %s",
				  row->name, software(p), target(p),
				  row->removed);

	if (row->successor == NULL)
		diag_help(p->diags, d, "remove it");
	else
		diag_help(p->diags, d, "write instead: %s", row->successor);
	if (row->obsolete != NULL && !has_another(p, statement) &&
	    (statement->flags & NODE_UNTERMINATED) == 0)
		diag_fix(p->diags, d,
			 cut_span(p->config->sources, statement->span), "");
}

static void
report_absence(struct pass *p, struct slice name, const struct node *statement,
	       const struct node *at, uint64_t where)
{
	const struct option *row;

	switch (schema_explain_absence(p->schema, name, where, &row)) {
	case ABSENT_UNKNOWN:
		report_unknown(p, name, at, where, statement->len == 1);
		break;
	case ABSENT_HERE:
		report_misplaced(p, row, at, where);
		break;
	case ABSENT_YET:
		diag_add(p->diags, SEV_ERROR, RULE_NOT_YET_OPTION, at->span,
			 "'%s' came with %s %s; %s does not know it", row->name,
			 software(p), row->since, target(p));
		break;
	case ABSENT_REMOVED:
		report_removed(p, row, statement);
		break;
	}
}

static void
check_repeated(struct pass *p, const struct option *option,
	       const struct node *name)
{
	/* In unbound.conf the last one counts, without a word. */
	if (p->config->dialect != DIALECT_NAMED ||
	    (option->flags & MULTI) != 0)
		return;
	for (size_t i = p->block; i < p->seen.len; i++) {
		if (p->seen.at[i].option != option)
			continue;
		struct diag *d = diag_add(p->diags, SEV_ERROR,
					  RULE_DUPLICATE_OPTION, name->span,
					  "'%s' may stand only once here",
					  option->name);

		diag_note(p->diags, d, p->seen.at[i].name->span,
			  "it stands here already");
		return;
	}
	*VEC_PUSH(p->arena, &p->seen) = (struct seen){ option, name };
}

static void
report_missing_semicolon(struct pass *p, const struct node *last,
			 const struct node *term)
{
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_SYNTAX, term->span,
				  "missing ';' before '%.*s'",
				  SLICE(node_text(term)));

	diag_note(p->diags, d, span_at_end(last->span), "it belongs here");
	diag_fix(p->diags, d, span_at_end(last->span), ";");
}

static const struct node *
term_before(const struct node *statement, const struct node *term)
{
	const struct node *last = statement->first;

	while (last->next != term)
		last = last->next;
	return last;
}

/* What follows a complete value: the next option, or plain surplus. */
static const struct node *
check_left_over(struct pass *p, const struct node *statement,
		const struct option *option, const struct node *term,
		uint64_t where)
{
	const struct node *last = term_before(statement, term);

	if (node_is_text(term) &&
	    schema_find(p->schema, node_text(term), where) != NULL) {
		report_missing_semicolon(p, last, term);
		return term;
	}
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_SURPLUS_VALUE,
				  term->span,
				  "'%s' ends before this; a ';' is missing or "
				  "this is too much",
				  option->name);

	diag_remark(p->diags, d, "expected: %s %s", option->name,
		    option->value);
	return NULL;
}

static void
note_retired(struct pass *p, const struct node *statement,
	     const struct option *option)
{
	if (option_is_deprecated(p->schema, option) ||
	    option_is_obsolete(p->schema, option))
		*VEC_PUSH(p->arena, &p->retired) = (struct retired_use){
			statement, option, !has_another(p, statement)
		};
}

/* Is this include resolved, so that nothing is left to check? */
static bool
is_spliced(const struct node *statement)
{
	return (statement->flags & NODE_INCLUDE) != 0;
}

static const struct option *
find_option(struct pass *p, struct slice name, uint64_t where)
{
	if (p->last_option != NULL && p->last_where == where &&
	    slice_equal(p->last_name, name))
		return p->last_option;
	p->last_name = name;
	p->last_where = where;
	return p->last_option = schema_find(p->schema, name, where);
}

/*
 * Check the option that begins at `term`; returns the term where the next one
 * begins, if a ';' is missing between them.
 */
static const struct node *
check_option(struct pass *p, const struct node *statement,
	     const struct node *term, uint64_t where)
{
	struct slice name = node_text(term);
	const struct option *o = find_option(p, name, where);
	const struct notation *n;
	bool ok;

	if (o == NULL) {
		report_absence(p, name, statement, term, where);
		return NULL;
	}
	check_repeated(p, o, term);
	note_retired(p, statement, o);
	if ((o->flags & CLAUSE) != 0) {
		p->outside = false;
		check_block(p, node_block(statement), o->opens);
		return NULL;
	}
	n = schema_notation(p->schema, o);
	if (n == NULL)
		return NULL;
	struct match m = {
		.arena = p->arena,
		.schema = p->schema,
		.config = p->config,
		.diags = p->diags,
		.statement = statement,
		.option = o,
		.where = where,
		.opens = place_opened(o, statement),
		.on_block = check_block,
		.block_context = p,
	};
	term = match_terms(&m, n, term->next, &ok);
	return term == NULL ? NULL
			    : check_left_over(p, statement, o, term, where);
}

static void
check_statement(struct pass *p, const struct node *statement, uint64_t where)
{
	const struct node *term = statement->first;

	if (is_spliced(statement))
		return;
	if (!node_is_text(term)) {
		diag_add(p->diags, SEV_ERROR, RULE_SYNTAX, term->span,
			 "a statement begins with the name of an option");
		return;
	}
	while (term != NULL)
		term = check_option(p, statement, term, where);
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static void
check_block(void *context, const struct node *block, uint64_t where)
{
	struct pass *p = context;
	size_t outer = p->block, mine = p->seen.len;

	p->block = mine;
	for (const struct node *s = block->first; s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT)
			check_statement(p, s, where);
	p->seen.len = mine;
	p->block = outer;
}

const struct typed *
typed_pass(const struct config *config, struct schema *schema)
{
	struct pass p = {
		.config = config,
		.schema = schema,
		.arena = config->arena,
		.diags = config->diags,
	};
	struct typed *t = ARENA_NEW(p.arena, struct typed);

	check_block(&p, config->root, place_top(config->dialect));
	t->retired = p.retired.at;
	t->retired_count = p.retired.len;
	return t;
}
