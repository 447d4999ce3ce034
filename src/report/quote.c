#include "report/quote.h"

#include "report/printable.h"

enum { WIDTH = 100, LEAD = 30 };

struct page {
	FILE *out;
	const struct sources *sources;
};

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
	bool shown;
	size_t len = next_character(rest, &shown);

	if (secret)
		fputc('*', p->out);
	else if (*rest.data == '\t')
		fputc(' ', p->out);
	else if (!shown)
		fputc('?', p->out);
	else
		fwrite(rest.data, 1, len, p->out);
	return len;
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
		struct slice rest = slice_sub(line, i, end - i);
		size_t plain = any ? 0 : plain_length(rest);

		if (plain > 0) {
			fwrite(rest.data, 1, plain, p->out);
			i += plain;
			continue;
		}
		if (any && at >= secret.end) {
			whole.begin = at;
			any = sources_secret_in(p->sources, whole, &secret);
		}
		i += print_cell(p, rest, any && at >= secret.begin);
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

void
quote_print(FILE *out, const struct sources *sources, struct span span,
	    const char *color)
{
	struct position at = sources_position(sources, span.begin);
	struct slice line = source_line(at.source, at.line);
	size_t start = (size_t)(line.data - at.source->text.data);
	size_t mark = at.byte - start;
	struct page p = { out, sources };

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
	fprintf(out, "%5zu | %s", at.line, begin > 0 ? "..." : "");
	print_line(&p, line, begin, end, at.source->base + (uint32_t)start);
	fprintf(out, "%s\n      | %*s%s^", end < line.len ? "..." : "",
		(int)(columns(line, begin, mark) + (begin > 0 ? 3 : 0)), "",
		color == NULL ? "" : color);
	for (size_t n = columns(line, mark, mark_end); n > 1; n--)
		fputc('~', out);
	fprintf(out, "%s\n", color == NULL ? "" : "\033[0m");
}
