/* Workflow commands, which GitHub shows beside the lines of a change. */
#include <string.h>

#include "report/printable.h"
#include "report/report.h"

/* In properties a comma and a colon end the value, too. */
static void
print_escaped(FILE *out, const char *text, bool property)
{
	struct arena *a = arena_new();

	for (const char *p = make_printable(a, slice_of(text)); *p != '\0'; p++)
		if (*p == '%' || (property && (*p == ':' || *p == ',')))
			fprintf(out, "%%%02X", *p);
		else
			fputc(*p, out);
	arena_free(a);
}

static void
print_note(FILE *out, const struct sources *s, const struct diag_note *n)
{
	fputs("%0Anote: ", out);
	if (n->has_span) {
		struct position at = sources_position(s, n->span.begin);

		print_escaped(out, at.source->name, false);
		fprintf(out, ":%zu: ", at.line);
	}
	print_escaped(out, n->text, false);
}

static void
print_file(FILE *out, const struct report_base *base, const char *name)
{
	struct arena *a = arena_new();

	fputs("file=", out);
	print_escaped(out, report_path(a, base, name), true);
	arena_free(a);
}

static void
print_diag(FILE *out, const struct report_file *f, const struct diag *d)
{
	static const char *const commands[] = {
		[SEV_NOTE] = "notice",
		[SEV_WARNING] = "warning",
		[SEV_ERROR] = "error",
	};
	struct position at = sources_position(f->sources, d->span.begin);
	struct position end = sources_position(f->sources, d->span.end);

	fprintf(out, "::%s ", commands[d->severity]);
	print_file(out, f->base, at.source->name);
	fprintf(out, ",line=%zu,endLine=%zu", at.line, end.line);
	/* Columns are for ranges within one line. */
	if (at.line == end.line)
		fprintf(out, ",col=%zu,endColumn=%zu", at.column, end.column);
	fprintf(out, ",title=%s::", d->rule);
	print_escaped(out, d->message, false);
	for (const struct diag_note *n = d->notes; n != NULL; n = n->next)
		print_note(out, f->sources, n);
	if (d->help != NULL) {
		fputs("%0Ahelp: ", out);
		print_escaped(out, d->help, false);
	}
	fputc('\n', out);
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)out, (void)rules;
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	(void)color;
	for (size_t i = 0; i < f->count; i++)
		print_diag(out, f, f->diags[i]);
	if (f->dropped > 0)
		fprintf(out, "::notice title=dnslint::%zu further findings are "
			     "not shown\n",
			f->dropped);
}

static void
end(FILE *out, const struct report_end *e)
{
	for (size_t i = 0; i < e->count; i++) {
		fputs("::error ", out);
		print_file(out, e->base, e->unjudged[i].name);
		fputs(",title=dnslint::", out);
		print_escaped(out, e->unjudged[i].reason, false);
		fputc('\n', out);
	}
}

const struct report_format report_github = {
	.name = "github",
	.begin = begin,
	.file = file,
	.end = end,
};
