#include "report/told.h"

#include "base/strmap.h"
#include "report/printable.h"

struct told {
	struct arena *arena;
	struct arena *scratch; /* of one finding */
	struct strmap *findings;
	struct strmap *prints; /* with the file that each is in */
};

struct told *
told_new(struct arena *a)
{
	struct told *t = ARENA_NEW(a, struct told);

	t->arena = a;
	t->scratch = arena_child(a);
	t->findings = strmap_new(a, false);
	t->prints = strmap_new(a, false);
	return t;
}

/* True the first time. `key` is copied then. */
static bool
is_new(const struct told *t, struct strmap *seen, const char *key)
{
	if (strmap_get(seen, slice_of(key)) != NULL)
		return false;
	*strmap_at(seen, arena_slice(t->arena, slice_of(key))) = seen;
	return true;
}

static const char *
with_place(struct arena *a, const struct report_file *f, struct span span,
	   const char *text)
{
	struct position at = sources_position(f->sources, span.begin);

	return arena_printf(a, "%s\n%zu\n%zu\n%s",
			    report_path(a, f->base, at.source->name), at.byte,
			    (size_t)(span.end - span.begin), text);
}

/* All that is told of a finding. */
static const char *
words(struct arena *a, const struct report_file *f, const struct diag *d)
{
	const char *all =
		arena_printf(a, "%s\n%d\n%s\n%s", d->rule, (int)d->severity,
			     with_place(a, f, d->span, d->message),
			     d->help == NULL ? "" : d->help);

	for (const struct diag_note *n = d->notes; n != NULL; n = n->next)
		all = arena_printf(a, "%s\n%s", all,
				   n->has_span
					   ? with_place(a, f, n->span, n->text)
					   : n->text);
	return all;
}

static bool
is_untold(const struct told *t, const struct report_file *f,
	  const struct diag *d)
{
	struct arena_mark mark = arena_mark(t->scratch);
	bool untold = is_new(t, t->findings, words(t->scratch, f, d));

	arena_release(t->scratch, mark);
	return untold;
}

/* Another finding there may have it: then FILE tells them apart. */
static const char *
own_print(const struct told *t, struct arena *a, const struct report_file *f,
	  size_t i)
{
	const struct source *in = sources_find(f->sources, f->diags[i]->span);
	const char *print = f->fingerprints[i];
	const char *key = arena_printf(
		a, "%s\n%s", report_path(a, f->base, in->name), print);

	if (is_new(t, t->prints, key))
		return print;
	return arena_printf(a, "%s@%s", print,
			    make_printable(a, slice_of(f->name)));
}

struct report_file
told_anew(struct told *t, struct arena *a, const struct report_file *file)
{
	struct report_file out = *file;
	const struct diag **diags =
		ARENA_ARRAY(a, const struct diag *, file->count);
	const char **prints = ARENA_ARRAY(a, const char *, file->count);

	out.count = 0;
	for (size_t i = 0; i < file->count; i++) {
		if (!is_untold(t, file, file->diags[i]))
			continue;
		diags[out.count] = file->diags[i];
		if (file->fingerprints != NULL)
			prints[out.count] = own_print(t, a, file, i);
		out.count++;
	}
	out.diags = diags;
	if (file->fingerprints != NULL)
		out.fingerprints = prints;
	return out;
}
