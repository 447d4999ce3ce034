/*
 * Address match lists as they are written: an ordered row of elements. What a
 * list matches is worked out by decide/acl.h.
 */
#pragma once

#include "base/addr.h"
#include "model/origin.h"

enum element_kind {
	ELEMENT_PREFIX, /* `hi`, `lo`, `family`, `len` */
	ELEMENT_ANY,
	ELEMENT_NONE,
	ELEMENT_KEY, /* `lo`: the number of the key */
	ELEMENT_LOCALHOST,
	ELEMENT_LOCALNETS,
	ELEMENT_LIST, /* `lo`: the number of the list */
	ELEMENT_UNKNOWABLE, /* depends on facts outside of the configuration */
};

/* 24 bytes, for there may be millions. Its text begins at `begin`. */
struct element {
	uint64_t hi;
	uint64_t lo;
	uint32_t begin;
	uint8_t kind; /* enum element_kind */
	uint8_t len;
	uint8_t family;
	bool negated;
};

enum {
	ON_ANY_PORT = -1,
};

/*
 * `id` is its place in the model's table of lists, which element lists refer
 * to. `port` and `transport` limit a list of transfers; see below.
 */
struct address_list {
	uint32_t id;
	bool apart; /* the networks of a place: never merged into another */
	const char *name; /* of a named list, else NULL */
	struct origin origin;
	const struct element *elements;
	size_t count;
};

static inline struct prefix
element_prefix(const struct element *e)
{
	return (struct prefix){
		{ e->hi, e->lo, (enum family)e->family }, e->len
	};
}
