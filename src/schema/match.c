#include "schema/match.h"

#include <limits.h>
#include <string.h>

#include "schema/rules.h"
#include "schema/suggest.h"

const struct type *
type_find_in(const struct type *types, size_t count, struct slice name)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(name, types[i].name))
			return &types[i];
	return NULL;
}

const struct type *
type_find(enum dialect dialect, struct slice name)
{
	return dialect == DIALECT_NAMED ? type_find_named(name)
					: type_find_unbound(name);
}

static bool
is_further(const struct match *m, const struct node *term)
{
	if (!m->failed || term == NULL)
		return true;
	return m->failed_at != NULL &&
	       term->span.begin >= m->failed_at->span.begin;
}

void
match_fail(struct match *m, const struct node *term, const char *rule,
	   const char *format, ...)
{
	va_list args;

	if (!is_further(m, term))
		return;
	va_start(args, format);
	m->failed_message = arena_vprintf(m->arena, format, args);
	va_end(args);
	m->failed = true;
	m->failed_at = term;
	m->failed_rule = rule == NULL ? RULE_BAD_VALUE : rule;
	m->failed_help = NULL;
	m->failed_near = UINT_MAX;
}

void
match_help(struct match *m, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	m->failed_help = arena_vprintf(m->arena, format, args);
	va_end(args);
}

const char *
match_quote(const struct match *m, const struct node *term)
{
	enum { SHOWN = 60 };
	struct span secret;

	if (term->kind == NODE_BLOCK)
		return "'{'";
	if (sources_secret_in(m->config->sources, term->span, &secret))
		return "the secret";
	struct slice text = sources_text(m->config->sources, term->span);

	if (text.len > SHOWN)
		return arena_printf(m->arena, "'%.*s...'", SHOWN, text.data);
	return arena_printf(m->arena, "'%.*s'", SLICE(text));
}

static bool match(struct match *m, const struct notation *n,
		  const struct node **term);

static bool
match_sequence(struct match *m, const struct notation *n,
	       const struct node **term)
{
	for (const struct notation *e = n->first; e != NULL; e = e->next)
		if (!match(m, e, term))
			return false;
	return true;
}

static bool
try(struct match *m, const struct notation *n, const struct node **term)
{
	const struct node *back = *term;

	if (match(m, n, term))
		return true;
	*term = back;
	return false;
}

static bool
match_any_order(struct match *m, const struct notation *n,
		const struct node **term)
{
	uint64_t used = 0;

	for (bool more = true; more;) {
		uint64_t bit = 1;

		more = false;
		for (const struct notation *e = n->first; e != NULL;
		     e = e->next, bit <<= 1) {
			const struct node *before = *term;

			if ((used & bit) == 0 && try(m, e, term) &&
			    *term != before) {
				used |= bit;
				more = true;
			}
		}
	}
	return true;
}

/* Of the words that may stand here the nearest is offered. */
static void
suggest_literal(struct match *m, const struct node *term, struct slice literal)
{
	struct slice text = node_text(term);
	unsigned limit = (unsigned)(text.len / 3);
	unsigned near = suggest_distance(text, literal, limit);

	if (near > limit || m->failed_at != term || near >= m->failed_near)
		return;
	match_help(m, "did you mean '%.*s'?", SLICE(literal));
	m->failed_near = near;
}

static bool
match_literal(struct match *m, const struct notation *n,
	      const struct node **term)
{
	struct slice text = node_text(*term);
	/* A quoted keyword is none in named.conf. */
	bool same = m->config->dialect == DIALECT_UNBOUND
			    ? node_is_text(*term) && slice_equal(text, n->text)
			    : (*term)->kind == NODE_WORD &&
				      slice_equal_nocase(text, n->text);

	if (same) {
		*term = (*term)->next;
		return true;
	}
	/* A word that is near remains offered beside others that are not. */
	if (!m->failed || m->failed_at != *term || m->failed_near == UINT_MAX)
		match_fail(m, *term, NULL, "unexpected %s",
			   match_quote(m, *term));
	if ((*term)->kind == NODE_WORD)
		suggest_literal(m, *term, n->text);
	return false;
}

static bool
match_type(struct match *m, const struct notation *n, const struct node **term)
{
	const struct node *at = *term;
	const struct node *failed_before = m->failed ? m->failed_at : NULL;

	if (n->type->check(m, n, term))
		return true;
	if (!m->failed || (m->failed_at != at && m->failed_at == failed_before))
		match_fail(m, at, NULL, "%s is not %s", match_quote(m, at),
			   n->type->expects);
	return false;
}

static void
report_surplus(struct match *m, const struct node *last,
	       const struct node *term)
{
	struct diag *d = diag_add(m->diags, SEV_ERROR, RULE_SYNTAX, term->span,
				  "missing ';' before %s",
				  match_quote(m, term));

	diag_note(m->diags, d, span_at_end(last->span), "it belongs here");
	diag_fix(m->diags, d, span_at_end(last->span), ";");
}

static const struct node *
term_before(const struct node *statement, const struct node *term)
{
	const struct node *last = statement->first;

	while (last->next != term)
		last = last->next;
	return last;
}

