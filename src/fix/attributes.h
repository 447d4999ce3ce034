/* What a file has beside its mode: access lists, labels of SELinux. */
#pragma once

#include "base/arena.h"

/*
 * Give the open file `fd` the extended attributes of the file at `path`. True
 * as well where there are no such things; else false with errno set.
 */
bool attributes_copy(struct arena *a, const char *path, int fd);
