/*
 * A few neighbouring addresses, and the ends of the space they are in: small
 * enough to look at every one. The windows lie where arithmetic goes wrong;
 * some hold the loopback address.
 */
#pragma once

#include "base/addr.h"

enum {
	WINDOW_SIZE = 16,
	WINDOW_COUNT = 7,
	WINDOWS_OF_IPV4 = 3,
	PROBE_COUNT = WINDOW_SIZE + 4,
};

struct window {
	enum family family;
	struct addr at[WINDOW_SIZE];
	/* The same, the first and last of all, and those beside the window. */
	struct addr probes[PROBE_COUNT];
};

/* Number `i` of WINDOW_COUNT; those of IPv4 come first. The probes ascend. */
static inline struct window
window_number(int i)
{
	static const struct addr starts[WINDOW_COUNT] = {
		{ 0, 0, FAMILY_IPV4 },
		{ 0, 0x7efffff8, FAMILY_IPV4 },
		{ 0, 0xfffffff0, FAMILY_IPV4 },
		{ 0, 0, FAMILY_IPV6 },
		{ 0, UINT64_MAX - 7, FAMILY_IPV6 },
		{ UINT64_C(0x20010db8fffffffe), UINT64_MAX - 7, FAMILY_IPV6 },
		{ UINT64_MAX, UINT64_MAX - 15, FAMILY_IPV6 },
	};
	struct window w = { .family = starts[i].family };
	struct addr first = addr_first(w.family), last = addr_last(w.family);
	struct addr a = starts[i];

	for (int k = 0; k < WINDOW_SIZE; k++, a = addr_next(a))
		w.at[k] = w.probes[k + 2] = a;
	w.probes[0] = first;
	w.probes[1] =
		addr_cmp(starts[i], first) == 0 ? first : addr_prev(starts[i]);
	a = w.at[WINDOW_SIZE - 1];
	w.probes[PROBE_COUNT - 2] =
		addr_cmp(a, last) == 0 ? last : addr_next(a);
	w.probes[PROBE_COUNT - 1] = last;
	return w;
}