/* One statement of a block; where a ';' is missing, several. */
static void
match_block_statement(struct match *m, const struct notation *n,
		      const struct node *statement)
{
	const struct node *term = statement->first;
	struct match saved = *m;

	m->statement = statement;
	while (term != NULL) {
		const struct node *begin = term;
		bool ok;

		m->failed = false;
		term = match_terms(m, n, begin, &ok);
		if (!ok || term == NULL || term == begin)
			break;
		report_surplus(m, term_before(statement, term), term);
	}
	*m = saved;
}

static bool
match_block(struct match *m, const struct notation *n, const struct node **term)
{
	const struct node *block = *term;

	if (block->kind != NODE_BLOCK) {
		match_fail(m, block, NULL, "expected '{' before %s",
			   match_quote(m, block));
		return false;
	}
	if (n->nonempty && block->first == NULL) {
		match_fail(m, block, RULE_MISSING_VALUE, "this block is empty");
		return false;
	}
	for (const struct node *s = block->first; s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT)
			match_block_statement(m, n->first, s);
	*term = block->next;
	return true;
}

static bool
match_options(struct match *m, const struct node **term)
{
	if ((*term)->kind != NODE_BLOCK) {
		match_fail(m, *term, NULL, "expected '{' before %s",
			   match_quote(m, *term));
		return false;
	}
	struct match saved = *m;

	m->on_block(m->block_context, *term, m->opens);
	*m = saved;
	*term = (*term)->next;
	return true;
}

/* Recursion follows the notation, whose depth is bounded. */
static bool
match(struct match *m, const struct notation *n, const struct node **term)
{
	switch (n->kind) {
	case NOTE_SEQUENCE:
		return match_sequence(m, n, term);
	case NOTE_CHOICE:
		for (const struct notation *e = n->first; e != NULL;
		     e = e->next)
			if (try(m, e, term))
				return true;
		return false;
	case NOTE_ANY_ORDER:
		return match_any_order(m, n, term);
	case NOTE_OPTIONAL:
		try(m, n->first, term);
		return true;
	case NOTE_MANY:
		if (!match(m, n->first, term))
			return false;
		while (*term != NULL && try(m, n->first, term))
			;
		return true;
	case NOTE_LITERAL:
	case NOTE_TYPE:
	case NOTE_BLOCK:
	case NOTE_OPTIONS:
		break;
	}
	if (*term == NULL) {
		match_fail(m, NULL, RULE_MISSING_VALUE, "a value is missing");
		return false;
	}
	if (n->kind == NOTE_LITERAL)
		return match_literal(m, n, term);
	if (n->kind == NOTE_TYPE)
		return match_type(m, n, term);
	return n->kind == NOTE_BLOCK ? match_block(m, n, term)
				     : match_options(m, term);
}

/*
 * unbound.conf: line ends do not end a value, so the option of the next line is
 * taken for one that is missing. It is missing where the option stands.
 */
static bool
is_next_option(const struct match *m)
{
	const struct node *first = m->statement->first, *at = m->failed_at;
	const struct sources *src = m->config->sources;

	return m->config->dialect == DIALECT_UNBOUND && at != NULL &&
	       at == first->next && at->kind == NODE_WORD &&
	       memchr(at->text, ':', at->len) == at->text + at->len - 1 &&
	       sources_position(src, at->span.begin).line !=
		       sources_position(src, first->span.begin).line;
}

static void
report_next_option(struct match *m)
{
	struct diag *d =
		diag_add(m->diags, SEV_ERROR, RULE_MISSING_VALUE,
			 m->statement->first->span,
			 "'%s' has no value on its line", m->option->name);

	diag_note(m->diags, d, m->failed_at->span,
		  "what follows is taken for it: line ends do not count");
	diag_remark(m->diags, d, "expected: %s: %s", m->option->name,
		    m->option->value);
}

static void
report_failure(struct match *m)
{
	if (is_next_option(m)) {
		report_next_option(m);
		return;
	}
	const struct option *o = m->option;
	struct span at = m->failed_at != NULL
				 ? m->failed_at->span
				 : span_at_end(m->statement->span);
	struct diag *d;

	if (m->failed_at == NULL) {
		/* Where the ';' stands in the value's place. */
		if (at.begin > m->statement->span.begin)
			at.begin--;
		d = diag_add(m->diags, SEV_ERROR, m->failed_rule, at,
			     "'%s' needs a value here", o->name);
	} else {
		d = diag_add(m->diags, SEV_ERROR, m->failed_rule, at, "%s",
			     m->failed_message);
	}
	diag_remark(m->diags, d, "expected: %s%s %s", o->name,
		    m->config->dialect == DIALECT_UNBOUND ? ":" : "", o->value);
	if (m->failed_help == NULL && m->failed_at != NULL &&
	    node_is_text(m->failed_at) &&
	    slice_is(node_text(m->failed_at), "="))
		diag_help(m->diags, d,
			  "remove the '='; a value follows its option");
	if (m->failed_help != NULL)
		diag_help(m->diags, d, "%s", m->failed_help);
}

const struct node *
match_terms(struct match *m, const struct notation *n, const struct node *term,
	    bool *ok)
{
	*ok = match(m, n, &term);
	if (*ok)
		return term;
	report_failure(m);
	return NULL;
}
