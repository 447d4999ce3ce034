#include "report/xml.h"

#include <string.h>

#include "report/printable.h"

/* U+FFFE and U+FFFF are characters, but not of XML. */
static bool
is_no_character(const char *p)
{
	return strncmp(p, "\xef\xbf\xbe", 3) == 0 ||
	       strncmp(p, "\xef\xbf\xbf", 3) == 0;
}

void
xml_print(FILE *out, const char *text)
{
	struct arena *a = arena_new();

	for (const char *p = make_printable(a, slice_of(text)); *p != '\0';
	     p++) {
		if (is_no_character(p)) {
			fputc('?', out);
			p += 2;
		} else if (ascii_is_one_of(*p, "&<>\"'")) {
			fprintf(out, "&#%d;", *p);
		} else {
			fputc(*p, out);
		}
	}
	arena_free(a);
}

void
xml_attribute(FILE *out, const char *name, const char *text)
{
	fprintf(out, " %s=\"", name);
	xml_print(out, text);
	fputc('"', out);
}
