#include "schema/release.h"

enum { MINOR = 1000, MAJOR = 1000 * 1000 };

uint32_t
release_parse(struct slice text, unsigned patch)
{
	unsigned long long part[3] = { 0, 0, patch };
	size_t n = 0;
	struct slice rest = text;

	while (n < 3 && rest.data < text.data + text.len) {
		struct slice head = slice_split(&rest, '.');

		if (!slice_to_uint(head, RELEASE_LAST, &part[n++]))
			return 0;
	}
	if (n < 2 || rest.len > 0 ||
	    text.data[text.len - 1] == '.')
		return 0;
	return (uint32_t)(part[0] * MAJOR + part[1] * MINOR + part[2]);
}

struct known {
	enum dialect dialect;
	uint32_t oldest;
	uint32_t newest;
	const char *software;
};

static const struct known known[] = {
	{ DIALECT_NAMED, 9 * MAJOR + 16 * MINOR,
	  9 * MAJOR + 21 * MINOR + RELEASE_LAST, "BIND 9.16 to 9.21" },
	{ DIALECT_UNBOUND, 1 * MAJOR + 13 * MINOR,
	  1 * MAJOR + 26 * MINOR + RELEASE_LAST, "Unbound 1.13 to 1.26" },
};

static const struct known *
of(enum dialect dialect)
{
	return &known[dialect == DIALECT_UNBOUND];
}

uint32_t
release_oldest(enum dialect dialect)
{
	return of(dialect)->oldest;
}

uint32_t
release_newest(enum dialect dialect)
{
	return of(dialect)->newest;
}

const char *
release_software(enum dialect dialect)
{
	return of(dialect)->software;
}

enum dialect
release_dialect(uint32_t release)
{
	switch (release / MAJOR) {
	case 9:
		return DIALECT_NAMED;
	case 1:
		return DIALECT_UNBOUND;
	default:
		return 0;
	}
}

const char *
release_format(struct arena *a, uint32_t release)
{
	unsigned patch = release % MINOR;
	unsigned minor = release / MINOR % MINOR;

	if (patch == 0 || patch == RELEASE_LAST)
		return arena_printf(a, "%u.%u", release / MAJOR, minor);
	return arena_printf(a, "%u.%u.%u", release / MAJOR, minor, patch);
}
