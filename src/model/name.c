#include "model/name.h"

#include <string.h>

#include "base/vec.h"

enum { LABEL_MAX = 63, NAME_MAX_WIRE = 255 };

typedef VEC(char) text_vec;

static void
put_byte(struct arena *a, text_vec *v, unsigned char c)
{
	if (c == '.' || c == '\\') {
		*VEC_PUSH(a, v) = '\\';
		*VEC_PUSH(a, v) = (char)c;
	} else if (c > 0x20 && c < 0x7f) {
		*VEC_PUSH(a, v) = ascii_lower((char)c);
	} else {
		*VEC_PUSH(a, v) = '\\';
		*VEC_PUSH(a, v) = (char)('0' + c / 100);
		*VEC_PUSH(a, v) = (char)('0' + c / 10 % 10);
		*VEC_PUSH(a, v) = (char)('0' + c % 10);
	}
}

/* One byte of a label, escaped or not; moves `*i` past it. */
static bool
take_byte(struct slice text, size_t *i, unsigned char *c)
{
	*c = (unsigned char)text.data[(*i)++];
	if (*c != '\\')
		return true;
	if (*i >= text.len)
		return false;
	if (!ascii_is_digit(text.data[*i])) {
		*c = (unsigned char)text.data[(*i)++];
		return true;
	}
	unsigned value = 0;

	for (int n = 0; n < 3; n++, (*i)++) {
		if (*i >= text.len || !ascii_is_digit(text.data[*i]))
			return false;
		value = value * 10 + (unsigned)(text.data[*i] - '0');
	}
	*c = (unsigned char)value;
	return value <= 255;
}

/* Most names need no change at all. */
static bool
is_plain(struct slice text)
{
	size_t label = 0;

	if (text.len == 0 || text.len > 253)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c == '.') {
			if (label == 0 || label > LABEL_MAX)
				return false;
			label = 0;
			continue;
		}
		if (!((c >= 'a' && c <= 'z') || ascii_is_digit(c) ||
		      c == '-' || c == '_'))
			return false;
		label++;
	}
	return label > 0 && label <= LABEL_MAX;
}

static bool
canonical(struct arena *a, struct slice text, struct slice *out, bool *dotted)
{
	text_vec v = { 0 };
	size_t label = 0, wire = 1;

	*dotted = false;
	if (is_plain(text)) {
		*out = text;
		return true;
	}
	if (slice_is(text, ".")) {
		*out = SLICE_LITERAL("");
		return *dotted = true;
	}
	for (size_t i = 0; i < text.len;) {
		unsigned char c;

		if (text.data[i] == '.') {
			if (label == 0 || ++i == text.len)
				break;
			*VEC_PUSH(a, &v) = '.';
			wire += label + 1;
			label = 0;
			continue;
		}
		if (!take_byte(text, &i, &c) || ++label > LABEL_MAX)
			return false;
		put_byte(a, &v, c);
	}
	if (label == 0 || wire + label + 1 > NAME_MAX_WIRE)
		return false;
	*dotted = text.data[text.len - 1] == '.' &&
		  !(text.len > 1 && text.data[text.len - 2] == '\\');
	*out = (struct slice){ v.at, v.len };
	return true;
}

bool
name_canonical(struct arena *a, struct slice text, struct slice *out)
{
	bool dotted;

	return canonical(a, text, out, &dotted);
}

bool
name_relative(struct arena *a, struct slice text, struct slice origin,
	      struct slice *out)
{
	bool dotted;

	if (slice_is(text, "@")) {
		*out = origin;
		return true;
	}
	if (!canonical(a, text, out, &dotted))
		return false;
	if (dotted || origin.len == 0)
		return true;
	char *joined = arena_alloc(a, out->len + 1 + origin.len);

	memcpy(joined, out->data, out->len);
	joined[out->len] = '.';
	memcpy(joined + out->len + 1, origin.data, origin.len);
	*out = (struct slice){ joined, out->len + 1 + origin.len };
	return true;
}

bool
name_parent(struct slice name, struct slice *parent)
{
	size_t i = 0;

	if (name.len == 0)
		return false;
	while (i < name.len && name.data[i] != '.')
		i += name.data[i] == '\\' ? 2 : 1;
	*parent = slice_sub(name, i + 1 > name.len ? name.len : i + 1,
			    name.len);
	return true;
}

bool
name_is_within(struct slice name, struct slice ancestor)
{
	struct slice n = name;

	if (ancestor.len == 0)
		return true;
	/* Most names do not even end like it. */
	if (n.len < ancestor.len ||
	    !slice_equal(slice_sub(n, n.len - ancestor.len, n.len), ancestor))
		return false;
	while (n.len > ancestor.len && name_parent(n, &n))
		continue;
	return n.len == ancestor.len;
}

struct slice
name_top(struct slice name)
{
	size_t begin = name.len;

	for (; begin > 0; begin--) {
		size_t escapes = 0;

		if (name.data[begin - 1] != '.')
			continue;
		while (escapes + 1 < begin &&
		       name.data[begin - 2 - escapes] == '\\')
			escapes++;
		if (escapes % 2 == 0)
			break;
	}
	return (struct slice){ name.data + begin, name.len - begin };
}

unsigned
name_labels(struct slice name)
{
	unsigned n = 0;

	while (name_parent(name, &name))
		n++;
	return n;
}

bool
name_is_host(struct slice name)
{
	bool first = true;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];
		bool end = i + 1 == name.len || name.data[i + 1] == '.';
		bool alnum = (c >= 'a' && c <= 'z') || ascii_is_digit(c);

		if (c != '.' && !alnum && (c != '-' || first || end))
			return false;
		first = c == '.';
	}
	return true;
}
