#include "source/path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *
path_directory(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return arena_strdup(a, (struct slice){ path, slash == path
							     ? 1
							     : (size_t)(slash -
									path) });
}

static const char *
working_directory(struct arena *a)
{
	char *real = realpath(".", NULL);
	const char *kept = real == NULL ? "/" : arena_strdup(a, slice_of(real));

	free(real);
	return kept;
}

/* Without "." and "..", as if there were no symbolic links. */
static const char *
normalize(struct arena *a, const char *path)
{
	struct slice rest = slice_of(path);
	char *out = arena_alloc(a, rest.len + 2), *end = out;

	while (rest.len > 0) {
		struct slice part = slice_split(&rest, '/');

		if (part.len == 0 || slice_is(part, "."))
			continue;
		if (slice_is(part, "..")) {
			while (end > out && *--end != '/')
				;
			continue;
		}
		*end++ = '/';
		memcpy(end, part.data, part.len);
		end += part.len;
	}
	if (end == out)
		*end++ = '/';
	*end = '\0';
	return out;
}

const char *
path_lexical(struct arena *a, const char *path)
{
	if (*path == '/')
		return normalize(a, path);
	return normalize(a, arena_printf(a, "%s/%s", working_directory(a),
					 path));
}

const char *
path_absolute(struct arena *a, const char *path)
{
	const char *dir = path_directory(a, path);
	const char *name = strrchr(path, '/');
	char *real = realpath(dir, NULL);

	name = name == NULL ? path : name + 1;
	if (real == NULL)
		return path_lexical(a, path);
	const char *whole = arena_printf(a, "%s/%s", real, name);

	free(real);
	return normalize(a, whole);
}

const char *
path_relative(struct arena *a, const char *from, const char *path)
{
	struct slice there = slice_of(path), here = slice_of(from);
	const char *up = "";

	for (;;) {
		struct slice t = there, h = here;
		struct slice x = slice_split(&t, '/'), y = slice_split(&h, '/');

		if (here.len == 0 || !slice_equal(x, y))
			break;
		there = t;
		here = h;
	}
	while (here.len > 0)
		if (slice_split(&here, '/').len > 0)
			up = arena_printf(a, "%s../", up);
	return arena_printf(a, "%s%.*s", up, SLICE(there));
}

const char *
path_from_here(struct arena *a, const char *path)
{
	return path_relative(a, working_directory(a), path);
}
