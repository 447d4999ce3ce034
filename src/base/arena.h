/*
 * One arena per configuration holds text, tree, model, maps and diagnostics.
 * It is freed once, at the end. Running out of memory ends the program here
 * and nowhere else, so no caller tests for it.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/slice.h"

struct arena;

struct arena_mark {
	void *chunk;
	size_t used;
};

struct arena *arena_new(void);
void arena_free(struct arena *a);

/* An arena of its own that is freed with `parent`, and not otherwise. */
struct arena *arena_child(struct arena *parent);

/* Memory aligned for any type, with undefined content. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` zeroed objects of `size` bytes. */
void *arena_zalloc(struct arena *a, size_t count, size_t size);

/*
 * Resize the object `old` of `old_size` bytes; it grows in place when it was
 * the latest allocation, and is copied otherwise. `old` may be NULL.
 */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);

/* A NUL-terminated copy. */
char *arena_strdup(struct arena *a, struct slice text);

struct slice arena_slice(struct arena *a, struct slice text);

/* Formatted text, NUL-terminated. */
char *arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/*
 * Scratch work: everything allocated after the mark goes at its release. The
 * memory stays with the arena, for what is allocated next.
 */
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

/* Bytes handed out and not released, which tests look at. */
size_t arena_bytes(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_zalloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_zalloc((a), (n), sizeof(type)))
