/*
 * Texts that stand in for what files hold, so that an edit can be judged
 * before it is written.
 */
#pragma once

#include "base/arena.h"

struct overlay;

struct overlay *overlay_new(struct arena *a);

/*
 * From now on `text` stands in for the file at `path`, by whatever name or
 * symbolic link it is reached; "-" is standard input. The text is not copied.
 */
void overlay_set(struct overlay *o, const char *path, struct slice text);

/* What stands in for the file at `path`, or NULL. `o` may be NULL. */
const struct slice *overlay_find(const struct overlay *o, const char *path);
