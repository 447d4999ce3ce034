/* Which of several configurations read which file. */
#pragma once

#include "lint/lint.h"

struct readers;

/* Reads all of them once, and keeps no text. */
struct readers *readers_new(struct arena *a, const struct lint_options *o,
			    const char *const *names, size_t count);

/* Does configuration number `name` read the file of this real path? */
bool readers_have(const struct readers *r, size_t name, const char *path);
