#include "source/mirror.h"

#include <stdlib.h>
#include <string.h>

#include "source/path.h"

enum { LINKS_MAX = 8 };

/* What follows `dir` in `path`; NULL when it is not below. */
static const char *
below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (strncmp(path, dir, len) != 0)
		return NULL;
	return path[len] == '/' || path[len] == '\0' ? path + len : NULL;
}

/*
 * The rest of an absolute path behind the directory `of`, by whatever links
 * that is reached; NULL when the path does not lead through it.
 */
static const char *
rest_behind(struct arena *a, const char *path, const char *of)
{
	const char *rest = below(path, of);

	for (const char *p = path + 1; rest == NULL && *p != '\0'; p++) {
		size_t len = (size_t)(p - path);
		char *real;

		if (*p != '/')
			continue;
		real = realpath(arena_strdup(a, (struct slice){ path, len }),
				NULL);
		if (real == NULL)
			break;
		if (strcmp(real, of) == 0)
			rest = p;
		free(real);
	}
	return rest;
}

static const char *
read_at(const struct mirror *m, struct arena *a, const char *path)
{
	for (int i = 0; i < LINKS_MAX; i++) {
		const char *lexical = path_lexical(a, path);
		const char *rest = below(lexical, m->at) != NULL
					   ? NULL
					   : rest_behind(a, lexical, m->of);
		char *real;

		if (rest == NULL)
			return path;
		path = arena_printf(a, "%s%s", m->at, rest);
		real = realpath(path, NULL);
		if (real == NULL || below(real, m->of) == NULL) {
			free(real);
			return path;
		}
		path = arena_strdup(a, slice_of(real));
		free(real);
	}
	return path;
}

const char *
mirror_path(const struct mirror *m, struct arena *a, const char *path)
{
	for (; m != NULL; m = m->next)
		path = read_at(m, a, path);
	return path;
}

const char *
mirror_original(const struct mirror *m, struct arena *a, const char *path)
{
	if (m == NULL)
		return path;
	path = mirror_original(m->next, a, path);
	const char *rest = below(path, m->at);

	return rest == NULL ? path : arena_printf(a, "%s%s", m->of, rest);
}

const char *
mirror_name(const struct mirror *m, struct arena *a, const char *path)
{
	const char *name = path;

	for (; m != NULL; m = m->next) {
		const char *at = read_at(m, a, path);

		if (at != path)
			name = m->label == NULL
				       ? path_from_here(a, at)
				       : arena_printf(a, "%s:%s", m->label,
						      name);
		path = at;
	}
	return name;
}
