#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "report/report.h"
#include "source/path.h"

static bool
is_repository(struct arena *a, const char *dir)
{
	return faccessat(AT_FDCWD, arena_printf(a, "%s/.git", dir), F_OK,
			 AT_SYMLINK_NOFOLLOW) == 0;
}

struct report_base
report_base_find(struct arena *a)
{
	const char *here = path_lexical(a, ".");

	for (const char *dir = here;; dir = path_directory(a, dir)) {
		if (is_repository(a, dir))
			return (struct report_base){ dir, here };
		if (strcmp(dir, "/") == 0)
			return (struct report_base){ here, here };
	}
}

const char *
report_path(struct arena *a, const struct report_base *base, const char *name)
{
	const char *path = path_lexical(
		a, *name == '/' ? name
				: arena_printf(a, "%s/%s", base->here, name));
	const char *rest = path_relative(a, base->top, path);

	return strncmp(rest, "../", 3) == 0 ? path : rest;
}
