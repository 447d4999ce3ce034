/*
 * The types of values in named.conf. What each accepts is what the server's
 * own parser accepts (BIND lib/isccfg/parser.c and namedconf.c).
 */
#include <string.h>

#include "base/addr.h"
#include "schema/match.h"
#include "schema/rules.h"

static bool
next(const struct node **term)
{
	*term = (*term)->next;
	return true;
}

static bool
check_string(struct match *m, const struct notation *n,
	     const struct node **term)
{
	(void)m, (void)n;
	return node_is_text(*term) && next(term);
}

static bool
check_quoted_string(struct match *m, const struct notation *n,
		    const struct node **term)
{
	(void)m, (void)n;
	return (*term)->kind == NODE_STRING && next(term);
}

/*
 * "10/8" and "10.1/16": missing octets are zero when a length is given. False
 * when the text is no IPv4 address or prefix at all; `*whole` tells whether
 * all four octets were there.
 */
static bool
parse_ipv4_part(struct slice text, struct addr *out, unsigned *octets)
{
	uint32_t value = 0;
	unsigned n = 0;

	while (n < 4) {
		unsigned long long part;
		struct slice head = slice_split(&text, '.');

		if (head.len > 1 && head.data[0] == '0')
			return false;
		if (!slice_to_uint(head, 255, &part))
			return false;
		value = value << 8 | (uint32_t)part;
		n++;
		if (text.data == NULL || text.len == 0)
			break;
	}
	*out = addr_ipv4(value << 8 * (4 - n));
	*octets = n;
	return text.len == 0;
}

/* An element that begins like an address: is it a good prefix? */
static bool
check_prefix_text(struct match *m, const struct node *at, struct slice text)
{
	struct slice rest = text;
	struct slice head = slice_split(&rest, '/');
	bool has_len = head.len < text.len;
	unsigned octets = 4;
	unsigned long long len;
	struct prefix p;
	char buf[ADDR_TEXT_MAX];

	if (!addr_parse(head, &p.addr) &&
	    !parse_ipv4_part(head, &p.addr, &octets))
		return true; /* a name, then */
	p.len = family_bits(p.addr.family);
	if (!has_len) {
		if (octets == 4)
			return true;
		match_fail(m, at, RULE_BAD_PREFIX,
			   "incomplete IPv4 address '%.*s'", SLICE(text));
		return false;
	}
	if (!slice_to_uint(rest, p.len, &len)) {
		match_fail(m, at, RULE_BAD_PREFIX,
			   "'%.*s' is no prefix length for %s", SLICE(rest),
			   p.addr.family == FAMILY_IPV4 ? "IPv4" : "IPv6");
		return false;
	}
	p.len = (unsigned)len;
	if (prefix_is_network(p))
		return true;
	match_fail(m, at, RULE_BAD_PREFIX,
		   "'%.*s' has bits set beyond its prefix length",
		   SLICE(text));
	match_help(m, "the network is %s",
		   prefix_format(prefix_network(p), buf));
	return false;
}

static bool check_element(struct match *m, const struct notation *n,
			  const struct node **term);

static bool
check_nested_list(struct match *m, const struct notation *n,
		  const struct node **term)
{
	for (const struct node *s = (*term)->first; s != NULL; s = s->next) {
		const struct node *inner = s->first;

		if (s->kind != NODE_STATEMENT)
			continue;
		if (!check_element(m, n, &inner))
			return false;
		if (inner != NULL) {
			match_fail(m, inner, RULE_SYNTAX, "missing ';' before %s",
				   match_quote(m, inner));
			return false;
		}
	}
	return next(term);
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static bool
check_element(struct match *m, const struct notation *n,
	      const struct node **term)
{
	if ((*term)->kind == NODE_NOT) {
		next(term);
		if (*term == NULL)
			return false;
	}
	const struct node *at = *term;

	if (at->kind == NODE_BLOCK)
		return check_nested_list(m, n, term);
	if (!node_is_text(at))
		return false;
	if (at->kind == NODE_WORD && node_is(at, "key")) {
		next(term);
		return node_is_text(*term) && next(term);
	}
	if (at->kind == NODE_WORD && !check_prefix_text(m, at, node_text(at)))
		return false;
	return next(term);
}

static const struct type types[] = {
	{ "string", "a name or string", check_string },
	{ "quoted_string", "a quoted string", check_quoted_string },
	{ "address_match_element", "an address, prefix, ACL name or key",
	  check_element },
};

const struct type *
type_find_named(struct slice name)
{
	return type_find_in(types, sizeof(types) / sizeof(*types), name);
}
