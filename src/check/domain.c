#include "check/domain.h"

#include <string.h>

enum {
	LABEL_MAX = 63,
	NAME_MAX_BYTES = 255
};

/* A character or an escape, `\X` or `\DDD`, off `*text`; -1 on a bad one. */
static int
take_byte(struct slice *text)
{
	int value = 0;
	size_t used = 1;

	if (text->data[0] != '\\') {
		value = (unsigned char)ascii_lower(text->data[0]);
	} else if (text->len < 2 || text->data[1] == '[') {
		return -1;
	} else if (!ascii_is_digit(text->data[1])) {
		value = (unsigned char)ascii_lower(text->data[1]);
		used = 2;
	} else {
		for (used = 1; used < 4; used++) {
			if (used >= text->len ||
			    !ascii_is_digit(text->data[used]))
				return -1;
			value = value * 10 + (text->data[used] - '0');
		}
		if (value > 255)
			return -1;
		value = (unsigned char)ascii_lower((char)value);
	}
	*text = slice_sub(*text, used, text->len);
	return value;
}

/* Fill `wire`; the length with the root label, or 0. */
static size_t
to_wire(struct slice text, unsigned char wire[static NAME_MAX_BYTES])
{
	size_t label = 0, used = 1; /* `label` is where its length goes */

	wire[0] = 0;
	if (text.len == 0)
		return 0;
	if (slice_is(text, ".") || slice_is(text, "@"))
		return 1;
	while (text.len > 0) {
		if (text.data[0] == '.') {
			if (used == label + 1 || used >= NAME_MAX_BYTES)
				return 0;
			wire[label] = (unsigned char)(used - label - 1);
			label = used;
			wire[used++] = 0;
			text = slice_sub(text, 1, text.len);
			continue;
		}
		int byte = take_byte(&text);

		if (byte < 0 || used - label > LABEL_MAX ||
		    used >= NAME_MAX_BYTES)
			return 0;
		wire[used++] = (unsigned char)byte;
	}
	if (used == label + 1)
		return used;
	if (used >= NAME_MAX_BYTES)
		return 0;
	wire[label] = (unsigned char)(used - label - 1);
	wire[used++] = 0;
	return used;
}

bool
domain_is_valid(struct slice text)
{
	unsigned char wire[NAME_MAX_BYTES];

	return to_wire(text, wire) > 0;
}

bool
domain_parse(struct arena *a, struct slice text, struct slice *wire)
{
	unsigned char bytes[NAME_MAX_BYTES];
	size_t len = to_wire(text, bytes);
	char *copy;

	if (len == 0)
		return false;
	copy = arena_alloc(a, len);
	memcpy(copy, bytes, len);
	*wire = (struct slice){ copy, len };
	return true;
}

bool
domain_is_root(struct slice wire)
{
	return wire.len == 1;
}

bool
domain_is_wildcard(struct slice wire)
{
	return wire.len > 2 && wire.data[0] == 1 && wire.data[1] == '*';
}

bool
domain_is_below(struct slice wire, struct slice parent)
{
	while (wire.len > parent.len)
		wire = slice_sub(wire, 1 + (unsigned char)wire.data[0],
				 wire.len);
	return slice_equal(wire, parent);
}
