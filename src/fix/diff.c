#include "fix/diff.h"

#include <stdint.h>
#include <string.h>

#include "base/vec.h"
#include "report/printable.h"

enum { CONTEXT = 3 };

/* One of the two texts, by lines; each has its end with it. */
struct side {
	struct slice text;
	VEC(struct stretch) lines;
	VEC(struct stretch) secrets;
};

/* Lines `old` to `old_end` became lines `new` to `new_end`. */
struct change {
	size_t old, old_end;
	size_t new, new_end;
};

struct diff {
	struct arena *arena;
	FILE *out;
	struct side old, new;
	const size_t *origin; /* of each new line the old one, or SIZE_MAX */
	VEC(struct change) changes;
	bool faithful;
};

static void
split_lines(struct arena *a, struct side *s)
{
	for (size_t at = 0; at < s->text.len;) {
		const char *begin = s->text.data + at;
		const char *end = memchr(begin, '\n', s->text.len - at);
		size_t len = end == NULL ? s->text.len - at
					 : (size_t)(end - begin) + 1;

		*VEC_PUSH(a, &s->lines) = (struct stretch){ at, at + len };
		at += len;
	}
}

static struct slice
line_text(const struct side *s, size_t i)
{
	struct stretch line = s->lines.at[i];

	return slice_sub(s->text, line.begin, line.end - line.begin);
}

/* The old line of exactly these bytes of the original, from `*hint` on. */
static size_t
find_line(const struct side *old, size_t *hint, size_t begin, size_t len)
{
	while (*hint < old->lines.len && old->lines.at[*hint].begin < begin)
		++*hint;
	if (*hint == old->lines.len || old->lines.at[*hint].begin != begin ||
	    old->lines.at[*hint].end != begin + len)
		return SIZE_MAX;
	return *hint;
}

/* A new line that lies in one kept piece and is a whole old line is that one. */
static const size_t *
find_origins(struct diff *x, const struct draft *d)
{
	size_t *origin = ARENA_ARRAY(x->arena, size_t, x->new.lines.len + 1);
	size_t piece = 0, begin = 0, hint = 0;

	for (size_t i = 0; i < x->new.lines.len; i++) {
		struct stretch line = x->new.lines.at[i];

		while (line.begin >= begin + d->pieces[piece].text.len)
			begin += d->pieces[piece++].text.len;
		const struct piece *p = &d->pieces[piece];

		origin[i] = SIZE_MAX;
		if (p->kept && line.end <= begin + p->text.len)
			origin[i] = find_line(
				&x->old, &hint,
				(size_t)(p->text.data - d->original.data) +
					line.begin - begin,
				line.end - line.begin);
	}
	return origin;
}

/* Lines that are the same at either end of it are none of the change. */
static void
add_change(struct diff *x, struct change c)
{
	while (c.old < c.old_end && c.new < c.new_end &&
	       slice_equal(line_text(&x->old, c.old),
			   line_text(&x->new, c.new)))
		c.old++, c.new++;
	while (c.old < c.old_end && c.new < c.new_end &&
	       slice_equal(line_text(&x->old, c.old_end - 1),
			   line_text(&x->new, c.new_end - 1)))
		c.old_end--, c.new_end--;
	if (c.old < c.old_end || c.new < c.new_end)
		*VEC_PUSH(x->arena, &x->changes) = c;
}

static void
find_changes(struct diff *x)
{
	size_t old = 0, new = 0;

	for (size_t i = 0; i < x->new.lines.len; i++) {
		size_t from = x->origin[i];

		if (from == SIZE_MAX)
			continue;
		add_change(x, (struct change){ old, from, new, i });
		old = from + 1;
		new = i + 1;
	}
	add_change(x, (struct change){ old, x->old.lines.len, new,
				       x->new.lines.len });
}

/* Where the secrets of the original are in the draft. */
static void
map_secrets(struct diff *x, const struct draft *d)
{
	size_t to = 0;

	for (size_t i = 0, next = 0; i < d->count; i++) {
		const struct piece *p = &d->pieces[i];
		size_t from = (size_t)(p->text.data - d->original.data);
		size_t end = from + p->text.len;

		while (p->kept && next < x->old.secrets.len &&
		       x->old.secrets.at[next].end <= from)
			next++;
		for (size_t k = next; p->kept && k < x->old.secrets.len &&
				      x->old.secrets.at[k].begin < end;
		     k++) {
			struct stretch s = x->old.secrets.at[k];

			s.begin = s.begin < from ? from : s.begin;
			s.end = s.end > end ? end : s.end;
			*VEC_PUSH(x->arena, &x->new.secrets) = (struct stretch){
				s.begin - from + to, s.end - from + to
			};
		}
		to += p->text.len;
	}
}

