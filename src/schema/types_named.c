#include "schema/types_named.h"

#include <string.h>

#include "schema/rules.h"

/* As the server's lexer sees it: not quoted, and a '/' ends a word there. */
static bool
is_word(const struct node *n)
{
	return n->kind == NODE_WORD && memchr(n->text, '/', n->len) == NULL;
}

bool
type_is_string(const struct node *n)
{
	return n->kind == NODE_STRING || is_word(n);
}

static bool
check_string(struct match *m, const struct notation *n,
	     const struct node **term)
{
	(void)n;
	if (type_is_string(*term))
		return type_next(term);
	if ((*term)->kind == NODE_WORD) {
		match_fail(m, *term, NULL, "%s ends at its first '/'",
			   match_quote(m, *term));
		match_help(m, "write it in quotes");
	}
	return false;
}

/* Without the quotes of a text processor, or single ones, around it. */
static struct slice
without_quotes(struct slice text)
{
	static const char *const quotes[] = { "\u201c", "\u201d", "\u201e",
					      "\u2018", "\u2019", "\u00ab",
					      "\u00bb", "'" };

	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
		size_t len = strlen(quotes[i]);

		if (slice_has_prefix(text, quotes[i]))
			text = slice_sub(text, len, text.len);
		if (text.len >= len &&
		    slice_is(slice_sub(text, text.len - len, len), quotes[i]))
			text.len -= len;
	}
	return text;
}

/* The word, with those that follow it at once: a '/' ends a word. */
static struct slice
unspaced(const struct match *m, const struct node *word)
{
	const struct node *last = word;

	while (last->next != NULL && last->next->kind == NODE_WORD &&
	       last->next->span.begin == last->span.end)
		last = last->next;
	return last == word ? node_text(word)
			    : sources_text(m->config->sources,
					   (struct span){ word->span.begin,
							  last->span.end });
}

static bool
check_quoted_string(struct match *m, const struct notation *n,
		    const struct node **term)
{
	(void)n;
	if ((*term)->kind == NODE_STRING)
		return type_next(term);
	if ((*term)->kind == NODE_WORD) {
		struct slice text = unspaced(m, *term);
		struct span secret;

		if (sources_secret_in(m->config->sources, (*term)->span,
				      &secret)) {
			match_fail(m, *term, NULL,
				   "the secret must be in quotes");
			return false;
		}
		match_fail(m, *term, NULL, "'%.*s' must be in quotes",
			   SLICE(text));
		text = without_quotes(text);
		match_help(m, "write \"%.*s\"", SLICE(text));
	}
	return false;
}

static bool
check_keyword(struct match *m, const struct notation *n,
	      const struct node **term)
{
	(void)m, (void)n;
	return is_word(*term) && type_next(term);
}

static bool
check_text(struct match *m, const struct notation *n, const struct node **term)
{
	(void)m, (void)n;
	return (*term)->kind == NODE_BLOCK && type_next(term);
}

static const struct type types[] = {
	{ "address_match_element",
	  "an address, a prefix, the name of an acl, or 'key' and a name",
	  type_address_match_element },
	{ "boolean", "yes or no", type_boolean },
	{ "bracketed_text", "text in braces", check_text },
	{ "duration", "a duration, such as 3600, 1h30m or PT1H30M",
	  type_duration },
	{ "duration_or_unlimited",
	  "a duration, such as 30d or P30D, or unlimited",
	  type_duration_or_unlimited },
	{ "fixedpoint", "a number such as 0.75", type_fixedpoint },
	{ "ignored", "a word", check_keyword },
	{ "integer", "a number", type_integer },
	{ "ip_address", "an IP address", type_ip_address },
	{ "ipv4_address", "an IPv4 address", type_ipv4_address },
	{ "ipv6_address", "an IPv6 address", type_ipv6_address },
	{ "keyword", "a word", check_keyword },
	{ "netprefix", "an address or prefix", type_netprefix },
	{ "percentage", "a percentage, such as 50%", type_percentage },
	{ "port", "a port, 0 to 65535", type_port },
	{ "portrange", "a port, or 'range' and two ports", type_portrange },
	{ "quoted_string", "a quoted string", check_quoted_string },
	{ "rrtype", "a type of record", check_string },
	{ "server-list", "the name of a list of servers", check_string },
	{ "sizeval", "a size, such as 512m", type_sizeval },
	{ "string", "a name or string", check_string },
};

const struct type *
type_find_named(struct slice name)
{
	return type_find_in(types, sizeof(types) / sizeof(*types), name);
}
