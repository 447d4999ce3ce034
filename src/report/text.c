/*
 * For people and editors: `file:line:col: severity: message [rule]`, the line
 * with a mark under what is meant, then notes and help.
 */
#include <string.h>

#include "report/printable.h"
#include "report/quote.h"
#include "report/report.h"

struct page {
	FILE *out;
	const struct sources *sources;
	bool color;
};

static const char *
paint(const struct page *p, const char *code)
{
	return p->color ? code : "";
}

static const char *
severity_color(enum severity severity)
{
	static const char *const colors[] = {
		[SEV_NOTE] = "\033[1;36m",
		[SEV_WARNING] = "\033[1;35m",
		[SEV_ERROR] = "\033[1;31m",
	};

	return colors[severity];
}

static void
print_quote(const struct page *p, struct span span, enum severity severity)
{
	quote_print(p->out, p->sources, span,
		    p->color ? severity_color(severity) : NULL);
}

static void
print_place(const struct page *p, struct span span)
{
	struct position at = sources_position(p->sources, span.begin);

	fputs(paint(p, "\033[1m"), p->out);
	print_safely(p->out, slice_of(at.source->name));
	fprintf(p->out, ":%zu:%zu: %s", at.line, at.column,
		paint(p, "\033[0m"));
}

static void
print_diag(const struct page *p, const struct diag *d)
{
	print_place(p, d->span);
	fprintf(p->out, "%s%s:%s ", paint(p, severity_color(d->severity)),
		severity_name(d->severity), paint(p, "\033[0m"));
	print_safely(p->out, slice_of(d->message));
	fprintf(p->out, " [%s]\n", d->rule);
	print_quote(p, d->span, d->severity);
	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		if (n->has_span)
			print_place(p, n->span);
		else
			fputs("      = ", p->out);
		fprintf(p->out, "%snote:%s ",
			paint(p, severity_color(SEV_NOTE)),
			paint(p, "\033[0m"));
		print_safely(p->out, slice_of(n->text));
		fputc('\n', p->out);
		if (n->has_span)
			print_quote(p, n->span, SEV_NOTE);
	}
	if (d->help == NULL)
		return;
	fprintf(p->out, "      = %shelp:%s ", paint(p, "\033[1;32m"),
		paint(p, "\033[0m"));
	print_safely(p->out, slice_of(d->help));
	fputc('\n', p->out);
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)out, (void)rules;
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	struct page p = { out, f->sources, color };

	for (size_t i = 0; i < f->count; i++)
		print_diag(&p, f->diags[i]);
	if (f->dropped > 0) {
		print_safely(out, slice_of(f->name));
		fprintf(out, ": note: %zu further findings are not shown\n",
			f->dropped);
	}
}

static void
end(FILE *out, const struct report_end *e)
{
	(void)out, (void)e;
}

const struct report_format report_text = {
	.name = "text",
	.begin = begin,
	.file = file,
	.end = end,
};
