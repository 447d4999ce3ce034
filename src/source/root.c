#include "source/root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/beneath.h"
#include "source/path.h"
#include "source/source.h"

enum {
	/* How often a path is resolved that was another a moment before. */
	ATTEMPTS_MAX = 16,
	/* What a pattern may ask for: "{a,b}" twice is four words. */
	WORDS_MAX = 10000,
	DIRECTORIES_MAX = 20000,
	BRACES_MAX = 32,
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
 * glob(3) gives its directory functions no context, so the call under way is
 * kept per thread for as long as it lasts.
 */
struct globbing {
	const struct root *root;
	size_t directories; /* looked into so far */
};

static _Thread_local struct globbing *globbing;

static void *
open_inside(const char *path)
{
	struct arena *a = arena_new();
	bool few = globbing->directories++ < DIRECTORIES_MAX;
	int fd = few ? open_flags(globbing->root, a, path,
				  O_RDONLY | O_DIRECTORY)
		     : -1;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && dir == NULL)
		close(fd);
	if (!few)
		errno = E2BIG;
	arena_free(a);
	return dir;
}

/*
 * At most so many words may a pattern with braces stand for: each pair of them
 * makes as many of one as there are commas in it, and one more.
 */
static size_t
count_words(const char *pattern)
{
	size_t parts[BRACES_MAX], depth = 0, words = 1;

	for (; *pattern != '\0' && words <= WORDS_MAX; pattern++) {
		if (*pattern == '{') {
			if (depth == BRACES_MAX)
				return SIZE_MAX;
			parts[depth++] = 1;
		} else if (*pattern == ',' && depth > 0) {
			parts[depth - 1]++;
		} else if (*pattern == '}' && depth > 0) {
			words *= parts[--depth];
		}
	}
	return words;
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
	struct globbing under_way = { .root = r };
	glob_t g = {
		.gl_closedir = close_dir,
		.gl_readdir = read_entry,
		.gl_opendir = open_inside,
		.gl_lstat = lstat,
		.gl_stat = stat,
	};
	int flags = GLOB_ERR | GLOB_NOSORT | GLOB_ALTDIRFUNC;

	*names = NULL;
	*count = 0;
	if (braces && count_words(pattern) > WORDS_MAX) {
		errno = E2BIG;
		return false;
	}
	if (braces)
		flags |= GLOB_BRACE | GLOB_TILDE;
	globbing = &under_way;
	int status = glob(mirror_path(r->mirror, a, pattern), flags, NULL, &g);

	globbing = NULL;
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
	errno = under_way.directories > DIRECTORIES_MAX ? E2BIG : EACCES;
	return status == 0 || status == GLOB_NOMATCH;
}
