#include "lint/directive.h"

#include <string.h>

#include "base/vec.h"
#include "lint/directive_read.h"

/* A comment and the lines it stands in. */
struct comment {
	struct span span;
	const struct source *source;
	size_t first, last; /* lines */
	bool alone; /* in its lines */
	size_t means; /* the line that a directive in it is about */
};

static bool
is_blank(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_is_space(s.data[i]))
			return false;
	return true;
}

static struct comment
place_comment(const struct sources *s, struct span span)
{
	struct position at = sources_position(s, span.begin);
	struct position end = sources_position(s, span.end);
	struct slice first = source_line(at.source, at.line);
	struct slice last = source_line(at.source, end.line);
	size_t offset = span.begin - at.source->base;
	size_t before = (size_t)(at.source->text.data + offset - first.data);
	size_t behind = (size_t)(at.source->text.data +
				 (span.end - at.source->base) - last.data);

	return (struct comment){
		.span = span,
		.source = at.source,
		.first = at.line,
		.last = end.line,
		.alone = is_blank(slice_sub(first, 0, before)) &&
			 is_blank(slice_sub(last, behind, last.len)),
	};
}

/*
 * A comment alone is about the line behind it, or behind all the comments that
 * follow it without an empty line.
 */
static void
find_lines(struct comment *list, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		struct comment *c = &list[i];
		const struct comment *next = i + 1 < count ? c + 1 : NULL;

		c->means = c->alone ? c->last + 1 : c->first;
		if (next != NULL && c->alone && next->alone &&
		    next->source == c->source && next->first == c->last + 1)
			c->means = next->means;
	}
}

static bool
is_directive(const struct config *c, struct span span)
{
	struct slice text;

	return directive_text(sources_text(c->sources, span), &text);
}

/* What is in an included file is declared where that file is checked itself. */
static bool
is_for_others(const struct directive *d)
{
	return d->kind == DIRECTIVE_INTENT && d->source->parent != NULL;
}

static bool
is_at_top(const struct config *c, const struct comment *comment)
{
	const struct node *first = c->root->first;

	return comment->source == sources_at(c->sources, 0) &&
	       (first == NULL || comment->span.begin < first->span.begin);
}

struct directives
directives_read(struct arena *a, const struct config *c)
{
	VEC(struct directive) list = { 0 };
	struct directives all = { 0 };
	size_t first = 0;

	while (first < c->comment_count && !is_directive(c, c->comments[first]))
		first++;
	size_t count = c->comment_count - first;
	struct comment *comments = ARENA_ARRAY(a, struct comment, count);

	for (size_t i = 0; i < count; i++)
		comments[i] = place_comment(c->sources,
					    c->comments[first + i]);
	find_lines(comments, count);
	for (size_t i = 0; i < count; i++) {
		const struct comment *m = &comments[i];
		struct slice whole = sources_text(c->sources, m->span), text;
		struct directive d = { .span = m->span, .source = m->source,
				       .line = m->means };

		if (!directive_text(whole, &text))
			continue;
		struct position at = sources_position(c->sources,
						      m->span.begin);

		directive_parse(a, &d, text,
				m->span.begin +
					(uint32_t)(text.data - whole.data),
				is_at_top(c, m), &all.intent,
				(struct place_declared){ m->source->name,
							 at.line, at.column });
		if (!is_for_others(&d))
			*VEC_PUSH(a, &list) = d;
	}
	all.list = list.at;
	all.count = list.len;
	return all;
}
