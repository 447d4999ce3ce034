#include "intent/glob.h"

#include <limits.h>
#include <string.h>

/*
 * The places of the path that can be reached with the pattern up to here: a
 * place is before the byte of that number. Each token of the pattern moves
 * them on, so nothing is tried twice.
 */
struct reach {
	bool at[PATH_MAX + 1];
};

enum token_kind {
	TOKEN_BYTE,
	TOKEN_ANY, /* ? */
	TOKEN_SET, /* [...] */
	TOKEN_STAR,
	TOKEN_STARS, /* ** */
	TOKEN_DIRECTORIES, /* ** and the '/' behind it, after a '/' */
};

struct token {
	enum token_kind kind;
	char byte;
	struct slice set; /* what is between the brackets */
};

/* The bracket that closes the set at the begin of `s`, or s.len. */
static size_t
set_length(struct slice s)
{
	size_t i = 1;

	if (i < s.len && (s.data[i] == '!' || s.data[i] == '^'))
		i++;
	if (i < s.len && s.data[i] == ']')
		i++;
	while (i < s.len && s.data[i] != ']')
		i++;
	return i;
}

static struct token
next_token(struct slice *rest, bool at_segment)
{
	struct slice s = *rest;
	size_t used = 1;
	struct token t = { TOKEN_BYTE, s.data[0], { NULL, 0 } };

	if (s.data[0] == '?') {
		t.kind = TOKEN_ANY;
	} else if (s.data[0] == '\\' && s.len > 1) {
		t.byte = s.data[1];
		used = 2;
	} else if (s.data[0] == '*') {
		while (used < s.len && s.data[used] == '*')
			used++;
		t.kind = used == 1 ? TOKEN_STAR : TOKEN_STARS;
		if (used > 1 && at_segment && used < s.len &&
		    s.data[used] == '/') {
			t.kind = TOKEN_DIRECTORIES;
			used++;
		}
	} else if (s.data[0] == '[' && set_length(s) < s.len) {
		t.kind = TOKEN_SET;
		used = set_length(s) + 1;
		t.set = slice_sub(s, 1, used - 2);
	}
	*rest = slice_sub(s, used, s.len);
	return t;
}

static bool
set_has(struct slice set, char c)
{
	bool negated = set.len > 0 && (set.data[0] == '!' || set.data[0] == '^');
	unsigned char u = (unsigned char)c;

	for (size_t i = negated; i < set.len; i++) {
		unsigned char low = (unsigned char)set.data[i], high = low;

		if (i + 2 < set.len && set.data[i + 1] == '-') {
			high = (unsigned char)set.data[i + 2];
			i += 2;
		}
		if (u >= low && u <= high)
			return !negated;
	}
	return negated;
}

static bool
takes(const struct token *t, char c)
{
	switch (t->kind) {
	case TOKEN_BYTE:
		return c == t->byte;
	case TOKEN_SET:
		return c != '/' && set_has(t->set, c);
	default:
		return c != '/';
	}
}

static size_t
character_end(struct slice path, size_t i)
{
	do
		i++;
	while (i < path.len && ((unsigned char)path.data[i] & 0xc0) == 0x80);
	return i;
}

/* One character. */
static void
advance(struct reach *r, struct slice path, const struct token *t)
{
	struct reach next;

	memset(next.at, 0, path.len + 1);
	for (size_t i = 0; i < path.len; i++)
		if (r->at[i] && takes(t, path.data[i]))
			next.at[t->kind == TOKEN_ANY ? character_end(path, i)
						     : i + 1] = true;
	memcpy(r->at, next.at, path.len + 1);
}

/* Any number of characters. */
static void
spread(struct reach *r, struct slice path, const struct token *t)
{
	bool begun = false;

	for (size_t i = 0; i <= path.len; i++) {
		begun |= r->at[i];
		if (t->kind == TOKEN_DIRECTORIES)
			r->at[i] |= begun && i > 0 && path.data[i - 1] == '/';
		else
			r->at[i] = begun;
		if (t->kind == TOKEN_STAR && i < path.len &&
		    path.data[i] == '/')
			begun = false;
	}
}

bool
glob_match(struct slice pattern, struct slice path)
{
	struct reach r;
	bool at_segment = true;

	if (path.len > PATH_MAX)
		return false;
	memset(r.at, 0, path.len + 1);
	r.at[0] = true;
	while (pattern.len > 0) {
		struct token t = next_token(&pattern, at_segment);

		if (t.kind >= TOKEN_STAR)
			spread(&r, path, &t);
		else
			advance(&r, path, &t);
		at_segment = t.kind == TOKEN_DIRECTORIES ||
			     (t.kind == TOKEN_BYTE && t.byte == '/');
	}
	return r.at[path.len];
}

const char *
glob_fault(struct slice pattern)
{
	struct slice rest = pattern;

	if (pattern.len == 0)
		return "an empty pattern matches no file";
	if (pattern.len > PATH_MAX)
		return "the pattern is longer than any path";
	if (pattern.data[pattern.len - 1] == '/')
		return "a pattern that ends in '/' matches no file";
	while (rest.len > 0) {
		struct slice before = rest;
		struct token t = next_token(&rest, false);

		if (t.kind == TOKEN_BYTE && before.data[0] == '[')
			return "the pattern has a '[' without its ']'";
	}
	return NULL;
}
