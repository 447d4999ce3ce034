#include "fix/draft.h"

#include <string.h>

#include "base/vec.h"

typedef VEC(struct piece) piece_vec;

const struct draft *
draft_new(struct arena *a, struct slice original)
{
	struct draft *d = ARENA_NEW(a, struct draft);
	struct piece *p = ARENA_NEW(a, struct piece);

	*p = (struct piece){ original, true };
	*d = (struct draft){ original, p, 1, original.len };
	return d;
}

/* A reader of the pieces of a draft, which only goes forward. */
struct walk {
	const struct draft *d;
	size_t piece;
	size_t used; /* of that piece */
	size_t at; /* in the text */
};

/* Go on to `offset`, and put what lies on the way into `out`, or NULL. */
static void
advance(struct arena *a, struct walk *w, size_t offset, piece_vec *out)
{
	while (w->at < offset) {
		struct piece p = w->d->pieces[w->piece];
		size_t n = p.text.len - w->used;

		if (n > offset - w->at)
			n = offset - w->at;
		p.text = slice_sub(p.text, w->used, n);
		if (out != NULL && n > 0)
			*VEC_PUSH(a, out) = p;
		w->at += n;
		w->used += n;
		if (w->used == w->d->pieces[w->piece].text.len) {
			w->piece++;
			w->used = 0;
		}
	}
}

const struct draft *
draft_edit(struct arena *a, const struct draft *d, struct edit *edits,
	   size_t count)
{
	struct draft *result = ARENA_NEW(a, struct draft);
	struct walk w = { .d = d };
	piece_vec v = { 0 };
	size_t len = 0; /* of the result so far */

	for (size_t i = 0; i < count; i++) {
		struct edit *e = &edits[i];

		len += e->begin - w.at;
		advance(a, &w, e->begin, &v);
		advance(a, &w, e->end, NULL);
		e->to = len;
		len += e->text.len;
		if (e->text.len > 0)
			*VEC_PUSH(a, &v) = (struct piece){ e->text, false };
	}
	len += d->len - w.at;
	advance(a, &w, d->len, &v);
	*result = (struct draft){ d->original, v.at, v.len, len };
	return result;
}

struct slice
draft_text(struct arena *a, const struct draft *d)
{
	char *text = arena_alloc(a, d->len + 1), *end = text;

	for (size_t i = 0; i < d->count; i++) {
		struct slice piece = d->pieces[i].text;

		if (piece.len > 0)
			memcpy(end, piece.data, piece.len);
		end += piece.len;
	}
	return (struct slice){ text, d->len };
}

size_t
edits_map(const struct edit *edits, size_t count, size_t offset)
{
	size_t low = 0, high = count; /* those before `low` begin by then */

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (edits[mid].begin <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return offset;
	const struct edit *e = &edits[low - 1];

	return offset < e->end ? e->to : e->to + e->text.len + offset - e->end;
}
