#include "roots/listing.h"

#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "source/git.h"
#include "source/path.h"

enum { FILES_MAX = 1000000 };

typedef VEC(const char *) name_vec;

static bool
has_entry(struct arena *a, const char *dir, const char *name)
{
	return faccessat(AT_FDCWD, arena_printf(a, "%s/%s", dir, name), F_OK,
			 AT_SYMLINK_NOFOLLOW) == 0;
}

/* The directory itself, where `file` is one. */
static const char *
directory_of(struct arena *a, const char *file)
{
	char *real = realpath(file, NULL);
	struct stat st;
	const char *dir;

	if (real != NULL && stat(real, &st) == 0 && S_ISDIR(st.st_mode))
		dir = arena_strdup(a, slice_of(real));
	else
		dir = path_directory(a, path_absolute(a, file));
	free(real);
	return dir;
}

/* Sets `*tracked` where git keeps the directory. */
static const char *
find_root(struct arena *a, const char *file, bool *tracked)
{
	const char *dir = directory_of(a, file), *found = NULL, *first = dir;

	for (;; dir = path_directory(a, dir)) {
		*tracked = has_entry(a, dir, ".git");
		if (*tracked)
			return dir;
		if (found == NULL && has_entry(a, dir, ".dnslint.yaml"))
			found = dir;
		if (strcmp(dir, "/") == 0)
			return found != NULL ? found : first;
	}
}

static bool
list_tracked(struct arena *a, const char *root, name_vec *names)
{
	struct git git = { .arena = a, .directory = root, .quiet = true };
	struct slice rest;

	if (!GIT_RUN(&git, &rest, "ls-files", "-z", "--cached",
		     "--recurse-submodules"))
		return false;
	while (rest.len > 0)
		*VEC_PUSH(a, names) = arena_strdup(a, slice_split(&rest, '\0'));
	return true;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Directories whose names begin with a dot hold nothing a server reads. */
static void
list_below(struct arena *a, const char *root, name_vec *names)
{
	char *const paths[] = { arena_strdup(a, slice_of(root)), NULL };
	size_t skip = strlen(root) + (strcmp(root, "/") != 0);
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);

	if (walk == NULL)
		return;
	for (FTSENT *e; (e = fts_read(walk)) != NULL;) {
		if (e->fts_info == FTS_D && e->fts_level > 0 &&
		    e->fts_name[0] == '.')
			fts_set(walk, e, FTS_SKIP);
		else if (e->fts_info == FTS_F || e->fts_info == FTS_SL)
			*VEC_PUSH(a, names) = arena_strdup(
				a, slice_of(e->fts_path + skip));
		if (names->len > FILES_MAX)
			break;
	}
	fts_close(walk);
}

bool
listing_make(struct arena *a, const char *file, struct listing *out,
	     const char **why)
{
	name_vec names = { 0 };
	bool tracked;
	const char *root = find_root(a, file, &tracked);
	const char *prefix = path_from_here(a, root);

	if (*prefix != '\0' && prefix[strlen(prefix) - 1] != '/')
		prefix = arena_printf(a, "%s/", prefix);
	if (!tracked || !list_tracked(a, root, &names))
		list_below(a, root, &names);
	if (names.len > FILES_MAX) {
		*why = arena_printf(a, "%s: too many files to look through",
				    root);
		return false;
	}
	for (size_t i = 0; i < names.len && *prefix != '\0'; i++)
		names.at[i] = arena_printf(a, "%s%s", prefix, names.at[i]);
	*out = (struct listing){ root, names.at, names.len };
	return true;
}
