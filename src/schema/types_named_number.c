#include "schema/types_named.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* More letters than these make no number (isccfg/duration.h, dns/ttl.c). */
enum {
	DURATION_MAX = 63
};

bool
type_boolean_value(const struct node *n, bool *value)
{
	static const char *const words[] = { "yes", "true",  "1",
					     "no",  "false", "0" };
	size_t count = sizeof(words) / sizeof(*words);

	if (n == NULL || n->kind != NODE_WORD)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!slice_is_nocase(node_text(n), words[i]))
			continue;
		*value = i < count / 2;
		return true;
	}
	return false;
}

bool
type_boolean(struct match *m, const struct notation *n,
	     const struct node **term)
{
	bool value;

	(void)m, (void)n;
	return type_boolean_value(*term, &value) && type_next(term);
}

/*
 * Digits; with a leading 0 they are octal, with 0x in front hexadecimal, of
 * which the server's lexer takes only the decimal digits. False when the text
 * is no number; `*value` is ULLONG_MAX when it is too large.
 */
static bool
parse_number(struct slice text, unsigned long long *value)
{
	unsigned base = 10;

	if (text.len > 2 && text.data[0] == '0' &&
	    ascii_lower(text.data[1]) == 'x') {
		base = 16;
		text = slice_sub(text, 2, text.len);
	} else if (text.len > 1 && text.data[0] == '0') {
		base = 8;
	}
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit(text.data[i]) ||
		    (base == 8 && text.data[i] > '7'))
			return false;
		unsigned digit = (unsigned)(text.data[i] - '0');

		if (*value > (ULLONG_MAX - digit) / base)
			*value = ULLONG_MAX;
		else
			*value = *value * base + digit;
	}
	return text.len > 0;
}

bool
type_integer_value(const struct node *n, unsigned long long *value)
{
	return n != NULL && n->kind == NODE_WORD &&
	       parse_number(node_text(n), value);
}

static bool
check_range(struct match *m, const struct node *at, unsigned long long value,
	    unsigned long long low, unsigned long long high)
{
	if (value >= low && value <= high)
		return true;
	match_fail(m, at, NULL, "%s is out of range, %llu to %llu",
		   match_quote(m, at), low, high);
	return false;
}

bool
type_integer(struct match *m, const struct notation *n,
	     const struct node **term)
{
	unsigned long long value;
	unsigned long long low = 0, high = UINT32_MAX;

	if (!type_integer_value(*term, &value))
		return false;
	if (n->ranged) {
		low = (unsigned long long)n->low;
		high = (unsigned long long)n->high;
	}
	return check_range(m, *term, value, low, high) && type_next(term);
}

/* Decimal, whatever it begins with. */
static bool
parse_port(struct match *m, const struct node *at, unsigned long long *port)
{
	if (at->kind != NODE_WORD)
		return false;
	if (slice_to_uint(node_text(at), UINT16_MAX, port))
		return true;
	if (slice_to_uint(node_text(at), ULLONG_MAX, port))
		check_range(m, at, *port, 0, UINT16_MAX);
	return false;
}

bool
type_port(struct match *m, const struct notation *n, const struct node **term)
{
	unsigned long long port;

	(void)n;
	return parse_port(m, *term, &port) && type_next(term);
}

bool
type_portrange(struct match *m, const struct notation *n,
	       const struct node **term)
{
	unsigned long long low, high;
	const struct node *at = *term;

	(void)n;
	if (at->kind != NODE_WORD || !node_is(at, "range"))
		return parse_port(m, at, &low) && type_next(term);
	at = at->next;
	if (at == NULL || !parse_port(m, at, &low) || at->next == NULL ||
	    !parse_port(m, at->next, &high)) {
		match_fail(m, at == NULL ? *term : at, NULL,
			   "'range' takes two ports");
		return false;
	}
	if (low > high) {
		match_fail(m, at, NULL,
			   "the range begins at %llu, above its end %llu", low,
			   high);
		return false;
	}
	*term = at->next->next;
	return true;
}

/* How many digits `text` begins with. */
static size_t
digits(struct slice text)
{
	size_t n = 0;

	while (n < text.len && ascii_is_digit(text.data[n]))
		n++;
	return n;
}

bool
type_fixedpoint(struct match *m, const struct notation *n,
		const struct node **term)
{
	struct slice text = node_text(*term);
	size_t whole = digits(text), part = 0;

	(void)m, (void)n;
	if ((*term)->kind != NODE_WORD)
		return false;
	text = slice_sub(text, whole, text.len);
	if (text.len > 0 && text.data[0] == '.') {
		text = slice_sub(text, 1, text.len);
		part = digits(text);
		text = slice_sub(text, part, text.len);
	}
	return text.len == 0 && whole + part > 0 && whole <= 5 && part <= 2 &&
	       type_next(term);
}

/* What strtoull() of the C library reads: a sign may stand before digits. */
static size_t
signed_digits(struct slice text)
{
	size_t sign =
		text.len > 0 && (text.data[0] == '-' || text.data[0] == '+');
	size_t n = digits(slice_sub(text, sign, text.len));

	return n == 0 ? 0 : sign + n;
}

bool
type_percentage(struct match *m, const struct notation *n,
		const struct node **term)
{
	struct slice text = node_text(*term);

	(void)m, (void)n;
	return (*term)->kind == NODE_WORD &&
	       slice_is(slice_sub(text, signed_digits(text), text.len), "%") &&
	       type_next(term);
}

