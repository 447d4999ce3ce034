#include "model/zonefile.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/addr.h"
#include "model/model.h"
#include "model/name.h"
#include "model/zonedata.h"
#include "model/zonegenerate.h"
#include "model/zonetext.h"
#include "source/root.h"

enum {
	FILE_BYTES_MAX = 512 * 1024 * 1024,
	INCLUDE_DEPTH_MAX = 20,
	GENERATED_MAX = 1 << 20, /* records of one $GENERATE */
	MAGIC_RAW = 2, /* lib/dns/include/dns/types.h: dns_masterformat_raw */
};

struct reader {
	struct arena *arena;
	const struct root *root;
	const char *chroot;
	struct zone_data *d;
	struct zone_data_options options;
	struct slice origin;
	struct slice owner;
	bool owner_known;
	unsigned depth;
	/* Of $TTL, and of the latest record; -1 where there is none yet. */
	long long default_ttl, last_ttl;
};

static bool
fault(struct reader *r, const char *why)
{
	if (r->d->state == DATA_LOADED) {
		r->d->state = DATA_NOT_LOADED;
		r->d->why = why;
	}
	return false;
}

/* The owner `name`, with all names between it and the apex. */
static struct owner *
add_owner(struct reader *r, struct slice name)
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
is_strict(const struct reader *r)
{
	return r->options.checks != CHECKS_NONE;
}

static bool
read_name(struct reader *r, struct slice token, struct slice *out)
{
	struct slice name;

	if (!name_relative(r->arena, token, r->origin, &name))
		return fault(r, "a name in it is malformed");
	*out = name;
	return true;
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

/* Where the name stands in the data of a type, and how many fields it has. */
static const struct shape {
	uint16_t type;
	unsigned at;
	unsigned fields;
	bool host;
} shapes[] = {
	{ RRTYPE_NS, 0, 1, true },    { RRTYPE_CNAME, 0, 1, false },
	{ RRTYPE_DNAME, 0, 1, false }, { RRTYPE_PTR, 0, 1, false },
	{ RRTYPE_MX, 1, 2, true },    { RRTYPE_SRV, 3, 4, true },
	{ RRTYPE_SOA, 0, 7, true },
};

static bool
read_rdata(struct reader *r, uint16_t type, const struct slice *data, size_t n,
	   struct slice *target)
{
	struct slice name = { "", 0 };

	if (n > 0 && slice_is(data[0], "\\#"))
		return true;
	if (type == RRTYPE_A && (n != 1 || !is_address(data[0], AF_INET)))
		return fault(r, "an address in it is malformed");
	if (type == RRTYPE_AAAA && (n != 1 || !is_address(data[0], AF_INET6)))
		return fault(r, "an address in it is malformed");
	if (n == 0)
		return fault(r, "a record in it has no data");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		const struct shape *s = &shapes[i];

		if (s->type != type)
			continue;
		if (n != s->fields)
			return fault(r, "a record in it has the wrong number "
					"of fields");
		if (!read_name(r, data[s->at], &name))
			return false;
		bool digits = type == RRTYPE_MX && is_address(data[1], AF_INET);

		if (s->host && r->options.check_names && !digits &&
		    !name_is_host(name))
			return fault(r, "it refers to a name that is no host "
					"name");
	}
	*target = name;
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
add_record(struct reader *r, uint16_t type, const struct slice *data, size_t n)
{
	struct slice target = { "", 0 };

	if (!read_rdata(r, type, data, n, &target))
		return false;
	if (!name_is_within(r->owner, r->d->name))
		return true; /* ignored, with a warning */
	bool apex = slice_equal(r->owner, r->d->name);
	bool strict = is_strict(r);

	if (type == RRTYPE_SOA && !apex && strict)
		return fault(r, "it has an SOA record below the zone's name");
	if (owner_must_be_host(type) && r->options.check_names &&
	    !name_is_host(below_wildcard(r->owner)))
		return fault(r, "a name with an address in it is no host name");
	if (type == RRTYPE_NS && slice_has_prefix(r->owner, "*") && strict)
		return fault(r, "it delegates a wildcard");
	struct owner *o = add_owner(r, r->owner);
	struct rrset *set = owner_find_set(o, type);

	if (set != NULL && type == RRTYPE_SOA && strict)
		return fault(r, "it has two SOA records");
	if (set != NULL && strict &&
	    (type == RRTYPE_CNAME || type == RRTYPE_DNAME) &&
	    !slice_equal(set->target, target))
		return fault(r, "a name in it has two CNAME or DNAME records");
	if (set == NULL || type == RRTYPE_NS) {
		set = ARENA_NEW(r->arena, struct rrset);
		set->type = type;
		set->target = target;
		set->next = o->sets;
		o->sets = set;
	}
	return true;
}

static bool
is_ttl(struct slice text)
{
	if (text.len == 0 || !ascii_is_digit(text.data[0]))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_digit(text.data[i]) &&
		    !ascii_is_one_of(ascii_lower(text.data[i]), "smhdw"))
			return false;
	return true;
}

