#include <string.h>

#include "fix/run.h"

/* What the attempt makes of a file. */
struct tried {
	struct mending *file;
	const struct draft *draft;
	struct slice text;
};

typedef VEC(struct tried) tried_vec;

static void
stand_in(struct fixer *f, const struct mending *m, struct slice text)
{
	const char *path = m->target->path;

	overlay_set(f->overlay, path == NULL ? "-" : path, text);
}

static tried_vec
make_texts(struct run *run, const struct attempt *t)
{
	struct fixer *f = run->fixer;
	tried_vec v = { 0 };

	for (size_t i = 0; i < t->file_count; i++) {
		struct mending *m = f->files.list.at[i];

		if (t->files[i].count == 0)
			continue;
		struct tried *x = VEC_PUSH(run->arena, &v);

		x->file = m;
		x->draft = draft_edit(f->arena, m->draft, t->files[i].edits,
				      t->files[i].count);
		x->text = draft_text(f->arena, x->draft);
	}
	return v;
}

/* Another file of the command line that reads one of these. */
static bool
is_witness(struct run *run, const tried_vec *v, size_t name)
{
	struct fixer *f = run->fixer;

	if (strcmp(f->names[name], f->names[run->name]) == 0)
		return false;
	if (f->readers == NULL)
		f->readers = readers_new(f->arena, &f->options, f->names,
					 f->name_count);
	for (size_t i = 0; i < v->len; i++) {
		const char *path = v->at[i].file->target->path;

		if (path != NULL && readers_have(f->readers, name, path))
			return true;
	}
	return false;
}

/* What they are before the attempt. */
static void
ask_witnesses(struct run *run, const tried_vec *v)
{
	struct fixer *f = run->fixer;

	for (size_t i = 0; i < f->name_count; i++)
		if (run->others[i].arena == NULL && is_witness(run, v, i))
			run->others[i] = lint_file(f->names[i], &f->options);
}

/* Does a finding of the result have its first edit at this place, too? */
static bool
has_alike(const struct lint_result *r, const char *rule,
	  const struct source *src, uint32_t offset)
{
	for (size_t i = 0; i < diags_count(r->diags); i++) {
		const struct diag *d = diags_at(r->diags, i);

		if (strcmp(d->rule, rule) != 0 || d->fixes == NULL)
			continue;
		const struct source *own =
			sources_find(r->sources, d->fixes->span);

		if (own->dev == src->dev && own->ino == src->ino &&
		    d->fixes->span.begin - own->base == offset)
			return true;
	}
	return false;
}

/* Who turns clients away in one server may not in another, unasked. */
static bool
narrows_here(const struct run *run, const struct attempt *t,
	     const struct lint_result *witness)
{
	for (size_t i = 0; i < t->diag_count; i++) {
		const struct diag *d = t->diags[i];

		if (!diag_narrows(d))
			continue;
		const struct source *src =
			sources_find(run->now.sources, d->fixes->span);

		if (!has_alike(witness, d->rule, src,
			       d->fixes->span.begin - src->base))
			return false;
	}
	return t->narrows;
}

/* NULL, or why one of them would rather not have it. */
static const char *
hear_witnesses(struct run *run, const tried_vec *v, const struct attempt *t,
	       struct lint_result *after)
{
	struct fixer *f = run->fixer;
	const char *why = NULL;

	for (size_t i = 0; i < f->name_count && why == NULL; i++) {
		struct lint_result *before = &run->others[i];

		if (before->arena == NULL || before->status != LINT_OK ||
		    !is_witness(run, v, i))
			continue;
		struct attempt theirs = { t->files, t->file_count, NULL, 0,
					  narrows_here(run, t, before) };

		after[i] = lint_file(f->names[i], &f->options);
		why = verify_attempt(run->arena, before, &after[i], &theirs,
				     &f->options);
		if (why != NULL)
			why = arena_printf(run->arena, "as part of %s, %s",
					   f->names[i], why);
	}
	return why;
}

/* Where findings are that were refused before. */
static void
move_refused(struct run *run, const struct attempt *t)
{
	for (size_t i = 0; i < run->refused.len; i++) {
		struct refused *r = &run->refused.at[i];

		for (size_t k = 0; k < t->file_count; k++)
			if (t->files[k].dev == r->dev &&
			    t->files[k].ino == r->ino)
				r->offset = edits_map(t->files[k].edits,
						      t->files[k].count,
						      r->offset);
	}
}

static void
accept(struct run *run, const tried_vec *v, const struct attempt *t,
       struct lint_result now, const struct lint_result *others)
{
	run->mended += t->diag_count;
	move_refused(run, t);
	for (size_t i = 0; i < v->len; i++) {
		v->at[i].file->draft = v->at[i].draft;
		v->at[i].file->text = v->at[i].text;
	}
	lint_free(&run->now);
	run->now = now;
	for (size_t i = 0; i < run->fixer->name_count; i++) {
		if (others[i].arena == NULL)
			continue;
		lint_free(&run->others[i]);
		run->others[i] = others[i];
	}
}

static void
take_back(struct run *run, const tried_vec *v, struct lint_result now,
	  struct lint_result *others)
{
	for (size_t i = 0; i < v->len; i++)
		stand_in(run->fixer, v->at[i].file, v->at[i].file->text);
	lint_free(&now);
	for (size_t i = 0; i < run->fixer->name_count; i++)
		if (others[i].arena != NULL)
			lint_free(&others[i]);
}

const char *
run_try(struct run *run, const struct attempt *t)
{
	struct fixer *f = run->fixer;
	tried_vec v = make_texts(run, t);
	struct lint_result *others =
		ARENA_ARRAY(run->arena, struct lint_result, f->name_count);

	run->attempts++;
	ask_witnesses(run, &v);
	for (size_t i = 0; i < v.len; i++)
		stand_in(f, v.at[i].file, v.at[i].text);
	struct lint_result now = lint_file(f->names[run->name], &f->options);
	const char *why =
		verify_attempt(run->arena, &run->now, &now, t, &f->options);

	if (why != NULL) /* it may speak from the result */
		why = arena_strdup(run->arena, slice_of(why));
	else
		why = hear_witnesses(run, &v, t, others);
	if (why == NULL)
		accept(run, &v, t, now, others);
	else
		take_back(run, &v, now, others);
	return why;
}
