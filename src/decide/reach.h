/*
 * Where a question can go whose destination is not said: the addresses that the
 * server listens on. The loopback addresses among them are for its own host.
 */
#pragma once

#include "decide/clients.h"

struct reach;

/* Of a server with views. It lives in `a`. */
struct reach *
reach_new(struct arena *a, struct acls *acls, const struct model *m);

/* The addresses of this host that nobody else can use. */
struct prefix reach_loopback(enum family family);

/*
 * What `list` says of all destinations of this family that `guests`, who are on
 * other hosts, can send to, or else the host itself; VERDICT_UNKNOWN where it
 * is not the same of all of them.
 */
enum verdict reach_verdict(const struct reach *r, struct acls *acls,
			   const struct address_list *list, enum family family,
			   uint32_t key, bool guests);
