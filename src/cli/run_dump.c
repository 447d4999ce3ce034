#include "ast/dump.h"
#include "cli/run.h"
#include "cli/say.h"

int
run_dump(const struct options *o)
{
	struct lint_result r = lint_read(o->files[0], &o->lint);
	int status = EXIT_CLEAN;

	if (r.status != LINT_OK) {
		cli_tell_unjudged(&r);
		status = EXIT_NOT_DONE;
	} else {
		config_dump(r.config, stdout);
		status = cli_tell_findings(o, &r);
		if (!cli_close(stdout))
			status = EXIT_NOT_DONE;
	}
	lint_free(&r);
	return status;
}
