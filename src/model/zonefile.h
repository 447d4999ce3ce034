/*
 * Master files (RFC 1035), read as far as outcomes depend on them: whether a
 * zone loads, and what is at a name. What fails to load is what BIND's
 * loader refuses (lib/dns/master.c, lib/dns/zone.c: zone_postload and
 * dns_zone_verifydb, lib/dns/check.c) with default options.
 */
#pragma once

#include "model/origin.h"
#include "model/rrtype.h"
#include "source/source.h"

enum data_state {
	DATA_LOADED,
	DATA_NOT_LOADED, /* missing or faulty */
	DATA_UNKNOWN, /* it may not be read, or not be understood */
};

struct zone_data;

/* How much the server looks at what records say of each other. */
enum zone_checks {
	CHECKS_PRIMARY, /* BIND, of what people wrote */
	CHECKS_SECONDARY, /* BIND, of what it was given by others */
	CHECKS_NONE, /* Unbound (services/authzone.c, az_parse_file) */
};

/*
 * What was read so far of all zones of a configuration, which together may hold
 * no more than can be read here, however often they include a file.
 */
struct zone_budget {
	size_t bytes; /* of files */
	size_t includes;
	size_t generated; /* records */
};

struct zone_data_options {
	bool text; /* a master file; else the server's binary form */
	bool check_names; /* bad host names are faults */
	bool check_targets; /* what MX and SRV lead to, which is not read here */
	uint32_t ttl_max; /* of its records; 0: any */
	unsigned qclass;  /* of its records; 0: CLASS_IN */
	enum zone_checks checks;
	struct zone_budget *used; /* with other zones; NULL: none */
};

/* Read `path`, the data of `name` (canonical). Never NULL. */
const struct zone_data *zone_data_read(struct arena *a,
				       const struct source_policy *policy,
				       const char *path, struct slice name,
				       struct zone_data_options options);

/*
 * Data that are not read but are in state `state`, as far as one can tell; what
 * names they have is not known.
 */
const struct zone_data *zone_data_made(struct arena *a, struct slice name,
				       enum data_state state, const char *why);

enum data_state zone_data_state(const struct zone_data *d);

/*
 * Why it is not loaded, or not known, as people are told it: "db.com:12: malformed
 * name". NULL when it is loaded.
 */
const char *zone_data_why(const struct zone_data *d);

/* Is it for want of the file that it is not loaded? */
bool zone_data_is_absent(const struct zone_data *d);

enum found {
	FOUND_DATA,
	FOUND_NODATA,
	FOUND_NOTHING, /* no such name */
	FOUND_CUT, /* delegated at `*at` */
	FOUND_CNAME, /* an alias of `*at` */
	FOUND_DNAME, /* by a DNAME it becomes `*at`; empty: too long */
	FOUND_UNKNOWN,
};

/* What is at `name`, which is within the zone, for questions of `type`. */
enum found zone_data_find(const struct zone_data *d, struct arena *a,
			  struct slice name, uint16_t type, struct slice *at);
