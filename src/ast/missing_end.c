/*
 * Where a block that is never closed was meant to end: before the first
 * statement that stands as far to the left as the block's own does, and whose
 * name is one of those that begin at the left.
 */
#include "ast/parse.h"

static const struct {
	const char *name;
	bool in_view; /* it may stand in a view as well */
} outer_names[] = {
	{ "acl", false },
	{ "controls", false },
	{ "dnssec-policy", false },
	{ "http", false },
	{ "key", true },
	{ "key-store", false },
	{ "logging", false },
	{ "managed-keys", true },
	{ "masters", false },
	{ "options", false },
	{ "parental-agents", false },
	{ "primaries", false },
	{ "remote-servers", false },
	{ "server", true },
	{ "statistics-channels", false },
	{ "template", false },
	{ "tls", false },
	{ "trust-anchors", true },
	{ "trusted-keys", true },
	{ "view", false },
	{ "zone", true },
};

bool
parse_is_outer(struct slice name, bool *in_view)
{
	for (size_t i = 0; i < sizeof(outer_names) / sizeof(*outer_names);
	     i++) {
		if (!slice_is_nocase(name, outer_names[i].name))
			continue;
		*in_view = outer_names[i].in_view;
		return true;
	}
	return false;
}

size_t
parse_indent(const struct parse *p)
{
	enum {
		INDENT_MAX = 200
	};
	struct slice text = p->source->text;
	size_t i = 0;

	while (i < INDENT_MAX && p->line + i < text.len &&
	       (text.data[p->line + i] == ' ' ||
		text.data[p->line + i] == '\t'))
		i++;
	return i;
}

void
parse_open(struct parse *p, struct span brace)
{
	*VEC_PUSH(p->arena, &p->open) = brace;
	if (p->blocks.len < p->open.len)
		VEC_PUSH(p->arena, &p->blocks);
	p->blocks.at[p->open.len - 1] =
		(struct open_block){ parse_indent(p), p->in_view_statement };
}

void
parse_suspect_end(struct parse *p, struct span word, struct slice name)
{
	if (p->suspect.found || p->open.len == 0 || p->next_end < p->ends.len)
		return;
	size_t width = parse_indent(p);
	bool in_view;

	if (p->source->base + p->line + width != word.begin ||
	    !parse_is_outer(name, &in_view))
		return;
	for (size_t i = 0; i < p->open.len; i++) {
		const struct open_block *b = &p->blocks.at[i];

		if (b->indent != width || (b->is_view && in_view))
			continue;
		p->suspect = (struct missing_end){ true, word.begin, i };
		return;
	}
}

bool
parse_ends_here(const struct parse *p, struct span word)
{
	return p->next_end < p->ends.len &&
	       p->ends.at[p->next_end].at == word.begin;
}

void
parse_report_end(struct parse *p, struct span word)
{
	size_t level = p->ends.at[p->next_end].open;
	struct diag *d = parse_error(p, word, "a '}' is missing before %s",
				     parse_quote(p, word));

	diag_note(p->diags, d, p->open.at[level], "this '{' is never closed");
	diag_help(p->diags, d, "add '};' where the block should end");
}
