#include "model/zonetext.h"

static char
peek(const struct zone_text *t)
{
	return t->rest.len > 0 ? t->rest.data[0] : '\0';
}

static void
skip(struct zone_text *t, size_t n)
{
	t->rest = slice_sub(t->rest, n, t->rest.len);
}

static void
give_up(struct zone_text *t, struct slice at, const char *why)
{
	if (t->bad)
		return;
	t->bad = true;
	t->fault = at;
	t->why = why;
}

static bool
ends_token(char c)
{
	return ascii_is_space(c) || c == ';' || c == '(' || c == ')' ||
	       c == '"';
}

static void
take_quoted(struct zone_text *t, struct zone_line *line)
{
	size_t i = 1;

	while (i < t->rest.len && t->rest.data[i] != '"' &&
	       t->rest.data[i] != '\n')
		i += t->rest.data[i] == '\\' ? 2 : 1;
	if (i >= t->rest.len || t->rest.data[i] != '"') {
		give_up(t, t->rest, "this quote is not closed in its line");
		return;
	}
	*VEC_PUSH(t->arena, &line->tokens) = slice_sub(t->rest, 1, i - 1);
	skip(t, i + 1);
}

static void
take_word(struct zone_text *t, struct zone_line *line)
{
	size_t i = 0;

	while (i < t->rest.len && !ends_token(t->rest.data[i]))
		i += t->rest.data[i] == '\\' && i + 1 < t->rest.len ? 2 : 1;
	*VEC_PUSH(t->arena, &line->tokens) = slice_sub(t->rest, 0, i);
	skip(t, i);
}

static void
skip_comment(struct zone_text *t)
{
	while (t->rest.len > 0 && peek(t) != '\n')
		skip(t, 1);
}

/* One logical line, perhaps empty; false at the end of the text. */
static bool
read_line(struct zone_text *t, struct zone_line *line)
{
	struct slice opened = t->rest;
	unsigned open = 0;

	line->tokens.len = 0;
	line->begin = t->rest.data;
	line->blank_owner = peek(t) == ' ' || peek(t) == '\t';
	if (t->rest.len == 0)
		return false;
	while (t->rest.len > 0 && !t->bad) {
		char c = peek(t);

		if (c == '\n' && open == 0) {
			skip(t, 1);
			return true;
		}
		if (c == '(' && open++ == 0)
			opened = t->rest;
		if (c == ')' && open-- == 0)
			give_up(t, t->rest, "this parenthesis is not open");
		if (c == ';')
			skip_comment(t);
		else if (c == '"')
			take_quoted(t, line);
		else if (ends_token(c))
			skip(t, 1);
		else
			take_word(t, line);
	}
	if (open > 0)
		give_up(t, opened, "this parenthesis is not closed");
	return !t->bad;
}

bool
zone_text_next(struct zone_text *t, struct zone_line *line)
{
	while (read_line(t, line))
		if (line->tokens.len > 0)
			return true;
	return false;
}

/* A number with its unit, at the beginning of `rest`; false when it is none. */
static bool
take_part(struct slice *rest, unsigned long long *seconds)
{
	static const struct {
		char unit;
		unsigned seconds;
	} units[] = { { 'w', 604800 },
		      { 'd', 86400 },
		      { 'h', 3600 },
		      { 'm', 60 },
		      { 's', 1 } };
	unsigned long long value;
	size_t n = 0;

	while (n < rest->len && ascii_is_digit(rest->data[n]))
		n++;
	if (n == rest->len ||
	    !slice_to_uint(slice_sub(*rest, 0, n), UINT32_MAX, &value))
		return false;
	char unit = ascii_lower(rest->data[n]);

	*rest = slice_sub(*rest, n + 1, rest->len);
	for (size_t k = 0; k < sizeof(units) / sizeof(*units); k++)
		if (units[k].unit == unit) {
			*seconds += value * units[k].seconds;
			return true;
		}
	return false;
}

bool
zone_text_ttl(struct slice text, uint32_t *seconds)
{
	unsigned long long all = 0;

	if (!slice_to_uint(text, UINT32_MAX, &all)) {
		all = 0;
		if (text.len == 0)
			return false;
		while (text.len > 0)
			if (!take_part(&text, &all) || all > UINT32_MAX)
				return false;
	}
	*seconds = (uint32_t)all;
	return true;
}
