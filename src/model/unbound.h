/* From the tree of unbound.conf to the model. */
#pragma once

#include "model/named.h"

/* The model of a configuration that loads. */
const struct model *model_from_unbound(struct arena *a, const struct config *c,
				       struct model_facts facts);
