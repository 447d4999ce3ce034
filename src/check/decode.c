#include "check/decode.h"

/* The value of a base64 character, 64 for '=', -1 for any other. */
static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (ascii_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? 64 : -1;
}

/* A whole group; `*last` when it ends in padding. */
static bool
take_group(const int group[static 4], size_t *bytes, bool *last)
{
	enum {
		PAD = 64
	};

	*last = group[3] == PAD;
	if (group[0] == PAD || group[1] == PAD)
		return false;
	if (group[2] == PAD) {
		*bytes += 1;
		return group[3] == PAD && (group[1] & 0x0f) == 0;
	}
	*bytes += *last ? 2 : 3;
	return !*last || (group[2] & 0x03) == 0;
}

bool
decode_base64(struct slice text, size_t *bytes)
{
	int group[4];
	size_t n = 0;
	bool last = false;

	*bytes = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_is_space(text.data[i]))
			continue;
		group[n] = sextet(text.data[i]);
		if (group[n] < 0 || last)
			return false;
		if (++n < 4)
			continue;
		if (!take_group(group, bytes, &last))
			return false;
		n = 0;
	}
	return n == 0;
}

bool
decode_hex(struct slice text, size_t *bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = ascii_lower(text.data[i]);

		if (ascii_is_space(c))
			continue;
		if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
			return false;
		count++;
	}
	*bytes = count / 2;
	return count % 2 == 0;
}
