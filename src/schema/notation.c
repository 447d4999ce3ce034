#include "schema/notation.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32 };

struct reader {
	struct arena *arena;
	const char *at;
	const char *why;
	int depth;
};

static struct notation *read_choice(struct reader *r, const char *closers);

static void
skip_blanks(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\t' || *r->at == '\n')
		r->at++;
}

static bool
accept(struct reader *r, const char *token)
{
	size_t len = strlen(token);

	skip_blanks(r);
	if (strncmp(r->at, token, len) != 0)
		return false;
	r->at += len;
	return true;
}

static void
expect(struct reader *r, const char *token, const char *why)
{
	if (!accept(r, token) && r->why == NULL)
		r->why = why;
}

static struct notation *
make(struct reader *r, enum notation_kind kind, struct notation *first)
{
	struct notation *n = ARENA_NEW(r->arena, struct notation);

	n->kind = kind;
	n->first = first;
	return n;
}

/* <name> or <name low..high> */
static struct notation *
read_type(struct reader *r)
{
	struct notation *n = make(r, NOTE_TYPE, NULL);
	const char *end = strchr(r->at, '>');

	if (end == NULL) {
		r->why = "'<' without '>'";
		return n;
	}
	size_t len = strcspn(r->at, " >");

	n->text = (struct slice){ r->at, len };
	if (r->at[len] == ' ') {
		char *rest;

		n->ranged = true;
		n->low = strtoll(r->at + len, &rest, 10);
		if (strncmp(rest, "..", 2) != 0)
			r->why = "a range is written low..high";
		else
			n->high = strtoll(rest + 2, &rest, 10);
		if (rest != end)
			r->why = "text after a range";
	}
	r->at = end + 1;
	return n;
}

static struct notation *
read_literal(struct reader *r)
{
	struct notation *n = make(r, NOTE_LITERAL, NULL);
	size_t len = strcspn(r->at, " \t\n[](){}<>|;");

	if (len == 0)
		r->why = "unexpected character";
	n->text = (struct slice){ r->at, len };
	r->at += len;
	return n;
}

/* Behind '{' */
static struct notation *
read_block(struct reader *r)
{
	if (accept(r, "@")) {
		expect(r, "}", "'{ @' without '}'");
		return make(r, NOTE_OPTIONS, NULL);
	}
	struct notation *n = make(r, NOTE_BLOCK, read_choice(r, ";"));

	expect(r, ";", "a block's element ends with ';'");
	expect(r, "...", "a block is written { x; ... }");
	n->nonempty = accept(r, "+");
	expect(r, "}", "'{' without '}'");
	return n;
}

static struct notation *
read_element(struct reader *r)
{
	struct notation *n;

	if (accept(r, "[")) {
		n = make(r, NOTE_OPTIONAL, read_choice(r, "]"));
		expect(r, "]", "'[' without ']'");
	} else if (accept(r, "(")) {
		n = read_choice(r, ")");
		expect(r, ")", "'(' without ')'");
	} else if (accept(r, "{")) {
		n = read_block(r);
	} else if (accept(r, "<")) {
		n = read_type(r);
	} else {
		skip_blanks(r);
		n = read_literal(r);
	}
	if (r->why == NULL && accept(r, "..."))
		n = make(r, NOTE_MANY, n);
	return n;
}

static struct notation *
read_sequence(struct reader *r, const char *closers)
{
	struct notation *n = make(r, NOTE_SEQUENCE, NULL);
	struct notation **end = &n->first;

	skip_blanks(r);
	while (r->why == NULL && *r->at != '\0' && *r->at != '|' &&
	       strchr(closers, *r->at) == NULL) {
		*end = read_element(r);
		end = &(*end)->next;
		skip_blanks(r);
	}
	return n;
}

static struct notation *
read_choice(struct reader *r, const char *closers)
{
	if (++r->depth > DEPTH_MAX) {
		r->why = "nested too deep";
		return make(r, NOTE_SEQUENCE, NULL);
	}
	struct notation *first = read_sequence(r, closers);
	struct notation *last = first;
	enum notation_kind kind = NOTE_SEQUENCE;

	while (r->why == NULL && accept(r, "|")) {
		enum notation_kind bar =
			accept(r, "|") ? NOTE_ANY_ORDER : NOTE_CHOICE;

		if (kind != NOTE_SEQUENCE && kind != bar)
			r->why = "'|' beside '||' needs a group";
		kind = bar;
		last = last->next = read_sequence(r, closers);
	}
	r->depth--;
	return kind == NOTE_SEQUENCE ? first : make(r, kind, first);
}

struct notation *
notation_compile(struct arena *a, const char *text, const char **why)
{
	struct reader r = { .arena = a, .at = text };
	struct notation *n = read_choice(&r, "");

	skip_blanks(&r);
	if (r.why == NULL && *r.at != '\0')
		r.why = "text after the notation";
	*why = r.why;
	return r.why == NULL ? n : NULL;
}

unsigned
notation_arity(const struct notation *n)
{
	unsigned count = 0;

	if (n->kind != NOTE_SEQUENCE)
		return 1;
	for (const struct notation *e = n->first; e != NULL; e = e->next)
		count++;
	return count;
}
