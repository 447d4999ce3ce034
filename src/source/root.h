/*
 * The directory that includes must not leave. Paths are resolved, symbolic
 * links and all, before anything is opened.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct root;

/* `dir` NULL: no boundary. */
struct root *root_new(struct arena *a, const char *dir);

/* False when the directory given does not exist. */
bool root_is_usable(const struct root *r);

/*
 * The real path of `path`. NULL with errno set when there is none; errno is
 * EXDEV when it lies outside.
 */
const char *root_resolve(const struct root *r, struct arena *a,
			 const char *path);

/*
 * Expand a shell pattern (`braces`: `{a,b}` and `~` too) in byte order. Finding
 * nothing is no failure; a directory that cannot be read is. A directory
 * outside of the root counts as unreadable and is not opened.
 */
bool root_glob(const struct root *r, struct arena *a, const char *pattern,
	       bool braces, const char ***names, size_t *count);
