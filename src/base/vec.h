/*
 * Growable arrays in an arena: `struct { T *at; size_t len, cap; }`, made by
 * VEC(T). They hold plain values and double as they grow.
 */
#pragma once

#include "base/arena.h"

#define VEC(type)                                                              \
	struct {                                                               \
		type *at;                                                      \
		size_t len;                                                    \
		size_t cap;                                                    \
	}

/* Make room for one more and yield its place: *VEC_PUSH(a, &v) = x. */
#define VEC_PUSH(arena, v)                                                     \
	((v)->len < (v)->cap                                                   \
		 ? &(v)->at[(v)->len++]                                        \
		 : ((v)->at = vec_grow((arena), (v)->at, &(v)->cap,            \
				       sizeof(*(v)->at)),                      \
		    &(v)->at[(v)->len++]))

/* The array of twice the capacity, for VEC_PUSH. */
static inline void *
vec_grow(struct arena *a, void *at, size_t *cap, size_t size)
{
	size_t had = *cap;

	*cap = had == 0 ? 8 : had * 2;
	return arena_grow(a, at, had * size, *cap * size);
}

/* Room for `n` at once, in an empty array; what is not used costs nothing. */
#define VEC_RESERVE(arena, v, n)                                               \
	((v)->cap = (n),                                                       \
	 (v)->at = arena_alloc((arena), (v)->cap * sizeof(*(v)->at)))
