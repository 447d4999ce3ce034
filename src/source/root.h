/*
 * The directory that includes must not leave. Paths are resolved, symbolic
 * links and all, before anything is opened.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "source/mirror.h"

struct root;
struct source_policy; /* source/source.h */

/*
 * `dir` NULL: no boundary. `mirror` may be NULL; otherwise all paths, `dir` too,
 * are looked for where it has them.
 */
struct root *root_new(struct arena *a, const char *dir,
		      const struct mirror *mirror);

/*
 * The boundary for everything that a configuration names: its include root, or
 * else its chroot, out of which no symbolic link leads a server.
 */
struct root *root_of(struct arena *a, const struct source_policy *policy);

/* False when the directory given does not exist. */
bool root_is_usable(const struct root *r);

/*
 * The path to open for `path`: a real one where there is a boundary. NULL with
 * errno set when nothing is there; EXDEV when it lies outside.
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
