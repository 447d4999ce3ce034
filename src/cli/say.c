#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/printable.h"

static void
print_line(const char *kind, const char *text)
{
	fprintf(stderr, "dnslint: %s", kind);
	print_safely(stderr, slice_of(text));
	fputc('\n', stderr);
}

bool
cli_complain(const char *format, ...)
{
	struct arena *a = arena_new();
	va_list args;

	va_start(args, format);
	print_line("", arena_vprintf(a, format, args));
	va_end(args);
	arena_free(a);
	return false;
}

void
cli_note(const char *text)
{
	print_line("note: ", text);
}

void
cli_tell_unjudged(const struct lint_result *r)
{
	struct slice rest = slice_of(r->reason);

	do {
		if (!r->intent_is_wrong)
			fputs("dnslint: ", stderr);
		print_safely(stderr, slice_split(&rest, '\n'));
		fputc('\n', stderr);
	} while (rest.len > 0);
}

bool
cli_wants_color(const struct options *o, FILE *out)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	if (o->color != COLOR_AUTO)
		return o->color == COLOR_ALWAYS;
	return isatty(fileno(out)) &&
	       (no_color == NULL || *no_color == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

bool
cli_close(FILE *out)
{
	bool failed = fflush(out) != 0 || ferror(out);

	if (out != stdout)
		failed |= fclose(out) != 0;
	return !failed ||
	       cli_complain("cannot write the output: %s", strerror(errno));
}
