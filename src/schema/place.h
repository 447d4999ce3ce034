/* Contexts: where a statement stands, and what its block opens. */
#pragma once

#include "schema/option.h"

/* The context of a file's outermost statements. */
uint64_t place_top(enum dialect dialect);

/*
 * What the block of `statement` opens. For a zone that depends on its type; one
 * without a known type opens every zone context.
 */
uint64_t place_opened(const struct option *o, const struct node *statement);

/* The context of a zone of the type `name` of named.conf; 0: no such type. */
uint64_t place_zone_type(struct slice name);

/* People's name of a context: "'options'", "a forward zone", "'server:'". */
const char *place_name(enum dialect dialect, uint64_t where);

/* The same of several, joined by commas and "or". */
const char *place_list(struct arena *a, enum dialect dialect, uint64_t where);
