/* The contexts of named.conf, one bit each. */
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

#define N_ZONE                                                                 \
	(N_PRIMARY | N_SECONDARY | N_MIRROR | N_STUB | N_STATIC_STUB |         \
	 N_FORWARD | N_HINT | N_REDIRECT | N_DELEGATION_ONLY | N_IN_VIEW |     \
	 N_TEMPLATE)
