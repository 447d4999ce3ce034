/* The verbs: each a run, whose result is the exit status. */
#pragma once

#include "cli/judge.h"

/* `o->files` may become others: those that include what was named. */
int run_check(struct arena *a, struct options *o);
int run_dump(const struct options *o);

/* predict and explain */
int run_predict(const struct options *o);
int run_diff(struct arena *a, const struct options *o);
