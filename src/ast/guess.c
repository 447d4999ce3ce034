/* Which language is it? The first word tells: `server:` or `options {`. */
#include <string.h>

#include "ast/config.h"

/* Past blanks and comments; `*slashes` when one was written as in C. */
static struct slice
skip_comments(struct slice text, bool *slashes)
{
	for (;;) {
		size_t i = 0;

		while (i < text.len && ascii_is_space(text.data[i]))
			i++;
		text = slice_sub(text, i, text.len);
		const char *end;

		if (slice_has_prefix(text, "#") ||
		    slice_has_prefix(text, "//")) {
			*slashes |= text.data[0] == '/';
			end = memchr(text.data, '\n', text.len);
		} else if (slice_has_prefix(text, "/*")) {
			*slashes = true;
			end = memmem(text.data + 2, text.len - 2, "*/", 2);
			end = end == NULL ? NULL : end + 1;
		} else {
			return text;
		}
		if (end == NULL)
			return slice_sub(text, text.len, 0);
		text = slice_sub(text, (size_t)(end - text.data) + 1, text.len);
	}
}

enum dialect
config_guess_dialect(struct slice text)
{
	bool slashes = false;
	size_t i = 0;

	text = skip_comments(text, &slashes);
	while (i < text.len && !ascii_is_space(text.data[i]) &&
	       !ascii_is_one_of(text.data[i], "{};\":"))
		i++;
	if (i > 0 && i < text.len && text.data[i] == ':')
		return DIALECT_UNBOUND;
	if (slashes)
		return DIALECT_NAMED;
	if (i > 0 && (memchr(text.data, ';', text.len) != NULL ||
		      memchr(text.data, '{', text.len) != NULL))
		return DIALECT_NAMED;
	return 0;
}
