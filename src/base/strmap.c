#include "base/strmap.h"

#include <stdint.h>
#include <stdlib.h>

enum { SLOTS_MIN = 16 };

struct slot {
	const char *key; /* NULL: free */
	uint32_t len;
	uint32_t hash;
	void *value;
};

/* Of maps with nothing in them, which many are for good. */
static const struct slot no_slot;

struct strmap {
	struct arena *arena;
	struct slot *slots;
	size_t size; /* a power of two */
	size_t count;
	bool nocase;
};

/*
 * FNV-1a, 64 bits. The start differs from run to run (the table's address), so
 * that keys made to collide in a hostile file cannot be prepared.
 */
static uint32_t
hash_text(const struct strmap *m, struct slice key)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uintptr_t)m;

	for (size_t i = 0; i < key.len; i++) {
		char c = m->nocase ? ascii_lower(key.data[i]) : key.data[i];

		h = (h ^ (unsigned char)c) * UINT64_C(1099511628211);
	}
	return (uint32_t)(h ^ h >> 32);
}

struct strmap *
strmap_new(struct arena *a, bool nocase)
{
	struct strmap *m = ARENA_NEW(a, struct strmap);

	m->arena = a;
	m->size = 1;
	m->slots = (struct slot *)(uintptr_t)&no_slot;
	m->nocase = nocase;
	return m;
}

static struct slice
key_of(const struct slot *s)
{
	return (struct slice){ s->key, s->len };
}

static struct slot *
find_slot(const struct strmap *m, struct slice key, uint32_t hash)
{
	size_t i = hash & (m->size - 1);

	for (;; i = (i + 1) & (m->size - 1)) {
		struct slot *s = &m->slots[i];

		if (s->key == NULL)
			return s;
		if (s->hash == hash &&
		    (m->nocase ? slice_equal_nocase(key_of(s), key)
			       : slice_equal(key_of(s), key)))
			return s;
	}
}

/* Slots for `count` entries and one more: four fifths are used at most. */
static size_t
size_for(const struct strmap *m, size_t count)
{
	size_t size = m->size < SLOTS_MIN ? SLOTS_MIN : m->size;

	while (count >= size / 5 * 4)
		size *= 2;
	return size;
}

static void
resize(struct strmap *m, size_t size)
{
	struct slot *old = m->slots;
	size_t old_size = m->size;

	m->size = size;
	m->slots = ARENA_ARRAY(m->arena, struct slot, size);
	for (size_t i = 0; i < old_size; i++)
		if (old[i].key != NULL)
			*find_slot(m, key_of(&old[i]), old[i].hash) = old[i];
}

void
strmap_reserve(struct strmap *m, size_t count)
{
	size_t size = size_for(m, count);

	if (size > m->size)
		resize(m, size);
}

void *
strmap_get(const struct strmap *m, struct slice key)
{
	if (key.data == NULL)
		key.data = "";
	return find_slot(m, key, hash_text(m, key))->value;
}

void **
strmap_at(struct strmap *m, struct slice key)
{
	if (key.data == NULL)
		key.data = "";
	strmap_reserve(m, m->count);
	uint32_t hash = hash_text(m, key);
	struct slot *s = find_slot(m, key, hash);

	if (s->key == NULL) {
		s->key = key.data;
		s->len = (uint32_t)key.len;
		s->hash = hash;
		m->count++;
	}
	return &s->value;
}

size_t
strmap_count(const struct strmap *m)
{
	return m->count;
}

static int
by_text(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

bool
strmap_next(const struct strmap *m, size_t *at, struct slice *key, void **value)
{
	while (*at < m->size && m->slots[*at].key == NULL)
		++*at;
	if (*at >= m->size)
		return false;
	*key = key_of(&m->slots[*at]);
	*value = m->slots[*at].value;
	++*at;
	return true;
}

const struct slice *
strmap_keys(struct arena *a, const struct strmap *m, size_t *count)
{
	struct slice *keys = ARENA_ARRAY(a, struct slice, m->count);
	size_t n = 0;

	for (size_t i = 0; i < m->size; i++)
		if (m->slots[i].key != NULL)
			keys[n++] = key_of(&m->slots[i]);
	qsort(keys, n, sizeof(*keys), by_text);
	*count = n;
	return keys;
}
