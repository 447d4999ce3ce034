#include <string.h>

#include "rules/rule.h"

/* Each line is an edit; files of more are left to other tools. */
enum {
	EDITS_MAX = 1000
};

static struct span
span_in(const struct source *src, size_t at, size_t len)
{
	uint32_t begin = src->base + (uint32_t)at;

	return (struct span){ begin, begin + (uint32_t)len };
}

/* The next "\r\n" from `at` on, or the length of the text. */
static size_t
next_return(struct slice text, size_t at)
{
	while (at < text.len) {
		const char *p = memchr(text.data + at, '\r', text.len - at);

		if (p == NULL)
			break;
		at = (size_t)(p - text.data);
		if (p[1] == '\n')
			return at;
		at++;
	}
	return text.len;
}

static void
check_returns(struct rule_context *cx, const struct source *src)
{
	struct slice text = src->text;
	size_t first = next_return(text, 0), count = 0;

	if (first == text.len)
		return;
	for (size_t at = first; at < text.len; at = next_return(text, at + 1))
		count++;
	struct diag *d = rule_report(cx, span_in(src, first, 1),
				     "%zu line%s of this file end%s with a "
				     "carriage return",
				     count, count == 1 ? "" : "s",
				     count == 1 ? "s" : "");

	diag_help(cx->diags, d, "write it with the line ends of Unix");
	for (size_t at = first; count <= EDITS_MAX && at < text.len;
	     at = next_return(text, at + 1))
		diag_fix(cx->diags, d, span_in(src, at, 1), "");
}

static void
check(struct rule_context *cx)
{
	static const char mark[] = "\xef\xbb\xbf";
	const struct sources *sources = cx->config->sources;

	for (size_t i = 0; i < sources_count(sources); i++) {
		const struct source *src = sources_at(sources, i);

		if (slice_has_prefix(src->text, mark)) {
			struct diag *d = rule_report(
				cx, span_in(src, 0, 3),
				"this file begins with a byte order mark, "
				"which the server takes for a word");

			diag_help(cx->diags, d, "save it without");
			diag_fix(cx->diags, d, span_in(src, 0, 3), "");
		}
		check_returns(cx, src);
	}
}

const struct rule rule_crlf_or_bom = {
	.id = "crlf-or-bom",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_TREE,
	.summary = "line ends or a byte order mark of another system",
	.explain =
		"The servers read carriage returns as blanks, but scripts that "
		"work on the file, and strings that go over a line, do not. A "
		"byte order mark becomes part of the first word.",
	.source = "BIND 9, lib/isc/lex.c; Unbound, util/configlexer.lex",
	.bad = "options { recursion no; };\r\n",
	.good = "options { recursion no; };\n",
	.bad_unbound = "server: verbosity: 1\r\n",
	.good_unbound = "server: verbosity: 1\n",
	.check = check,
};
