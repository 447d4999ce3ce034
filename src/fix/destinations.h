/* Addresses of a server that it may make a difference to be asked at. */
#pragma once

#include "base/vec.h"
#include "lint/lint.h"

typedef VEC(struct addr) destination_vec;

/*
 * Add one of each range of addresses that the lists and listeners of a decided
 * result tell apart, each once. At each all zones are asked for: where those
 * are many, a few addresses must do, and never more than DESTINATIONS_MAX.
 */
void destinations_add(struct arena *a, destination_vec *v,
		      const struct lint_result *r);
