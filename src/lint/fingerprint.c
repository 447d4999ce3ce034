#include "lint/fingerprint.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/strmap.h"
#include "base/vec.h"

#define NO_PARENT UINT32_MAX

struct place {
	const struct node *statement;
	uint32_t parent; /* first its number in the walk, then in the list */
	uint32_t number;
};

struct fingerprints {
	struct arena *arena;
	const struct config *config;
	VEC(struct place) places; /* by begin, outer ones first */
};

/* Depth is bounded by NODE_DEPTH_MAX. */
static void
walk(struct fingerprints *f, const struct node *parent, uint32_t number)
{
	for (const struct node *n = node_first(parent); n != NULL;
	     n = n->next) {
		uint32_t own = number;

		if (n->kind == NODE_STATEMENT) {
			own = (uint32_t)f->places.len;
			*VEC_PUSH(f->arena, &f->places) =
				(struct place){ n, number, own };
		}
		walk(f, n, own);
	}
}

static int
by_begin(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	uint32_t p = x->statement->span.begin, q = y->statement->span.begin;

	if (p != q)
		return p < q ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Included statements come later in the text than what follows them. */
static void
sort(struct fingerprints *f)
{
	struct place *at = f->places.at;
	size_t count = f->places.len;

	if (count == 0)
		return;
	uint32_t *place_of = ARENA_ARRAY(f->arena, uint32_t, count);

	qsort(at, count, sizeof(*at), by_begin);
	for (size_t i = 0; i < count; i++)
		place_of[at[i].number] = (uint32_t)i;
	for (size_t i = 0; i < count; i++)
		if (at[i].parent != NO_PARENT)
			at[i].parent = place_of[at[i].parent];
}

struct fingerprints *
fingerprints_new(struct arena *a, const struct config *c)
{
	struct fingerprints *f = ARENA_NEW(a, struct fingerprints);

	f->arena = a;
	f->config = c;
	walk(f, c->root, NO_PARENT);
	sort(f);
	return f;
}

/* The number of the innermost statement at `offset`, or NO_PARENT. */
static uint32_t
find(const struct fingerprints *f, uint32_t offset)
{
	size_t low = 0, high = f->places.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (f->places.at[mid].statement->span.begin <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	uint32_t i = low == 0 ? NO_PARENT : (uint32_t)(low - 1);

	/* A fault may be right behind its statement. */
	while (i != NO_PARENT &&
	       (f->places.at[i].statement->span.begin > offset ||
		f->places.at[i].statement->span.end < offset))
		i = f->places.at[i].parent;
	return i;
}

/* FNV-1a: nobody gains by a collision but a finding of their own. */
static uint64_t
add_text(uint64_t h, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.data[i]) *
		    UINT64_C(1099511628211);
	return (h ^ 0xff) * UINT64_C(1099511628211); /* its end */
}

static uint64_t
add_words(const struct fingerprints *f, uint64_t h, const struct node *s)
{
	struct span secret;

	for (const struct node *n = s->first; n != NULL; n = n->next) {
		if (n->kind == NODE_NOT)
			h = add_text(h, SLICE_LITERAL("!"));
		else if (!node_is_text(n))
			continue;
		else if (sources_secret_in(f->config->sources, n->span,
					   &secret))
			h = add_text(h, SLICE_LITERAL("*"));
		else
			h = add_text(h, node_text(n));
	}
	return add_text(h, SLICE_LITERAL(";"));
}

static uint64_t
add_line(const struct fingerprints *f, uint64_t h, uint32_t offset)
{
	struct position at = sources_position(f->config->sources, offset);
	struct slice line = source_line(at.source, at.line);

	while (line.len > 0) {
		struct slice word = slice_split(&line, ' ');

		if (word.len > 0)
			h = add_text(h, word);
	}
	return h;
}

const char *
fingerprint_of(const struct fingerprints *f, struct span span)
{
	uint64_t h = UINT64_C(14695981039346656037);
	uint32_t i = find(f, span.begin);

	if (i == NO_PARENT && sources_count(f->config->sources) > 0)
		h = add_line(f, h, span.begin);
	for (; i != NO_PARENT; i = f->places.at[i].parent)
		h = add_words(f, h, f->places.at[i].statement);
	return arena_printf(f->arena, "%016" PRIx64, h);
}

const char *const *
fingerprints_of(struct arena *a, const struct config *c,
		const struct diag *const *diags, size_t count)
{
	struct fingerprints *f = fingerprints_new(a, c);
	struct strmap *seen = strmap_new(a, false);
	const char **out = ARENA_ARRAY(a, const char *, count);

	for (size_t i = 0; i < count; i++) {
		const char *name = arena_printf(
			a, "%s-%s", diags[i]->rule,
			fingerprint_of(f, diags[i]->span));
		void **at = strmap_at(seen, slice_of(name));

		*at = (void *)((uintptr_t)*at + 1);
		out[i] = arena_printf(a, "%s-%zu", name, (uintptr_t)*at);
	}
	return out;
}
