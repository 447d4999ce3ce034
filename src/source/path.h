/* Paths as texts: what a name is called from another directory. */
#pragma once

#include "base/arena.h"

/*
 * The absolute form of `path`. Its directory is resolved, symbolic links and
 * all, as far as it exists; the last part stays as it is.
 */
const char *path_absolute(struct arena *a, const char *path);

/* The same without a look at the disk: "." and ".." are taken off as text. */
const char *path_lexical(struct arena *a, const char *path);

/*
 * The same place as `path`, which is absolute, as seen from the working
 * directory.
 */
const char *path_from_here(struct arena *a, const char *path);

/* What precedes the last '/'; "." where there is none. */
const char *path_directory(struct arena *a, const char *path);

/*
 * Two absolute paths: how `path` is called in the directory `from`, with "../"
 * where it lies outside.
 */
const char *path_relative(struct arena *a, const char *from, const char *path);
