#include "base/slice.h"

#include <string.h>

struct slice
slice_of(const char *text)
{
	return (struct slice){ text, text == NULL ? 0 : strlen(text) };
}

bool
slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool
slice_equal_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
			return false;
	return true;
}

bool
slice_is_nocase(struct slice a, const char *text)
{
	for (size_t i = 0; i < a.len; i++)
		if (text[i] == '\0' ||
		    ascii_lower(text[i]) != ascii_lower(a.data[i]))
			return false;
	return text[a.len] == '\0';
}

bool
slice_has_prefix(struct slice a, const char *prefix)
{
	size_t len = strlen(prefix);

	return a.len >= len && memcmp(a.data, prefix, len) == 0;
}

int
slice_cmp(struct slice a, struct slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.data, b.data, len);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

struct slice
slice_sub(struct slice a, size_t begin, size_t len)
{
	if (begin > a.len)
		begin = a.len;
	if (len > a.len - begin)
		len = a.len - begin;
	return (struct slice){ a.data == NULL ? NULL : a.data + begin, len };
}

struct slice
slice_split(struct slice *rest, char sep)
{
	size_t i = 0;

	while (i < rest->len && rest->data[i] != sep)
		i++;
	struct slice head = slice_sub(*rest, 0, i);
	*rest = slice_sub(*rest, i + 1, rest->len);
	return head;
}

bool
slice_to_uint(struct slice a, unsigned long long max,
	      unsigned long long *value)
{
	unsigned long long v = 0;

	if (a.len == 0)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (!ascii_is_digit(a.data[i]))
			return false;
		unsigned digit = (unsigned)(a.data[i] - '0');

		if (digit > max || v > (max - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*value = v;
	return true;
}
