/*
 * The procedure of the service `access`: Unbound. Steps are numbered as in
 * daemon/worker.c, worker_handle_request.
 */
#pragma once

#include "decide/trial.h"
#include "model/access.h"

struct access_index;

/*
 * What questions need compiled: netblocks as step functions, most specific
 * first, and the overrides of local zones. `m` must outlive it.
 */
struct access_index *access_index_new(struct arena *a, const struct model *m);

/* procedure_fn; the trial's `access` must be set. */
struct decision access_decide(struct trial *t);

/* The policy for the source by its netblock; NULL: it is in none. */
const struct access_policy *access_policy_of(struct trial *t);

/* The type that an override gives the zone for the source. */
bool access_override(struct trial *t, const struct local_zone *z,
		     enum local_type *type, const struct origin **origin);

/* The data of an auth-zone, read when first asked for. */
const struct zone_data *access_zone_data(struct trial *t,
					 const struct auth_zone *z);

/* Local zones have no answer: the question goes on. */
enum { LOCAL_PASSES_ON = 0, LOCAL_ANSWERS = 1, LOCAL_DEFERS = 2 };

/*
 * Step 12. LOCAL_ANSWERS with `*d` set, LOCAL_PASSES_ON, or LOCAL_DEFERS: an
 * alias of a redirect zone, which the resolver has to follow.
 */
int access_local(struct trial *t, const struct access_policy *policy,
		 struct decision *d);
