#include "fix/fix.h"

#include <string.h>
#include <unistd.h>

#include "fix/run.h"

/* Each attempt reads everything again. */
enum { ATTEMPTS_MAX = 100 };

/* Standard input can be read once. */
static void
keep_input(struct fixer *f)
{
	struct sources *s = sources_new(f->arena, (struct source_policy){ 0 });
	const struct source *src;
	const char *why;

	for (size_t i = 0; i < f->name_count; i++)
		if (strcmp(f->names[i], "-") == 0 &&
		    sources_add_fd(s, "-", STDIN_FILENO, &src, &why) ==
			    SOURCE_OK)
			overlay_set(f->overlay, "-", src->text);
}

/* As if nothing had been mended yet. */
static void
forget_files(struct fixer *f)
{
	f->overlay = overlay_new(f->arena);
	f->options.overlay = f->overlay;
	f->files = mendings_new(f->arena, f->options.policy);
}

struct fixer *
fixer_new(struct arena *a, enum fix_mode mode, const struct lint_options *o,
	  const char *const *names, size_t count)
{
	struct fixer *f = ARENA_NEW(a, struct fixer);

	f->arena = a;
	f->writes = mode == FIX_WRITE;
	f->options = *o;
	f->names = names;
	f->name_count = count;
	forget_files(f);
	keep_input(f);
	return f;
}

/* `text` lives as long as the fixer. */
static void
remark(struct run *run, const char *text)
{
	*VEC_PUSH(run->fixer->arena, &run->remarks) = text;
}

static void
remark_file(struct run *run, const char *what, const char *name,
	    const char *why)
{
	remark(run, arena_printf(run->fixer->arena, "%s %s: %s", what, name,
				 why));
}

static bool
is_refused(const void *context, const struct source *src, const struct diag *d)
{
	const struct run *run = context;

	for (size_t i = 0; i < run->refused.len; i++) {
		const struct refused *r = &run->refused.at[i];

		if (r->dev == src->dev && r->ino == src->ino &&
		    r->offset == d->span.begin - src->base &&
		    strcmp(r->rule, d->rule) == 0 &&
		    strcmp(r->message, d->message) == 0)
			return true;
	}
	return false;
}

static void
refuse(struct run *run, const struct diag *d, const char *why)
{
	const struct source *src = sources_find(run->now.sources, d->span);

	*VEC_PUSH(run->arena, &run->refused) = (struct refused){
		.rule = d->rule,
		.message = arena_strdup(run->arena, slice_of(d->message)),
		.why = why,
		.dev = src->dev,
		.ino = src->ino,
		.offset = d->span.begin - src->base,
	};
}

/*
 * All at once, and then again, since one fix may make way for another. Where
 * that is not right the first half, until it is or one finding is left.
 */
static void
mend(struct run *run)
{
	size_t take = SIZE_MAX;
	enum severity worst;

	if (diags_dropped(run->now.diags, &worst) > 0) {
		remark(run, "there are too many findings to mend any");
		return;
	}
	while (run->attempts < ATTEMPTS_MAX) {
		struct plan p = plan_make(run->arena, &run->fixer->files,
					  &run->now, is_refused, run);
		size_t size = plan_size(&p);

		if (size == 0)
			return;
		if (take > size)
			take = size;
		struct attempt t = plan_attempt(run->arena, &p,
						&run->fixer->files, take);
		const char *why = run_try(run, &t);

		if (why != NULL && take > 1) {
			take /= 2;
			continue;
		}
		if (why != NULL)
			refuse(run, t.diags[0], why);
		take = SIZE_MAX;
	}
	remark(run, "some fixes were not tried: too many others are not right");
}

/* The source of this file, of what is read now. */
static const struct source *
find_source(const struct run *run, const struct refused *r)
{
	const struct sources *s = run->now.sources;

	for (size_t i = 0; i < sources_count(s); i++)
		if (sources_at(s, i)->dev == r->dev &&
		    sources_at(s, i)->ino == r->ino)
			return sources_at(s, i);
	return NULL;
}

static void
remark_refused(struct run *run)
{
	for (size_t i = 0; i < run->refused.len; i++) {
		const struct refused *r = &run->refused.at[i];
		const struct source *src = find_source(run, r);

		if (src == NULL)
			continue;
		struct position at = sources_position(
			run->now.sources, src->base + (uint32_t)r->offset);

		remark(run, arena_printf(run->fixer->arena,
					 "%s:%zu:%zu: not mended [%s]: %s",
					 src->name, at.line, at.column, r->rule,
					 r->why));
	}
}

static void
remark_closed(struct run *run)
{
	const struct mendings *m = &run->fixer->files;

	for (size_t i = 0; i < m->list.len; i++)
		if (m->list.at[i]->target == NULL)
			remark_file(run, "nothing is mended in",
				    m->list.at[i]->name, m->list.at[i]->why);
}

static bool
is_changed(const struct mending *m)
{
	return m->draft != m->original;
}

static bool
prepare_all(struct run *run)
{
	const struct mendings *m = &run->fixer->files;
	const char *why;

	for (size_t i = 0; i < m->list.len; i++) {
		struct mending *f = m->list.at[i];

		if (is_changed(f) &&
		    !target_prepare(run->arena, f->target, f->text, &why)) {
			remark_file(run, "cannot write", f->name, why);
			return false;
		}
	}
	return true;
}

static bool
commit_all(struct run *run)
{
	const struct mendings *m = &run->fixer->files;
	const char *why;

	for (size_t i = 0; i < m->list.len; i++) {
		struct mending *f = m->list.at[i];

		if (is_changed(f) &&
		    !target_commit(run->arena, f->target, &why)) {
			remark_file(run, "cannot write", f->name, why);
			return false;
		}
	}
	return true;
}

/* All files, or none as long as the file system keeps its word. */
static bool
write_files(struct run *run)
{
	struct fixer *f = run->fixer;

	if (prepare_all(run) && commit_all(run)) {
		forget_files(f);
		return true;
	}
	for (size_t i = 0; i < f->files.list.len; i++)
		if (f->files.list.at[i]->target != NULL)
			target_abandon(f->files.list.at[i]->target);
	forget_files(f);
	lint_free(&run->now);
	run->now = lint_file(f->names[run->name], &f->options);
	run->mended = 0;
	return false;
}

struct lint_result
fixer_run(struct fixer *f, size_t name, struct fix_outcome *out)
{
	struct run run = { .fixer = f, .arena = arena_new(), .name = name };

	run.others = ARENA_ARRAY(run.arena, struct lint_result, f->name_count);
	run.now = lint_file(f->names[name], &f->options);
	if (run.now.status == LINT_OK) {
		mend(&run);
		remark_refused(&run);
		remark_closed(&run);
	}
	out->failed = f->writes && run.mended > 0 && !write_files(&run);
	for (size_t i = 0; i < f->name_count; i++)
		if (run.others[i].arena != NULL)
			lint_free(&run.others[i]);
	out->mended = run.mended;
	out->remarks = run.remarks.at;
	out->remark_count = run.remarks.len;
	arena_free(run.arena);
	return run.now;
}

bool
fixer_show(const struct fixer *f, FILE *out)
{
	bool faithful = true;

	for (size_t i = 0; i < f->files.list.len; i++) {
		const struct mending *m = f->files.list.at[i];

		if (m->target != NULL)
			faithful &= diff_print(out, m->name, m->draft,
					       m->target->secrets,
					       m->target->secret_count);
	}
	return faithful;
}