/* The first secret that ends behind `at`, or NULL. */
static const struct stretch *
next_secret(const struct side *s, size_t at)
{
	size_t low = 0, high = s->secrets.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->secrets.at[mid].end <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->secrets.len ? &s->secrets.at[low] : NULL;
}

/* Tabs do no harm, nor does the carriage return of a line's end. */
static void
print_text(struct diff *x, struct slice text)
{
	struct arena_mark mark = arena_mark(x->arena);
	bool returns = text.len > 0 && text.data[text.len - 1] == '\r';

	text.len -= returns;
	while (text.len > 0) {
		struct slice rest = text;
		struct slice part = slice_split(&rest, '\t');
		const char *shown = make_printable(x->arena, part);

		fputs(shown, x->out);
		x->faithful &= strlen(shown) == part.len;
		if (part.len < text.len)
			fputc('\t', x->out);
		text = rest;
	}
	if (returns)
		fputc('\r', x->out);
	arena_release(x->arena, mark);
}

static void
print_line(struct diff *x, const struct side *s, size_t i, char sign)
{
	struct stretch line = s->lines.at[i];
	bool ended = s->text.data[line.end - 1] == '\n';
	size_t at = line.begin, end = line.end - ended;
	const struct stretch *secret;

	fputc(sign, x->out);
	while ((secret = next_secret(s, at)) != NULL && secret->begin < end) {
		if (secret->begin > at)
			print_text(x, slice_sub(s->text, at,
						secret->begin - at));
		fputs("***", x->out);
		x->faithful = false;
		at = secret->end < end ? secret->end : end;
	}
	if (at < end)
		print_text(x, slice_sub(s->text, at, end - at));
	fputs(ended ? "\n" : "\n\\ No newline at end of file\n", x->out);
}

/* Of no lines, the line before them is named. */
static void
print_range(struct diff *x, char sign, size_t begin, size_t end)
{
	fprintf(x->out, " %c%zu,%zu", sign, begin + (end > begin),
		end - begin);
}

/* Changes `first` to `last`, with so few lines between them that they join. */
static void
print_hunk(struct diff *x, size_t first, size_t last)
{
	const struct change *f = &x->changes.at[first];
	const struct change *l = &x->changes.at[last];
	size_t before = f->old < CONTEXT ? f->old : CONTEXT;
	size_t rest = x->old.lines.len - l->old_end;
	size_t after = rest < CONTEXT ? rest : CONTEXT;
	size_t old = f->old - before;

	fputs("@@", x->out);
	print_range(x, '-', old, l->old_end + after);
	print_range(x, '+', f->new - before, l->new_end + after);
	fputs(" @@\n", x->out);
	for (size_t i = first; i <= last; i++) {
		const struct change *c = &x->changes.at[i];

		while (old < c->old)
			print_line(x, &x->old, old++, ' ');
		while (old < c->old_end)
			print_line(x, &x->old, old++, '-');
		for (size_t new = c->new; new < c->new_end; new++)
			print_line(x, &x->new, new, '+');
	}
	while (old < l->old_end + after)
		print_line(x, &x->old, old++, ' ');
}

static void
print_changes(struct diff *x, const char *name)
{
	size_t last;

	for (int i = 0; x->changes.len > 0 && i < 2; i++) {
		fputs(i == 0 ? "--- " : "+++ ", x->out);
		print_safely(x->out, slice_of(name));
		fputc('\n', x->out);
	}
	for (size_t first = 0; first < x->changes.len; first = last + 1) {
		last = first;
		while (last + 1 < x->changes.len &&
		       x->changes.at[last + 1].old -
				       x->changes.at[last].old_end <=
			       2 * CONTEXT)
			last++;
		print_hunk(x, first, last);
	}
}

bool
diff_print(FILE *out, const char *name, const struct draft *d,
	   const struct stretch *secrets, size_t count)
{
	struct diff x = { .arena = arena_new(), .out = out, .faithful = true };

	x.old.text = d->original;
	x.new.text = draft_text(x.arena, d);
	for (size_t i = 0; i < count; i++)
		*VEC_PUSH(x.arena, &x.old.secrets) = secrets[i];
	map_secrets(&x, d);
	split_lines(x.arena, &x.old);
	split_lines(x.arena, &x.new);
	x.origin = find_origins(&x, d);
	find_changes(&x);
	print_changes(&x, name);
	arena_free(x.arena);
	return x.faithful;
}
