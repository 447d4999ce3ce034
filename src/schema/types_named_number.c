#include "schema/types_named.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* More letters than these make no number (isccfg/duration.h, dns/ttl.c). */
enum { DURATION_MAX = 63 };

bool
type_boolean(struct match *m, const struct notation *n,
	     const struct node **term)
{
	static const char *const words[] = { "yes", "no",    "true",
					     "1",   "false", "0" };

	(void)m, (void)n;
	if ((*term)->kind != NODE_WORD)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (slice_is_nocase(node_text(*term), words[i]))
			return type_next(term);
	return false;
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

	if ((*term)->kind != NODE_WORD ||
	    !parse_number(node_text(*term), &value))
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
	size_t sign = text.len > 0 &&
		      (text.data[0] == '-' || text.data[0] == '+');
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
type_sizeval(struct match *m, const struct notation *n,
	     const struct node **term)
{
	struct slice text = node_text(*term);
	struct slice unit = slice_sub(text, signed_digits(text), text.len);

	(void)m, (void)n;
	if ((*term)->kind != NODE_WORD || text.len == 0)
		return false;
	if (unit.len == 0)
		return type_next(term);
	/* One letter alone is no size; the server wants two characters. */
	return unit.len == 1 && text.len >= 2 &&
	       strchr("kKmMgG", unit.data[0]) != NULL && type_next(term);
}

/* A number of at most 32 bits, then one of `units` (in capitals). */
static bool
take_part(struct slice *text, const char *units, const char **unit)
{
	unsigned long long value;
	size_t n = digits(*text);

	if (n == 0 || n == text->len ||
	    !slice_to_uint(slice_sub(*text, 0, n), UINT32_MAX, &value))
		return false;
	char c = text->data[n];

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	*unit = strchr(units, c);
	*text = slice_sub(*text, n + 1, text->len);
	return *unit != NULL && c != '\0';
}

/* Behind 'P': weeks alone, or years to days and behind 'T' hours to seconds. */
static bool
is_iso_duration(struct slice text)
{
	const char *units = "YMD";
	const char *unit;
	bool in_time = false;

	if (text.len > 1 && digits(text) == text.len - 1 &&
	    ascii_lower(text.data[text.len - 1]) == 'w')
		return take_part(&text, "W", &unit);
	while (text.len > 0) {
		if (!in_time && ascii_lower(text.data[0]) == 't') {
			in_time = true;
			units = "HMS";
			text = slice_sub(text, 1, text.len);
			continue;
		}
		if (!take_part(&text, units, &unit))
			return false;
		units = unit + 1;
	}
	return true;
}

/* A plain number, or numbers with units in any order (lib/dns/ttl.c). */
static bool
is_ttl(struct slice text, bool *too_large)
{
	static const char units[] = "wdhms";
	static const unsigned seconds[] = { 604800, 86400, 3600, 60, 1 };
	unsigned long long total = 0, value;

	*too_large = false;
	do {
		size_t n = digits(text);

		if (!slice_to_uint(slice_sub(text, 0, n), UINT32_MAX, &value))
			return false;
		text = slice_sub(text, n, text.len);
		if (text.len == 0)
			return total == 0;
		const char *unit = strchr(units, ascii_lower(text.data[0]));

		if (unit == NULL || *unit == '\0')
			return false;
		total += value * seconds[unit - units];
		text = slice_sub(text, 1, text.len);
	} while (text.len > 0);
	*too_large = total > UINT32_MAX;
	return !*too_large;
}

bool
type_duration(struct match *m, const struct notation *n,
	      const struct node **term)
{
	struct slice text = node_text(*term);
	bool too_large;

	(void)n;
	if ((*term)->kind != NODE_WORD || text.len == 0 ||
	    text.len > DURATION_MAX)
		return false;
	if (ascii_lower(text.data[0]) == 'p' &&
	    is_iso_duration(slice_sub(text, 1, text.len)))
		return type_next(term);
	if (is_ttl(text, &too_large))
		return type_next(term);
	if (too_large)
		match_fail(m, *term, NULL,
			   "%s is more than %u seconds",
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
