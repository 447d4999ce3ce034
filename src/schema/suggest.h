/* "Did you mean": the nearest of many names. */
#pragma once

#include <stdint.h>

#include "base/slice.h"

struct schema;

/*
 * Edits (insert, delete, replace, swap neighbours) between two words, letter
 * case apart; more than `limit` of them give limit + 1.
 */
unsigned suggest_distance(struct slice a, struct slice b, unsigned limit);

struct strmap;

/* Among more names than these none is looked for: each may be asked for. */
enum { SUGGEST_NAMES_MAX = 500 };

/*
 * The key of `names` nearest to `name`, at most a third of its length away; of
 * several the first in the order of slice_cmp(). Empty when nothing is near,
 * and where there are very many names.
 */
struct slice suggest_name(const struct strmap *names, struct slice name);

/*
 * The option name nearest to `name` among those that hold for the target in
 * `where`, at most a third of its length away. NULL when nothing is near.
 */
const char *suggest_option(const struct schema *s, struct slice name,
			   uint64_t where);
