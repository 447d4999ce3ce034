/* Holding the expectations of an intent file against what a server does. */
#pragma once

#include "decide/clients.h"
#include "intent/intent.h"

/* Clients of an expectation who get something else, for one reason. */
struct unmet {
	struct client_set clients;
	const struct decision *decision; /* of one of them */
	bool unknown; /* facts are missing: it may be as expected */
};

/* What the expectation asks. The key is KEY_NONE where it is not defined. */
struct question expectation_question(const struct model *m,
				     const struct expectation *e);

/*
 * What is not as `e` expects it, `*count` of them; those of whom it is not
 * known make one, and it comes last. `q` is what expectation_question() says.
 */
const struct unmet *expectation_check(struct arena *a, struct predict *p,
				      const struct expectation *e,
				      const struct question *q, size_t *count);
