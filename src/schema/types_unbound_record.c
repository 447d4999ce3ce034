/* Resource records, and parts of them. */

#include "schema/rules.h"
#include "schema/types_unbound.h"

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

bool
type_ub_is_ttl(struct slice text)
{
	if (text.len == 0 || !ascii_is_digit(text.data[0]))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_digit(text.data[i]) &&
		    !ascii_is_one_of(ascii_lower(text.data[i]), "smhdw"))
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
		return type_ub_is_ttl(text);
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

/* TYPE1 and so on (RFC 3597): of these only the generic form of data is read. */
static bool
is_generic_record(struct slice type, struct slice data)
{
	unsigned long long number;

	return type.len > 4 && slice_is_nocase(slice_sub(type, 0, 4), "TYPE") &&
	       slice_to_uint(slice_sub(type, 4, type.len), 65535, &number) &&
	       slice_is(next_field(&data), "\\#");
}

const char *
type_ub_rdata_fault(struct slice text, struct slice *type)
{
	struct slice field = next_field(&text);

	if (field.len > 0 && ascii_is_digit(field.data[0]))
		field = next_field(&text);
	if (is_class(field))
		field = next_field(&text);
	if (type != NULL)
		*type = field;
	if (is_generic_record(field, text))
		return NULL;
	for (size_t i = 0; i < sizeof(record_types) / sizeof(*record_types);
	     i++)
		if (slice_is_nocase(field, record_types[i].name))
			return fits_data(&record_types[i], text)
				       ? NULL
				       : "its data does not fit its type";
	return "its type is not known";
}

/* Why it is no record, or NULL. */
static const char *
record_fault(struct slice text)
{
	struct slice name = next_field(&text);

	if (name.len == 0 || !type_ub_is_name(name))
		return "its name is not a domain name";
	return type_ub_rdata_fault(text, NULL);
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
type_ub_record_or_empty(struct match *m, const struct notation *n,
			const struct node **term)
{
	return node_text(*term).len == 0 ? type_ub_next(term)
					 : type_ub_resource_record(m, n, term);
}

bool
type_ub_rdata(struct match *m, const struct notation *n,
	      const struct node **term)
{
	const char *fault = type_ub_rdata_fault(node_text(*term), NULL);

	(void)n;
	if (fault == NULL)
		return type_ub_next(term);
	match_fail(m, *term, NULL, "this is no data of a record: %s", fault);
	match_help(m, "such as \"A 192.0.2.1\"");
	return false;
}
