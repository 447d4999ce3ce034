/*
 * What is declared of a server, from all the places where it can be: the
 * command line comes first, then the configuration itself, then the intent
 * file.
 */
#pragma once

#include "lint/lint.h"

/*
 * Where `above` declares something it counts, else what `below` says; but not
 * a role or clients that contradict what is declared above.
 */
struct intent declared_join(struct intent above, struct intent below);

/* The rules' levels of the policy (or NULL), then those of the command line. */
struct selection declared_selection(struct arena *a,
				    const struct policy *policy,
				    const struct lint_options *o);

/* From which severity on findings fail the run. */
enum severity declared_fail_on(const struct policy *policy,
			       const struct lint_options *o);
