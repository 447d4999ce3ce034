/* Who gets what: the client networks by outcome, as the fewest prefixes. */
#pragma once

#include <stdio.h>

#include "decide/predict.h"

/* All clients that one question can come from. `title` heads the part. */
void table_print_question(struct arena *a, struct predict *p,
			  const struct model *m, const struct question *q,
			  const char *title, FILE *out);

/*
 * Everything that can be asked for: recursion, and each zone of each view or
 * the local zones that people wrote. `q` says how it is asked.
 */
void table_print_all(struct arena *a, struct predict *p, const struct model *m,
		     const struct question *q, FILE *out);
