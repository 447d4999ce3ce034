#include "report/uri.h"

#include <string.h>

static bool
is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || ascii_is_one_of((char)c, "-._~/");
}

const char *
uri_of(struct arena *a, const char *path)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *scheme = *path == '/' ? "file://" : "";
	size_t n = strlen(scheme);
	char *out = arena_alloc(a, n + 3 * strlen(path) + 1);

	memcpy(out, scheme, n);
	for (const char *p = path; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (is_plain(c)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	out[n] = '\0';
	return out;
}
