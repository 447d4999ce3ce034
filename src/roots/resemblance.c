#include "roots/resemblance.h"

#include <fnmatch.h>
#include <string.h>

#include "base/strmap.h"
#include "source/path.h"

static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Is the directory of both called the same? */
static bool
have_like_parents(const char *x, const char *y)
{
	size_t i = (size_t)(last_part(x) - x), j = (size_t)(last_part(y) - y);

	if (i == 0 || j == 0)
		return i == j;
	for (i--, j--; i > 0 && j > 0 && x[i - 1] == y[j - 1]; i--, j--)
		if (x[i - 1] == '/')
			return true;
	return (i == 0 || x[i - 1] == '/') && (j == 0 || y[j - 1] == '/');
}

/*
 * The last part of an include may be a pattern; since that fits many a file, the
 * directories have to be alike then, too.
 */
static bool
resembles(const char *include, const char *path)
{
	const char *name = last_part(include);

	return strpbrk(name, "*?[{") == NULL
		       ? strcmp(name, last_part(path)) == 0
		       : have_like_parents(include, path) &&
				 fnmatch(name, last_part(path), FNM_PERIOD) == 0;
}

bool
resemblance_with_missed(const struct candidate *c, const char *path)
{
	for (size_t i = 0; i < c->missed_count; i++)
		if (resembles(c->missed[i], path))
			return true;
	return false;
}

/* How many of the last parts of two paths are equal. */
static size_t
common_parts(const char *x, const char *y)
{
	size_t i = strlen(x), j = strlen(y), parts = 0;

	while (i > 0 && j > 0 && x[i - 1] == y[j - 1]) {
		i--, j--;
		parts += x[i] == '/';
	}
	return parts + (i == 0 || j == 0);
}

/* The one that has most of the path's end, and lies nearest to the includer. */
static const char *
most_alike(struct arena *a, const struct candidate *c, const char *include,
	   const char *const *names, size_t count)
{
	const char *here = path_directory(a, c->name), *best = NULL;
	const char *dir = path_directory(a, include);
	size_t best_score = 0;

	for (size_t i = 0; i < count; i++) {
		if (!resembles(include, names[i]))
			continue;
		const char *there = path_directory(a, names[i]);
		size_t score = 2 * common_parts(dir, there) +
			       (strcmp(there, here) == 0) + 1;

		if (score > best_score) {
			best = names[i];
			best_score = score;
		}
	}
	return best;
}

const char *
resemblance_advice(struct arena *a, const struct candidate *c, size_t i,
		   const char *const *names, size_t count, struct strmap *seen)
{
	const char *include = c->missed[i];
	const char *alike = *include != '/' ? NULL
					    : most_alike(a, c, include, names,
							 count);

	if (alike == NULL)
		return NULL;
	const char *pair = arena_printf(a, "%s=%s", path_directory(a, include),
					path_directory(a, alike));
	void **place = strmap_at(seen, slice_of(pair));

	if (*place != NULL)
		return NULL;
	*place = seen;
	return arena_printf(a,
			    "%s includes '%s'; if that is '%s' here, say "
			    "--map %s",
			    c->name, include, alike, pair);
}
