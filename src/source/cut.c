#include "source/cut.h"

/* Spaces and tabs before `begin` in its line, or behind `end`. */
static size_t
blanks_before(struct slice text, size_t begin)
{
	size_t n = 0;

	while (n < begin && (text.data[begin - n - 1] == ' ' ||
			     text.data[begin - n - 1] == '\t'))
		n++;
	return n;
}

static size_t
blanks_behind(struct slice text, size_t end)
{
	size_t n = 0;

	while (end + n < text.len &&
	       (text.data[end + n] == ' ' || text.data[end + n] == '\t'))
		n++;
	return n;
}

/* The length of the line end at `at`, which is none but at a line's end. */
static size_t
line_end(struct slice text, size_t at)
{
	struct slice rest = slice_sub(text, at, 2);

	return slice_has_prefix(rest, "\r\n") ? 2 : slice_has_prefix(rest, "\n");
}

struct span
cut_span(const struct sources *s, struct span span)
{
	const struct source *src = sources_find(s, span);
	struct slice text = src->text;
	size_t begin = span.begin - src->base, end = span.end - src->base;
	size_t before = blanks_before(text, begin);
	size_t behind = blanks_behind(text, end);
	size_t next = line_end(text, end + behind);
	bool starts = begin == before || text.data[begin - before - 1] == '\n';
	bool ends = next > 0 || end + behind == text.len;

	if (starts && ends) {
		begin -= before;
		end += behind + next;
	} else if (starts || !ends) {
		end += behind;
	} else {
		begin -= before;
	}
	return (struct span){ src->base + (uint32_t)begin,
			      src->base + (uint32_t)end };
}
