/*
 * Why a '}' closes nothing that is open: a statement further up has no '{', or
 * a block ends too early, by a '}' too many. The latter shows where a statement
 * stands further to the right than the block that ends just before it began.
 */
#include "ast/parse.h"

static bool
is_class(struct slice word)
{
	static const char *const classes[] = { "in", "ch", "chaos", "hs",
					       "hesiod" };

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (slice_is_nocase(word, classes[i]))
			return true;
	return false;
}

static bool
has_no_name(struct slice word)
{
	static const char *const names[] = {
		"controls",
		"logging",
		"managed-keys",
		"options",
		"statistics-channels",
		"trust-anchors",
		"trusted-keys",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is_nocase(word, names[i]))
			return true;
	return false;
}

static bool
is_one_of(struct slice word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (slice_is_nocase(word, *words))
			return true;
	return false;
}

/* Lists of servers have what holds for all of them in front of the '{'. */
static bool
is_server_list(struct slice word)
{
	static const char *const names[] = { "primaries", "masters",
					     "parental-agents",
					     "remote-servers", NULL };

	return is_one_of(word, names);
}

static bool
is_for_all_servers(struct slice word)
{
	static const char *const words[] = { "port", "dscp", "source",
					     "source-v6", NULL };

	return is_one_of(word, words);
}

static void
suspect(struct parse *p, struct lost_brace lost)
{
	if (p->suspect_brace.found || p->strays > 0)
		return;
	p->suspect_brace = lost;
	p->suspect_brace.found = true;
}

void
parse_follow_first(struct parse *p, struct span word, struct slice name)
{
	size_t depth = p->open.len, width = parse_indent(p);
	/* Most statements stand in a block of none that is looked for. */
	bool outer = depth == 0 || p->blocks.at[depth - 1].is_view;
	bool in_view;

	if (p->closing.fresh && width > p->closing.indent &&
	    p->source->base + p->line + width == word.begin)
		suspect(p, (struct lost_brace){ .at = p->closing.at });
	p->closing.fresh = false;
	p->head = (struct head){
		.open = outer && parse_is_outer(name, &in_view) &&
			(depth == 0 || in_view),
		.names = outer && has_no_name(name) ? 0 : 1,
		.span = word,
		.line = p->line,
		.is_servers = is_server_list(name),
	};
}

void
parse_follow_term(struct parse *p, struct span word, struct slice text)
{
	struct head *h = &p->head;

	if (!h->open || h->brace != 0)
		return;
	if (h->is_servers && h->names == 0 && is_for_all_servers(text))
		h->names = 2; /* it, and its value */
	if (h->line == p->line && (h->names > 0 || is_class(text))) {
		h->span.end = word.end;
		h->names -= h->names > 0;
		return;
	}
	h->brace = word.begin;
}

void
parse_follow_end(struct parse *p)
{
	if (p->head.open && p->head.brace != 0)
		suspect(p, (struct lost_brace){ .missing = true,
						.at = p->head.brace,
						.head = p->head.span });
	p->head.open = false;
}

void
parse_follow_close(struct parse *p, struct span brace)
{
	p->closing = (struct closing){ true, brace.begin,
				       p->blocks.at[p->open.len].indent };
}

static const struct lost_brace *
find_lost(const struct parse *p, uint32_t at)
{
	for (size_t i = 0; i < p->lost.len; i++)
		if (p->lost.at[i].at == at)
			return &p->lost.at[i];
	return NULL;
}

bool
parse_lacks_brace(struct parse *p, struct span word)
{
	const struct lost_brace *lost = find_lost(p, word.begin);

	/* Behind the supplied '{' the word is the first of a statement. */
	if (lost == NULL || !p->in_statement)
		return false;
	struct diag *d = parse_error(p, lost->head, "a '{' is missing after %s",
				     parse_quote(p, lost->head));

	diag_fix_guess(p->diags, d, span_at_end(lost->head), " {");
	return true;
}

bool
parse_drops_brace(struct parse *p, struct span brace)
{
	if (p->open.len == 0 || find_lost(p, brace.begin) == NULL)
		return false;
	struct diag *d = parse_error(p, brace,
				     "this '}' is one too many: what follows "
				     "belongs to the block that it closes");

	diag_note(p->diags, d, p->open.at[p->open.len - 1],
		  "the block begins here");
	diag_help(p->diags, d, "remove it");
	return true;
}
