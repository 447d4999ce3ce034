/* The contexts of unbound.conf, one bit each. */
#pragma once

#include <stdint.h>

#define U_TOP (UINT64_C(1) << 0)
#define U_SERVER (UINT64_C(1) << 1)
#define U_ANY UINT64_MAX
