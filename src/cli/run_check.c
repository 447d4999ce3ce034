#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cli/run.h"
#include "cli/say.h"
#include "lint/baseline.h"
#include "lint/fingerprint.h"
#include "lint/policies.h"
#include "report/told.h"
#include "roots/roots.h"
#include "rules/rule.h"
#include "schema/release.h"
#include "source/root.h"

static bool
is_for_people(const struct options *o)
{
	for (size_t i = 0; i < o->output_count; i++)
		if (o->outputs[i].format == &report_text)
			return true;
	return false;
}

/*
 * What should be known besides the findings. Programs find the role that was
 * inferred in the report.
 */
static void
print_notes(const struct options *o, struct lint_result *r)
{
	const struct intent *in = &r->intent;
	const char *article = in->role == ROLE_AUTHORITATIVE ? "an" : "a";

	if (r->note != NULL)
		cli_note(r->note);
	if (in->role_reason != NULL && is_for_people(o))
		cli_note(arena_printf(r->arena, "%s: taken for %s %s: %s",
				      r->name, article, role_noun(in->role),
				      in->role_reason));
}

static int
worse(int a, int b)
{
	return a > b ? a : b;
}

/* One run of `check` over all its files. */
struct run {
	struct arena *arena;
	const struct options *o;
	struct fixer *fixer; /* or NULL */
	size_t mended;
	size_t left; /* findings that no report shows */
	bool failed; /* to write a file */
	FILE **out; /* as many as there are outputs */
	struct baseline *known; /* or NULL */
	struct baseline *written; /* or NULL */
	bool first;
	bool first_finding;
	bool fingerprints; /* a report wants them */
	struct told *told;
	struct report_base base;
	VEC(struct report_unjudged) unjudged;
};

static void
apply_baseline(struct run *run, struct lint_result *r)
{
	if (run->written != NULL)
		baseline_record(run->written, r);
	else if (run->known != NULL)
		baseline_apply(run->known, r);
}

/* For the reports, where a reason is one line. */
static void
note_unjudged(struct run *run, const struct lint_result *r)
{
	char *reason = arena_strdup(run->arena, slice_of(r->reason));

	for (char *p = reason; (p = strchr(p, '\n')) != NULL;)
		*p = ';';
	*VEC_PUSH(run->arena, &run->unjudged) = (struct report_unjudged){
		arena_strdup(run->arena, slice_of(r->name)), reason
	};
}

/* The findings of a file, or those that are left after mending it. */
static struct lint_result
lint(struct run *run, size_t number)
{
	const struct options *o = run->o;
	struct fix_outcome out;

	if (run->fixer == NULL)
		return lint_file(o->files[number], &o->lint);
	struct lint_result r = fixer_run(run->fixer, number, &out);

	run->mended += out.mended;
	run->failed |= out.failed;
	for (size_t i = 0; i < out.remark_count; i++)
		cli_complain("%s", out.remarks[i]);
	return r;
}

/* A diff takes standard output for itself; only files get reports then. */
static bool
has_report(const struct options *o, size_t output)
{
	return o->fix != FIX_SHOW || o->outputs[output].path != NULL;
}

/* To every output; those that go by FILE take all that is in it. */
static void
report(struct run *run, struct arena *a, const struct report_file *file)
{
	const struct options *o = run->o;
	struct report_file anew = told_anew(run->told, a, file);
	bool shown = false;

	for (size_t i = 0; i < o->output_count; i++) {
		const struct report_format *f = o->outputs[i].format;

		if (!has_report(o, i))
			continue;
		f->file(run->out[i], f->by_file ? file : &anew,
			cli_wants_color(o, run->out[i]));
		shown = true;
	}
	run->left += shown ? 0 : anew.count;
	run->first = false;
	run->first_finding &= anew.count == 0;
}

static int
check_file(struct run *run, size_t number)
{
	const struct options *o = run->o;
	struct lint_result r = lint(run, number);
	enum severity worst;
	size_t count;

	if (r.status != LINT_OK) {
		cli_tell_unjudged(&r);
		note_unjudged(run, &r);
		lint_free(&r);
		return EXIT_NOT_DONE;
	}
	apply_baseline(run, &r);
	const struct diag *const *diags = diags_sorted(r.diags, &count);
	struct report_file file = {
		.name = sources_at(r.sources, 0)->name,
		.base = &run->base,
		.first = run->first,
		.first_finding = run->first_finding,
		.server = r.dialect == DIALECT_NAMED ? "named" : "unbound",
		.target = release_format(r.arena, r.target),
		.sources = r.sources,
		.diags = diags,
		.count = count,
		.dropped = diags_dropped(r.diags, &worst),
		.family = cli_family_of,
		.role = role_name(r.intent.role),
		.role_reason = r.intent.role_reason,
		.role_file = r.intent.role_place.file,
		.role_line = r.intent.role_place.line,
	};

	if (run->fingerprints)
		file.fingerprints =
			fingerprints_of(r.arena, r.config, diags, count);
	print_notes(o, &r);
	report(run, r.arena, &file);
	int status = cli_judge(o, &r, diags, count);

	lint_free(&r);
	return status;
}

/* NULL after a complaint. */
static FILE *
open_output(const struct run *run, const char *path)
{
	const struct root *root = root_here(run->arena, &run->o->lint.policy);
	int fd = root_create(root, run->arena, path);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (out == NULL)
		cli_complain("cannot write %s: %s", path,
			     errno == EXDEV ? "it leads out of the include root"
					    : strerror(errno));
	return out;
}

