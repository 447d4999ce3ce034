/* Addresses, names and resource records. */
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
	if (has(text, '@') && !is_port(port))
		return false;
	return parse_scoped(head, out);
}

/* A device is known to the host alone: any word that could be one. */
static bool
could_be_device(struct slice text)
{
	struct slice port = text;
	struct slice name = slice_split(&port, '@');

	if (has(text, '@') && !is_port(port))
		return false;
	if (name.len == 0 || name.len > 15 || has(name, ':') ||
	    has(name, '/') || ascii_is_digit(name.data[0]))
		return false;
	return true;
}

bool
type_ub_interface(struct match *m, const struct notation *n,
		  const struct node **term)
{
	struct slice text = node_text(*term);
	struct addr a;

	(void)m, (void)n;
	return (type_ub_parse_address(text, &a, NULL) ||
		could_be_device(text)) &&
	       type_ub_next(term);
}

bool
type_ub_server_address(struct match *m, const struct notation *n,
		       const struct node **term)
{
	struct slice rest;
	struct addr a;

	(void)m, (void)n;
	return type_ub_parse_address(node_text(*term), &a, &rest) &&
	       type_ub_next(term);
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

/* A field of a record: up to a blank, or a quoted string. */
static struct slice
next_field(struct slice *rest)
{
	size_t i = 0, end;

	while (i < rest->len && ascii_is_space(rest->data[i]))
		i++;
	end = i;
	if (i < rest->len && rest->data[i] == '"') {
		for (end = i + 1; end < rest->len && rest->data[end] != '"';)
			end += rest->data[end] == '\\' ? 2 : 1;
		end = end < rest->len ? end + 1 : rest->len;
	} else {
		while (end < rest->len && !ascii_is_space(rest->data[end]))
			end += rest->data[end] == '\\' ? 2 : 1;
	}
	struct slice head = slice_sub(*rest, i, end - i);

	*rest = slice_sub(*rest, end, rest->len);
	return head;
}

static bool
is_ttl(struct slice text)
{
	if (text.len == 0 || !ascii_is_digit(text.data[0]))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_digit(text.data[i]) &&
		    strchr("smhdw", ascii_lower(text.data[i])) == NULL)
			return false;
	return true;
}

static bool
is_class(struct slice text)
{
	static const char *const classes[] = { "IN", "CH", "HS", "ANY",
					       "NONE" };

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (slice_is_nocase(text, classes[i]))
			return true;
	return text.len > 5 && slice_is_nocase(slice_sub(text, 0, 5), "CLASS");
}

/*
 * Fields of the data: 'n' a name, '4' and '6' addresses, 'i' a number, 'h'
 * hexadecimal text, 't' any text, '*' whatever follows.
 */
struct record_type {
	const char *name;
	const char *fields;
};

static const struct record_type record_types[] = {
	{ "A", "4" },	      { "AAAA", "6" },	   { "AFSDB", "in" },
	{ "ANY", "" },	      { "APL", "*" },	   { "CAA", "itt" },
	{ "CDNSKEY", "iii*" }, { "CDS", "itih" },  { "CERT", "*" },
	{ "CNAME", "n" },     { "CSYNC", "*" },	   { "DHCID", "*" },
	{ "DLV", "itih" },    { "DNAME", "n" },	   { "DNSKEY", "iti*" },
	{ "DS", "itih" },     { "EUI48", "t" },	   { "EUI64", "t" },
	{ "GPOS", "ttt" },    { "HINFO", "tt" },   { "HIP", "*" },
	{ "HTTPS", "in*" },   { "IPSECKEY", "*" }, { "ISDN", "*" },
	{ "KEY", "*" },	      { "KX", "in" },	   { "L32", "it" },
	{ "L64", "it" },      { "LOC", "*" },	   { "LP", "in" },
	{ "MB", "n" },	      { "MD", "n" },	   { "MF", "n" },
	{ "MG", "n" },	      { "MINFO", "nn" },   { "MR", "n" },
	{ "MX", "in" },	      { "NAPTR", "iitttn" }, { "NID", "it" },
	{ "NS", "n" },	      { "NSAP", "*" },	   { "NSEC", "n*" },
	{ "NSEC3", "*" },     { "NSEC3PARAM", "*" }, { "NULL", "*" },
	{ "OPENPGPKEY", "*" }, { "PTR", "n" },	   { "PX", "inn" },
	{ "RP", "nn" },	      { "RRSIG", "*" },	   { "RT", "in" },
	{ "SIG", "*" },	      { "SMIMEA", "iiih" }, { "SOA", "nniiiii" },
	{ "SPF", "*" },	      { "SRV", "iiin" },   { "SSHFP", "iih" },
	{ "SVCB", "in*" },    { "TALINK", "nn" },  { "TLSA", "iiih" },
	{ "TXT", "*" },	      { "UINFO", "*" },	   { "URI", "iit" },
	{ "WKS", "*" },	      { "X25", "t" },	   { "ZONEMD", "iiih" },
};

static bool
fits_field(char kind, struct slice text)
{
	struct addr a;

	switch (kind) {
	case '4':
		return addr_parse(text, &a) && a.family == FAMILY_IPV4;
	case '6':
		return addr_parse(text, &a) && a.family == FAMILY_IPV6;
	case 'n':
		return text.len > 0 && type_ub_is_name(text);
	case 'i':
		return is_ttl(text);
	case 'h':
		return type_ub_is_hex(text);
	default:
		return text.len > 0;
	}
}

/* The server is content with fields that are missing, and with too many. */
static bool
fits_data(const struct record_type *type, struct slice data)
{
	for (const char *f = type->fields; *f != '\0'; f++) {
		struct slice field = next_field(&data);

		/* RFC 3597: any type may be written so. */
		if (*f == '*' || field.len == 0 ||
		    (f == type->fields && slice_is(field, "\\#")))
			return true;
		if (!fits_field(*f, field))
			return false;
	}
	return true;
}

/* Why it is no record, or NULL. */
static const char *
record_fault(struct slice text)
{
	struct slice field = next_field(&text);

	if (field.len == 0 || !type_ub_is_name(field))
		return "its name is not a domain name";
	field = next_field(&text);
	if (field.len > 0 && ascii_is_digit(field.data[0]))
		field = next_field(&text);
	if (is_class(field))
		field = next_field(&text);
	for (size_t i = 0; i < sizeof(record_types) / sizeof(*record_types);
	     i++)
		if (slice_is_nocase(field, record_types[i].name))
			return fits_data(&record_types[i], text)
				       ? NULL
				       : "its data does not fit its type";
	return "its type is not known";
}

bool
type_ub_resource_record(struct match *m, const struct notation *n,
			const struct node **term)
{
	const char *fault = record_fault(node_text(*term));

	(void)n;
	if (fault == NULL)
		return type_ub_next(term);
	match_fail(m, *term, NULL, "this is no resource record: %s", fault);
	match_help(m, "such as \"www.example.com. 3600 IN A 192.0.2.1\"");
	return false;
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

	if (more.len > 0 && is_ttl(name)) {
		name = more;
		more = type_ub_word(&text);
	}
	return addr_parse(address, &a) && name.len > 0 && more.len == 0 &&
	       type_ub_is_name(name) && type_ub_next(term);
}
