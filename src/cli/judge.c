#include "cli/judge.h"

#include <string.h>

#include "cli/say.h"
#include "rules/rule.h"

const char *
cli_family_of(const char *id)
{
	const struct rule *rule = rule_find(slice_of(id));

	return rule == NULL ? "load" : rule->family;
}

/* Would the server refuse the file, whatever the missing parts of it say? */
static bool
is_refused(const struct diag *d)
{
	return !d->fatal && d->severity == SEV_ERROR &&
	       strcmp(cli_family_of(d->rule), "load") == 0;
}

int
cli_judge(const struct options *o, const struct lint_result *r,
	  const struct diag *const *diags, size_t count)
{
	enum severity worst;
	bool fatal = false, refused = false, found;

	found = diags_dropped(r->diags, &worst) > 0 && worst >= r->fail_on;
	for (size_t i = 0; i < count; i++) {
		fatal |= diags[i]->fatal;
		refused |= is_refused(diags[i]);
		found |= diags[i]->severity >= r->fail_on;
	}
	if (fatal && !refused)
		return EXIT_NOT_DONE;
	return found && !o->exit_zero ? EXIT_FINDINGS : EXIT_CLEAN;
}

int
cli_tell_findings(const struct options *o, const struct lint_result *r)
{
	size_t count;
	const struct diag *const *diags = diags_sorted(r->diags, &count);
	struct report_file file = {
		.name = r->name,
		.sources = r->sources,
		.diags = diags,
		.count = count,
		.family = cli_family_of,
	};

	report_text.file(stderr, &file, cli_wants_color(o, stderr));
	return cli_judge(o, r, diags, count);
}

struct lint_result
cli_load(const char *name, const struct options *o,
	 const struct lint_options *given, int *status)
{
	struct lint_options lint = *given;

	lint.only_load = true;
	struct lint_result r = lint_file(name, &lint);

	if (r.status == LINT_OK) {
		*status = cli_tell_findings(o, &r);
	} else {
		cli_tell_unjudged(&r);
		*status = EXIT_NOT_DONE;
	}
	return r;
}
