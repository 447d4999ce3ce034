#include "intent/delegation.h"

#include "base/strmap.h"
#include "base/vec.h"
#include "intent/fault.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/zonetext.h"
#include "source/source.h"

/* An NS record. */
struct delegation {
	struct slice zone;
	struct slice server;
	size_t line;
	size_t column;
};

/* An address of a name; a name may have several. */
struct glue {
	struct addr addr;
	struct glue *next;
};

struct delegations {
	const char *path;
	VEC(struct delegation) list;
	struct strmap *glue; /* struct glue by name */
};

struct reader {
	struct arena *arena;
	struct delegations *d;
	struct faults faults;
	const char *seen; /* so far the place is known: */
	size_t line;
	size_t column;
	struct slice origin;
	bool origin_known;
	struct slice owner;
	bool owner_known;
};

/* Columns count characters: continuation bytes of UTF-8 are none. */
static void
go_to(struct reader *r, const char *at)
{
	for (; r->seen < at; r->seen++) {
		if (*r->seen == '\n') {
			r->line++;
			r->column = 1;
		} else if (((unsigned char)*r->seen & 0xc0) != 0x80) {
			r->column++;
		}
	}
}

/* Tokens are looked at in the order of the file; a line has one fault. */
__attribute__((format(printf, 3, 4))) static bool
fault(struct reader *r, struct slice token, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *text = arena_vprintf(r->arena, format, args);
	va_end(args);
	go_to(r, token.data);
	fault_add(&r->faults, r->line, r->column, "%s", text);
	return false;
}

static const char *
quote(const struct reader *r, struct slice token)
{
	return fault_quote(r->arena, token);
}

static bool
read_name(struct reader *r, struct slice token, struct slice *out)
{
	bool dotted = token.len > 0 && token.data[token.len - 1] == '.';

	if (!dotted && !r->origin_known)
		return fault(r, token,
			     "'%s' is relative, and nothing says to what; "
			     "begin the file with '$ORIGIN' and the zone's "
			     "name",
			     quote(r, token));
	if (name_relative(r->arena, token, r->origin, out))
		return true;
	return fault(r, token, "'%s' is no domain name", quote(r, token));
}

static void
add_glue(struct reader *r, struct addr addr)
{
	void **at = strmap_at(r->d->glue, r->owner);
	struct glue *g = ARENA_NEW(r->arena, struct glue);

	*g = (struct glue){ addr, *at };
	*at = g;
}

static bool
read_address(struct reader *r, struct slice token, enum family family)
{
	struct addr addr;

	if (!addr_parse(token, &addr) || addr.family != family)
		return fault(r, token, "'%s' is no %s address",
			     quote(r, token),
			     family == FAMILY_IPV4 ? "IPv4" : "IPv6");
	add_glue(r, addr);
	return true;
}

static bool
read_server(struct reader *r, struct slice token)
{
	struct slice server;

	if (!read_name(r, token, &server))
		return false;
	go_to(r, token.data);
	*VEC_PUSH(r->arena, &r->d->list) = (struct delegation){
		r->owner, server, r->line, r->column
	};
	return true;
}

static bool
read_data(struct reader *r, uint16_t type, const struct slice *t, size_t n)
{
	if (type != RRTYPE_NS && type != RRTYPE_A && type != RRTYPE_AAAA)
		return true;
	if (n == 1)
		return fault(r, t[0], "this %s record has no data",
			     rrtype_name(type));
	if (n > 2)
		return fault(r, t[2], "'%s' is too much for such a record",
			     quote(r, t[2]));
	if (type == RRTYPE_NS)
		return read_server(r, t[1]);
	return read_address(r, t[1],
			    type == RRTYPE_A ? FAMILY_IPV4 : FAMILY_IPV6);
}

/* What stands between owner and type: a TTL and a class, in either order. */
static bool
skip_ttl_and_class(struct reader *r, const struct zone_line *line, size_t *i)
{
	bool ttl = false, class = false;
	uint32_t seconds;

	for (; *i < line->tokens.len; ++*i) {
		struct slice t = line->tokens.at[*i];

		if (t.len > 0 && ascii_is_digit(t.data[0]) && !ttl) {
			if (!zone_text_ttl(t, &seconds))
				return fault(r, t, "'%s' is no TTL",
					     quote(r, t));
			ttl = true;
		} else if (slice_is_nocase(t, "IN") && !class) {
			class = true;
		} else if (slice_is_nocase(t, "CH") ||
			   slice_is_nocase(t, "HS")) {
			return fault(r, t,
				     "delegations are of class IN, not %s",
				     quote(r, t));
		} else {
			break;
		}
	}
	return true;
}

