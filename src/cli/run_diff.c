#include "cli/run.h"
#include "cli/say.h"
#include "compare/revision.h"
#include "model/model.h"
#include "schema/release.h"
#include "source/mirror.h"

/* What stands in for files of the host holds on both sides. */
static const struct mirror *
mirrors_before(struct arena *a, const struct mirror *m,
	       const struct revision *old)
{
	if (m == NULL)
		return &old->mirror;
	struct mirror *copy = ARENA_NEW(a, struct mirror);

	*copy = *m;
	copy->next = mirrors_before(a, m->next, old);
	return copy;
}

/* The old one is judged as if it were in the place of the new one. */
static struct lint_options
options_before(struct arena *a, const struct options *o,
	       const struct lint_result *after,
	       const struct revision *old)
{
	struct lint_options lint = o->lint;
	uint32_t target = o->diff.old_target != 0 ? o->diff.old_target
						  : after->target;

	lint.policies = NULL;
	lint.data_supposed = true;
	lint.wrapped = true;
	lint.host = *after->model->host;
	if (after->dialect == DIALECT_NAMED)
		lint.named_target = target;
	else
		lint.unbound_target = target;
	if (old->dir != NULL)
		lint.policy.mirror =
			mirrors_before(a, o->lint.policy.mirror, old);
	return lint;
}

/* The release of --old-target is of the server that the files are for. */
static bool
old_target_fits(struct arena *a, const struct options *o,
		const struct lint_result *after)
{
	uint32_t target = o->diff.old_target;

	return target == 0 || release_dialect(target) == after->dialect ||
	       cli_complain("%s: --old-target %s is no release of this server; "
			    "known are %s",
			    after->name, release_format(a, target),
			    release_software(after->dialect));
}

static int
compare(struct arena *a, const struct options *o, struct lint_result *after,
	const struct revision *old)
{
	struct diff_options diff = o->diff;
	struct lint_options few = o->lint;
	int status;

	/*
	 * Neither a handful of addresses nor a file that is elsewhere, nor a
	 * proxy before the server, must hide whose answers change.
	 */
	few.host.few = true;
	few.data_supposed = true;
	few.wrapped = true;
	lint_decide(after, &few);
	struct lint_options lint = options_before(a, o, after, old);
	struct lint_result before = cli_load(o->files[0], o, &lint, &status);

	if (before.status != LINT_OK && old->dir != NULL)
		cli_note(arena_printf(a,
				      "that is of revision %s, where the file "
				      "may have had another name",
				      o->diff.revision));
	if (status == EXIT_CLEAN) {
		lint_decide(&before, &lint);
		diff.ask = o->predict.ask;
		diff.releases[0] = release_format(a, before.target);
		diff.releases[1] = release_format(a, after->target);
		status = (int)diff_command(a, &before, after, &diff);
		if (!cli_close(stdout))
			status = EXIT_NOT_DONE;
	}
	lint_free(&before);
	return status;
}

int
run_diff(struct arena *a, const struct options *o)
{
	const char *name = o->files[o->file_count - 1];
	struct revision old = { 0 };
	int status;
	struct lint_result after = cli_load(name, o, &o->lint, &status);

	/* In a chroot the name is that which the server has for it. */
	const char *path = o->lint.policy.chroot == NULL
				   ? name
				   : arena_printf(a, "%s/%s",
						  o->lint.policy.chroot, name);

	if (status == EXIT_CLEAN && !old_target_fits(a, o, &after))
		status = EXIT_NOT_DONE;
	if (status == EXIT_CLEAN && o->diff.revision != NULL &&
	    !revision_open(a, path, o->diff.revision, &old))
		status = EXIT_NOT_DONE;
	if (status == EXIT_CLEAN)
		status = compare(a, o, &after, &old);
	revision_close(&old);
	lint_free(&after);
	return status;
}
