#include "ast/dump.h"

#include <inttypes.h>

struct dump {
	const struct config *config;
	FILE *out;
	const struct source *source;
};

static void
print_text(FILE *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
}

static bool
is_secret(struct dump *d, const struct node *n)
{
	struct span secret;

	return sources_secret_in(d->config->sources, n->span, &secret);
}

static void
print_node(struct dump *d, const struct node *n, int depth)
{
	static const char *const kinds[] = {
		[NODE_STATEMENT] = "statement", [NODE_BLOCK] = "block",
		[NODE_WORD] = "word",		[NODE_STRING] = "string",
		[NODE_NOT] = "not",		[NODE_BAD] = "bad",
	};
	struct position at = sources_position(d->config->sources,
					      n->span.begin);

	if (at.source != d->source) {
		fprintf(d->out, "%*s[%s]\n", depth * 2, "", at.source->name);
		d->source = at.source;
	}
	fprintf(d->out, "%*s%s", depth * 2, "", kinds[n->kind]);
	if (node_is_text(n)) {
		fputs(" \"", d->out);
		print_text(d->out, is_secret(d, n) ? slice_of("(secret)")
						   : node_text(n));
		fputc('"', d->out);
	}
	fprintf(d->out, " %zu:%zu%s%s\n", at.line, at.column,
		n->flags & NODE_UNTERMINATED ? " unterminated" : "",
		n->flags & NODE_INCLUDE ? " include" : "");
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static void
walk(struct dump *d, const struct node *n, int depth)
{
	print_node(d, n, depth);
	for (const struct node *child = node_first(n); child != NULL;
	     child = child->next)
		walk(d, child, depth + 1);
}

void
config_dump(const struct config *c, FILE *out)
{
	struct dump d = { .config = c, .out = out };

	for (const struct node *n = node_first(c->root); n != NULL; n = n->next)
		walk(&d, n, 0);
}
