#include "compare/revision.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/printable.h"
#include "source/git.h"
#include "source/path.h"

enum { DESCRIPTORS = 16, SUBMODULES_DEEP = 8 };

static bool
complain(const char *what)
{
	fprintf(stderr, "dnslint: %s: %s\n", what, strerror(errno));
	return false;
}

/* Without the end of its line; a path may have others inside. */
static const char *
line(struct arena *a, struct slice answer)
{
	if (answer.len > 0 && answer.data[answer.len - 1] == '\n')
		answer.len--;
	return arena_strdup(a, answer);
}

static bool
make_directory(struct arena *a, struct revision *r)
{
	const char *base = getenv("TMPDIR");
	char *dir = arena_printf(
		a, "%s/dnslint-XXXXXX",
		base == NULL || *base == '\0' ? "/tmp" : base);

	if (mkdtemp(dir) == NULL)
		return complain(dir);
	r->dir = dir;
	return true;
}

static bool
check_out(const struct git *git, const char *commit, const char *at)
{
	const char *prefix = arena_printf(git->arena, "--prefix=%s/", at);
	struct slice answer;

	return GIT_RUN(git, &answer, "read-tree", commit) &&
	       GIT_RUN(git, &answer, "checkout-index", "--all", prefix);
}

/* Is it there, with a repository of its own, and not by a symbolic link? */
static bool
is_submodule(struct arena *a, const char *dir)
{
	char *real = realpath(dir, NULL);
	bool same = real != NULL && strcmp(real, dir) == 0;

	free(real);
	return same && access(arena_printf(a, "%s/.git", dir), F_OK) == 0;
}

static void
add_submodules(const struct git *super, const char *at, unsigned depth)
{
	struct arena *a = super->arena;
	struct slice rest;

	if (!GIT_RUN(super, &rest, "ls-files", "-z", "--stage"))
		return;
	while (rest.len > 0) {
		/* "160000 COMMIT 0<TAB>PATH" */
		struct slice path = slice_split(&rest, '\0');
		struct slice words = slice_split(&path, '\t');
		struct git git = *super;
		const char *there;

		if (!slice_is(slice_split(&words, ' '), "160000"))
			continue;
		git.directory = arena_printf(a, "%s/%.*s", super->directory,
					     SLICE(path));
		git.index = arena_printf(a, "%s.", super->index);
		git.quiet = true;
		there = arena_printf(a, "%s/%.*s", at, SLICE(path));
		if (!is_submodule(a, git.directory) || depth == 0)
			continue;
		if (check_out(&git, arena_strdup(a, slice_split(&words, ' ')),
			      there)) {
			add_submodules(&git, there, depth - 1);
			continue;
		}
		fputs("dnslint: note: the submodule '", stderr);
		print_safely(stderr, path);
		fputs("' lacks the commit of that revision\n", stderr);
	}
}

bool
revision_open(struct arena *a, const char *file, const char *name,
	      struct revision *r)
{
	struct git git = { .arena = a, .directory = path_directory(a, file) };
	struct slice answer;
	const char *commit;

	*r = (struct revision){ 0 };
	if (!GIT_RUN(&git, &answer, "rev-parse", "--show-toplevel"))
		return false;
	r->mirror.of = git.directory = line(a, answer);
	r->mirror.label = name;
	if (!GIT_RUN(&git, &answer, "rev-parse", "--verify", "--quiet",
		 "--end-of-options", arena_printf(a, "%s^{commit}", name))) {
		fputs("dnslint: the repository has no revision '", stderr);
		print_safely(stderr, slice_of(name));
		fputs("'\n", stderr);
		return false;
	}
	commit = line(a, answer);
	if (!make_directory(a, r))
		return false;
	git.index = arena_printf(a, "%s/index", r->dir);
	r->mirror.at = arena_printf(a, "%s/tree", r->dir);
	if (!check_out(&git, commit, r->mirror.at))
		return false;
	add_submodules(&git, r->mirror.at, SUBMODULES_DEEP);
	return true;
}

static int
remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

void
revision_close(const struct revision *r)
{
	if (r->dir != NULL &&
	    nftw(r->dir, remove_entry, DESCRIPTORS, FTW_DEPTH | FTW_PHYS) != 0)
		complain(r->dir);
}
