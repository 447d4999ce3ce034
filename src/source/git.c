#include "source/git.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ARGUMENTS_MAX = 16, ROOM_FIRST = 4096 };

static bool
complain(const struct git *g, const char *what)
{
	if (!g->quiet)
		fprintf(stderr, "dnslint: %s: %s\n", what, strerror(errno));
	return false;
}

static bool
speaks_of_repository(const char *variable)
{
	static const char *const names[] = { "GIT_DIR=", "GIT_INDEX_FILE=",
					     "GIT_PREFIX=", "GIT_WORK_TREE=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(variable, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static char **
environment(const struct git *g)
{
	size_t n = 0, kept = 0;

	while (environ[n] != NULL)
		n++;
	char **out = ARENA_ARRAY(g->arena, char *, n + 2);

	for (size_t i = 0; i < n; i++)
		if (!speaks_of_repository(environ[i]))
			out[kept++] = environ[i];
	if (g->index != NULL)
		out[kept++] = arena_printf(g->arena, "GIT_INDEX_FILE=%s",
					   g->index);
	out[kept] = NULL;
	return out;
}

/* To its end; false with errno set when that cannot be reached. */
static bool
read_answer(struct arena *a, int fd, struct slice *answer)
{
	size_t room = ROOM_FIRST, used = 0;
	char *buf = arena_alloc(a, room);

	for (;;) {
		if (used == room) {
			buf = arena_grow(a, buf, room, room * 2);
			room *= 2;
		}
		ssize_t n = read(fd, buf + used, room - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		used += (size_t)n;
	}
	*answer = (struct slice){ buf, used };
	return true;
}

/* Starts git with its standard output at `out`. */
static bool
start(const struct git *g, char **argv, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (g->quiet)
		posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
						 "/dev/null", O_WRONLY, 0);
	errno = posix_spawnp(pid, "git", &actions, NULL, argv, environment(g));
	posix_spawn_file_actions_destroy(&actions);
	return errno == 0 || complain(g, "git cannot be run");
}

bool
git_run(const struct git *g, struct slice *answer, const char *const *args)
{
	const char *argv[ARGUMENTS_MAX] = {
		"git", "-C", g->directory,	   "-c",
		"core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"
	};
	int pipes[2], status = -1;
	size_t n = 7;
	pid_t pid;

	for (; *args != NULL; args++) {
		assert(n < ARGUMENTS_MAX - 1);
		argv[n++] = *args;
	}
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return complain(g, "pipe");
	bool started = start(g, (char **)argv, pipes[1], &pid);

	close(pipes[1]);
	bool whole = started && (read_answer(g->arena, pipes[0], answer) ||
				 complain(g, "git's answer cannot be read"));

	close(pipes[0]);
	if (!started)
		return false;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
