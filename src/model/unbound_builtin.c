/*
 * Zones that Unbound makes itself (services/localzone.c,
 * local_zone_enter_defaults; util/as112.c).
 */
#include <stdio.h>

#include "model/unbound_lower.h"

static const struct built_in_zone fixed[] = {
	{ "localhost", false, "" },
	{ "127.in-addr.arpa", false, "" },
	{ "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	  "ip6.arpa",
	  false, "" },
	{ "onion", false, "" },
	{ "test", false, "" },
	{ "invalid", false, "" },
	{ "home.arpa", false, "1.14" },
	{ "resolver.arpa", false, "1.23" },
	{ "service.arpa", false, "1.23" },
	{ "10.in-addr.arpa", true, "" },
	{ "168.192.in-addr.arpa", true, "" },
	{ "0.in-addr.arpa", true, "" },
	{ "254.169.in-addr.arpa", true, "" },
	{ "2.0.192.in-addr.arpa", true, "" },
	{ "100.51.198.in-addr.arpa", true, "" },
	{ "113.0.203.in-addr.arpa", true, "" },
	{ "255.255.255.255.in-addr.arpa", true, "" },
	{ "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	  "ip6.arpa",
	  true, "" },
	{ "d.f.ip6.arpa", true, "" },
	{ "8.e.f.ip6.arpa", true, "" },
	{ "9.e.f.ip6.arpa", true, "" },
	{ "a.e.f.ip6.arpa", true, "" },
	{ "b.e.f.ip6.arpa", true, "" },
	{ "8.b.d.0.1.0.0.2.ip6.arpa", true, "" },
};

/* Rows of reverse zones: FIRST to LAST under a suffix. */
static const struct {
	unsigned first, last;
	const char *suffix;
} rows[] = {
	{ 16, 31, "172.in-addr.arpa" },
	{ 64, 127, "100.in-addr.arpa" },
};

bool
unbound_built_in(size_t i, struct built_in_zone *z, char buf[static 96])
{
	size_t count = sizeof(fixed) / sizeof(*fixed);

	if (i < count) {
		*z = fixed[i];
		return true;
	}
	i -= count;
	for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
		size_t n = rows[r].last - rows[r].first + 1;

		if (i < n) {
			snprintf(buf, 96, "%u.%s",
				 rows[r].first + (unsigned)i, rows[r].suffix);
			*z = (struct built_in_zone){ buf, true, "" };
			return true;
		}
		i -= n;
	}
	return false;
}
