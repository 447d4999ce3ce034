#include "decide/zones.h"

#include <string.h>
#include <sys/stat.h>

#include "model/name.h"

struct zones {
	struct arena *arena;
	const struct views *views;
	const struct zone_data **data; /* by id; NULL: not looked at yet */
	struct zone_budget used;
};

struct zones *
zones_new(struct arena *a, const struct views *v)
{
	struct zones *s = ARENA_NEW(a, struct zones);

	s->arena = a;
	s->views = v;
	s->data = ARENA_ARRAY(a, const struct zone_data *, v->zone_count);
	return s;
}

static const char *
full_path(struct zones *s, const char *file)
{
	if (file[0] == '/' || s->views->directory == NULL)
		return file;
	return arena_printf(s->arena, "%s/%s", s->views->directory, file);
}

/* Nothing of this server's files is here. */
static bool
lives_elsewhere(struct zones *s, const char *path)
{
	const char *chroot = s->views->policy.chroot;
	struct slice dir = slice_of(path);
	struct stat st;

	while (dir.len > 0 && dir.data[dir.len - 1] != '/')
		dir.len--;
	if (dir.len == 0)
		return false;
	return stat(arena_printf(s->arena, "%s%.*s",
				 chroot != NULL && path[0] == '/' ? chroot
								  : "",
				 SLICE(dir)),
		    &st) != 0;
}

/* Is it a zone that has data where its server is, for all that is known? */
static bool
is_supposed(const struct zones *s, const struct zone *z)
{
	return s->views->data_supposed &&
	       (z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY);
}

static const struct zone_data *
read_data(struct zones *s, const struct zone *z)
{
	struct zone_data_options options = {
		.text = z->file_is_text,
		.check_names = z->names_checked,
		.check_targets = z->targets_checked,
		.ttl_max = z->ttl_max,
		.qclass = z->qclass,
		.checks = z->type == ZONE_PRIMARY || z->type == ZONE_REDIRECT
				  ? CHECKS_PRIMARY
				  : CHECKS_SECONDARY,
		.used = &s->used,
	};

	if (z->type == ZONE_PRIMARY && (!z->file_is_enough || z->file == NULL))
		return zone_data_made(s->arena, z->name, DATA_UNKNOWN,
				      "it comes from a database");
	if (z->file == NULL && is_supposed(s, z))
		return zone_data_made(s->arena, z->name, DATA_LOADED, NULL);
	if (z->file == NULL)
		return zone_data_made(s->arena, z->name, DATA_NOT_LOADED,
				      "it is yet to be transferred");
	const char *path = full_path(s, z->file);

	if (z->type == ZONE_PRIMARY && lives_elsewhere(s, path))
		return zone_data_made(s->arena, z->name, DATA_LOADED, NULL);
	const struct zone_data *d = zone_data_read(
		s->arena, &s->views->policy, path, z->name, options);

	return zone_data_is_absent(d) && is_supposed(s, z)
		       ? zone_data_made(s->arena, z->name, DATA_LOADED, NULL)
		       : d;
}

static bool
has_file(const struct zone *z)
{
	return z->type <= ZONE_STUB;
}

const struct zone_data *
zones_data(struct zones *s, const struct zone *z)
{
	if (s->data[z->id] == NULL)
		s->data[z->id] = read_data(s, z);
	return s->data[z->id];
}

enum data_state
zones_state(struct zones *s, const struct zone *z)
{
	return has_file(z) ? zone_data_state(zones_data(s, z)) : DATA_LOADED;
}

const char *
zones_why(struct zones *s, const struct zone *z)
{
	return has_file(z) ? zone_data_why(zones_data(s, z)) : NULL;
}

/* An empty zone has its apex, and cuts where zones are below it. */
static enum found
find_in_empty(const struct zone *z, struct slice name, uint16_t type,
	      struct slice *at)
{
	for (size_t i = 0; i < z->cut_count; i++) {
		if (!name_is_within(name, z->cuts[i]) ||
		    (type == RRTYPE_DS && slice_equal(name, z->cuts[i])))
			continue;
		*at = z->cuts[i];
		return FOUND_CUT;
	}
	for (size_t i = 0; i < z->cut_count; i++)
		if (name_is_within(z->cuts[i], name))
			return FOUND_NODATA;
	if (!slice_equal(name, z->name))
		return FOUND_NOTHING;
	return type == RRTYPE_NS || type == RRTYPE_SOA || type == RRTYPE_ANY
		       ? FOUND_DATA
		       : FOUND_NODATA;
}

/* Half a byte of an address, as a label, at the end of `rest`; -1: none. */
static int
last_nibble(struct slice *rest)
{
	static const char digits[] = "0123456789abcdef";
	char last = rest->len == 0 ? '\0' : rest->data[rest->len - 1];

	if (!ascii_is_one_of(last, digits) ||
	    (rest->len > 1 && rest->data[rest->len - 2] != '.'))
		return -1;
	rest->len -= rest->len > 1 ? 2 : 1;
	return (int)(strchr(digits, last) - digits);
}

/*
 * The zone of a prefix of dns64: addresses are aliases of the reverse names of
 * the IPv4 addresses in them (RFC 6147, section 5.3.1; RFC 6052, section 2.2).
 */
static enum found
find_translated(struct zones *s, const struct zone *z, struct slice name,
		struct slice *at)
{
	static const struct slice suffix = { ".ip6.arpa", 9 };
	struct slice rest = slice_sub(name, 0, name.len - suffix.len);
	unsigned char bytes[16] = { 0 };
	size_t byte = z->translated / 8, count = 0;
	int nibble;

	for (; (nibble = last_nibble(&rest)) >= 0 && count < 32; count++)
		bytes[count / 2] |=
			(unsigned char)(nibble << 4 * (1 - count % 2));
	if (rest.len > 0)
		return FOUND_NOTHING;
	if (count < 32)
		return slice_equal(name, z->name) ? FOUND_DATA : FOUND_NODATA;
	unsigned char v4[4];

	for (int i = 0; i < 4; byte++)
		if (byte != 8 || z->translated == 96)
			v4[i++] = bytes[byte];
	*at = slice_of(arena_printf(s->arena, "%u.%u.%u.%u.in-addr.arpa", v4[3],
				    v4[2], v4[1], v4[0]));
	return FOUND_CNAME;
}

enum found
zones_find(struct zones *s, const struct zone *z, struct slice name,
	   uint16_t type, struct slice *at)
{
	if (z->type == ZONE_EMPTY)
		return find_in_empty(z, name, type, at);
	if (z->type == ZONE_STUB || z->type == ZONE_STATIC_STUB) {
		*at = z->name;
		return FOUND_CUT;
	}
	if (z->translated > 0)
		return find_translated(s, z, name, at);
	if (!has_file(z))
		return slice_equal(name, z->name) ? FOUND_DATA : FOUND_NOTHING;
	return zone_data_find(zones_data(s, z), s->arena, name, type, at);
}