/* Units add up: "1h30m". What is too large is UINT32_MAX. */
static long long
ttl_value(struct slice text)
{
	static const char units[] = "smhdw";
	static const unsigned seconds[] = { 1, 60, 3600, 86400, 604800 };
	long long sum = 0, number = 0;

	for (size_t i = 0; i < text.len && sum + number < UINT32_MAX; i++) {
		char c = text.data[i];

		if (ascii_is_digit(c)) {
			number = number * 10 + (c - '0');
			continue;
		}
		sum += number * seconds[strchr(units, ascii_lower(c)) - units];
		number = 0;
	}
	return sum + number < UINT32_MAX ? sum + number : UINT32_MAX;
}

/*
 * Of a record where `text` is written, or nothing: $TTL, else that of the
 * record before, else the last number of the SOA record, which comes first
 * (lib/dns/master.c, load_text).
 */
static bool
check_ttl(struct reader *r, struct slice text, const struct slice *rdata,
	  size_t n)
{
	if (text.len > 0)
		r->last_ttl = ttl_value(text);
	else if (r->default_ttl >= 0)
		r->last_ttl = r->default_ttl;
	else if (r->last_ttl < 0 && n > 0)
		r->last_ttl = r->default_ttl =
			is_ttl(rdata[n - 1]) ? ttl_value(rdata[n - 1]) : 0;
	if (r->options.ttl_max > 0 && r->last_ttl > r->options.ttl_max)
		return fault(r, "a TTL in it is above 'max-zone-ttl'");
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

static bool
read_record(struct reader *r, const struct zone_line *line)
{
	size_t i = 0, n = line->tokens.len;
	const struct slice *t = line->tokens.at;
	struct slice ttl = { "", 0 };
	uint16_t type;

	if (!line->blank_owner) {
		if (!read_name(r, t[i++], &r->owner))
			return false;
		r->owner_known = true;
	}
	if (!r->owner_known)
		return fault(r, "its first record has no name");
	for (; i < n; i++) {
		unsigned qclass = class_of(t[i]);

		if (qclass != 0 && qclass != r->options.qclass)
			return fault(r, "a record in it has another class");
		if (!is_ttl(t[i]) && qclass == 0)
			break;
		if (qclass == 0)
			ttl = t[i];
	}
	if (i == n || !rrtype_parse(t[i], &type) ||
	    (type >= RRTYPE_TKEY && type <= RRTYPE_ANY))
		return fault(r, "a record in it has no known type");
	if (!check_ttl(r, ttl, t + i + 1, n - i - 1))
		return false;
	return add_record(r, type, t + i + 1, n - i - 1);
}

static bool read_file(struct reader *r, const char *path);

static bool
read_include(struct reader *r, const struct zone_line *line)
{
	struct slice origin = r->origin, owner = r->owner;

	if (line->tokens.len < 2 || r->depth >= INCLUDE_DEPTH_MAX)
		return fault(r, "an $INCLUDE in it cannot be read");
	if (line->tokens.len > 2 &&
	    !read_name(r, line->tokens.at[2], &r->origin))
		return false;
	r->depth++;
	bool ok = read_file(r, arena_strdup(r->arena, line->tokens.at[1]));

	r->depth--;
	r->origin = origin;
	r->owner = owner;
	return ok;
}

/* To Unbound the name is never a relative one (sldns, str2wire.c). */
static bool
read_origin(struct reader *r, const struct zone_line *line)
{
	if (line->tokens.len != 2)
		return fault(r, "an $ORIGIN in it is malformed");
	if (!is_strict(r))
		r->origin = SLICE_LITERAL("");
	return read_name(r, line->tokens.at[1], &r->origin);
}

/* One of its records; the words between are as they stand. */
static bool
read_generated(struct reader *r, const struct zone_line *line,
	       unsigned long long n)
{
	const struct slice *t = line->tokens.at;
	const char *owner = generate_expand(r->arena, t[2], n);
	const char *data =
		generate_expand(r->arena, t[line->tokens.len - 1], n);
	const char *text = owner;
	struct zone_line one = { 0 };

	if (owner == NULL || data == NULL)
		return fault(r, "a $GENERATE in it is malformed");
	for (size_t i = 3; i + 1 < line->tokens.len; i++)
		text = arena_printf(r->arena, "%s %.*s", text, SLICE(t[i]));
	struct zone_text lines = {
		.arena = r->arena,
		.rest = slice_of(arena_printf(r->arena, "%s %s\n", text, data)),
	};

	return zone_text_next(&lines, &one) ? read_record(r, &one) : true;
}

static bool
read_generate(struct reader *r, const struct zone_line *line)
{
	struct generate_range range;

	if (!is_strict(r)) /* Unbound does not know it, and goes on */
		return true;
	if (line->tokens.len < 5 ||
	    !generate_range_parse(line->tokens.at[1], &range))
		return fault(r, "a $GENERATE in it is malformed");
	if ((range.last - range.first) / range.step >= GENERATED_MAX)
		return r->d->incomplete = true;
	bool check_names = r->options.check_names;
	bool ok = true;

	r->options.check_names = false; /* these are not looked at */
	for (unsigned long long n = range.first; ok && n <= range.last;
	     n += range.step)
		ok = read_generated(r, line, n);
	r->options.check_names = check_names;
	return ok;
}

static bool
read_directive(struct reader *r, const struct zone_line *line)
{
	struct slice word = line->tokens.at[0];

	if (slice_is_nocase(word, "$TTL")) {
		if (line->tokens.len != 2 || !is_ttl(line->tokens.at[1]))
			return fault(r, "a $TTL in it is malformed");
		r->default_ttl = ttl_value(line->tokens.at[1]);
		return true;
	}
	if (slice_is_nocase(word, "$ORIGIN"))
		return read_origin(r, line);
	if (slice_is_nocase(word, "$INCLUDE"))
		return read_include(r, line);
	if (slice_is_nocase(word, "$GENERATE"))
		return read_generate(r, line);
	return fault(r, "it has an unknown directive");
}

/*
 * Unbound does not run with a zone that it cannot read: what seems wrong in one
 * is not understood here.
 */
static bool
forgive(struct reader *r)
{
	if (is_strict(r))
		return false;
	r->d->state = DATA_LOADED;
	r->d->why = NULL;
	return r->d->incomplete = true;
}

static bool
read_text(struct reader *r, struct slice text)
{
	struct zone_text t = { .arena = r->arena, .rest = text };
	struct zone_line line = { 0 };

	while (zone_text_next(&t, &line)) {
		bool directive = line.tokens.at[0].len > 0 &&
				 line.tokens.at[0].data[0] == '$' &&
				 !line.blank_owner;

		if (!(directive ? read_directive(r, &line)
				: read_record(r, &line)) &&
		    !forgive(r))
			return false;
	}
	return t.bad ? fault(r, "a quote or parenthesis in it is open") ||
			       forgive(r)
		     : true;
}

/* The whole of an open regular file. */
static bool
slurp(struct arena *a, int fd, struct slice *out)
{
	struct stat st;
	size_t have = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > FILE_BYTES_MAX)
		return false;
	size_t size = (size_t)st.st_size;
	char *data = arena_alloc(a, size + 1);

	while (have < size) {
		ssize_t n = read(fd, data + have, size - have);

		if (n <= 0)
			break;
		have += (size_t)n;
	}
	*out = (struct slice){ data, have };
	return true;
}

