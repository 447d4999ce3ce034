#include "source/root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/beneath.h"
#include "source/path.h"
#include "source/source.h"

/* How often a path is resolved that is not what it was a moment before. */
enum {
	ATTEMPTS_MAX = 16
};

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

struct root *
root_here(struct arena *a, const struct source_policy *policy)
{
	const char *dir = policy->include_root;

	return root_new(
		a, dir == NULL ? NULL : mirror_path(policy->mirror, a, dir),
		NULL);
}

bool
root_is_usable(const struct root *r)
{
	return r->usable;
}

bool
root_is_bounded(const struct root *r)
{
	return r->real != NULL;
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

bool
root_holds(const struct root *r, struct arena *a, const char *path)
{
	return r->real != NULL && (is_inside(r, path_lexical(a, path)) ||
				   is_inside(r, path_absolute(a, path)));
}

/* Of a path as mirrors have it. */
static const char *
resolve(const struct root *r, struct arena *a, const char *path)
{
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

const char *
root_resolve(const struct root *r, struct arena *a, const char *path)
{
	return resolve(r, a, mirror_path(r->mirror, a, path));
}

/*
 * A path that was resolved has no links. When there is one after all, somebody
 * put it there since, and it is to be seen anew where the path leads.
 */
static int
open_flags(const struct root *r, struct arena *a, const char *path, int flags)
{
	int fd = -1;

	errno = ELOOP;
	for (int i = 0; fd < 0 && errno == ELOOP && i < ATTEMPTS_MAX; i++) {
		const char *real = resolve(r, a, path);

		if (real == NULL)
			break;
		fd = r->real == NULL
			     ? open(real, flags | O_CLOEXEC)
			     : beneath_open(r->real, real + strlen(r->real),
					    flags);
	}
	return fd;
}

int
root_open(const struct root *r, struct arena *a, const char *path)
{
	return open_flags(r, a, mirror_path(r->mirror, a, path),
			  O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

int
root_open_directory(const struct root *r, struct arena *a, const char *path)
{
	return open_flags(r, a, mirror_path(r->mirror, a, path),
			  BENEATH_DIRECTORY);
}

int
root_create(const struct root *r, struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	int how = O_WRONLY | O_TRUNC | O_NOCTTY;

	if (!root_holds(r, a, path))
		return open(path, how | O_CREAT | O_CLOEXEC, 0666);
	int fd = open_flags(r, a, path, how);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	int dir = root_open_directory(r, a, path_directory(a, path));

	if (dir < 0)
		return -1;
	fd = openat(dir, slash == NULL ? path : slash + 1,
		    how | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	int why = errno;

	close(dir);
	errno = why;
	return fd;
}

/*
 * glob(3) gives its directory functions no context, so the root of the call
 * under way is kept per thread for as long as it lasts.
 */
static _Thread_local const struct root *globbing;

static void *
open_inside(const char *path)
{
	struct arena *a = arena_new();
	int fd = open_flags(globbing, a, path, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && dir == NULL)
		close(fd);
	arena_free(a);
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