static bool
read_record(struct reader *r, const struct zone_line *line)
{
	const struct slice *t = line->tokens.at;
	size_t i = 0, n = line->tokens.len;
	uint16_t type;

	if (!line->blank_owner) {
		r->owner_known = false; /* what follows has no owner either */
		if (!read_name(r, t[i++], &r->owner))
			return false;
		r->owner_known = true;
	}
	if (!skip_ttl_and_class(r, line, &i))
		return false;
	if (i == n)
		return fault(r, t[n - 1], "behind '%s' a type is missing",
			     quote(r, t[n - 1]));
	if (!rrtype_parse(t[i], &type) ||
	    (type >= RRTYPE_TKEY && type <= RRTYPE_ANY))
		return fault(r, t[i], "'%s' is no type of a record",
			     quote(r, t[i]));
	if (!r->owner_known)
		return fault(r, t[0],
			     "this record has no owner: no good line before it "
			     "names one");
	return read_data(r, type, t + i, n - i);
}

static bool
read_directive(struct reader *r, const struct zone_line *line)
{
	const struct slice *t = line->tokens.at;
	size_t n = line->tokens.len;
	bool origin = slice_is_nocase(t[0], "$ORIGIN");
	uint32_t seconds;

	if (slice_is_nocase(t[0], "$INCLUDE") ||
	    slice_is_nocase(t[0], "$GENERATE"))
		return fault(r, t[0],
			     "'%s' is not taken here; write the zone out with "
			     "'named-compilezone'",
			     quote(r, t[0]));
	if (!origin && !slice_is_nocase(t[0], "$TTL"))
		return fault(r, t[0], "'%s' is no directive", quote(r, t[0]));
	if (n == 1)
		return fault(r, t[0], "'%s' has no value", quote(r, t[0]));
	if (n > 2)
		return fault(r, t[2], "'%s' is too much", quote(r, t[2]));
	if (!origin)
		return zone_text_ttl(t[1], &seconds) ||
		       fault(r, t[1], "'%s' is no TTL", quote(r, t[1]));
	r->origin_known = read_name(r, t[1], &r->origin);
	return r->origin_known;
}

const struct delegations *
delegations_read(struct arena *a, const char *path, struct slice text,
		 const char **why)
{
	struct delegations *d = ARENA_NEW(a, struct delegations);
	struct reader r = { .arena = a, .d = d, .seen = text.data, .line = 1,
			    .column = 1,
			    .faults = { .arena = a, .path = path } };
	struct zone_text t = { .arena = a, .rest = text };
	struct zone_line line = { 0 };

	d->path = path;
	d->glue = strmap_new(a, false);
	while (zone_text_next(&t, &line)) {
		struct slice first = line.tokens.at[0];

		if (!line.blank_owner && slice_has_prefix(first, "$"))
			read_directive(&r, &line);
		else
			read_record(&r, &line);
	}
	if (t.bad)
		fault(&r, t.fault, "%s", t.why);
	if (r.faults.list.len == 0)
		return d;
	*why = faults_text(&r.faults);
	return NULL;
}

const struct delegations *
delegations_load(struct arena *a, const char *path, const char **why)
{
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	struct span nowhere = { 0, 0 };
	const struct source *src;
	const char *reason = "it is no regular file";

	if (sources_load(s, path, NULL, nowhere, &src, &reason) == SOURCE_OK)
		return delegations_read(a, path, src->text, why);
	*why = arena_printf(a, "%s: cannot read it: %s", path, reason);
	return NULL;
}

static bool
is_own_name(const struct intent *in, struct slice name)
{
	for (size_t i = 0; i < in->name_count; i++)
		if (slice_equal(in->names[i], name))
			return true;
	return false;
}

static bool
is_own_server(const struct delegations *d, const struct host *host,
	      const struct intent *in, struct slice name)
{
	if (is_own_name(in, name))
		return true;
	for (const struct glue *g = strmap_get(d->glue, name); g != NULL;
	     g = g->next)
		if (host_has(host, g->addr))
			return true;
	return false;
}

void
delegations_apply(struct arena *a, const struct delegations *d,
		  const struct host *host, struct intent *in)
{
	struct strmap *seen = strmap_new(a, false);
	VEC(struct declared_zone) v = { 0 };

	for (size_t i = 0; i < in->delegated_count; i++) {
		*VEC_PUSH(a, &v) = in->delegated[i];
		*strmap_at(seen, in->delegated[i].name) = &v;
	}
	for (size_t i = 0; i < d->list.len; i++) {
		const struct delegation *x = &d->list.at[i];
		void **at = strmap_at(seen, x->zone);

		if (*at != NULL || !is_own_server(d, host, in, x->server))
			continue;
		*at = &v;
		*VEC_PUSH(a, &v) = (struct declared_zone){
			x->zone, { d->path, x->line, x->column }
		};
	}
	in->delegated = v.at;
	in->delegated_count = v.len;
}
