/* Numbers: Unbound reads most of them with atoi(3), and so with what follows. */
#include <limits.h>

#include "schema/rules.h"
#include "schema/types_unbound.h"

long long
type_ub_atoi(struct slice text)
{
	long long value = 0;
	size_t i = 0;
	bool negative = false;

	while (i < text.len && ascii_is_space(text.data[i]))
		i++;
	if (i < text.len && (text.data[i] == '-' || text.data[i] == '+'))
		negative = text.data[i++] == '-';
	for (; i < text.len && ascii_is_digit(text.data[i]); i++) {
		if (value > (LLONG_MAX - 9) / 10)
			return -1; /* strtol() stops at its limit */
		value = value * 10 + (text.data[i] - '0');
	}
	/* atoi() keeps the low 32 bits of what strtol() reads. */
	return (int)(unsigned)(unsigned long long)(negative ? -value : value);
}

bool
type_ub_count(struct match *m, const struct notation *n,
	      const struct node **term)
{
	(void)m, (void)n;
	return type_ub_atoi(node_text(*term)) >= 0 && type_ub_next(term);
}

bool
type_ub_is_number(struct slice text)
{
	return slice_is(text, "0") || type_ub_atoi(text) != 0;
}

bool
type_ub_integer(struct match *m, const struct notation *n,
		const struct node **term)
{
	struct slice text = node_text(*term);

	if (!type_ub_is_number(text))
		return false;
	if (n->ranged) {
		long long value = type_ub_atoi(text);

		if (value < n->low) {
			match_fail(m, *term, NULL,
				   "%s is less than %lld, the least allowed",
				   match_quote(m, *term), n->low);
			return false;
		}
		if (value > n->high) {
			match_fail(m, *term, NULL,
				   "%s is more than %lld, the most allowed",
				   match_quote(m, *term), n->high);
			return false;
		}
	}
	return type_ub_next(term);
}

bool
type_ub_integer_or_empty(struct match *m, const struct notation *n,
			 const struct node **term)
{
	(void)m, (void)n;
	return (node_text(*term).len == 0 || type_ub_is_number(node_text(*term))) &&
	       type_ub_next(term);
}

bool
type_ub_nonzero(struct match *m, const struct notation *n,
		const struct node **term)
{
	(void)m, (void)n;
	return type_ub_atoi(node_text(*term)) != 0 && type_ub_next(term);
}

bool
type_ub_power_of_two(struct match *m, const struct notation *n,
		     const struct node **term)
{
	long long value = type_ub_atoi(node_text(*term));

	(void)m, (void)n;
	return value > 0 && (value & (value - 1)) == 0 && type_ub_next(term);
}

static bool
is_all_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_digit(text.data[i]))
			return false;
	return true;
}

static char
last_of(struct slice text)
{
	return text.len > 0 ? ascii_lower(text.data[text.len - 1]) : '\0';
}

/*
 * Digits, then k, m or g in either case, then b; blanks may stand before the
 * unit and at the end. However large: the server does not look.
 */
static bool
is_memory_size(struct slice text)
{
	if (text.len > 0 && is_all_digits(text))
		return true;
	while (last_of(text) == ' ')
		text.len--;
	text.len -= text.len > 1 && last_of(text) == 'b';

	char unit = last_of(text);
	bool has_unit = text.len > 1 &&
			(unit == 'k' || unit == 'm' || unit == 'g');

	if (!has_unit && !ascii_is_digit(unit))
		return false;
	/* A last digit is passed over as a unit is. */
	text.len--;
	while (last_of(text) == ' ')
		text.len--;
	return is_all_digits(text);
}

bool
type_ub_memory_size(struct match *m, const struct notation *n,
		    const struct node **term)
{
	(void)m, (void)n;
	return is_memory_size(node_text(*term)) && type_ub_next(term);
}

/*
 * As strtol(3) reads, up to the end; "0" is the one way to write zero. -1 for
 * what is no port.
 */
static long
port_value(struct slice text)
{
	size_t i = 0;

	while (i < text.len && ascii_is_space(text.data[i]))
		i++;
	i += i < text.len && text.data[i] == '+';

	unsigned long long port;
	bool good = slice_to_uint(slice_sub(text, i, text.len), 65535, &port) &&
		    (port > 0 || slice_is(text, "0"));

	return good ? (long)port : -1;
}