static bool
unknown(struct reader *r, const char *why)
{
	r->d->state = DATA_UNKNOWN;
	r->d->why = why;
	return false;
}

/* The first bytes of the server's own form: its number, in network order. */
static bool
is_binary(struct slice text)
{
	return text.len >= 12 && text.data[0] == 0 && text.data[1] == 0 &&
	       text.data[2] == 0 && text.data[3] == MAGIC_RAW;
}

static bool
read_file(struct reader *r, const char *path)
{
	struct slice text;

	if (r->chroot != NULL && path[0] == '/')
		path = arena_printf(r->arena, "%s%s", r->chroot, path);
	/* The boundary is checked on the path as it really is. */
	const char *real = root_resolve(r->root, r->arena, path);

	if (real == NULL && errno == EXDEV)
		return unknown(r, "it lies outside of the include root");
	int fd = real == NULL ? -1 : open(real, O_RDONLY | O_NONBLOCK |
							O_CLOEXEC);

	if (fd < 0 && (errno == EACCES || errno == EPERM))
		return unknown(r, "it may not be read here");
	if (fd < 0)
		return fault(r, "there is no such file");
	bool ok = slurp(r->arena, fd, &text);

	close(fd);
	if (!ok)
		return fault(r, "it is no regular file");
	if (is_binary(text)) {
		r->d->incomplete = true;
		return r->options.text
			       ? fault(r, "it is not in text form")
			       : true;
	}
	if (!r->options.text)
		return fault(r, "it is not in the server's binary form");
	return read_text(r, text);
}

