/*
 * A '"' that has no other. It turns all strings behind it inside out, which
 * shows: what seems to be a string then holds the end of a statement and that
 * of a line, and a word begins where it seems to end.
 */
#include <string.h>

#include "ast/parse.h"

static const char blanks[] = " \t\r\n";
static const char ends[] = ";{}";

/* Is it part of a word? */
static bool
is_plain(char c)
{
	return c != '\0' && c != '"' && !ascii_is_one_of(c, blanks) &&
	       !ascii_is_one_of(c, ends);
}

bool
parse_quote_is_lost(const struct parse *p, struct span string, char next)
{
	/* Two NUL bytes follow the text. */
	const char *from =
		p->source->text.data + string.begin - p->source->base + 1;
	size_t len = string.end - string.begin - 2;
	const char *second = from + len + 2;
	bool ended = false;

	if ((!is_plain(next) && next != '"') || next == '#' ||
	    (next == '/' && (*second == '/' || *second == '*')) ||
	    memchr(from, '\n', len) == NULL)
		return false;
	for (size_t i = 0; i < len && !ended; i++)
		ended = ascii_is_one_of(from[i], ends);
	return ended;
}

/* To the first ';' or brace on its line, or the end of that. */
static size_t
likely_length(const char *from, const char *end)
{
	size_t len = 0;

	while (from + len < end && from[len] != '\n' &&
	       !ascii_is_one_of(from[len], ends))
		len++;
	while (len > 0 && ascii_is_one_of(from[len - 1], blanks))
		len--;
	return len;
}

/* It stands right behind a word or a string. */
static void
report_surplus(struct parse *p, struct span quote)
{
	struct span before = p->last->span;
	struct diag *d;

	if (p->last->kind == NODE_STRING) {
		d = parse_error(p, quote, "this '\"' is one too many");
		diag_help(p->diags, d, "remove it");
		diag_fix_guess(p->diags, d, quote, "");
		return;
	}
	p->last->kind = NODE_STRING;
	before.end = before.begin;
	d = parse_error(p, quote,
			"this '\"' ends a string that has no other "
			"before it");
	diag_help(p->diags, d, "write '\"' before %s as well",
		  parse_quote(p, p->last->span));
	diag_fix_guess(p->diags, d, before, "\"");
}

size_t
parse_lost_quote(struct parse *p, struct span *string)
{
	struct slice text = p->source->text;
	struct span quote = { string->begin, string->begin + 1 };
	size_t at = string->begin - p->source->base;
	size_t len = 0;

	*string = quote;
	if (p->last != NULL && p->last->span.end == quote.begin) {
		report_surplus(p, quote);
		return 0;
	}
	len = likely_length(text.data + at + 1, text.data + text.len);
	string->end += (uint32_t)len;
	struct diag *d = parse_error(p, quote, "this string is never closed");

	diag_help(p->diags, d, "write '\"' at its end%s",
		  len > 0 ? ", perhaps here" : "");
	if (len > 0) {
		diag_fix_guess(p->diags, d, span_at_end(*string), "\"");
		diag_note(p->diags, d, span_at_end(*string),
			  "the string seems to end here");
	}
	return len;
}