/* Opens every output, or says why not. */
static bool
open_outputs(const struct run *run, FILE **out)
{
	const struct options *o = run->o;

	for (size_t i = 0; i < o->output_count; i++) {
		const char *path = o->outputs[i].path;

		out[i] = path == NULL || strcmp(path, "-") == 0
				 ? stdout
				 : open_output(run, path);
		if (out[i] == NULL)
			return false;
	}
	return true;
}

/* False after saying why not. */
static bool
open_baselines(struct arena *a, struct run *run)
{
	const struct options *o = run->o;
	const char *why = "";

	if (o->write_baseline != NULL)
		run->written = baseline_new(a, o->write_baseline);
	if (o->baseline == NULL || o->write_baseline != NULL)
		return true;
	run->known = baseline_load(a, o->baseline, &why);
	if (run->known == NULL)
		cli_complain("%s", why);
	return run->known != NULL;
}

static bool
close_baselines(const struct run *run)
{
	const char *why;

	if (run->written == NULL)
		return true;
	if (!baseline_save(run->written, &run->o->lint.policy, &why))
		return cli_complain("cannot write %s: %s",
				    run->o->write_baseline, why);
	fprintf(stderr, "dnslint: %zu findings written to %s\n",
		baseline_size(run->written), run->o->write_baseline);
	return true;
}

/* What was mended, or the diff of what would be. */
static int
finish_fixes(const struct run *run)
{
	const char *would = run->o->fix == FIX_SHOW ? "would be " : "";

	if (run->o->fix == FIX_SHOW && !fixer_show(run->fixer, stdout))
		cli_note("the diff cannot be applied: secrets in it are shown "
			 "as ***, control characters as \\xNN");
	if (run->mended > 0)
		fprintf(stderr, "dnslint: %zu finding%s %smended\n",
			run->mended, run->mended == 1 ? "" : "s", would);
	if (run->left > 0)
		fprintf(stderr,
			"dnslint: %zu finding%s would be left; without "
			"'--fix-dry-run' they are told\n",
			run->left, run->left == 1 ? "" : "s");
	return run->failed ? EXIT_NOT_DONE : EXIT_CLEAN;
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(((const struct report_rule *)a)->id,
		      ((const struct report_rule *)b)->id);
}

static struct report_rules
describe_rules(struct arena *a)
{
	size_t count;
	const struct rule *const *all = rules_all(&count);
	struct report_rule *out = ARENA_ARRAY(a, struct report_rule, count);

	for (size_t i = 0; i < count; i++)
		out[i] = (struct report_rule){ all[i]->id, all[i]->family,
					       all[i]->summary,
					       all[i]->explain, all[i]->source,
					       all[i]->severity };
	qsort(out, count, sizeof(*out), by_id);
	return (struct report_rules){ out, count };
}

static int
check_files(struct run *run)
{
	const struct options *o = run->o;
	int status = EXIT_CLEAN;
	struct report_rules rules = describe_rules(run->arena);

	for (size_t i = 0; i < o->output_count; i++)
		if (has_report(o, i))
			o->outputs[i].format->begin(run->out[i], &rules);
	for (size_t i = 0; i < o->file_count; i++)
		status = worse(status, check_file(run, i));
	if (run->fixer != NULL)
		status = worse(status, finish_fixes(run));
	struct report_end end = {
		.base = &run->base,
		.unjudged = run->unjudged.at,
		.count = run->unjudged.len,
		.complete = status != EXIT_NOT_DONE,
		.first_finding = run->first_finding,
	};

	for (size_t i = 0; i < o->output_count; i++) {
		if (has_report(o, i))
			o->outputs[i].format->end(run->out[i], &end);
		if (!cli_close(run->out[i]))
			status = EXIT_NOT_DONE;
	}
	return status;
}

/* The files are changed ones: what they are part of takes their place. */
static bool
find_roots(struct arena *a, struct options *o)
{
	struct roots roots;
	const char *why;

	if (!roots_find(a, &o->lint, o->policy_path, o->files, o->file_count,
			&roots, &why)) {
		cli_complain("%s", why);
		return false;
	}
	for (size_t i = 0; i < roots.note_count; i++)
		cli_note(roots.notes[i]);
	o->files = roots.files;
	o->file_count = roots.count;
	if (o->lint.policy.include_root == NULL) {
		o->lint.policy.include_root = roots.directory;
		if (o->lint.policies != NULL)
			o->lint.policies = policies_new(a, o->policy_path,
							o->lint.policy);
	}
	return true;
}

int
run_check(struct arena *a, struct options *o)
{
	struct run run = { .arena = a,
			   .o = o,
			   .first = true,
			   .first_finding = true,
			   .told = told_new(a),
			   .base = report_base_find(a) };

	for (size_t i = 0; i < o->output_count; i++)
		run.fingerprints |= o->outputs[i].format->fingerprints;
	if (o->top_level && !find_roots(a, o))
		return EXIT_NOT_DONE;
	run.out = ARENA_ARRAY(a, FILE *, o->output_count);
	if (!open_baselines(a, &run) || !open_outputs(&run, run.out))
		return EXIT_NOT_DONE;
	if (o->fix != FIX_NONE)
		run.fixer = fixer_new(a, o->fix, &o->lint, o->files,
				      o->file_count);
	int status = check_files(&run);

	return close_baselines(&run) ? status : EXIT_NOT_DONE;
}
