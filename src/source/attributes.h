/* What a file has beside its mode: access lists, labels of SELinux. */
#pragma once

#include "base/arena.h"

/*
 * Give the open file `to` the extended attributes of the open file `from`. True
 * as well where there are no such things; else false with errno set.
 */
bool attributes_copy(struct arena *a, int from, int to);
