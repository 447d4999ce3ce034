#include "ast/dump.h"
#include "cli/run.h"
#include "cli/say.h"

int
run_dump(const struct options *o)
{
	struct lint_result r = lint_read(o->files[0], &o->lint);
	int status = EXIT_CLEAN;
	size_t count;

	if (r.status != LINT_OK) {
		cli_tell_unjudged(&r);
		status = EXIT_NOT_DONE;
	} else {
		const struct diag *const *diags = diags_sorted(r.diags, &count);
		struct report_file file = {
			.name = r.name,
			.sources = r.sources,
			.diags = diags,
			.count = count,
			.family = cli_family_of,
		};

		config_dump(r.config, stdout);
		report_text.file(stderr, &file, cli_wants_color(o, stderr));
		status = cli_judge(o, &r, diags, count);
		if (!cli_close(stdout))
			status = EXIT_NOT_DONE;
	}
	lint_free(&r);
	return status;
}
