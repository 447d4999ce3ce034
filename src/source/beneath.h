/* Opening what lies below a directory without following any link. */
#pragma once

#include <fcntl.h>

/*
 * For directories that are only gone through. Where the system has no such
 * thing they must be readable.
 */
#if defined(O_PATH)
#define BENEATH_DIRECTORY (O_PATH | O_DIRECTORY)
#elif defined(O_SEARCH)
#define BENEATH_DIRECTORY (O_SEARCH | O_DIRECTORY)
#else
#define BENEATH_DIRECTORY (O_RDONLY | O_DIRECTORY)
#endif

/*
 * Open `rest` below the directory `root`; both were resolved, so that no part
 * of `rest` is "..", or a symbolic link. Should a part of it be one by now, it
 * is not followed. -1 with errno set on failure, ELOOP for a link.
 */
int beneath_open(const char *root, const char *rest, int flags);
