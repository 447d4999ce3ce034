#include "model/zonegenerate.h"

#include <stdint.h>

#include "base/vec.h"

enum {
	NUMBER_MAX = INT32_MAX,
	WIDTH_MAX = 255
};

struct text {
	struct arena *arena;
	VEC(char) out;
};

static void
put(struct text *t, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		*VEC_PUSH(t->arena, &t->out) = s.data[i];
}

static bool
take_number(struct slice *rest, unsigned long long *n)
{
	size_t len = 0;

	while (len < rest->len && ascii_is_digit(rest->data[len]))
		len++;
	bool ok = slice_to_uint(slice_sub(*rest, 0, len), NUMBER_MAX, n);

	*rest = slice_sub(*rest, len, rest->len);
	return ok;
}

/* What follows the numbers is not looked at. */
bool
generate_range_parse(struct slice text, struct generate_range *range)
{
	range->step = 1;
	if (!take_number(&text, &range->first) || !slice_has_prefix(text, "-"))
		return false;
	text = slice_sub(text, 1, text.len);
	if (!take_number(&text, &range->last) || range->first > range->last)
		return false;
	if (!slice_has_prefix(text, "/"))
		return true;
	text = slice_sub(text, 1, text.len);
	return take_number(&text, &range->step) && range->step > 0;
}

/* Hexadecimal digits with dots between them, the last one first. */
static void
put_nibbles(struct text *t, unsigned long long n, unsigned long long width,
	    bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	for (bool first = true; first || n > 0 || width > 0; first = false) {
		if (!first)
			put(t, SLICE_LITERAL("."));
		put(t, (struct slice){ &digits[n & 15], 1 });
		n >>= 4;
		width -= width > 1 ? 2 : width;
	}
}

static bool
put_number(struct text *t, long long n, unsigned long long width, char base)
{
	int w = (int)width;

	if (n < 0)
		return false;
	switch (base) {
	case 'd':
		put(t, slice_of(arena_printf(t->arena, "%0*lld", w, n)));
		return true;
	case 'o':
		put(t, slice_of(arena_printf(t->arena, "%0*llo", w,
					     (unsigned long long)n)));
		return true;
	case 'x':
		put(t, slice_of(arena_printf(t->arena, "%0*llx", w,
					     (unsigned long long)n)));
		return true;
	case 'X':
		put(t, slice_of(arena_printf(t->arena, "%0*llX", w,
					     (unsigned long long)n)));
		return true;
	case 'n':
	case 'N':
		put_nibbles(t, (unsigned long long)n, width, base == 'N');
		return true;
	default:
		return false;
	}
}

/* "offset,width,base", the latter two optional. */
static bool
put_formed(struct text *t, struct slice form, unsigned long long n)
{
	struct slice rest = form;
	struct slice offset = slice_split(&rest, ',');
	struct slice width = slice_split(&rest, ',');
	bool negative = slice_has_prefix(offset, "-");
	unsigned long long by, w = 0;

	if (negative)
		offset = slice_sub(offset, 1, offset.len);
	if (!slice_to_uint(offset, NUMBER_MAX, &by) ||
	    (width.len > 0 && !slice_to_uint(width, WIDTH_MAX, &w)) ||
	    rest.len > 1)
		return false;
	return put_number(t,
			  negative ? (long long)n - (long long)by
				   : (long long)(n + by),
			  w, rest.len == 0 ? 'd' : rest.data[0]);
}

/* What stands behind a $; `*at` goes past it. */
static bool
put_sign(struct text *t, struct slice text, size_t *at, unsigned long long n)
{
	size_t i = *at, end = i + 1;

	if (i < text.len && text.data[i] == '$') {
		put(t, SLICE_LITERAL("$"));
		*at = i + 1;
		return true;
	}
	if (i == text.len || text.data[i] != '{')
		return put_number(t, (long long)n, 0, 'd');
	while (end < text.len && text.data[end] != '}')
		end++;
	*at = end + 1;
	return end < text.len &&
	       put_formed(t, slice_sub(text, i + 1, end - i - 1), n);
}

const char *
generate_expand(struct arena *a, struct slice text, unsigned long long n)
{
	struct text t = { .arena = a };

	for (size_t i = 0; i < text.len;) {
		char c = text.data[i++];

		if (c == '\\' && i < text.len && text.data[i] == '$') {
			c = text.data[i++];
		} else if (c == '$') {
			if (!put_sign(&t, text, &i, n))
				return NULL;
			continue;
		}
		*VEC_PUSH(a, &t.out) = c;
	}
	return arena_strdup(a, (struct slice){ t.out.at, t.out.len });
}
