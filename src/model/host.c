#include "model/host.h"

bool
host_has(const struct host *h, struct addr a)
{
	for (size_t i = 0; i < h->count; i++)
		if (addr_cmp(h->addresses[i].prefix.addr, a) == 0)
			return true;
	return false;
}
