#include "geoip/geoip.h"

#include <maxminddb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "source/root.h"

enum { PATH_PARTS = 4, ADDRESS_BITS = 128, IPV4_DEPTH = 96, VISITS = 16 };

/* The files BIND looks for, the better one first (bin/named/geoip.c). */
static const struct {
	const char *name;
	const char *files[2];
} databases[] = {
	{ "city", { "GeoIP2-City.mmdb", "GeoLite2-City.mmdb" } },
	{ "country", { "GeoIP2-Country.mmdb", "GeoLite2-Country.mmdb" } },
	{ "asnum", { "GeoIP2-ASN.mmdb", "GeoLite2-ASN.mmdb" } },
	{ "isp", { "GeoIP2-ISP.mmdb", NULL } },
	{ "domain", { "GeoIP2-Domain.mmdb", NULL } },
};

/* Where the value of a subtype stands, and in which database. */
struct subtype {
	const char *name;
	size_t code_len; /* values of this length are codes; 0: any length */
	const char *databases[2]; /* the first that is there */
	const char *path[PATH_PARTS + 1];
};

static const struct subtype subtypes[] = {
	{ "country", 2, { "city", "country" }, { "country", "iso_code" } },
	{ "country", 0, { "city", "country" }, { "country", "names", "en" } },
	{ "continent", 2, { "city", "country" }, { "continent", "code" } },
	{ "continent", 0, { "city", "country" },
	  { "continent", "names", "en" } },
	{ "region", 2, { "city" }, { "subdivisions", "0", "iso_code" } },
	{ "region", 0, { "city" }, { "subdivisions", "0", "names", "en" } },
	{ "city", 0, { "city" }, { "city", "names", "en" } },
	{ "postal", 0, { "city" }, { "postal", "code" } },
	{ "postalcode", 0, { "city" }, { "postal", "code" } },
	{ "tz", 0, { "city" }, { "location", "time_zone" } },
	{ "timezone", 0, { "city" }, { "location", "time_zone" } },
	{ "metro", 0, { "city" }, { "location", "metro_code" } },
	{ "metrocode", 0, { "city" }, { "location", "metro_code" } },
	{ "isp", 0, { "isp" }, { "isp" } },
	{ "asnum", 0, { "asnum" }, { "autonomous_system_number" } },
	{ "org", 0, { "asnum" }, { "autonomous_system_organization" } },
	{ "domain", 0, { "domain" }, { "domain" } },
};

struct walk {
	struct arena *arena;
	MMDB_s db;
	const struct subtype *subtype;
	struct slice value;
	unsigned long number; /* the value as one */
	uint64_t visits_left;
	VEC(struct prefix) found;
};

/* A node, and the bits that lead to it. */
struct place {
	uint64_t node;
	unsigned depth;
	uint64_t hi, lo;
};

static const struct subtype *
find_subtype(const struct geo_query *q)
{
	for (size_t i = 0; i < sizeof(subtypes) / sizeof(*subtypes); i++)
		if (slice_is_nocase(q->subtype, subtypes[i].name) &&
		    (subtypes[i].code_len == 0 ||
		     subtypes[i].code_len == q->value.len))
			return &subtypes[i];
	return NULL;
}

