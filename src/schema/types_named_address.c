#include "schema/types_named.h"

#include <string.h>

#include "schema/rules.h"

/* An address of `text`, which may carry a scope when it is IPv6. */
static bool
parse_address(struct slice text, struct addr *out)
{
	if (addr_parse(text, out))
		return true;
	struct slice rest = text;
	struct slice head = slice_split(&rest, '%');

	return head.len < text.len && addr_parse(head, out) &&
	       out->family == FAMILY_IPV6;
}

static bool
is_address(const struct node *n, bool v4, bool v6)
{
	struct addr a;

	if (n->kind != NODE_WORD || !parse_address(node_text(n), &a))
		return false;
	return a.family == FAMILY_IPV4 ? v4 : v6;
}

bool
type_ipv4_address(struct match *m, const struct notation *n,
		  const struct node **term)
{
	(void)m, (void)n;
	return is_address(*term, true, false) && type_next(term);
}

bool
type_ipv6_address(struct match *m, const struct notation *n,
		  const struct node **term)
{
	(void)m, (void)n;
	return is_address(*term, false, true) && type_next(term);
}

/* Other programs write a port as ADDRESS:PORT or ADDRESS@PORT. */
static void
hint_at_port(struct match *m, const struct node *term)
{
	static const char separators[] = { '@', ':' };

	for (size_t i = 0; term->kind == NODE_WORD && i < 2; i++) {
		struct slice text = node_text(term), port = text;
		struct slice head = slice_split(&port, separators[i]);
		unsigned long long number;
		struct addr a;

		if (head.len == text.len || !addr_parse(head, &a) ||
		    !slice_to_uint(port, 65535, &number))
			continue;
		match_fail(m, term, NULL, "%s is not an IP address",
			   match_quote(m, term));
		match_help(m, "write '%.*s port %llu'", SLICE(head), number);
		return;
	}
}

bool
type_ip_address(struct match *m, const struct notation *n,
		const struct node **term)
{
	(void)n;
	if (is_address(*term, true, true))
		return type_next(term);
	hint_at_port(m, *term);
	return false;
}

/*
 * "10" and "10.1" of 10/8 and 10.1/16: missing octets are zero when a length
 * is given. False when the text is no beginning of an IPv4 address.
 */
static bool
parse_ipv4_part(struct slice text, struct addr *out)
{
	uint32_t value = 0;
	unsigned n = 0;

	while (n < 3) {
		unsigned long long part;
		struct slice head = slice_split(&text, '.');

		if (head.len > 1 && head.data[0] == '0')
			return false;
		if (!slice_to_uint(head, 255, &part))
			return false;
		value = value << 8 | (uint32_t)part;
		n++;
		if (text.len == 0)
			break;
	}
	*out = addr_ipv4(value << 8 * (4 - n));
	return text.len == 0;
}

enum verdict {
	PREFIX_GOOD,
	PREFIX_BAD,
	PREFIX_NONE
};

/* A netmask, as other programs take it, or no such number of bits. */
static void
hint_at_length(struct match *m, struct prefix p, struct slice length)
{
	char buf[ADDR_TEXT_MAX];
	struct prefix mask, ones = p;

	if (p.addr.family == FAMILY_IPV4 && addr_parse(length, &mask.addr) &&
	    mask.addr.family == FAMILY_IPV4) {
		for (ones.len = 0; ones.len <= 32; ones.len++) {
			struct prefix all = { .addr = addr_last(FAMILY_IPV4),
					      .len = ones.len };

			if (addr_cmp(prefix_network(all).addr, mask.addr) != 0)
				continue;
			match_help(m, "write %s",
				   prefix_format(prefix_network(ones), buf));
			return;
		}
	}
	match_help(m, "write a number of bits, 0 to %u", p.len);
}

static enum verdict
check_length(struct match *m, const struct node *at, struct prefix p,
	     struct slice length)
{
	unsigned long long len;
	char buf[ADDR_TEXT_MAX];

	if (!slice_to_uint(length, p.len, &len)) {
		match_fail(m, at, RULE_BAD_PREFIX,
			   "'%.*s' is no prefix length for %s", SLICE(length),
			   p.addr.family == FAMILY_IPV4 ? "IPv4" : "IPv6");
		hint_at_length(m, p, length);
		return PREFIX_BAD;
	}
	p.len = (unsigned)len;
	if (prefix_is_network(p))
		return PREFIX_GOOD;
	match_fail(m, at, RULE_BAD_PREFIX,
		   "'%.*s' has bits set beyond its prefix length",
		   SLICE(node_text(at)));
	match_help(m, "the network is %s",
		   prefix_format(prefix_network(p), buf));
	return PREFIX_BAD;
}

/*
 * Is the word at `*term`, with a '/' and a length perhaps standing apart from
 * it, a prefix? `*term` moves past one. Lists of a million elements pass
 * here, so the usual form takes the straight way.
 */
