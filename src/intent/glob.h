/* Patterns of file names. */
#pragma once

#include "base/slice.h"

/*
 * Does the whole of `path` match? `*` and `?` stand for anything but a '/',
 * `**` for that too, and between slashes also for no directory at all. `[a-z]`
 * and `[!a-z]` stand for one character but '/'; a backslash takes the next
 * character as it is. The time is at most the product of both lengths.
 */
bool glob_match(struct slice pattern, struct slice path);

/* NULL, or what is wrong with a pattern. */
const char *glob_fault(struct slice pattern);
