/* dnslint: the command line, and nothing that knows DNS. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ast/dump.h"
#include "base/vec.h"
#include "cli/options.h"
#include "compare/revision.h"
#include "lint/baseline.h"
#include "lint/fingerprint.h"
#include "lint/policies.h"
#include "model/model.h"
#include "predict/expected.h"
#include "report/printable.h"
#include "report/told.h"
#include "roots/roots.h"
#include "rules/rule.h"
#include "schema/release.h"

enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_NOT_DONE = 2,
};

static bool
wants_color(const struct options *o, FILE *out)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	if (o->color != COLOR_AUTO)
		return o->color == COLOR_ALWAYS;
	return isatty(fileno(out)) &&
	       (no_color == NULL || *no_color == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

static const char *
family_of(const char *id)
{
	const struct rule *rule = rule_find(slice_of(id));

	return rule == NULL ? "load" : rule->family;
}

/* Would the server refuse the file, whatever the missing parts of it say? */
static bool
is_refused(const struct diag *d)
{
	return !d->fatal && d->severity == SEV_ERROR &&
	       strcmp(family_of(d->rule), "load") == 0;
}

/*
 * The worst that the findings of one file make of the exit status. A part that
 * cannot be read leaves the file unjudged, unless the rest condemns it.
 */
static int
judge(const struct options *o, const struct lint_result *r,
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

/* Why a file could not be judged. */
static void
complain(const struct lint_result *r)
{
	struct slice rest = slice_of(r->reason);

	do {
		if (!r->placed)
			fputs("dnslint: ", stderr);
		print_safely(stderr, slice_split(&rest, '\n'));
		fputc('\n', stderr);
	} while (rest.len > 0);
}

static void
print_line(const char *kind, const char *text)
{
	fprintf(stderr, "dnslint: %s", kind);
	print_safely(stderr, slice_of(text));
	fputc('\n', stderr);
}

/*
 * What should be known besides the findings. An inferred role is said to people
 * only: programs find it in the report.
 */
static void
print_notes(const struct options *o, struct lint_result *r)
{
	const struct intent *in = &r->intent;
	bool text = false;

	if (r->note != NULL)
		print_line("note: ", r->note);
	for (size_t i = 0; i < o->output_count; i++)
		text |= o->outputs[i].format == &report_text;
	if (in->role_reason != NULL && text && isatty(STDERR_FILENO))
		print_line("note: ",
			   arena_printf(r->arena, "%s: taken for %s %s: %s",
					r->name,
					in->role == ROLE_AUTHORITATIVE ? "an"
								       : "a",
					role_noun(in->role), in->role_reason));
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
		print_line("", out.remarks[i]);
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

	for (size_t i = 0; i < o->output_count; i++) {
		const struct report_format *f = o->outputs[i].format;

		if (has_report(o, i))
			f->file(run->out[i], f->by_file ? file : &anew,
				wants_color(o, run->out[i]));
	}
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
		complain(&r);
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
		.family = family_of,
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
	int status = judge(o, &r, diags, count);

	lint_free(&r);
	return status;
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
				 : fopen(path, "w");
		if (out[i] == NULL) {
			print_line("cannot write ",
				   arena_printf(run->arena, "%s: %s", path,
						strerror(errno)));
			return false;
		}
	}
	return true;
}

/* A report that could not be written is a job that was not done. */
static bool
close_output(FILE *out)
{
	bool failed = fflush(out) != 0 || ferror(out);

	if (out != stdout)
		failed |= fclose(out) != 0;
	return !failed;
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
		print_line("", why);
	return run->known != NULL;
}

static bool
close_baselines(const struct run *run)
{
	if (run->written == NULL)
		return true;
	if (!baseline_save(run->written)) {
		fprintf(stderr, "dnslint: cannot write %s: %s\n",
			run->o->write_baseline, strerror(errno));
		return false;
	}
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
		print_line("note: ", "the diff cannot be applied: secrets in it "
				     "are shown as ***, control characters as "
				     "\\xNN");
	if (run->mended > 0)
		fprintf(stderr, "dnslint: %zu finding%s %smended\n",
			run->mended, run->mended == 1 ? "" : "s", would);
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
		if (!close_output(run->out[i])) {
			perror("dnslint: writing the report");
			status = EXIT_NOT_DONE;
		}
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
		print_line("", why);
		return false;
	}
	for (size_t i = 0; i < roots.note_count; i++)
		print_line("note: ", roots.notes[i]);
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

static int
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

