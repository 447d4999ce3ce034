/* Addresses and names. */
#include <string.h>

#include "schema/rules.h"
#include "schema/types_unbound.h"

static bool
has(struct slice text, char c)
{
	return text.len > 0 && memchr(text.data, c, text.len) != NULL;
}

/* A scope ("%eth0") may follow an IPv6 address. */
static bool
parse_scoped(struct slice text, struct addr *out)
{
	struct slice scope = text;

	if (has(text, ':') && has(text, '%'))
		text = slice_split(&scope, '%');
	return addr_parse(text, out);
}

bool
type_ub_parse_netblock(struct slice text, struct prefix *out)
{
	struct slice len = text;
	struct slice head = slice_split(&len, '/');

	if (!parse_scoped(head, &out->addr))
		return false;
	out->len = family_bits(out->addr.family);
	if (!has(text, '/'))
		return true;
	long long value = type_ub_atoi(len);

	if (value > (long long)out->len ||
	    (value == 0 && !slice_is(len, "0")))
		return false;
	/* A negative length matched everything before 1.24. */
	out->len = value < 0 ? 0 : (unsigned)value;
	return true;
}

bool
type_ub_netblock(struct match *m, const struct notation *n,
		 const struct node **term)
{
	struct slice text = node_text(*term);
	struct prefix p;

	(void)n;
	if (type_ub_parse_netblock(text, &p)) {
		if (!has(text, '-') || schema_target(m->schema) < 1024000)
			return type_ub_next(term);
	}
	match_fail(m, *term, RULE_BAD_PREFIX, "%s is no address or netblock",
		   match_quote(m, *term));
	return false;
}

static bool
is_port(struct slice text)
{
	unsigned long long port;

	return slice_to_uint(text, 65535, &port) && port > 0;
}

bool
type_ub_parse_address(struct slice text, struct addr *out, struct slice *rest)
{
	struct slice tail = text;
	struct slice head = tail;

	if (rest != NULL)
		text = slice_split(&tail, '#');
	struct slice port = text;

	head = slice_split(&port, '@');
	if (has(text, '@') && !type_ub_is_number(port))
		return false;
	return parse_scoped(head, out);
}

/* A device is known to the host alone: any word that could be one. */
static bool
could_be_device(struct slice text)
{
	struct slice port = text;
	struct slice name = slice_split(&port, '@');

	if (has(text, '@') && !type_ub_is_number(port))
		return false;
	if (name.len == 0 || name.len > 15 || has(name, ':') ||
	    has(name, '/') || ascii_is_digit(name.data[0]))
		return false;
	return true;
}

bool
type_ub_is_interface(struct slice text)
{
	struct addr a;

	return type_ub_parse_address(text, &a, NULL) || could_be_device(text);
}

bool
type_ub_interface(struct match *m, const struct notation *n,
		  const struct node **term)
{
	(void)m, (void)n;
	return type_ub_is_interface(node_text(*term)) && type_ub_next(term);
}

bool
type_ub_server_address(struct match *m, const struct notation *n,
		       const struct node **term)
{
	struct slice rest;
	struct addr a;

	(void)n;
	if (type_ub_parse_address(node_text(*term), &a, &rest))
		return type_ub_next(term);
	struct slice port = node_text(*term);
	struct slice head = slice_split(&port, ':');

	if (!addr_parse(head, &a) || !is_port(port))
		return false;
	match_fail(m, *term, NULL, "%s is not an address",
		   match_quote(m, *term));
	match_help(m, "write '%.*s@%.*s'", SLICE(head), SLICE(port));
	return false;
}

/* The bytes that an escape takes: \DDD is one byte of the name. */
static size_t
escape_length(struct slice text)
{
	unsigned value = 0;

	if (text.len < 2)
		return 0;
	if (!ascii_is_digit(text.data[1]))
		return 2;
	for (size_t i = 1; i < 4; i++) {
		if (i >= text.len || !ascii_is_digit(text.data[i]))
			return 0;
		value = value * 10 + (unsigned)(text.data[i] - '0');
	}
	return value > 255 ? 0 : 4;
}

bool
type_ub_is_name(struct slice text)
{
	size_t label = 0, total = 1;

	if (slice_is(text, "."))
		return true;
	for (size_t i = 0; i < text.len;) {
		if (text.data[i] == '.') {
			if (label == 0)
				return false;
			total += label + 1;
			label = 0;
			i++;
			continue;
		}
		size_t step = 1;

		if (text.data[i] == '\\')
			step = escape_length(slice_sub(text, i, text.len));
		if (step == 0 || ++label > 63)
			return false;
		i += step;
	}
	total += label > 0 ? label + 1 : 0;
	return total <= 255;
}

bool
type_ub_domain_name(struct match *m, const struct notation *n,
		    const struct node **term)
{
	(void)m, (void)n;
	return node_text(*term).len > 0 && type_ub_is_name(node_text(*term)) &&
	       type_ub_next(term);
}

bool
type_ub_domain_name_or_root(struct match *m, const struct notation *n,
			    const struct node **term)
{
	(void)m, (void)n;
	return type_ub_is_name(node_text(*term)) && type_ub_next(term);
}

bool
type_ub_address_and_name(struct match *m, const struct notation *n,
			 const struct node **term)
{
	struct slice text = node_text(*term);
	struct slice address = type_ub_word(&text);
	struct slice name = type_ub_word(&text);
	struct addr a;

	(void)m, (void)n;
	struct slice more = type_ub_word(&text);

	if (more.len > 0 && type_ub_is_ttl(name)) {
		name = more;
		more = type_ub_word(&text);
	}
	return addr_parse(address, &a) && name.len > 0 && more.len == 0 &&
	       type_ub_is_name(name) && type_ub_next(term);
}
