#include "diag/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { TEXT_MAX = 32 * 1024 };

struct diags {
	struct arena *arena;
	VEC(struct diag *) list;
	size_t dropped;
	enum severity worst_dropped;
	bool error;
	struct diag spare; /* what a dropped finding is written to */
};

struct diags *
diags_new(struct arena *a)
{
	struct diags *d = ARENA_NEW(a, struct diags);

	d->arena = a;
	return d;
}

/*
 * The words of a user may be as long as a file. What is longer than TEXT_MAX is
 * cut at a character, since whoever reads that has seen enough.
 */
static const char *
make_text(struct arena *a, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);

	va_end(again);
	if (len < TEXT_MAX)
		return arena_vprintf(a, format, args);
	char *text = arena_alloc(a, TEXT_MAX + sizeof("..."));
	size_t end = TEXT_MAX - 1;

	vsnprintf(text, TEXT_MAX, format, args);
	while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	memcpy(text + end, "...", sizeof("..."));
	return text;
}

struct diag *
diag_add(struct diags *d, enum severity severity, const char *rule,
	 struct span span, const char *format, ...)
{
	va_list args;

	d->error |= severity == SEV_ERROR;
	if (d->list.len >= DIAGS_MAX) {
		d->dropped++;
		if (severity > d->worst_dropped)
			d->worst_dropped = severity;
		d->spare = (struct diag){ 0 };
		return &d->spare;
	}
	struct diag *diag = ARENA_NEW(d->arena, struct diag);

	diag->severity = severity;
	diag->rule = rule;
	diag->span = span;
	va_start(args, format);
	diag->message = make_text(d->arena, format, args);
	va_end(args);
	*VEC_PUSH(d->arena, &d->list) = diag;
	return diag;
}

/* `span` NULL: a note without a place. */
static void
add_note(struct diags *d, struct diag *diag, const struct span *span,
	 const char *format, va_list args)
{
	if (diag == &d->spare)
		return;
	struct diag_note *note = ARENA_NEW(d->arena, struct diag_note);

	note->has_span = span != NULL;
	if (span != NULL)
		note->span = *span;
	note->text = make_text(d->arena, format, args);
	if (diag->last_note == NULL)
		diag->notes = note;
	else
		diag->last_note->next = note;
	diag->last_note = note;
}

void
diag_note(struct diags *d, struct diag *diag, struct span span,
	  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_note(d, diag, &span, format, args);
	va_end(args);
}

void
diag_remark(struct diags *d, struct diag *diag, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_note(d, diag, NULL, format, args);
	va_end(args);
}

void
diag_help(struct diags *d, struct diag *diag, const char *format, ...)
{
	va_list args;

	if (diag == &d->spare)
		return;
	va_start(args, format);
	diag->help = make_text(d->arena, format, args);
	va_end(args);
}

static void
add_fix(struct diags *d, struct diag *diag, struct fix fix)
{
	if (diag == &d->spare)
		return;
	struct fix *copy = ARENA_NEW(d->arena, struct fix);

	*copy = fix;
	copy->text = arena_strdup(d->arena, slice_of(fix.text));
	if (diag->last_fix == NULL)
		diag->fixes = copy;
	else
		diag->last_fix->next = copy;
	diag->last_fix = copy;
}

void
diag_fix(struct diags *d, struct diag *diag, struct span span,
	 const char *text)
{
	add_fix(d, diag, (struct fix){ .span = span, .text = text });
}

void
diag_fix_guess(struct diags *d, struct diag *diag, struct span span,
	       const char *text)
{
	add_fix(d, diag,
		(struct fix){ .span = span, .text = text, .guess = true });
}

void
diag_fix_narrowing(struct diags *d, struct diag *diag, struct span span,
		   const char *text)
{
	add_fix(d, diag,
		(struct fix){ .span = span,
			      .text = text,
			      .narrows = true });
}

bool
diag_narrows(const struct diag *diag)
{
	const struct fix *f = diag->fixes;

	while (f != NULL && !f->narrows)
		f = f->next;
	return f != NULL;
}

size_t
diags_count(const struct diags *d)
{
	return d->list.len;
}

size_t
diags_dropped(const struct diags *d, enum severity *worst)
{
	*worst = d->worst_dropped;
	return d->dropped;
}

struct diag *
diags_at(struct diags *d, size_t i)
{
	return d->list.at[i];
}

void
diags_keep(struct diags *d, size_t to, size_t from)
{
	d->list.at[to] = d->list.at[from];
}

void
diags_truncate(struct diags *d, size_t count)
{
	d->list.len = count;
}

bool
diags_have_error(const struct diags *d)
{
	return d->error;
}

static int
by_place(const void *a, const void *b)
{
	const struct diag *x = *(const struct diag *const *)a;
	const struct diag *y = *(const struct diag *const *)b;

	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	int order = strcmp(x->rule, y->rule);

	return order != 0 ? order : strcmp(x->message, y->message);
}

const struct diag *const *
diags_sorted(struct diags *d, size_t *count)
{
	size_t kept = 0;

	*count = 0;
	if (d->list.len == 0)
		return NULL;
	qsort(d->list.at, d->list.len, sizeof(*d->list.at), by_place);
	for (size_t i = 0; i < d->list.len; i++)
		if (i == 0 ||
		    by_place(&d->list.at[kept - 1], &d->list.at[i]) != 0)
			d->list.at[kept++] = d->list.at[i];
	d->list.len = *count = kept;
	return (const struct diag *const *)d->list.at;
}