static int
run_dump(const struct options *o)
{
	struct lint_result r = lint_read(o->files[0], &o->lint);
	int status = EXIT_CLEAN;
	size_t count;

	if (r.status != LINT_OK) {
		complain(&r);
		status = EXIT_NOT_DONE;
	} else {
		const struct diag *const *diags = diags_sorted(r.diags, &count);
		struct report_file file = {
			.name = r.name,
			.sources = r.sources,
			.diags = diags,
			.count = count,
			.family = family_of,
		};

		config_dump(r.config, stdout);
		report_text.file(stderr, &file, wants_color(o, stderr));
		status = judge(o, &r, diags, count);
		if (!close_output(stdout))
			status = EXIT_NOT_DONE;
	}
	lint_free(&r);
	return status;
}

/*
 * Only of a file that loads can it be said what its server would do. What keeps
 * it from that goes to standard error. To be freed, whatever the status.
 */
static struct lint_result
load(const char *name, const struct options *o, const struct lint_options *given,
     int *status)
{
	struct lint_options lint = *given;
	size_t count;

	lint.only_load = true;
	struct lint_result r = lint_file(name, &lint);

	if (r.status != LINT_OK) {
		complain(&r);
		*status = EXIT_NOT_DONE;
		return r;
	}
	const struct diag *const *diags = diags_sorted(r.diags, &count);
	struct report_file file = {
		.name = r.name,
		.sources = r.sources,
		.diags = diags,
		.count = count,
		.family = family_of,
	};

	report_text.file(stderr, &file, wants_color(o, stderr));
	*status = judge(o, &r, diags, count);
	return r;
}

static int
run_predict(const struct options *o)
{
	int status;
	struct lint_result r = load(o->files[0], o, &o->lint, &status);
	struct predict_options predict = o->predict;

	predict.color = wants_color(o, stdout);
	if (status == EXIT_CLEAN &&
	    (!(o->verb == VERB_EXPLAIN ? explain_command : predict_command)(
		     r.arena, &r, &o->lint, &predict) ||
	     !close_output(stdout)))
		status = EXIT_NOT_DONE;
	if (status == EXIT_CLEAN && !expectations_hold(&r, &o->lint))
		status = EXIT_FINDINGS;
	lint_free(&r);
	return status;
}

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

	lint.policies = NULL;
	lint.host = *after->model->host;
	if (after->dialect == DIALECT_NAMED)
		lint.named_target = after->target;
	else
		lint.unbound_target = after->target;
	if (old->dir != NULL)
		lint.policy.mirror =
			mirrors_before(a, o->lint.policy.mirror, old);
	return lint;
}

static int
compare(struct arena *a, const struct options *o, struct lint_result *after,
	const struct revision *old)
{
	struct diff_options diff = o->diff;
	struct lint_options few = o->lint;
	int status;

	/* A handful of addresses must not hide whose answers change. */
	few.host.few = true;
	lint_decide(after, &few);
	struct lint_options lint = options_before(a, o, after, old);
	struct lint_result before = load(o->files[0], o, &lint, &status);

	if (before.status != LINT_OK && old->dir != NULL)
		print_line("note: ",
			   arena_printf(a,
					"that is of revision %s, where the "
					"file may have had another name",
					o->diff.revision));
	if (status == EXIT_CLEAN) {
		lint_decide(&before, &lint);
		diff.ask = o->predict.ask;
		status = diff_command(a, &before, after, &diff);
		if (!close_output(stdout))
			status = EXIT_NOT_DONE;
	}
	lint_free(&before);
	return status;
}

static int
run_diff(struct arena *a, const struct options *o)
{
	const char *name = o->files[o->file_count - 1];
	struct revision old = { 0 };
	int status;
	struct lint_result after = load(name, o, &o->lint, &status);

	/* In a chroot the name is that which the server has for it. */
	const char *path = o->lint.policy.chroot == NULL
				   ? name
				   : arena_printf(a, "%s/%s",
						  o->lint.policy.chroot, name);

	if (status == EXIT_CLEAN && o->diff.revision != NULL &&
	    !revision_open(a, path, o->diff.revision, &old))
		status = EXIT_NOT_DONE;
	if (status == EXIT_CLEAN)
		status = compare(a, o, &after, &old);
	revision_close(&old);
	lint_free(&after);
	return status;
}

static int
run_rules(struct arena *a, const struct options *o)
{
	const char *what = o->file_count == 0 ? NULL : o->files[0];

	return catalogue_print(a, what, o->catalogue, stdout) &&
			       close_output(stdout)
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
		if (!close_output(stdout)) {
			perror("dnslint");
			status = EXIT_NOT_DONE;
		}
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
