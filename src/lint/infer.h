/*
 * What a server seems to be for, where nobody says it: a guess from what it
 * does, never taken for a declaration.
 */
#pragma once

#include "ast/config.h"
#include "decide/predict.h"
#include "intent/intent.h"

/*
 * Set `role` and `role_reason` of an intent without a role; it stays without
 * where nothing tells. `role_place` stays empty.
 */
void infer_role(struct arena *a, const struct config *c, const struct model *m,
		struct predict *p, struct intent *intent);
