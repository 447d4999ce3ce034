#include "fix/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct mendings
mendings_new(struct arena *a, struct source_policy policy)
{
	return (struct mendings){ .arena = a,
				  .policy = policy,
				  .by_file = strmap_new(a, false) };
}

static bool
has_returns(struct slice text)
{
	const char *end = text.len == 0 ? NULL
					: memchr(text.data, '\n', text.len);

	return end != NULL && end > text.data && end[-1] == '\r';
}

static struct mending *
mending_of(struct mendings *m, const struct sources *sources,
	   const struct source *src)
{
	struct slice key = slice_of(arena_printf(
		m->arena, "%ju %ju", (uintmax_t)src->dev, (uintmax_t)src->ino));
	struct mending *f = strmap_get(m->by_file, key);

	if (f != NULL)
		return f;
	f = ARENA_NEW(m->arena, struct mending);
	*strmap_at(m->by_file, key) = f;
	f->number = m->list.len;
	*VEC_PUSH(m->arena, &m->list) = f;
	f->name = arena_strdup(m->arena, slice_of(src->name));
	f->dev = src->dev;
	f->ino = src->ino;
	f->target = target_open(m->arena, sources, src, m->policy, &f->why);
	if (f->target == NULL)
		return f;
	f->text = f->target->bytes;
	f->returns = has_returns(f->text);
	f->original = f->draft = draft_new(m->arena, f->text);
	return f;
}

/* New lines end as those of the file do. */
static struct slice
fit_text(struct arena *a, const struct mending *f, const char *text)
{
	if (!f->returns || strchr(text, '\n') == NULL)
		return arena_slice(a, slice_of(text));
	char *out = arena_alloc(a, 2 * strlen(text) + 1), *end = out;

	for (char before = '\0'; *text != '\0'; before = *text++) {
		if (*text == '\n' && before != '\r')
			*end++ = '\r';
		*end++ = *text;
	}
	return (struct slice){ out, (size_t)(end - out) };
}

/* Opens all of its files, so that it is known which ones cannot be written. */
static bool
can_mend(struct mendings *m, const struct sources *s, const struct diag *d)
{
	bool all = d->fixes != NULL;

	for (const struct fix *f = d->fixes; f != NULL; f = f->next)
		if (f->guess)
			return false;
	for (const struct fix *f = d->fixes; f != NULL; f = f->next)
		all &= mending_of(m, s, sources_find(s, f->span))->target !=
		       NULL;
	return all;
}

/* The texts of its edits outlive the finding. */
static void
add_candidate(struct arena *a, struct plan *p, struct mendings *m,
	      const struct sources *s, const struct diag *d)
{
	for (const struct fix *f = d->fixes; f != NULL; f = f->next) {
		const struct source *src = sources_find(s, f->span);
		const struct mending *file = mending_of(m, s, src);

		*VEC_PUSH(a, &p->edits) = (struct planned){
			.file = file,
			.candidate = p->candidates.len,
			.edit = { .begin = f->span.begin - src->base,
				  .end = f->span.end - src->base,
				  .text = fit_text(m->arena, file, f->text) },
		};
	}
	*VEC_PUSH(a, &p->candidates) = (struct candidate){ .diag = d };
}

static int
by_place(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	if (x->file != y->file)
		return x->file->number < y->file->number ? -1 : 1;
	if (x->edit.begin != y->edit.begin)
		return x->edit.begin < y->edit.begin ? -1 : 1;
	return x->candidate < y->candidate   ? -1
	       : x->candidate > y->candidate ? 1
					     : 0;
}

/* Two edits at one place overlap too: which goes first nobody said. */
static bool
do_overlap(const struct planned *x, const struct planned *y)
{
	return x->file == y->file && (y->edit.begin < x->edit.end ||
				      y->edit.begin == x->edit.begin);
}

static void
drop_overlapping(struct plan *p)
{
	const struct planned *last = NULL;

	for (size_t i = 0; i < p->edits.len; i++) {
		const struct planned *e = &p->edits.at[i];
		struct candidate *c = &p->candidates.at[e->candidate];

		if (c->waits)
			continue;
		if (last != NULL && do_overlap(last, e) &&
		    !p->candidates.at[last->candidate].waits)
			c->waits = true;
		else
			last = e;
	}
}

/* One that narrows must not hide what another one does beside it. */
static void
put_off_narrowing(struct plan *p)
{
	size_t narrowing = 0;

	for (size_t i = 0; i < p->candidates.len; i++)
		narrowing += diag_narrows(p->candidates.at[i].diag);
	if (narrowing == p->candidates.len)
		return;
	for (size_t i = 0; i < p->candidates.len; i++)
		p->candidates.at[i].waits = diag_narrows(
			p->candidates.at[i].diag);
}

struct plan
plan_make(struct arena *a, struct mendings *m, struct lint_result *r,
	  plan_skip_fn *skip, const void *context)
{
	struct plan p = { 0 };
	size_t count;
	const struct diag *const *diags = diags_sorted(r->diags, &count);

	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags[i];

		if (can_mend(m, r->sources, d) &&
		    !skip(context, sources_find(r->sources, d->span), d))
			add_candidate(a, &p, m, r->sources, d);
	}
	if (p.edits.len > 1)
		qsort(p.edits.at, p.edits.len, sizeof(*p.edits.at), by_place);
	put_off_narrowing(&p);
	drop_overlapping(&p);
	return p;
}

size_t
plan_size(const struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->candidates.len; i++)
		n += !p->candidates.at[i].waits;
	return n;
}

/* The number of the candidate behind the first `take`. */
static size_t
find_end(const struct plan *p, size_t take)
{
	size_t i = 0;

	for (; i < p->candidates.len && take > 0; i++)
		take -= !p->candidates.at[i].waits;
	return i;
}

static void
add_edits(struct edited *files, struct edit *edits, const struct plan *p,
	  size_t end)
{
	size_t n = 0;

	for (size_t i = 0; i < p->edits.len; i++) {
		const struct planned *e = &p->edits.at[i];
		struct edited *f = &files[e->file->number];

		if (e->candidate >= end ||
		    p->candidates.at[e->candidate].waits)
			continue;
		if (f->count++ == 0)
			f->edits = &edits[n];
		edits[n++] = e->edit;
	}
}

struct attempt
plan_attempt(struct arena *a, const struct plan *p, const struct mendings *m,
	     size_t take)
{
	size_t end = find_end(p, take);
	const struct diag **diags = ARENA_ARRAY(a, const struct diag *, end);
	struct edited *files = ARENA_ARRAY(a, struct edited, m->list.len);
	struct attempt t = { files, m->list.len, diags, 0, false };

	for (size_t i = 0; i < end; i++) {
		const struct candidate *c = &p->candidates.at[i];

		if (c->waits)
			continue;
		diags[t.diag_count++] = c->diag;
		t.narrows |= diag_narrows(c->diag);
	}
	for (size_t i = 0; i < m->list.len; i++) {
		files[i].dev = m->list.at[i]->dev;
		files[i].ino = m->list.at[i]->ino;
	}
	add_edits(files, ARENA_ARRAY(a, struct edit, p->edits.len), p, end);
	return t;
}
