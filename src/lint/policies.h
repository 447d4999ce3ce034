/* The intent files of one run: each is read once, whatever it speaks of. */
#pragma once

#include "intent/policy.h"
#include "source/source.h"

struct policies;

/*
 * `path` NULL: for each file the nearest one at or above it. Everything lives
 * in the arena, which must outlive the results that refer to it.
 */
struct policies *policies_new(struct arena *a, const char *path,
			      struct source_policy limits);

/*
 * The intent file that speaks of `file`, or NULL where there is none. False
 * with `*why` set when it cannot be read or is wrong; all that is wrong is
 * told the first time only. The lines of `*why` begin with their places.
 */
bool policies_find(struct policies *p, const char *file,
		   const struct policy **out, const char **why);

/*
 * NULL, or what people should know of the intent file that holds for `file`:
 * it has entries, and none of them is for it.
 */
const char *policies_note(const struct policies *p, const struct policy *policy,
			  const char *file);
