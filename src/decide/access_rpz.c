/* Policy zones, and what they make of answers (services/rpz.c). */
#include "decide/access.h"

#include "decide/policy_zone.h"
#include "model/zonefile.h"

/* What follows an alias stops here (max-query-restarts). */
enum { ALIASES_MAX = 11 };

/* The first policy zone that may change the answer to `name`. */
static const struct auth_zone *
find_policy_zone(struct trial *t, struct slice name)
{
	const struct access *a = t->model->access;

	for (size_t i = 0; i < a->policy_zone_count; i++) {
		const struct auth_zone *z = &a->policy_zones[i];

		if (z->file == NULL || z->transferred ||
		    policy_zone_may_apply(access_zone_data(t, z), t->scratch,
					  z->name, name))
			return z;
	}
	return NULL;
}

static struct decision
by_policy(const struct auth_zone *rpz)
{
	return (struct decision){
		.rcode = RCODE_UNKNOWN,
		.outcome = OUTCOME_UNKNOWN,
		.aa = BIT_UNKNOWN,
		.ra = BIT_UNKNOWN,
		.view = "",
		.reason = &rpz->origin,
	};
}

/*
 * A policy for what an alias in data of the server's own leads to, when it
 * looks the name up (services/rpz.c, rpz_callback_from_iterator_cname); NULL
 * where there is none. What aliases others have is not known.
 */
static const struct auth_zone *
find_policy_of_alias(struct trial *t)
{
	struct slice name = t->q->qname, next;

	if (t->model->access->policy_zone_count == 0)
		return NULL;
	for (int i = 0; i < ALIASES_MAX; i++) {
		const struct auth_zone *z = access_auth_zone(t, name), *rpz;
		enum found f;

		if (z == NULL || z->file == NULL)
			return NULL;
		f = zone_data_find(access_zone_data(t, z), t->scratch, name,
				   t->q->qtype, &next);
		if ((f != FOUND_CNAME && f != FOUND_DNAME) || next.len == 0)
			return NULL;
		name = next;
		rpz = find_policy_zone(t, name);
		if (rpz != NULL)
			return rpz;
	}
	return NULL;
}

static bool
is_by_policy(struct trial *t, const struct auth_zone *rpz, struct decision *d)
{
	if (rpz == NULL || !trial_assume(t, rpz))
		return false;
	*d = by_policy(rpz);
	return true;
}

bool
access_is_rewritten(struct trial *t, struct decision *d)
{
	return is_by_policy(t, find_policy_zone(t, t->q->qname), d);
}

bool
access_alias_is_rewritten(struct trial *t, struct decision *d)
{
	return is_by_policy(t, find_policy_of_alias(t), d);
}