bool
type_ub_port_range(struct match *m, const struct notation *n,
		   const struct node **term)
{
	struct slice high = node_text(*term);
	struct slice text = high;
	struct slice low = slice_split(&high, '-');

	(void)n;
	if (low.len == text.len)
		return port_value(text) >= 0 && type_ub_next(term);
	if (port_value(low) < 0 || port_value(high) < 0)
		return false;
	if (port_value(low) <= port_value(high))
		return type_ub_next(term);
	match_fail(m, *term, NULL, "the range %s has its ends the wrong way",
		   match_quote(m, *term));
	return false;
}

/* As strtol(3) in a loop, so that a sign begins a number as a blank does. */
bool
type_ub_port_list(struct match *m, const struct notation *n,
		  const struct node **term)
{
	struct slice text = node_text(*term);
	size_t i = 0;

	(void)m, (void)n;
	for (;;) {
		while (i < text.len && ascii_is_space(text.data[i]))
			i++;
		if (i == text.len)
			return type_ub_next(term);
		long long port = type_ub_atoi(slice_sub(text, i, text.len));

		i += text.data[i] == '-' || text.data[i] == '+';
		if (port < 0 || port > 65535 || i == text.len ||
		    !ascii_is_digit(text.data[i]))
			return false;
		while (i < text.len && ascii_is_digit(text.data[i]))
			i++;
	}
}

/* What the server does not check is taken, and pointed out. */
bool
type_ub_any_number(struct match *m, const struct notation *n,
		   const struct node **term)
{
	struct slice text = node_text(*term);

	(void)n;
	if (text.len == 0 || !is_all_digits(text))
		diag_add(m->diags, SEV_NOTE, RULE_UNCHECKED_VALUE, (*term)->span,
			 "%s is read as %lld", match_quote(m, *term),
			 type_ub_atoi(text));
	return type_ub_next(term);
}

/* YYYYMMDDHHMMSS, of which the last digit may be missing. */
static bool
is_date(struct slice text)
{
	static const struct {
		size_t digits;
		unsigned long long low, high;
	} fields[] = { { 4, 1970, 9999 }, { 2, 1, 12 }, { 2, 1, 31 },
		       { 2, 0, 23 },	  { 2, 0, 59 }, { 2, 0, 59 } };
	size_t at = 0;

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct slice field = slice_sub(text, at, fields[i].digits);
		unsigned long long value;

		if (at + field.len == text.len && !is_all_digits(field))
			field.len--;
		if (!slice_to_uint(field, fields[i].high, &value) ||
		    value < fields[i].low)
			return false;
		at += fields[i].digits;
	}
	return !slice_has_prefix(text, "19700101000000");
}

bool
type_ub_date(struct match *m, const struct notation *n,
	     const struct node **term)
{
	enum { DATE_LENGTH = 14 };
	struct slice text = node_text(*term);

	(void)m, (void)n;
	return (text.len == DATE_LENGTH ? is_date(text)
					: text.len == 0 || type_ub_is_number(text)) &&
	       type_ub_next(term);
}

/* As strtol(3) in a loop: whatever digits and signs begin with a digit. */
bool
type_ub_numbers(struct match *m, const struct notation *n,
		const struct node **term)
{
	struct slice rest = node_text(*term);
	size_t count = 0;

	(void)m, (void)n;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0; count++)
		for (size_t i = 0; i < w.len; i++)
			if (!ascii_is_digit(w.data[i]) && w.data[i] != '-')
				return false;
	return count > 0 && type_ub_next(term);
}

bool
type_ub_keysize_iterations(struct match *m, const struct notation *n,
			   const struct node **term)
{
	struct slice rest = node_text(*term);
	long long last = 0;
	size_t count = 0;

	(void)m, (void)n;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0; count++) {
		long long value = type_ub_atoi(w);

		/* "1024-2000" reads as two numbers. */
		for (size_t i = 1; i < w.len; i++)
			count += w.data[i] == '-';
		if (value == 0 && !slice_is(w, "0"))
			return false;
		if (count % 2 == 0 && value <= last)
			return false;
		if (count % 2 == 0)
			last = value;
	}
	return count > 0 && count % 2 == 0 && type_ub_next(term);
}

bool
type_ub_is_hex(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = ascii_lower(text.data[i]);

		if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
			return false;
	}
	return true;
}

bool
type_ub_cookie_secret(struct match *m, const struct notation *n,
		      const struct node **term)
{
	struct slice text = node_text(*term);

	(void)m, (void)n;
	return text.len == 32 && type_ub_is_hex(text) && type_ub_next(term);
}

bool
type_ub_nsid(struct match *m, const struct notation *n,
	     const struct node **term)
{
	struct slice text = node_text(*term);

	(void)m, (void)n;
	return (slice_has_prefix(text, "ascii_") ||
		(text.len % 2 == 0 && type_ub_is_hex(text))) &&
	       type_ub_next(term);
}
