/* The addresses of the server's host, as people give them. */
#pragma once

#include "base/vec.h"
#include "model/host.h"

typedef VEC(struct host_address) host_addresses;

/* "ADDR/LEN" or "ADDR". False when it is no address. */
bool host_add(struct arena *a, host_addresses *v, const char *text);

/*
 * Every address in `path`, the output of `ip -json address`. False with `*why`
 * set when it cannot be read or is no such thing.
 */
bool host_add_file(struct arena *a, host_addresses *v, const char *path,
		   const char **why);
