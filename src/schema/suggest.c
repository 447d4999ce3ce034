#include "schema/suggest.h"

#include "base/strmap.h"
#include "schema/option.h"

enum { WORD_MAX = 64 };

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

static bool
same(char a, char b)
{
	return ascii_lower(a) == ascii_lower(b);
}

/* Restricted Damerau-Levenshtein distance, three rows at a time. */
unsigned
suggest_distance(struct slice a, struct slice b, unsigned limit)
{
	unsigned row[3][WORD_MAX + 1];

	if (a.len > WORD_MAX || b.len > WORD_MAX ||
	    (a.len > b.len ? a.len - b.len : b.len - a.len) > limit)
		return limit + 1;
	for (unsigned j = 0; j <= b.len; j++)
		row[0][j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		unsigned *now = row[i % 3], *last = row[(i + 2) % 3];
		unsigned *before = row[(i + 1) % 3];

		now[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			bool eq = same(a.data[i - 1], b.data[j - 1]);

			now[j] = least(last[j] + 1, now[j - 1] + 1,
				       last[j - 1] + !eq);
			if (i > 1 && j > 1 && !eq &&
			    same(a.data[i - 1], b.data[j - 2]) &&
			    same(a.data[i - 2], b.data[j - 1]) &&
			    before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
	}
	unsigned distance = row[a.len % 3][b.len];

	return distance > limit ? limit + 1 : distance;
}

struct slice
suggest_name(const struct strmap *names, struct slice name)
{
	unsigned best = (unsigned)(name.len / 3);
	struct slice nearest = { "", 0 }, key;
	size_t at = 0;
	void *value;

	/* A name that was only asked for may be in the table as well. */
	while (best > 0 && strmap_count(names) <= SUGGEST_NAMES_MAX &&
	       strmap_next(names, &at, &key, &value)) {
		if (value == NULL)
			continue;
		unsigned d = suggest_distance(name, key, best);

		if (d > best ||
		    (d == best && nearest.len > 0 && slice_cmp(key, nearest) > 0))
			continue;
		best = d;
		nearest = key;
	}
	return nearest;
}

const char *
suggest_option(const struct schema *s, struct slice name, uint64_t where)
{
	unsigned best = (unsigned)(name.len / 3) + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < schema_count(s); i++) {
		const struct option *o = schema_at(s, i);

		if ((o->where & where) == 0 || !schema_row_holds(s, o))
			continue;
		unsigned d = suggest_distance(name, slice_of(o->name), best);

		if (d < best) {
			best = d;
			nearest = o->name;
		}
	}
	return nearest;
}
