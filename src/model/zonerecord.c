/* The records of a master file, one by one (lib/dns/master.c). */
#include <arpa/inet.h>
#include <string.h>

#include "base/addr.h"
#include "model/model.h"
#include "model/name.h"
#include "model/zonereader.h"

/* The owner `name`, with all names between it and the apex. */
static struct owner *
add_owner(struct zone_reader *r, struct slice name)
{
	struct owner **at = (struct owner **)strmap_at(r->d->owners, name);
	struct slice parent;

	if (*at != NULL)
		return *at;
	struct owner *o = *at = ARENA_NEW(r->arena, struct owner);

	o->name = name;
	o->next = r->d->first;
	r->d->first = o;
	while (!slice_equal(name, r->d->name) && name_parent(name, &parent) &&
	       strmap_get(r->d->owners, parent) == NULL) {
		struct owner *between = ARENA_NEW(r->arena, struct owner);

		between->name = parent;
		*strmap_at(r->d->owners, parent) = between;
		name = parent;
	}
	return o;
}

static bool
is_address(struct slice text, int family)
{
	unsigned char bytes[16];
	char buf[ADDR_TEXT_MAX];

	if (text.len >= sizeof(buf))
		return false;
	memcpy(buf, text.data, text.len);
	buf[text.len] = '\0';
	return inet_pton(family, buf, bytes) == 1;
}

/* Of whom mail is sent to: a label of any kind before the name of a host. */
static bool
is_mailbox(struct slice name)
{
	struct slice rest;

	if (!name_parent(name, &rest))
		return true;
	for (const char *p = name.data; p < rest.data; p++)
		if (*p == '\\' && ascii_is_digit(p[1]))
			return false; /* a byte that is not printable */
	return name_is_host(rest);
}

/*
 * What the data of a type are made of, a letter for each field: a name, the
 * name of a host or a mailbox, numbers of 16 and of 32 bits, a time, an address
 * of IPv4 or IPv6. Other types are not looked into.
 */
static const struct shape {
	uint16_t type;
	const char *fields;
} shapes[] = {
	{ RRTYPE_NS, "h" },	   { RRTYPE_CNAME, "n" },
	{ RRTYPE_DNAME, "n" },	   { RRTYPE_PTR, "n" },
	{ RRTYPE_MX, "2h" },	   { RRTYPE_SRV, "222h" },
	{ RRTYPE_SOA, "hm4tttt" }, { RRTYPE_A, "a" },
	{ RRTYPE_AAAA, "A" },
};

static bool
read_name_field(struct zone_reader *r, uint16_t type, char kind,
		struct slice text, struct slice *name)
{
	bool digits = type == RRTYPE_MX && is_address(text, AF_INET);

	if (!zone_reader_name(r, text, name))
		return false;
	if (!r->options.check_names || digits)
		return true;
	if (kind == 'h' && !name_is_host(*name))
		return zone_reader_fault_at(r, text, "'%.*s' is no host name",
					    SLICE(*name));
	if (kind == 'm' && !is_mailbox(*name))
		return zone_reader_fault_at(r, text, "'%.*s' is no mailbox",
					    SLICE(*name));
	return true;
}

static bool
read_plain_field(struct zone_reader *r, char kind, struct slice text)
{
	unsigned long long number;
	uint32_t seconds;

	if (kind == 'a' || kind == 'A')
		return is_address(text, kind == 'a' ? AF_INET : AF_INET6) ||
		       zone_reader_fault_at(r, text,
					    "'%.*s' is no address of "
					    "this type",
					    SLICE(text));
	if (kind == 't')
		return zone_text_ttl(text, &seconds) ||
		       zone_reader_fault_at(r, text, "'%.*s' is no time",
					    SLICE(text));
	return slice_to_uint(text, kind == '2' ? UINT16_MAX : UINT32_MAX,
			     &number) ||
	       zone_reader_fault_at(r, text,
				    "'%.*s' is no number that fits here",
				    SLICE(text));
}

/* `target` becomes the first name. */
static bool
read_fields(struct zone_reader *r, const struct shape *s,
	    const struct slice *data, size_t n, struct slice *target)
{
	struct slice name;

	for (size_t i = 0; i < n; i++) {
		char kind = s->fields[i];

		if (kind == '\0')
			return zone_reader_fault_at(r, data[i],
						    "'%.*s' is too much",
						    SLICE(data[i]));

		if (!ascii_is_one_of(kind, "hmn")) {
			if (!read_plain_field(r, kind, data[i]))
				return false;
			continue;
		}
		if (!read_name_field(r, s->type, kind, data[i], &name))
			return false;
		if (target->len == 0)
			*target = name;
	}
	return n == strlen(s->fields) ||
	       zone_reader_fault(r, "the record is not complete");
}

static bool
read_rdata(struct zone_reader *r, uint16_t type, const struct slice *data,
	   size_t n, struct slice *target)
{
	if (n > 0 && slice_is(data[0], "\\#"))
		return true;
	if (n == 0)
		return zone_reader_fault(r, "record without data");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (shapes[i].type == type)
			return read_fields(r, &shapes[i], data, n, target);
	return true;
}

