#include "model/host.h"

#include <string.h>

struct host
host_with_loopback(struct arena *a, struct host h)
{
	static const struct host_address loopback[] = {
		{ { { 0, 0x7f000001, FAMILY_IPV4 }, 8 }, { "", 0 } },
		{ { { 0, 1, FAMILY_IPV6 }, 128 }, { "", 0 } },
	};
	struct host_address *all =
		ARENA_ARRAY(a, struct host_address, h.count + 2);

	for (size_t i = 0; i < h.count; i++) {
		if (addr_is_loopback(h.addresses[i].prefix.addr))
			return h;
		all[i] = h.addresses[i];
	}
	if (!h.known)
		return h;
	memcpy(&all[h.count], loopback, sizeof(loopback));
	h.addresses = all;
	h.count += 2;
	return h;
}

bool
host_has(const struct host *h, struct addr a)
{
	for (size_t i = 0; i < h->count; i++)
		if (addr_cmp(h->addresses[i].prefix.addr, a) == 0)
			return true;
	return false;
}
