#include "report/printable.h"

#include <stdint.h>
#include <string.h>

static bool
is_continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

static uint32_t
decode(struct slice text, size_t len)
{
	static const unsigned char first_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t value = (unsigned char)text.data[0] & first_mask[len];

	for (size_t i = 1; i < len; i++)
		value = value << 6 | ((unsigned char)text.data[i] & 0x3f);
	return value;
}

size_t
utf8_length(struct slice text)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)text.data[0];
	size_t len = c < 0x80	 ? 1
		     : c >= 0xf0 ? 4
		     : c >= 0xe0 ? 3
		     : c >= 0xc0 ? 2
				 : 0;

	if (len == 0 || c > 0xf4 || len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if (!is_continuation((unsigned char)text.data[i]))
			return 0;
	uint32_t value = decode(text, len);

	if (value < least[len] || value > 0x10ffff ||
	    (value >= 0xd800 && value < 0xe000))
		return 0;
	return len;
}

/* C0, DEL, C1, and the characters that turn text around or hide. */
static bool
is_control(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x0000, 0x001f }, { 0x007f, 0x009f },	  { 0x00ad, 0x00ad },
		{ 0x061c, 0x061c }, { 0x115f, 0x1160 },	  { 0x180e, 0x180e },
		{ 0x200b, 0x200f }, { 0x2028, 0x202e },	  { 0x2060, 0x206f },
		{ 0x3164, 0x3164 }, { 0xfeff, 0xfeff },	  { 0xffa0, 0xffa0 },
		{ 0xfff9, 0xfffb }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

size_t
next_character(struct slice text, bool *shown)
{
	size_t len = utf8_length(text);

	*shown = len > 0 && !is_control(decode(text, len));
	return len > 0 ? len : 1;
}

size_t
plain_length(struct slice text)
{
	size_t len = 0;

	while (len < text.len && text.data[len] >= ' ' && text.data[len] <= '~')
		len++;
	return len;
}

void
print_safely(FILE *out, struct slice text)
{
	while (text.len > 0) {
		bool shown = true;
		size_t len = plain_length(text);

		if (len == 0)
			len = next_character(text, &shown);
		if (shown)
			fwrite(text.data, 1, len, out);
		else
			for (size_t i = 0; i < len; i++)
				fprintf(out, "\\x%02x",
					(unsigned char)text.data[i]);
		text = slice_sub(text, len, text.len);
	}
}

const char *
make_printable(struct arena *a, struct slice text)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_alloc(a, text.len * 4 + 1);
	size_t used = 0;

	while (text.len > 0) {
		bool shown;
		size_t len = next_character(text, &shown);

		for (size_t i = 0; i < len; i++) {
			unsigned char c = (unsigned char)text.data[i];

			if (shown) {
				out[used++] = text.data[i];
				continue;
			}
			out[used++] = '\\';
			out[used++] = 'x';
			out[used++] = digits[c >> 4];
			out[used++] = digits[c & 15];
		}
		text = slice_sub(text, len, text.len);
	}
	out[used] = '\0';
	return out;
}

bool
is_exact(struct slice text)
{
	while (text.len > 0) {
		bool shown;
		size_t len = next_character(text, &shown);

		if (!shown && memchr("\t\n\r", *text.data, 3) == NULL)
			return false;
		text = slice_sub(text, len, text.len);
	}
	return true;
}
