/* Response policy zones (RPZ), as far as their data decide. */
#pragma once

#include "model/zonefile.h"

/*
 * May a policy of the zone `d` named `zone` change the answer to a question for
 * `qname`? A name of the question in it may, and so may triggers by addresses
 * of clients and answers and by servers, wherever there are any; so may
 * anything where its data are not known.
 */
bool policy_zone_may_apply(const struct zone_data *d, struct arena *a,
			   struct slice zone, struct slice qname);
