/*
 * What is known of the host a server runs on. Nothing here comes from the
 * configuration: people supply it, or it stays unknown.
 */
#pragma once

#include "base/addr.h"
#include "base/arena.h"

struct host_address {
	struct prefix prefix; /* the address, with the length of its network */
	struct slice device; /* empty: not said */
};

struct host {
	bool known; /* the addresses below are all there are */
	const struct host_address *addresses;
	size_t count;
	/*
	 * Where they are not known: take `localhost` for loopback alone. Whether
	 * whole networks are served does not hang on a handful of addresses.
	 */
	bool few;
};

/*
 * People name the addresses that others ask; every host has 127.0.0.1 and ::1
 * as well. Where one of the loopback addresses is given, all are.
 */
struct host host_with_loopback(struct arena *a, struct host h);

/* Is `a` an address of this host? False as well where nothing is known. */
bool host_has(const struct host *h, struct addr a);
