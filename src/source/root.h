/*
 * The directory that includes must not leave, whoever moves links about in the
 * meantime: a path is resolved, symbolic links and all, and what that gave is
 * opened without following any.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "source/mirror.h"

struct root;
struct source_policy; /* source/source.h */

/*
 * `dir` NULL: no boundary. `mirror` may be NULL; otherwise all paths, `dir`
 * too, are looked for where it has them.
 */
struct root *root_new(struct arena *a, const char *dir,
		      const struct mirror *mirror);

/*
 * The boundary for everything that a configuration names: its include root, or
 * else its chroot, out of which no symbolic link leads a server.
 */
struct root *root_of(struct arena *a, const struct source_policy *policy);

/*
 * The include root for files beside the configuration, which are here and no
 * mirror stands in for.
 */
struct root *root_here(struct arena *a, const struct source_policy *policy);

/* False when the directory given does not exist. */
bool root_is_usable(const struct root *r);

/* Is there a boundary at all? */
bool root_is_bounded(const struct root *r);

/*
 * Is there a boundary, and does `path` by its name or by its directory lie
 * within? Whether it leads out again is not looked at.
 */
bool root_holds(const struct root *r, struct arena *a, const char *path);

/*
 * Where `path` is: a real path where there is a boundary. NULL with errno set
 * when nothing is there; EXDEV when it lies outside. To be told, or to be given
 * to the functions below: by itself it must not be opened.
 */
const char *
root_resolve(const struct root *r, struct arena *a, const char *path);

/*
 * Open `path` to be read; does not wait for the other end of a FIFO. -1 with
 * errno set when that fails; EXDEV when it lies outside.
 */
int root_open(const struct root *r, struct arena *a, const char *path);

/*
 * Open a file to be written from its beginning, and make it where it is not
 * there. A path within the root must not lead out of it; one elsewhere was
 * chosen by the user and is not looked at. -1 with errno set.
 */
int root_create(const struct root *r, struct arena *a, const char *path);

/* Open a directory, only to work with names in it. */
int
root_open_directory(const struct root *r, struct arena *a, const char *path);

/*
 * Expand a shell pattern (`braces`: `{a,b}` and `~` too) in byte order. Finding
 * nothing is no failure; a directory that cannot be read is, and with errno
 * E2BIG a pattern that stands for too much. A directory outside of the root
 * counts as unreadable and is not opened.
 */
bool root_glob(const struct root *r, struct arena *a, const char *pattern,
	       bool braces, const char ***names, size_t *count);
