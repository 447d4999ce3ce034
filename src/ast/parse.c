#include "ast/parse.h"

#include <string.h>

struct diag *
parse_error(struct parse *p, struct span span, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *message = arena_vprintf(p->arena, format, args);
	va_end(args);
	struct diag *d = diag_add(p->diags, SEV_ERROR, RULE_SYNTAX, span, "%s",
				  message);

	if (++p->errors == PARSE_ERRORS_MAX) {
		p->give_up = true;
		diag_remark(p->diags, d,
			    "too many syntax errors, the rest of this file is "
			    "not read");
	}
	return d;
}

/* Options whose value must never be printed, in either language. */
static const char *const secret_names[] = {
	"cookie-secret",	 "pkcs11-uri",
	"redis-replica-server-password", "redis-server-password",
	"secret",		 "secret-seed",
};

/* Every word is asked about, and hardly one has such a length and end. */
static bool
may_be_secret_name(struct slice word)
{
	if (word.len < 6)
		return false;
	switch (ascii_lower(word.data[word.len - 1])) {
	case 't': /* secret */
	case 'd': /* password, seed */
	case 'i': /* uri */
		return word.len == 6 || word.len >= 10;
	default:
		return false;
	}
}

bool
config_is_secret_name(struct slice word)
{
	if (!may_be_secret_name(word))
		return false;
	for (size_t i = 0; i < sizeof(secret_names) / sizeof(*secret_names);
	     i++)
		if (slice_is_nocase(word, secret_names[i]))
			return true;
	return false;
}

/* What a PKCS #11 URI without its quotes falls apart into (RFC 7512). */
static bool
is_pin(struct slice word)
{
	return slice_has_prefix(word, "pin-value=");
}

struct node *
parse_text(struct parse *p, enum node_kind kind, struct span span,
	   struct slice text)
{
	struct node *n = node_new(p->arena, kind, span);

	n->text = text.data;
	n->len = (uint32_t)text.len;
	p->last = n;
	if (p->secret_next || is_pin(text))
		sources_add_secret(p->sources, span);
	p->secret_next = kind == NODE_WORD && config_is_secret_name(text);
	return n;
}

struct slice
parse_cut_at_nul(const struct parse *p, struct slice text)
{
	const char *nul = p->source->has_nul
				  ? memchr(text.data, '\x01', text.len)
				  : NULL;

	if (nul != NULL)
		text.len = (size_t)(nul - text.data);
	return text;
}

struct slice
parse_unquote(struct parse *p, struct slice inner)
{
	if (memchr(inner.data, '\\', inner.len) == NULL)
		return inner;
	char *out = arena_alloc(p->arena, inner.len);
	size_t len = 0;

	for (size_t i = 0; i < inner.len; i++) {
		if (inner.data[i] == '\\' && i + 1 < inner.len) {
			if (inner.data[i + 1] != '"')
				out[len++] = '\\';
			i++;
		}
		out[len++] = inner.data[i];
	}
	return (struct slice){ out, len };
}

struct node *
parse_parent(struct parse *p, enum node_kind kind, struct span span,
	     struct node_list children)
{
	struct node *n = node_new(p->arena, kind, span);

	n->first = children.first;
	n->len = children.count;
	return n;
}

char *
parse_buffer(struct parse *p)
{
	/* The text is ours: the source keeps it, nobody else writes to it. */
	return (char *)(uintptr_t)p->source->text.data;
}

const char *
parse_quote(struct parse *p, struct span span)
{
	enum { SHOWN = 40 };
	struct slice text = slice_sub(p->source->text,
				      span.begin - p->source->base,
				      span.end - span.begin);

	struct span secret;

	if (sources_secret_in(p->sources, span, &secret))
		return "the secret";
	if (text.len > SHOWN || memchr(text.data, '\n', text.len) != NULL)
		return "this";
	return arena_printf(p->arena, "'%.*s'", SLICE(text));
}
