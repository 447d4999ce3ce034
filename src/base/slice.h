/* Text slices: a pointer and a length, never NUL-terminated by promise. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct slice {
	const char *data;
	size_t len;
};

/* The two arguments that "%.*s" wants. */
#define SLICE(s) (int)(s).len, (s).data

/* A slice of a string literal. */
#define SLICE_LITERAL(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

/* The slice of a NUL-terminated string; NULL gives the empty slice. */
struct slice slice_of(const char *text);

bool slice_equal(struct slice a, struct slice b);

/* Equal but for the case of ASCII letters; locale plays no part. */
bool slice_equal_nocase(struct slice a, struct slice b);

bool slice_is_nocase(struct slice a, const char *text);
bool slice_has_prefix(struct slice a, const char *prefix);

/* Order by bytes, the shorter first where one begins the other. */
int slice_cmp(struct slice a, struct slice b);

/* The part from `begin` on, at most `len` bytes; both are clamped. */
struct slice slice_sub(struct slice a, size_t begin, size_t len);

/* Cut at the first `sep`: returns what precedes it and leaves the rest. */
struct slice slice_split(struct slice *rest, char sep);

/*
 * Read a whole slice as a decimal number of at most `max`. False when it is
 * empty, holds anything but digits, or is larger.
 */
bool slice_to_uint(struct slice a, unsigned long long max,
		   unsigned long long *value);

/* Equal to a NUL-terminated text; looks no further than the first difference. */
static inline bool
slice_is(struct slice a, const char *text)
{
	for (size_t i = 0; i < a.len; i++)
		if (text[i] == '\0' || text[i] != a.data[i])
			return false;
	return text[a.len] == '\0';
}

/* The lower-case form of an ASCII letter, any other byte unchanged. */
static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is it one of the characters of `set`? A NUL never is. */
static inline bool
ascii_is_one_of(char c, const char *set)
{
	for (; *set != '\0'; set++)
		if (c == *set)
			return true;
	return false;
}

static inline bool
ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}
