/* The contexts of unbound.conf, one bit each. */
#pragma once

#include <stdint.h>

#define U_TOP (UINT64_C(1) << 0)
#define U_SERVER (UINT64_C(1) << 1)
#define U_STUB (UINT64_C(1) << 2)
#define U_FORWARD (UINT64_C(1) << 3)
#define U_VIEW (UINT64_C(1) << 4)
#define U_AUTH (UINT64_C(1) << 5)
#define U_RPZ (UINT64_C(1) << 6)
#define U_REMOTE (UINT64_C(1) << 7)
#define U_PYTHON (UINT64_C(1) << 8)
#define U_DYNLIB (UINT64_C(1) << 9)
#define U_DNSTAP (UINT64_C(1) << 10)
#define U_DNSCRYPT (UINT64_C(1) << 11)
#define U_CACHEDB (UINT64_C(1) << 12)
#define U_IPSET (UINT64_C(1) << 13)
#define U_ANY UINT64_MAX
