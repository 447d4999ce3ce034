#include "model/zonedata.h"

#include <string.h>

#include "model/name.h"

struct rrset *
owner_find_set(const struct owner *o, uint16_t type)
{
	for (struct rrset *s = o == NULL ? NULL : o->sets; s != NULL;
	     s = s->next)
		if (s->type == type)
			return s;
	return NULL;
}

const struct zone_data *
zone_data_made(struct arena *a, struct slice name, enum data_state state,
	       const char *why)
{
	struct zone_data *d = ARENA_NEW(a, struct zone_data);

	d->name = name;
	d->owners = strmap_new(a, false);
	d->state = state;
	d->why = why;
	d->incomplete = true;
	return d;
}

enum data_state
zone_data_state(const struct zone_data *d)
{
	return d->state;
}

const char *
zone_data_why(const struct zone_data *d)
{
	return d->why;
}

bool
zone_data_is_absent(const struct zone_data *d)
{
	return d->absent;
}

/* Types that may stand beside an alias (RFC 4035, 2.5) are asked of it itself. */
static bool
passes_by_alias(uint16_t type)
{
	return type == RRTYPE_SIG || type == RRTYPE_KEY ||
	       type == RRTYPE_RRSIG || type == RRTYPE_NSEC;
}

/* What an owner that exists has for a question. */
static enum found
answer_from(const struct owner *o, uint16_t type, struct slice *at)
{
	const struct rrset *alias = owner_find_set(o, RRTYPE_CNAME);

	if (type == RRTYPE_ANY && o->sets != NULL)
		return FOUND_DATA;
	if (owner_find_set(o, type) != NULL)
		return FOUND_DATA;
	if (alias == NULL || passes_by_alias(type))
		return FOUND_NODATA;
	*at = alias->target;
	return FOUND_CNAME;
}

/* `name` with its end `owner` replaced by `target` (RFC 6672). */
static struct slice
substitute(struct arena *a, struct slice name, struct slice owner,
	   struct slice target)
{
	size_t front = name.len - owner.len - (owner.len > 0 ? 1 : 0);
	struct slice out;

	const char *text = arena_printf(a, "%.*s%s%.*s", (int)front, name.data,
					target.len > 0 ? "." : "",
					SLICE(target));
	return name_canonical(a, slice_of(text), &out) ? out
						       : SLICE_LITERAL("");
}

static enum found
find_wildcard(const struct zone_data *d, struct arena *a, struct slice closest,
	      uint16_t type, struct slice *at)
{
	struct slice name = slice_of(arena_printf(
		a, "*%s%.*s", closest.len > 0 ? "." : "", SLICE(closest)));
	const struct owner *o = strmap_get(d->owners, name);

	return o == NULL ? FOUND_NOTHING : answer_from(o, type, at);
}

static enum found
find(const struct zone_data *d, struct arena *a, struct slice name,
     uint16_t type, struct slice *at)
{
	struct slice up = name, closest = d->name;
	const struct owner *exact = strmap_get(d->owners, name);
	enum found above = FOUND_NOTHING;
	bool met = exact != NULL;

	/* Upwards: the highest cut or DNAME is the one that counts. */
	for (; !slice_equal(up, d->name); name_parent(up, &up)) {
		const struct owner *o = strmap_get(d->owners, up);
		const struct rrset *dname = owner_find_set(o, RRTYPE_DNAME);
		bool self = up.len == name.len;

		if (o != NULL && !met) {
			met = true;
			closest = up;
		}
		if (owner_find_set(o, RRTYPE_NS) != NULL &&
		    !(self && type == RRTYPE_DS)) {
			above = FOUND_CUT;
			*at = up;
		} else if (dname != NULL && !self) {
			above = FOUND_DNAME;
			*at = substitute(a, name, up, dname->target);
		}
	}
	const struct rrset *apex = owner_find_set(strmap_get(d->owners, d->name),
					    RRTYPE_DNAME);

	if (above == FOUND_CUT && d->cut_beats_apex)
		return above;
	if (apex != NULL && name.len > d->name.len) {
		*at = substitute(a, name, d->name, apex->target);
		return FOUND_DNAME;
	}
	if (above != FOUND_NOTHING)
		return above;
	return exact != NULL ? answer_from(exact, type, at)
			     : find_wildcard(d, a, closest, type, at);
}

enum found
zone_data_find(const struct zone_data *d, struct arena *a, struct slice name,
	       uint16_t type, struct slice *at)
{
	enum found f = find(d, a, name, type, at);

	if (!d->incomplete || (f != FOUND_NOTHING && f != FOUND_NODATA))
		return f;
	/* The zone's own name cannot be delegated by it, nor be an alias. */
	return slice_equal(name, d->name) ? FOUND_DATA : FOUND_UNKNOWN;
}
