/* dnslint: the command line, and nothing that knows DNS. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/run.h"
#include "cli/say.h"

static int
run_rules(struct arena *a, const struct options *o)
{
	const char *what = o->file_count == 0 ? NULL : o->files[0];

	return catalogue_print(a, what, o->catalogue, stdout) &&
			       cli_close(stdout)
		       ? EXIT_CLEAN
		       : EXIT_NOT_DONE;
}

/*
 * Were one of the three not open, the first file that is would take its place,
 * and messages would go into a report. Each is opened for what it is not used
 * for, so that its use fails as it would have.
 */
static void
hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY
								    : O_RDONLY);
}

int
main(int argc, char **argv)
{
	hold_standard_streams();

	struct arena *a = arena_new();
	struct options o;
	int status = EXIT_CLEAN;

	/* A limit on files is an error like a full disk, not the end. */
	signal(SIGXFSZ, SIG_IGN);
	switch (options_read(a, argc, argv, &o)) {
	case OPTIONS_WRONG:
		status = EXIT_NOT_DONE;
		break;
	case OPTIONS_DONE:
		if (!cli_close(stdout))
			status = EXIT_NOT_DONE;
		break;
	case OPTIONS_RUN:
		status = o.verb == VERB_DUMP	? run_dump(&o)
			 : o.verb == VERB_CHECK ? run_check(a, &o)
			 : o.verb == VERB_RULES ? run_rules(a, &o)
			 : o.verb == VERB_DIFF	? run_diff(a, &o)
						: run_predict(&o);
		break;
	}
	arena_free(a);
	return status;
}