bool
type_size_value(const struct node *n, unsigned long long *bytes)
{
	static const char units[] = "kmg";

	if (n == NULL || n->kind != NODE_WORD)
		return false;
	struct slice text = node_text(n);
	size_t len = signed_digits(text);
	const char *unit = units;

	/* One letter alone is no size; a minus sign makes a huge one. */
	if (len == 0 || text.len > len + 1)
		return false;
	if (!slice_to_uint(slice_sub(text, 0, len), ULLONG_MAX, bytes))
		*bytes = text.data[0] == '+' ? 0 : ULLONG_MAX;
	if (text.len == len)
		return true;
	unit = strchr(units, ascii_lower(text.data[len]));
	if (unit == NULL || *unit == '\0')
		return false;
	for (const char *u = units; u <= unit; u++) {
		if (*bytes > ULLONG_MAX / 1024)
			return false;
		*bytes *= 1024;
	}
	return true;
}

bool
type_sizeval(struct match *m, const struct notation *n,
	     const struct node **term)
{
	unsigned long long bytes;

	(void)m, (void)n;
	return type_size_value(*term, &bytes) && type_next(term);
}

struct unit {
	char letter;
	unsigned seconds;
};

enum {
	DAY = 86400
};

/* Months and years as the server counts them (isccfg/duration.c). */
static const struct unit date_units[] = { { 'y', 365 * DAY },
					  { 'm', 31 * DAY },
					  { 'd', DAY } };
static const struct unit time_units[] = { { 'h', 3600 },
					  { 'm', 60 },
					  { 's', 1 } };
static const struct unit week_units[] = { { 'w', 7 * DAY } };
static const struct unit ttl_units[] = {
	{ 'w', 7 * DAY }, { 'd', DAY }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 }
};
enum {
	DATE_UNITS = 3,
	TIME_UNITS = 3,
	WEEK_UNITS = 1,
	TTL_UNITS = 5
};

/*
 * Take a number of at most 32 bits and one of `count` units off `*text`; adds
 * to `*seconds`. The index of the unit, or -1.
 */
static int
take_part(struct slice *text, const struct unit *units, int count,
	  unsigned long long *seconds)
{
	unsigned long long value;
	size_t n = digits(*text);

	if (n == text->len ||
	    !slice_to_uint(slice_sub(*text, 0, n), UINT32_MAX, &value))
		return -1;
	for (int i = 0; i < count; i++) {
		if (ascii_lower(text->data[n]) != units[i].letter)
			continue;
		*text = slice_sub(*text, n + 1, text->len);
		*seconds += value * units[i].seconds;
		return i;
	}
	return -1;
}

/* Behind 'P': weeks alone, or years to days and behind 'T' hours to seconds. */
static bool
parse_iso_duration(struct slice text, unsigned long long *seconds)
{
	const struct unit *units = date_units;
	int next = 0, count = DATE_UNITS;
	bool in_time = false;

	if (ascii_lower(text.len > 1 ? text.data[text.len - 1] : ' ') == 'w')
		return take_part(&text, week_units, WEEK_UNITS, seconds) == 0 &&
		       text.len == 0;
	while (text.len > 0) {
		if (!in_time && ascii_lower(text.data[0]) == 't') {
			in_time = true;
			units = time_units;
			next = 0;
			count = TIME_UNITS;
			text = slice_sub(text, 1, text.len);
			continue;
		}
		int i = take_part(&text, units + next, count - next, seconds);

		if (i < 0)
			return false;
		next += i + 1;
	}
	return true;
}

/* A plain number, or numbers with units in any order (lib/dns/ttl.c). */
static bool
parse_ttl(struct slice text, unsigned long long *seconds)
{
	while (digits(text) < text.len)
		if (take_part(&text, ttl_units, TTL_UNITS, seconds) < 0)
			return false;
	/* A last number without a unit stands alone. */
	return text.len == 0 ||
	       (*seconds == 0 && slice_to_uint(text, UINT32_MAX, seconds));
}

static bool
parse_duration(struct slice text, unsigned long long *seconds)
{
	*seconds = 0;
	if (text.len == 0 || text.len > DURATION_MAX)
		return false;
	if (ascii_lower(text.data[0]) != 'p')
		return parse_ttl(text, seconds);
	if (!parse_iso_duration(slice_sub(text, 1, text.len), seconds))
		return false;
	if (*seconds > UINT32_MAX)
		*seconds = UINT32_MAX;
	return true;
}

bool
type_duration_value(const struct node *n, unsigned long long *seconds)
{
	return n != NULL && n->kind == NODE_WORD &&
	       parse_duration(node_text(n), seconds);
}

bool
type_duration(struct match *m, const struct notation *n,
	      const struct node **term)
{
	unsigned long long seconds;

	(void)n;
	if (!type_duration_value(*term, &seconds))
		return false;
	if (seconds <= UINT32_MAX)
		return type_next(term);
	match_fail(m, *term, NULL, "%s is more than %u seconds",
		   match_quote(m, *term), UINT32_MAX);
	return false;
}

bool
type_duration_or_unlimited(struct match *m, const struct notation *n,
			   const struct node **term)
{
	if ((*term)->kind == NODE_WORD &&
	    slice_is(node_text(*term), "unlimited"))
		return type_next(term);
	return type_duration(m, n, term);
}
