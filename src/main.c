/* dnslint: the command line, and nothing that knows DNS. */
#include <signal.h>

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

int
main(int argc, char **argv)
{
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