static bool
owner_must_be_host(uint16_t type)
{
	return type == RRTYPE_A || type == RRTYPE_AAAA || type == RRTYPE_MX;
}

/* An owner may begin with an asterisk; a name in data, or one asked for, not.
 */
static struct slice
below_wildcard(struct slice name)
{
	struct slice parent;

	return slice_is(name, "*") || slice_has_prefix(name, "*.")
		       ? name_parent(name, &parent) ? parent : name
		       : name;
}

static bool
add_record(struct zone_reader *r, uint16_t type, const struct slice *data,
	   size_t n)
{
	struct slice target = { "", 0 };

	if (!read_rdata(r, type, data, n, &target))
		return false;
	if (!name_is_within(r->owner, r->d->name))
		return true; /* ignored, with a warning */
	bool apex = slice_equal(r->owner, r->d->name);
	bool strict = zone_reader_is_strict(r);

	if (type == RRTYPE_SOA && !apex && strict)
		return zone_reader_fault(r, "SOA record below the zone's name");
	if (owner_must_be_host(type) && r->options.check_names &&
	    !name_is_host(below_wildcard(r->owner)))
		return zone_reader_fault(r, "'%.*s' is no host name",
					 SLICE(r->owner));
	if (type == RRTYPE_NS && slice_has_prefix(r->owner, "*") && strict)
		return zone_reader_fault(r, "delegation of a wildcard");
	struct owner *o = add_owner(r, r->owner);
	struct rrset *set = owner_find_set(o, type);

	if (set != NULL && type == RRTYPE_SOA && strict)
		return zone_reader_fault(r, "second SOA record");
	if (set != NULL && strict &&
	    (type == RRTYPE_CNAME || type == RRTYPE_DNAME) &&
	    !slice_equal(set->target, target))
		return zone_reader_fault(r, "second alias of one name");
	if (set == NULL || type == RRTYPE_NS) {
		set = ARENA_NEW(r->arena, struct rrset);
		set->type = type;
		set->target = target;
		set->next = o->sets;
		o->sets = set;
	}
	return true;
}

/*
 * Of a record where `written` stands, or -1: $TTL, else that of the record
 * before, else the last number of the SOA record, which comes first
 * (lib/dns/master.c, load_text).
 */
static bool
check_ttl(struct zone_reader *r, long long written, const struct slice *rdata,
	  size_t n)
{
	uint32_t seconds = 0;

	if (written >= 0) {
		r->last_ttl = written;
	} else if (r->default_ttl >= 0) {
		r->last_ttl = r->default_ttl;
	} else if (r->last_ttl < 0 && n > 0) {
		zone_text_ttl(rdata[n - 1], &seconds);
		r->last_ttl = r->default_ttl = seconds;
	}
	if (r->options.ttl_max > 0 && r->last_ttl > r->options.ttl_max)
		return zone_reader_fault(r, "TTL above 'max-zone-ttl'");
	return true;
}

/* The class that a word names, or 0. */
static unsigned
class_of(struct slice word)
{
	return slice_is_nocase(word, "IN")   ? CLASS_IN
	       : slice_is_nocase(word, "CH") ? CLASS_CH
	       : slice_is_nocase(word, "HS") ? CLASS_HS
					     : 0;
}

/* What may stand before the type: a TTL and a class, in either order. */
static bool
skip_ttl_and_class(struct zone_reader *r, const struct zone_line *line,
		   size_t *i, long long *ttl)
{
	bool classed = false;
	uint32_t seconds;

	for (*ttl = -1; *i < line->tokens.len; ++*i) {
		struct slice t = line->tokens.at[*i];
		unsigned qclass = classed ? 0 : class_of(t);

		if (qclass != 0 && qclass != r->options.qclass)
			return zone_reader_fault_at(
				r, t,
				"record of another class than the zone's");
		if (qclass != 0)
			classed = true;
		else if (*ttl < 0 && zone_text_ttl(t, &seconds))
			*ttl = seconds;
		else
			break;
	}
	return true;
}

bool
zone_reader_record(struct zone_reader *r, const struct zone_line *line)
{
	size_t i = 0, n = line->tokens.len;
	const struct slice *t = line->tokens.at;
	long long ttl;
	uint16_t type;

	if (!line->blank_owner) {
		if (!zone_reader_name(r, t[i++], &r->owner))
			return false;
		r->owner_known = true;
	}
	if (!r->owner_known)
		return zone_reader_fault(r, "the first record has no name");
	if (!skip_ttl_and_class(r, line, &i, &ttl))
		return false;
	if (i == n || !rrtype_parse(t[i], &type) ||
	    (type >= RRTYPE_TKEY && type <= RRTYPE_ANY))
		return zone_reader_fault(r, "record of no known type");
	return check_ttl(r, ttl, t + i + 1, n - i - 1) &&
	       add_record(r, type, t + i + 1, n - i - 1);
}
