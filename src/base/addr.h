/*
 * 128-bit addresses, prefixes and ranges. IPv4 and IPv6 are two spaces: an
 * address never compares equal to one of the other family, and IPv4-mapped
 * IPv6 addresses stay IPv6.
 */
#pragma once

#include <stdint.h>

#include "base/slice.h"

enum family {
	FAMILY_IPV4,
	FAMILY_IPV6,
};
enum { FAMILY_COUNT = 2 };

/* An IPv4 address is the low 32 bits of `lo`. */
struct addr {
	uint64_t hi;
	uint64_t lo;
	enum family family;
};

/* `len` leading bits count; the bits of `addr` below them are kept as read. */
struct prefix {
	struct addr addr;
	unsigned len;
};

/* Room for any address or prefix as text, the NUL included. */
enum { ADDR_TEXT_MAX = 64 };

/* 32 or 128. */
unsigned family_bits(enum family family);

/* Order by family, then by value. */
int addr_cmp(struct addr a, struct addr b);

struct addr addr_ipv4(uint32_t value);

/* One of 127.0.0.0/8, or ::1: addresses of a host that nobody else can use. */
bool addr_is_loopback(struct addr a);

/* The first and the last address of a family. */
struct addr addr_first(enum family family);
struct addr addr_last(enum family family);

/*
 * The next or previous address of the same family. Wraps at the end, which
 * callers rule out by comparing with addr_last() or addr_first().
 */
struct addr addr_next(struct addr a);
struct addr addr_prev(struct addr a);

/*
 * Strict numeric forms: four decimal numbers without leading zeros, or RFC
 * 4291 text. A scope ("%eth0") is not part of an address here.
 */
bool addr_parse(struct slice text, struct addr *out);

/* "ADDR/LEN", or a bare address for its full length. Host bits are kept. */
bool prefix_parse(struct slice text, struct prefix *out);

/* True when no bit below the prefix length is set. */
bool prefix_is_network(struct prefix p);

/* The same prefix with its host bits cleared. */
struct prefix prefix_network(struct prefix p);

struct addr prefix_first(struct prefix p);
struct addr prefix_last(struct prefix p);
bool prefix_contains(struct prefix p, struct addr a);

/*
 * The shortest-length prefix that begins at `first` and does not reach beyond
 * `last`: the step of a walk that covers a range with the fewest prefixes.
 */
struct prefix prefix_cover(struct addr first, struct addr last);

/* How many prefixes that walk takes. O(1). */
unsigned prefix_cover_count(struct addr first, struct addr last);

/* Canonical text (RFC 5952 for IPv6) into `buf`; returns `buf`. */
const char *addr_format(struct addr a, char buf[static ADDR_TEXT_MAX]);

/* "ADDR/LEN", without the length when it is full. */
const char *prefix_format(struct prefix p, char buf[static ADDR_TEXT_MAX]);
