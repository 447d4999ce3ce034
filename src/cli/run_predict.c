#include "cli/run.h"
#include "cli/say.h"
#include "predict/expected.h"

int
run_predict(const struct options *o)
{
	int status;
	struct lint_result r = cli_load(o->files[0], o, &o->lint, &status);
	struct predict_options predict = o->predict;

	predict.color = cli_wants_color(o, stdout);
	if (status == EXIT_CLEAN &&
	    (!(o->verb == VERB_EXPLAIN ? explain_command : predict_command)(
		     r.arena, &r, &o->lint, &predict) ||
	     !cli_close(stdout)))
		status = EXIT_NOT_DONE;
	if (status == EXIT_CLEAN && !expectations_hold(&r, &o->lint))
		status = EXIT_FINDINGS;
	lint_free(&r);
	return status;
}
