#include "source/root.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source/source.h"

struct root {
	const char *real; /* NULL: everything is inside */
	bool usable;
	const struct mirror *mirror; /* or NULL */
};

struct root *
root_new(struct arena *a, const char *dir, const struct mirror *mirror)
{
	struct root *r = ARENA_NEW(a, struct root);

	r->usable = true;
	r->mirror = mirror;
	if (dir == NULL)
		return r;
	char *real = realpath(mirror_path(mirror, a, dir), NULL);

	r->usable = real != NULL;
	r->real = arena_strdup(a, slice_of(real == NULL ? dir : real));
	free(real);
	return r;
}

struct root *
root_of(struct arena *a, const struct source_policy *policy)
{
	return root_new(a,
			policy->include_root != NULL ? policy->include_root
						     : policy->chroot,
			policy->mirror);
}

bool
root_is_usable(const struct root *r)
{
	return r->usable;
}

static bool
is_inside(const struct root *r, const char *real)
{
	size_t len = strlen(r->real);

	if (strcmp(r->real, "/") == 0)
		return true;
	return strncmp(real, r->real, len) == 0 &&
	       (real[len] == '/' || real[len] == '\0');
}

const char *
root_resolve(const struct root *r, struct arena *a, const char *path)
{
	path = mirror_path(r->mirror, a, path);
	if (r->real == NULL)
		return path;
	char *real = realpath(path, NULL);

	if (real == NULL)
		return NULL;
	bool inside = is_inside(r, real);
	const char *kept = arena_strdup(a, slice_of(real));

	free(real);
	if (!inside) {
		errno = EXDEV;
		return NULL;
	}
	return kept;
}

/*
 * glob(3) gives its directory functions no context, so the root of the call
 * under way is kept per thread for as long as it lasts.
 */
static _Thread_local const struct root *globbing;

static void *
open_inside(const char *path)
{
	char *real = realpath(path, NULL);
	DIR *dir = NULL;

	if (real == NULL)
		return NULL;
	/* What was judged is opened, whatever `path` leads to by then. */
	if (is_inside(globbing, real))
		dir = opendir(real);
	else
		errno = EXDEV;
	free(real);
	return dir;
}

static struct dirent *
read_entry(void *dir)
{
	return readdir(dir);
}

static void
close_dir(void *dir)
{
	closedir(dir);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
root_glob(const struct root *r, struct arena *a, const char *pattern,
	  bool braces, const char ***names, size_t *count)
{
	glob_t g = {
		.gl_closedir = close_dir,
		.gl_readdir = read_entry,
		.gl_opendir = open_inside,
		.gl_lstat = lstat,
		.gl_stat = stat,
	};
	int flags = GLOB_ERR | GLOB_NOSORT;

	if (braces)
		flags |= GLOB_BRACE | GLOB_TILDE;
	if (r->real != NULL)
		flags |= GLOB_ALTDIRFUNC;
	globbing = r;
	int status = glob(mirror_path(r->mirror, a, pattern), flags, NULL, &g);

	globbing = NULL;
	*names = NULL;
	*count = 0;
	if (status == 0) {
		*names = ARENA_ARRAY(a, const char *, g.gl_pathc);
		*count = g.gl_pathc;
		for (size_t i = 0; i < g.gl_pathc; i++)
			(*names)[i] = mirror_original(
				r->mirror, a,
				arena_strdup(a, slice_of(g.gl_pathv[i])));
		qsort(*names, *count, sizeof(**names), by_bytes);
	}
	globfree(&g);
	return status == 0 || status == GLOB_NOMATCH;
}
