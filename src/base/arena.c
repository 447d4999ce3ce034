#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Chunks begin small, for the many small files, and soon get as large as the
 * huge pages they ask for: on large inputs page faults cost more than parsing.
 */
enum {
	CHUNK_MIN = 64 * 1024,
	CHUNK_HUGE = 2 * 1024 * 1024,
	CHUNK_MAX = 16 * 1024 * 1024,
};

struct chunk {
	struct chunk *prev;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct chunk *top;
	size_t next_size;
	size_t bytes;
	struct chunk *spare; /* released, with pages that are there already */
	struct arena *children;
	struct arena *sibling;
};

static void
die_of_hunger(void)
{
	fputs("dnslint: out of memory\n", stderr);
	exit(2);
}

static struct chunk *
chunk_alloc(size_t size)
{
	if (size < CHUNK_HUGE)
		return malloc(size);
	void *p = aligned_alloc(CHUNK_HUGE, size);

	if (p != NULL)
		madvise(p, size, MADV_HUGEPAGE);
	return p;
}

/* A chunk that was released and has room for `need` bytes, or NULL. */
static struct chunk *
take_spare(struct arena *a, size_t need)
{
	for (struct chunk **at = &a->spare; *at != NULL; at = &(*at)->prev)
		if ((*at)->size >= need) {
			struct chunk *c = *at;

			*at = c->prev;
			return c;
		}
	return NULL;
}

static struct chunk *
chunk_new(struct arena *a, size_t need)
{
	size_t size = need > a->next_size ? need : a->next_size;

	size += sizeof(struct chunk);
	if (size > CHUNK_HUGE / 2)
		size = (size + CHUNK_HUGE - 1) / CHUNK_HUGE * CHUNK_HUGE;
	struct chunk *c = chunk_alloc(size);

	if (c == NULL)
		die_of_hunger();
	c->size = size - sizeof(*c);
	if (a->next_size < CHUNK_MAX)
		a->next_size *= 2;
	return c;
}

static void
chunk_push(struct arena *a, size_t need)
{
	struct chunk *c = take_spare(a, need);

	if (c == NULL)
		c = chunk_new(a, need);
	c->prev = a->top;
	c->used = 0;
	a->top = c;
}

struct arena *
arena_new(void)
{
	struct arena *a = malloc(sizeof(*a));

	if (a == NULL)
		die_of_hunger();
	*a = (struct arena){ .next_size = CHUNK_MIN };
	chunk_push(a, 0);
	return a;
}

static void
free_chunks(struct chunk *c)
{
	for (struct chunk *prev; c != NULL; c = prev) {
		prev = c->prev;
		free(c);
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	for (struct arena *c = a->children, *next; c != NULL; c = next) {
		next = c->sibling;
		arena_free(c);
	}
	free_chunks(a->top);
	free_chunks(a->spare);
	free(a);
}

struct arena *
arena_child(struct arena *parent)
{
	struct arena *a = arena_new();

	a->sibling = parent->children;
	parent->children = a;
	return a;
}

static size_t
align_up(size_t size)
{
	size_t unit = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		die_of_hunger();
	return (size + unit - 1) / unit * unit;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	size = align_up(size);
	if (size > a->top->size - a->top->used)
		chunk_push(a, size);
	void *p = a->top->data + a->top->used;

	a->top->used += size;
	a->bytes += size;
	return p;
}

void *
arena_zalloc(struct arena *a, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 2 / size)
		count = SIZE_MAX / 2 / size + 1;
	void *p = arena_alloc(a, count * size);

	memset(p, 0, count * size);
	return p;
}

void *
arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	size_t had = align_up(old_size);
	size_t want = align_up(new_size);
	struct chunk *c = a->top;

	if (old != NULL && had <= c->used &&
	    (unsigned char *)old == c->data + c->used - had &&
	    want <= c->size - (c->used - had)) {
		c->used = c->used - had + want;
		a->bytes = a->bytes - had + want;
		return old;
	}
	if (old != NULL && want <= had)
		return old;
	void *p = arena_alloc(a, new_size);

	if (old != NULL)
		memcpy(p, old, old_size < new_size ? old_size : new_size);
	return p;
}

char *
arena_strdup(struct arena *a, struct slice text)
{
	char *p = arena_alloc(a, text.len + 1);

	if (text.len > 0)
		memcpy(p, text.data, text.len);
	p[text.len] = '\0';
	return p;
}

struct slice
arena_slice(struct arena *a, struct slice text)
{
	return (struct slice){ arena_strdup(a, text), text.len };
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	char *p = arena_alloc(a, len < 0 ? 1 : (size_t)len + 1);

	if (len < 0)
		p[0] = '\0';
	else
		vsnprintf(p, (size_t)len + 1, format, again);
	va_end(again);
	return p;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *p = arena_vprintf(a, format, args);

	va_end(args);
	return p;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->top, a->top->used };
}

void
arena_release(struct arena *a, struct arena_mark mark)
{
	while (a->top != mark.chunk) {
		struct chunk *c = a->top;

		a->top = c->prev;
		a->bytes -= c->used;
		c->prev = a->spare;
		a->spare = c;
	}
	a->bytes -= a->top->used - mark.used;
	a->top->used = mark.used;
}

size_t
arena_bytes(const struct arena *a)
{
	return a->bytes;
}
