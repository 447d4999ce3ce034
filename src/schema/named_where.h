/*
 * The contexts of named.conf, one bit each. Groups of zone types are named for
 * what those zones have in common; a template takes what any zone takes.
 */
#pragma once

#include <stdint.h>

#define N_TOP (UINT64_C(1) << 0)
#define N_OPTIONS (UINT64_C(1) << 1)
#define N_VIEW (UINT64_C(1) << 2)

#define N_PRIMARY (UINT64_C(1) << 3)
#define N_SECONDARY (UINT64_C(1) << 4)
#define N_MIRROR (UINT64_C(1) << 5)
#define N_STUB (UINT64_C(1) << 6)
#define N_STATIC_STUB (UINT64_C(1) << 7)
#define N_FORWARD (UINT64_C(1) << 8)
#define N_HINT (UINT64_C(1) << 9)
#define N_REDIRECT (UINT64_C(1) << 10)
#define N_DELEGATION_ONLY (UINT64_C(1) << 11)
#define N_IN_VIEW (UINT64_C(1) << 12)
#define N_TEMPLATE (UINT64_C(1) << 13)

#define N_CONTROLS (UINT64_C(1) << 14)
#define N_DLZ (UINT64_C(1) << 15)
#define N_DNS64 (UINT64_C(1) << 16)
#define N_DNSSEC_POLICY (UINT64_C(1) << 17)
#define N_HTTP (UINT64_C(1) << 18)
#define N_KEY (UINT64_C(1) << 19)
#define N_KEY_STORE (UINT64_C(1) << 20)
#define N_LOGGING (UINT64_C(1) << 21)
#define N_CHANNEL (UINT64_C(1) << 22)
#define N_NOTIFY_CFG (UINT64_C(1) << 23)
#define N_RATE_LIMIT (UINT64_C(1) << 24)
#define N_SERVER (UINT64_C(1) << 25)
#define N_STATISTICS (UINT64_C(1) << 26)
#define N_TLS (UINT64_C(1) << 27)

/* Every zone statement, and what stands in one of any type. */
#define N_ZONE                                                             \
	(N_PRIMARY | N_SECONDARY | N_MIRROR | N_STUB | N_STATIC_STUB |     \
	 N_FORWARD | N_HINT | N_REDIRECT | N_DELEGATION_ONLY | N_IN_VIEW | \
	 N_TEMPLATE)
#define N_ZONE_TYPED (N_ZONE & ~N_IN_VIEW)
#define N_ZONE_TEMPLATED (N_ZONE_TYPED & ~N_TEMPLATE)

/* Zones with data that come from elsewhere. */
#define N_ZONE_COPY (N_SECONDARY | N_MIRROR | N_TEMPLATE)
#define N_ZONE_FETCHED (N_ZONE_COPY | N_STUB)
#define N_ZONE_PRIMARIES (N_ZONE_FETCHED | N_REDIRECT)

/* Zones with data of their own or copied, and what they can do with it. */
#define N_ZONE_SIGNED (N_PRIMARY | N_SECONDARY | N_TEMPLATE)
#define N_ZONE_TRANSFER (N_ZONE_SIGNED | N_MIRROR)
#define N_ZONE_DATABASE (N_ZONE_TRANSFER | N_STUB)
#define N_ZONE_DATA (N_ZONE_DATABASE | N_REDIRECT)
#define N_ZONE_ACL (N_ZONE_DATA | N_STATIC_STUB)
#define N_ZONE_FILE (N_ZONE_DATA | N_HINT)
#define N_ZONE_NAMES (N_ZONE_DATABASE | N_HINT)
#define N_ZONE_DIALUP (N_ZONE_SIGNED | N_STUB)
#define N_ZONE_DLZ (N_ZONE_SIGNED | N_REDIRECT)
#define N_ZONE_PLUGIN (N_ZONE_DLZ | N_MIRROR)
#define N_ZONE_MAX_TTL (N_PRIMARY | N_REDIRECT | N_TEMPLATE)

#define N_ZONE_FORWARDING (N_ZONE_SIGNED | N_STUB | N_STATIC_STUB | N_FORWARD)
#define N_ZONE_DELEGATING (N_HINT | N_STUB | N_FORWARD | N_TEMPLATE)

#define N_ANY UINT64_MAX
