#include "source/attributes.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>

/* A label that the new file has already need not be set, and may not be. */
static bool
has(struct arena *a, int fd, const char *name, struct slice value)
{
	char *now = arena_alloc(a, value.len + 1);
	ssize_t n = fgetxattr(fd, name, now, value.len + 1);

	return n >= 0 &&
	       slice_equal((struct slice){ now, (size_t)n }, value);
}

static bool
copy(struct arena *a, int from, int to, const char *name)
{
	ssize_t size = fgetxattr(from, name, NULL, 0);

	if (size < 0)
		return false;
	char *value = arena_alloc(a, (size_t)size + 1);

	size = fgetxattr(from, name, value, (size_t)size + 1);
	return size >= 0 &&
	       (has(a, to, name, (struct slice){ value, (size_t)size }) ||
		fsetxattr(to, name, value, (size_t)size, 0) == 0);
}

bool
attributes_copy(struct arena *a, int from, int to)
{
	ssize_t size = flistxattr(from, NULL, 0);

	if (size < 0)
		return errno == ENOTSUP;
	char *names = arena_alloc(a, (size_t)size + 1);

	size = flistxattr(from, names, (size_t)size + 1);
	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(names + at) + 1)
		if (!copy(a, from, to, names + at))
			return false;
	return size >= 0;
}
