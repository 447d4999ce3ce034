/*
 * Includes that cannot be had here, since they are written for the server's
 * host, and files of the repository that look like what they mean. This is a
 * guess, and used for advice alone.
 */
#pragma once

#include "roots/candidate.h"

struct strmap;

/* Does an include that `c` missed have the last part of `path`? */
bool resemblance_with_missed(const struct candidate *c, const char *path);

/*
 * What to say of the missed include number `i` where one of `names` resembles
 * it, or NULL. `seen` holds what was said before.
 */
const char *resemblance_advice(struct arena *a, const struct candidate *c,
			       size_t i, const char *const *names, size_t count,
			       struct strmap *seen);
