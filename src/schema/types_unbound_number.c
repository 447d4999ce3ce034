/* Numbers: Unbound reads most of them with atoi(3), and so with what follows. */
#include <limits.h>

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

/* "0" is the one way to write zero. */
static bool
is_number(struct slice text)
{
	return slice_is(text, "0") || type_ub_atoi(text) != 0;
}

bool
type_ub_integer(struct match *m, const struct notation *n,
		const struct node **term)
{
	struct slice text = node_text(*term);

	if (!is_number(text))
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
	return (node_text(*term).len == 0 || is_number(node_text(*term))) &&
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

/* Digits, then k, m or g in either case, then b. */
bool
type_ub_memory_size(struct match *m, const struct notation *n,
		    const struct node **term)
{
	struct slice text = node_text(*term);
	unsigned long long value;

	(void)m, (void)n;
	if (text.len > 1 && ascii_lower(text.data[text.len - 1]) == 'b')
		text.len--;
	if (text.len > 1) {
		char unit = ascii_lower(text.data[text.len - 1]);

		text.len -= unit == 'k' || unit == 'm' || unit == 'g';
	}
	return slice_to_uint(text, ULLONG_MAX, &value) && type_ub_next(term);
}

static bool
is_port(struct slice text)
{
	unsigned long long port;

	return slice_to_uint(text, 65535, &port);
}

bool
type_ub_port_range(struct match *m, const struct notation *n,
		   const struct node **term)
{
	struct slice high = node_text(*term);
	struct slice text = high;
	struct slice low = slice_split(&high, '-');

	(void)m, (void)n;
	if (low.len == text.len)
		return is_port(text) && type_ub_next(term);
	return is_port(low) && is_port(high) && type_ub_next(term);
}

bool
type_ub_port_list(struct match *m, const struct notation *n,
		  const struct node **term)
{
	struct slice rest = node_text(*term);

	(void)m, (void)n;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0;)
		if (!is_port(w))
			return false;
	return type_ub_next(term);
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
