/* From the tree of named.conf to the model. */
#pragma once

#include "ast/config.h"
#include "model/geo.h"
#include "model/model.h"

struct model_facts {
	const struct host *host;
	uint32_t target; /* schema/release.h */
	struct source_policy policy; /* for the data of zones */
	geo_networks_fn *geo; /* NULL: nobody can read databases */
	/*
	 * Suppose that somebody asks the server: on another port where nothing
	 * listens on its own, and by IPv4 on a device whose addresses are not
	 * known.
	 */
	bool asked;
	/*
	 * Suppose that zones whose files are not here have been transferred, or
	 * lie where the server is.
	 */
	bool data_supposed;
	/*
	 * Suppose that questions come the way the port takes them: through a
	 * proxy, or encrypted. Else they are plain DNS, which Unbound may not
	 * hear there.
	 */
	bool wrapped;
};

/*
 * The model of a configuration that loads: values are well-typed. What the
 * checker of the server does not look at is met all the same.
 */
const struct model *model_from_named(struct arena *a, const struct config *c,
				     struct model_facts facts);