/* An address for a server of the zone: needed within the zone alone. */
static bool
check_server(struct reader *r, struct slice server)
{
	struct slice at;

	if (!name_is_within(server, r->d->name) || r->d->incomplete)
		return true;
	switch (zone_data_find(r->d, r->arena, server, RRTYPE_A, &at)) {
	case FOUND_DATA:
	case FOUND_UNKNOWN:
	case FOUND_CUT: /* glue may be missing */
		return true;
	case FOUND_CNAME:
		return fault(r, "a server of it or of a delegation is an alias");
	default:
		break;
	}
	if (zone_data_find(r->d, r->arena, server, RRTYPE_AAAA, &at) ==
	    FOUND_DATA)
		return true;
	return fault(r, "a server of it or of a delegation has no address");
}

/* Below a delegation or a DNAME: nobody gets to see it. */
static bool
is_hidden(struct reader *r, struct slice name)
{
	struct slice at;

	switch (zone_data_find(r->d, r->arena, name, RRTYPE_NS, &at)) {
	case FOUND_CUT:
		return !slice_equal(at, name);
	case FOUND_DNAME:
		return true;
	default:
		return false;
	}
}

static bool
check_owner(struct reader *r, const struct owner *o)
{
	bool others = false;

	for (const struct rrset *s = o->sets; s != NULL; s = s->next) {
		others |= s->type != RRTYPE_CNAME && s->type != RRTYPE_RRSIG &&
			  s->type != RRTYPE_NSEC && s->type != RRTYPE_KEY;
		if (s->type == RRTYPE_NS &&
		    r->options.checks == CHECKS_PRIMARY &&
		    !is_hidden(r, o->name) && !check_server(r, s->target))
			return false;
	}
	if (others && owner_find_set(o, RRTYPE_CNAME) != NULL)
		return fault(r, "a name in it has a CNAME beside other data");
	return true;
}

static bool
has_targets(const struct owner *o)
{
	return owner_find_set(o, RRTYPE_MX) != NULL ||
	       owner_find_set(o, RRTYPE_SRV) != NULL;
}

static void
check_zone(struct reader *r)
{
	const struct owner *apex = strmap_get(r->d->owners, r->d->name);

	if (owner_find_set(apex, RRTYPE_SOA) == NULL)
		fault(r, "it has no SOA record");
	else if (owner_find_set(apex, RRTYPE_NS) == NULL)
		fault(r, "it has no NS record for the zone itself");
	for (const struct owner *o = r->d->first; o != NULL; o = o->next) {
		if (r->d->state != DATA_LOADED || !check_owner(r, o))
			return;
		if (r->options.check_targets && has_targets(o)) {
			unknown(r, "what its MX and SRV records lead to is to "
				   "be checked");
			return;
		}
	}
}

const struct zone_data *
zone_data_read(struct arena *a, const struct source_policy *policy,
	       const char *path, struct slice name,
	       struct zone_data_options options)
{
	struct zone_data *d = ARENA_NEW(a, struct zone_data);
	struct reader r = {
		.arena = a,
		.root = root_of(a, policy),
		.chroot = policy->chroot,
		.d = d,
		.options = options,
		.origin = name,
		.default_ttl = -1,
		.last_ttl = -1,
	};

	d->name = name;
	d->owners = strmap_new(a, false);
	d->state = DATA_LOADED;
	d->cut_beats_apex = options.checks == CHECKS_NONE;
	if (options.qclass == 0)
		r.options.qclass = CLASS_IN;
	if (read_file(&r, path) && !d->incomplete &&
	    options.checks != CHECKS_NONE)
		check_zone(&r);
	return d;
}
