/*
 * A hash table from text to a pointer, in an arena. Keys are not copied: they
 * must live as long as the table. Order of insertion plays no part.
 */
#pragma once

#include "base/arena.h"

struct strmap;

/* `nocase` makes keys that differ in the case of ASCII letters one key. */
struct strmap *strmap_new(struct arena *a, bool nocase);

/* The value stored under `key`, or NULL. */
void *strmap_get(const struct strmap *m, struct slice key);

/*
 * The place of the value of `key`, made (holding NULL) when it is new. The
 * place is good until the next call of this function.
 */
void **strmap_at(struct strmap *m, struct slice key);

/* Make room for `count` keys at once, where that many will come. */
void strmap_reserve(struct strmap *m, size_t count);

size_t strmap_count(const struct strmap *m);

/*
 * A key from place `*at` on, and its value, in no order; moves `*at` behind it.
 * False at the end.
 */
bool strmap_next(const struct strmap *m, size_t *at, struct slice *key,
		 void **value);

/* All keys, in the order of slice_cmp(); `*count` of them. */
const struct slice *strmap_keys(struct arena *a, const struct strmap *m,
				size_t *count);
