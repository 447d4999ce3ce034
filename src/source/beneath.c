#include "source/beneath.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/slice.h"

static bool
is_link(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISLNK(st.st_mode);
}

static int
open_part(int dir, struct slice part, int flags)
{
	char name[NAME_MAX + 1];

	if (part.len >= sizeof(name)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, part.data, part.len);
	name[part.len] = '\0';
	int fd = openat(dir, name, flags | O_NOFOLLOW | O_CLOEXEC);

	/* That is also said of a link in the place of a directory. */
	if (fd < 0 && errno == ENOTDIR)
		errno = is_link(dir, name) ? ELOOP : ENOTDIR;
	return fd;
}

/*
 * Part by part. No single system call does this everywhere, and the one that
 * Linux has is refused by older sandboxes; this takes nothing else for granted
 * than openat(2).
 */
int
beneath_open(const char *root, const char *rest, int flags)
{
	struct slice left = slice_of(rest);
	int fd = open(root, BENEATH_DIRECTORY | O_CLOEXEC);

	do {
		struct slice part = slice_split(&left, '/');
		bool last = left.len == 0;

		if (fd < 0 || (part.len == 0 && !last))
			continue;
		int next = open_part(fd, part.len == 0 ? slice_of(".") : part,
				     last ? flags : BENEATH_DIRECTORY);
		int why = errno;

		close(fd);
		errno = why;
		fd = next;
	} while (left.len > 0);
	return fd;
}
