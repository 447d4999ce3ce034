#include "intent/yaml.h"

/* How long the character at `at` is in UTF-8; 0 for what is none. */
static size_t
character_length(const unsigned char *at, size_t left)
{
	size_t n = at[0] < 0x80 ? 1
		   : at[0] < 0xc2 ? 0
		   : at[0] < 0xe0 ? 2
		   : at[0] < 0xf0 ? 3
		   : at[0] < 0xf5 ? 4
				  : 0;

	if (n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

bool
yaml_is_text(struct slice text, struct faults *faults)
{
	const unsigned char *at = (const unsigned char *)text.data;
	size_t line = 1, begin = 0, column = 1;

	if (text.len > YAML_BYTES_MAX) {
		fault_add(faults, 1, 1,
			  "too large: an intent file may have %d KiB",
			  YAML_BYTES_MAX / 1024);
		return false;
	}
	for (size_t i = 0, n; i < text.len; i += n, column++) {
		n = character_length(at + i, text.len - i);
		if (n == 0 || (at[i] < 0x20 && at[i] != '\n' &&
			       at[i] != '\r' && at[i] != '\t')) {
			fault_add(faults, line, column,
				  "this is no text: byte \\x%02x", at[i]);
			return false;
		}
		if (at[i] == '\n') {
			line++;
			begin = i + 1;
			column = 0;
		} else if (i - begin > YAML_LINE_MAX) {
			fault_add(faults, line, 1,
				  "a line may have %d bytes; lists can go over "
				  "several",
				  YAML_LINE_MAX);
			return false;
		}
	}
	return true;
}
