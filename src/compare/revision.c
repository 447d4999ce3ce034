#include "compare/revision.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/printable.h"
#include "source/path.h"

extern char **environ;

enum { ANSWER_MAX = 4096, ARGUMENTS_MAX = 16, DESCRIPTORS = 16 };

/* One run of git(1) in a directory, perhaps with an index of its own. */
struct git {
	struct arena *arena;
	const char *directory;
	const char *index; /* or NULL */
};

static bool
complain(const char *what)
{
	fprintf(stderr, "dnslint: %s: %s\n", what, strerror(errno));
	return false;
}

/* The environment with another index. */
static char **
environment(const struct git *g)
{
	size_t n = 0, kept = 0;

	while (environ[n] != NULL)
		n++;
	char **out = ARENA_ARRAY(g->arena, char *, n + 2);

	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "GIT_INDEX_FILE=", 15) != 0)
			out[kept++] = environ[i];
	if (g->index != NULL)
		out[kept++] = arena_printf(g->arena, "GIT_INDEX_FILE=%s",
					   g->index);
	out[kept] = NULL;
	return out;
}

/* What it prints, into `answer`, without the newline at its end. */
static void
read_answer(int fd, char answer[ANSWER_MAX])
{
	size_t len = 0;
	ssize_t n;

	while (len < ANSWER_MAX - 1 &&
	       ((n = read(fd, answer + len, ANSWER_MAX - 1 - len)) > 0 ||
		(n < 0 && errno == EINTR)))
		len += n > 0 ? (size_t)n : 0;
	while (len > 0 && answer[len - 1] == '\n')
		len--;
	answer[len] = '\0';
}

/*
 * Run git with these arguments, up to NULL. Nothing that the configuration of
 * the repository names is started by what is asked here.
 */
static bool
run(const struct git *g, char answer[ANSWER_MAX], const char *const *args)
{
	const char *argv[ARGUMENTS_MAX] = {
		"git", "-C", g->directory,	   "-c",
		"core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"
	};
	posix_spawn_file_actions_t actions;
	int pipes[2], status = -1;
	size_t n = 7;
	pid_t pid;

	while (*args != NULL && n < ARGUMENTS_MAX - 1)
		argv[n++] = *args++;
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return complain("pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
	errno = posix_spawnp(&pid, "git", &actions, NULL, (char **)argv,
			     environment(g));
	posix_spawn_file_actions_destroy(&actions);
	close(pipes[1]);
	if (errno != 0) {
		close(pipes[0]);
		return complain("git cannot be run");
	}
	read_answer(pipes[0], answer);
	close(pipes[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#define RUN(g, answer, ...)                                                    \
	run(g, answer, (const char *const[]){ __VA_ARGS__, NULL })

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
	char answer[ANSWER_MAX];
	const char *commit, *prefix;

	*r = (struct revision){ 0 };
	if (!RUN(&git, answer, "rev-parse", "--show-toplevel"))
		return false;
	r->mirror.of = git.directory = arena_strdup(a, slice_of(answer));
	r->mirror.label = name;
	if (!RUN(&git, answer, "rev-parse", "--verify", "--quiet",
		 "--end-of-options", arena_printf(a, "%s^{commit}", name))) {
		fputs("dnslint: the repository has no revision '", stderr);
		print_safely(stderr, slice_of(name));
		fputs("'\n", stderr);
		return false;
	}
	commit = arena_strdup(a, slice_of(answer));
	if (!make_directory(a, r))
		return false;
	git.index = arena_printf(a, "%s/index", r->dir);
	r->mirror.at = arena_printf(a, "%s/tree", r->dir);
	prefix = arena_printf(a, "--prefix=%s/", r->mirror.at);
	return RUN(&git, answer, "read-tree", commit) &&
	       RUN(&git, answer, "checkout-index", "--all", prefix);
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
