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

enum { DESCRIPTORS = 16 };

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

bool
revision_open(struct arena *a, const char *file, const char *name,
	      struct revision *r)
{
	struct git git = { .arena = a, .directory = path_directory(a, file) };
	struct slice answer;
	const char *commit, *prefix;

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
	prefix = arena_printf(a, "--prefix=%s/", r->mirror.at);
	return GIT_RUN(&git, &answer, "read-tree", commit) &&
	       GIT_RUN(&git, &answer, "checkout-index", "--all", prefix);
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
