/* Types and classes of records by name. */
#pragma once

#include <stdint.h>

#include "base/arena.h"

enum rrtype {
	RRTYPE_A = 1,
	RRTYPE_NS = 2,
	RRTYPE_CNAME = 5,
	RRTYPE_SOA = 6,
	RRTYPE_WKS = 11,
	RRTYPE_PTR = 12,
	RRTYPE_MX = 15,
	RRTYPE_TXT = 16,
	RRTYPE_SIG = 24,
	RRTYPE_KEY = 25,
	RRTYPE_AAAA = 28,
	RRTYPE_SRV = 33,
	RRTYPE_A6 = 38,
	RRTYPE_DNAME = 39,
	RRTYPE_OPT = 41,
	RRTYPE_DS = 43,
	RRTYPE_RRSIG = 46,
	RRTYPE_NSEC = 47,
	RRTYPE_DNSKEY = 48,
	RRTYPE_NSEC3 = 50,
	RRTYPE_TKEY = 249,
	RRTYPE_TSIG = 250,
	RRTYPE_IXFR = 251,
	RRTYPE_AXFR = 252,
	RRTYPE_MAILB = 253,
	RRTYPE_MAILA = 254,
	RRTYPE_ANY = 255,
};

/* "AAAA", "type65", "*"; letter case plays no part. False: no such type. */
bool rrtype_parse(struct slice text, uint16_t *type);

/* The name of a type, or NULL for those known by number alone. */
const char *rrtype_name(uint16_t type);

/* The name of any type; "TYPE65400" where it has none of its own. */
const char *rrtype_text(struct arena *a, uint16_t type);
