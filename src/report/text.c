/*
 * For people and editors: `file:line:col: severity: message [rule]`, the line
 * with a mark under what is meant, then notes and help.
 */
#include <string.h>

#include "report/printable.h"
#include "report/report.h"

enum { WIDTH = 100, LEAD = 30 };

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

/* Cut at a character, not inside of one. */
static size_t
back_to_character(struct slice line, size_t at)
{
	while (at > 0 && at < line.len &&
	       ((unsigned char)line.data[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/*
 * One byte or sequence of a quoted line takes one column: what cannot be
 * shown becomes '?', a tab a blank, a secret stars.
 */
static size_t
print_cell(const struct page *p, struct slice rest, bool secret)
{
	size_t len = utf8_length(rest);
	unsigned char c = (unsigned char)rest.data[0];

	if (secret)
		fputc('*', p->out);
	else if (c == '\t')
		fputc(' ', p->out);
	else if (len == 0 || c < 0x20 || c == 0x7f || c == 0xc2 || c == 0xe2)
		fputc('?', p->out);
	else
		fwrite(rest.data, 1, len, p->out);
	return len == 0 ? 1 : len;
}

/* Print part of a line; returns nothing, keeps one column a character. */
static void
print_line(const struct page *p, struct slice line, size_t begin, size_t end,
	   uint32_t base)
{
	struct span whole = { base + (uint32_t)begin, base + (uint32_t)end };
	struct span secret = { 0, 0 };
	bool any = sources_secret_in(p->sources, whole, &secret);

	for (size_t i = begin; i < end;) {
		uint32_t at = base + (uint32_t)i;

		if (any && at >= secret.end) {
			whole.begin = at;
			any = sources_secret_in(p->sources, whole, &secret);
		}
		i += print_cell(p, slice_sub(line, i, end - i),
				any && at >= secret.begin);
	}
}

static size_t
columns(struct slice line, size_t begin, size_t end)
{
	size_t n = 0;

	while (begin < end) {
		size_t len =
			utf8_length(slice_sub(line, begin, end - begin));

		begin += len == 0 ? 1 : len;
		n++;
	}
	return n;
}

/* The quoted line and the mark under it. */
static void
print_quote(const struct page *p, struct span span, enum severity severity)
{
	struct position at = sources_position(p->sources, span.begin);
	struct slice line = source_line(at.source, at.line);
	size_t start = (size_t)(line.data - at.source->text.data);
	size_t mark = at.byte - start;

	if (line.len == 0 || mark > line.len)
		return;
	size_t mark_end = mark + (span.end - span.begin);
	size_t begin = 0, end = line.len;

	if (mark_end > line.len)
		mark_end = line.len;
	if (mark > WIDTH - LEAD)
		begin = back_to_character(line, mark - LEAD);
	if (end - begin > WIDTH)
		end = back_to_character(line, begin + WIDTH);
	if (mark_end > end)
		mark_end = end;
	fprintf(p->out, "%5zu | %s", at.line, begin > 0 ? "..." : "");
	print_line(p, line, begin, end, at.source->base + (uint32_t)start);
	fprintf(p->out, "%s\n      | %*s%s^", end < line.len ? "..." : "",
		(int)(columns(line, begin, mark) + (begin > 0 ? 3 : 0)), "",
		paint(p, severity_color(severity)));
	for (size_t n = columns(line, mark, mark_end); n > 1; n--)
		fputc('~', p->out);
	fprintf(p->out, "%s\n", paint(p, "\033[0m"));
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
begin(FILE *out)
{
	(void)out;
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

const struct report_format report_text = { "text", begin, file, begin };
