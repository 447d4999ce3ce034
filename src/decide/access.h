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

/* An answer of the server, without a view. */
struct decision access_result(enum rcode rcode, enum outcome outcome, bool aa,
			      bool ra, const struct origin *reason);

/* Is only what is local for the clients of the policy? */
static inline bool
access_is_non_local(const struct access_policy *p)
{
	return p->action == ACCESS_DENY_NON_LOCAL ||
	       p->action == ACCESS_REFUSE_NON_LOCAL;
}

/* Local zones have no answer: the question goes on. */
enum { LOCAL_PASSES_ON = 0, LOCAL_ANSWERS = 1, LOCAL_DEFERS = 2 };

/*
 * Step 12. LOCAL_ANSWERS with `*d` set, LOCAL_PASSES_ON, or LOCAL_DEFERS: an
 * alias of a redirect zone, which the resolver has to follow.
 */
int access_local(struct trial *t, const struct access_policy *policy,
		 struct decision *d);

/* The auth-zone that a question for `name` belongs to, or NULL. */
const struct auth_zone *
access_auth_zone(const struct trial *t, struct slice name);

/* Step 14: an auth-zone answers. False: none does. access_auth.c */
bool
access_auth(struct trial *t, const struct access_policy *p, struct decision *d);

/*
 * Step 13: may a policy zone change the answer to the name that is asked for?
 * Then `*d` is unknown. access_rpz.c
 */
bool access_is_rewritten(struct trial *t, struct decision *d);

/* The same of the names that an alias in the server's own data leads to. */
bool access_alias_is_rewritten(struct trial *t, struct decision *d);
