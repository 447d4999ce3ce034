/*
 * The text of a file while it is being mended: stretches of the original and
 * what was put between them. A draft is never changed, only followed by
 * another one, so every byte that no edit names is that of the original.
 */
#pragma once

#include "base/arena.h"

/* Put `text` in the place of the bytes `begin` to `end` of a draft's text. */
struct edit {
	size_t begin;
	size_t end;
	struct slice text;
	size_t to; /* where that begins in the result: see draft_edit() */
};

struct piece {
	struct slice text;
	bool kept; /* it lies in the original */
};

struct draft {
	struct slice original;
	const struct piece *pieces;
	size_t count;
	size_t len; /* of the whole text */
};

/* The original as it is; its bytes must outlive the draft. */
const struct draft *draft_new(struct arena *a, struct slice original);

/*
 * The draft with all edits made at once; sets their `to`. They ascend and do
 * not overlap, and their texts must outlive the result.
 */
const struct draft *draft_edit(struct arena *a, const struct draft *d,
			       struct edit *edits, size_t count);

/* Its bytes in one piece. */
struct slice draft_text(struct arena *a, const struct draft *d);

/*
 * Where the byte at `offset` goes, after draft_edit(); one that is replaced goes
 * where its replacement begins. O(log count).
 */
size_t edits_map(const struct edit *edits, size_t count, size_t offset);