static bool
is_regular(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/*
 * Opens `file` of the directory unless it leads out of the boundary. The
 * library takes names only: where there is a boundary it gets one that stands
 * for the very file that was opened.
 */
static bool
open_file(struct walk *w, const struct source_policy *policy,
	  const char *directory, const char *file)
{
	struct root *root = root_of(w->arena, policy);
	const char *path = arena_printf(
		w->arena, "%s%s/%s",
		policy->chroot == NULL ? "" : policy->chroot, directory, file);
	int fd = root_open(root, w->arena, path);

	if (fd < 0)
		return false;
	path = root_is_bounded(root) ? arena_printf(w->arena, "/dev/fd/%d", fd)
				     : root_resolve(root, w->arena, path);
	bool ok = is_regular(fd) && path != NULL &&
		  MMDB_open(path, MMDB_MODE_MMAP, &w->db) == MMDB_SUCCESS;

	close(fd);
	return ok;
}

static bool
open_database(struct walk *w, const struct source_policy *policy,
	      const struct geo_query *q, const char *name)
{
	for (size_t i = 0; i < sizeof(databases) / sizeof(*databases); i++) {
		if (strcmp(databases[i].name, name) != 0)
			continue;
		for (size_t k = 0; k < 2; k++)
			if (databases[i].files[k] != NULL &&
			    open_file(w, policy, q->directory,
				      databases[i].files[k]))
				return true;
	}
	return false;
}

static bool
open_for(struct walk *w, const struct source_policy *policy,
	 const struct geo_query *q)
{
	for (size_t i = 0; i < 2; i++) {
		const char *name = w->subtype->databases[i];

		if (name == NULL || (q->database.len > 0 &&
				     w->subtype->databases[1] != NULL &&
				     !slice_is_nocase(q->database, name)))
			continue;
		if (open_database(w, policy, q, name))
			return true;
	}
	return false;
}

/* As BIND compares them: the value of the database may be shorter. */
static bool
matches_text(const MMDB_entry_data_s *d, struct slice value)
{
	return d->data_size <= value.len &&
	       slice_equal_nocase((struct slice){ d->utf8_string,
						  d->data_size },
				  slice_sub(value, 0, d->data_size));
}

static bool
matches(const struct walk *w, MMDB_entry_s *entry)
{
	MMDB_entry_data_s d;

	if (MMDB_aget_value(entry, &d, w->subtype->path) != MMDB_SUCCESS ||
	    !d.has_data)
		return false;
	if (d.type == MMDB_DATA_TYPE_UTF8_STRING)
		return matches_text(&d, w->value);
	return d.type == MMDB_DATA_TYPE_UINT32 && d.uint32 == w->number;
}

/* The number in "64496" or "AS64496"; 0 in front of anything else. */
static unsigned long
number_of(struct arena *a, struct slice value)
{
	if (value.len > 2 && slice_is_nocase(slice_sub(value, 0, 2), "AS"))
		value = slice_sub(value, 2, value.len);
	return strtoul(arena_strdup(a, value), NULL, 10);
}

static void
add(struct walk *w, const struct place *p)
{
	struct addr six = { p->hi, p->lo, FAMILY_IPV6 };
	unsigned v4_depth = w->db.metadata.ip_version == 4 ? 0 : IPV4_DEPTH;

	if (w->db.metadata.ip_version != 4)
		*VEC_PUSH(w->arena, &w->found) = (struct prefix){ six,
								  p->depth };
	/* The IPv4 space is that of ::/96. */
	if (p->hi != 0 || p->lo >> 32 != 0)
		return;
	*VEC_PUSH(w->arena, &w->found) = (struct prefix){
		addr_ipv4((uint32_t)p->lo),
		p->depth <= v4_depth ? 0 : p->depth - v4_depth
	};
}

static struct place
below(const struct walk *w, const struct place *p, uint64_t record, bool one)
{
	struct place q = { record, p->depth + 1, p->hi, p->lo };
	unsigned bits = w->db.metadata.ip_version == 4 ? 32 : ADDRESS_BITS;
	unsigned bit = bits - q.depth;

	if (one && bit >= 64)
		q.hi |= UINT64_C(1) << (bit - 64);
	else if (one)
		q.lo |= UINT64_C(1) << bit;
	return q;
}

/* False when the database is broken. */
static bool
visit(struct walk *w)
{
	struct place stack[ADDRESS_BITS + 2] = { { 0, 0, 0, 0 } };
	unsigned limit = w->db.metadata.ip_version == 4 ? 32 : ADDRESS_BITS;
	size_t n = 1;

	while (n > 0) {
		struct place p = stack[--n];
		MMDB_search_node_s node;

		if (w->visits_left-- == 0 || p.depth >= limit ||
		    MMDB_read_node(&w->db, (uint32_t)p.node, &node) !=
			    MMDB_SUCCESS)
			return false;
		for (int one = 1; one >= 0; one--) {
			uint8_t type = one ? node.right_record_type
					   : node.left_record_type;
			struct place q = below(w, &p,
					       one ? node.right_record
						   : node.left_record,
					       one == 1);
			MMDB_entry_s *entry = one ? &node.right_record_entry
						  : &node.left_record_entry;

			if (type == MMDB_RECORD_TYPE_SEARCH_NODE)
				stack[n++] = q;
			else if (type == MMDB_RECORD_TYPE_DATA &&
				 matches(w, entry))
				add(w, &q);
		}
	}
	return true;
}

bool
geoip_networks(struct arena *a, const struct source_policy *policy,
	       const struct geo_query *q, const struct prefix **networks,
	       size_t *count)
{
	struct walk w = {
		.arena = a,
		.subtype = find_subtype(q),
		.value = q->value,
		.number = number_of(a, q->value),
	};

	if (w.subtype == NULL || q->directory == NULL ||
	    !open_for(&w, policy, q))
		return false;
	w.visits_left = (uint64_t)VISITS * w.db.metadata.node_count + 1;
	bool ok = visit(&w);

	MMDB_close(&w.db);
	*networks = w.found.at;
	*count = w.found.len;
	return ok;
}