static enum verdict
check_prefix(struct match *m, const struct node **term)
{
	const struct node *at = *term;
	struct slice text = node_text(at), rest = text;
	struct slice head = slice_split(&rest, '/');
	bool has_len = head.len < text.len, whole = true;
	struct prefix p;

	if (!parse_address(head, &p.addr)) {
		whole = false;
		if (!parse_ipv4_part(head, &p.addr))
			return PREFIX_NONE;
	}
	p.len = family_bits(p.addr.family);
	*term = at->next;
	if (!has_len && *term != NULL && (*term)->kind == NODE_WORD &&
	    node_is(*term, "/")) {
		has_len = true;
		rest = node_text((*term)->next);
		*term = (*term)->next == NULL ? NULL : (*term)->next->next;
	}
	if (has_len)
		return check_length(m, at, p, rest);
	if (whole)
		return PREFIX_GOOD;
	match_fail(m, at, RULE_BAD_PREFIX,
		   "'%.*s' is neither a whole IPv4 address nor a prefix",
		   SLICE(text));
	match_help(m, "add the missing octets or a prefix length");
	return PREFIX_BAD;
}

bool
type_prefix_value(const struct node *n, struct prefix *p)
{
	unsigned long long len;

	if (n == NULL || n->kind != NODE_WORD)
		return false;
	struct slice text = node_text(n), rest = text;
	struct slice head = slice_split(&rest, '/');
	bool whole = parse_address(head, &p->addr);

	if (!whole && !parse_ipv4_part(head, &p->addr))
		return false;
	p->len = family_bits(p->addr.family);
	if (head.len == text.len) {
		if (n->next == NULL || !node_is(n->next, "/"))
			return whole;
		rest = node_text(n->next->next);
	}
	if (!slice_to_uint(rest, p->len, &len))
		return false;
	p->len = (unsigned)len;
	return true;
}

bool
type_netprefix(struct match *m, const struct notation *n,
	       const struct node **term)
{
	(void)n;
	return (*term)->kind == NODE_WORD &&
	       check_prefix(m, term) == PREFIX_GOOD;
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static bool
check_nested_list(struct match *m, const struct notation *n,
		  const struct node **term)
{
	for (const struct node *s = (*term)->first; s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT)
			continue;
		const struct node *inner = s->first;

		if (!type_address_match_element(m, n, &inner)) {
			match_fail(m, s->first, NULL, "%s is not %s",
				   match_quote(m, s->first), n->type->expects);
			return false;
		}
		if (inner != NULL) {
			match_fail(m, inner, RULE_SYNTAX,
				   "missing ';' before %s",
				   match_quote(m, inner));
			return false;
		}
	}
	return type_next(term);
}

/* geoip [ db NAME ] KIND VALUE */
static bool
check_geoip(struct match *m, const struct node **term)
{
	static const char *const kinds[] = {
		"area",	     "areacode",   "asnum",    "city",
		"continent", "country",	   "country3", "countryname",
		"domain",    "isp",	   "metro",    "metrocode",
		"netspeed",  "org",	   "postal",   "postalcode",
		"region",    "regionname", "timezone", "tz",
	};
	const struct node *at = (*term)->next;

	if (at != NULL && at->kind == NODE_WORD && node_is(at, "db"))
		at = at->next != NULL && type_is_string(at->next)
			     ? at->next->next
			     : NULL;
	for (size_t i = 0; at != NULL && i < sizeof(kinds) / sizeof(*kinds);
	     i++) {
		if (at->kind != NODE_WORD || !node_is(at, kinds[i]))
			continue;
		at = at->next;
		if (at == NULL || !type_is_string(at))
			break;
		*term = at->next;
		return true;
	}
	match_fail(m, at != NULL ? at : *term, NULL,
		   "'geoip' takes what to look at, such as country, and a "
		   "value");
	return false;
}

bool
type_address_match_element(struct match *m, const struct notation *n,
			   const struct node **term)
{
	while ((*term)->kind == NODE_NOT) {
		const struct node *sign = *term;

		type_next(term);
		if (*term == NULL) {
			match_fail(m, sign, NULL, "'!' stands before nothing");
			return false;
		}
	}
	const struct node *at = *term;

	if (at->kind == NODE_WORD) {
		switch (check_prefix(m, term)) {
		case PREFIX_GOOD:
			return true;
		case PREFIX_BAD:
			return false;
		case PREFIX_NONE:
			break;
		}
		if (node_is(at, "key")) {
			*term = at->next;
			return at->next != NULL && type_is_string(at->next) &&
			       type_next(term);
		}
		if (node_is(at, "geoip"))
			return check_geoip(m, term);
	}
	if (at->kind == NODE_BLOCK)
		return check_nested_list(m, n, term);
	if (type_is_string(at))
		return type_next(term);
	if (at->kind == NODE_WORD) {
		match_fail(m, at, RULE_BAD_PREFIX, "%s is no address prefix",
			   match_quote(m, at));
		match_help(m, "an address before '/' is four decimal numbers "
			      "or an IPv6 address; a name must be in quotes "
			      "when it contains '/'");
	}
	return false;
}
