/* Zones whose data the server holds (services/authzone.c). */
#include "decide/access.h"

#include "base/strmap.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/zonefile.h"

const struct auth_zone *
access_auth_zone(const struct trial *t, struct slice name)
{
	if (t->q->qclass != CLASS_IN)
		return NULL;
	if (t->q->qtype == RRTYPE_DS)
		name_parent(name, &name); /* the root has none above it */
	do {
		const struct auth_zone *z =
			strmap_get(t->model->access->auth_zones, name);

		if (z != NULL)
			return z;
	} while (name_parent(name, &name));
	return NULL;
}

/* Has the zone data? Where a transfer may have brought some, who knows. */
static bool
has_data(struct trial *t, const struct auth_zone *z)
{
	if (z->file != NULL) {
		switch (zone_data_state(access_zone_data(t, z))) {
		case DATA_LOADED:
			return true;
		case DATA_NOT_LOADED:
			break;
		case DATA_UNKNOWN:
			return trial_assume(t, z);
		}
	}
	return z->transferred &&
	       (t->model->access->data_supposed || trial_assume(t, z));
}

bool
access_auth(struct trial *t, const struct access_policy *p, struct decision *d)
{
	const struct auth_zone *z = access_auth_zone(t, t->q->qname);
	bool ra = t->q->rd && !access_is_non_local(p);
	enum found found = FOUND_UNKNOWN;
	struct slice at;

	if (z == NULL || !z->downstream)
		return false;
	trial_note(t, "the auth-zone", &z->origin);
	if (!has_data(t, z)) {
		if (z->fallback)
			return false;
		*d = access_result(RCODE_SERVFAIL, OUTCOME_SERVER_FAILURE, true,
				   true, &z->origin);
		return true;
	}
	if (z->file != NULL)
		found = zone_data_find(access_zone_data(t, z), t->scratch,
				       t->q->qname, t->q->qtype, &at);
	*d = access_result(RCODE_ZONE, OUTCOME_AUTHORITATIVE, true, ra,
			   &z->origin);
	if (found == FOUND_NOTHING)
		d->rcode = RCODE_NXDOMAIN;
	else if (found == FOUND_UNKNOWN)
		d->aa = BIT_UNKNOWN;
	else
		d->rcode = RCODE_NOERROR;
	if (found == FOUND_CUT) {
		d->aa = BIT_CLEAR;
		d->outcome = OUTCOME_REFERRAL;
	}
	return true;
}
