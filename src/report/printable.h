/* Text from a configuration, made fit to be printed. */
#pragma once

#include <stdio.h>

#include "base/arena.h"

/* The length of the UTF-8 sequence `text` begins with; 0 when it is none. */
size_t utf8_length(struct slice text);

/*
 * The length of the character that `text` begins with, and whether it may be
 * shown: it is UTF-8, and nothing that a terminal acts on, that turns text
 * around, or that hides in it.
 */
size_t next_character(struct slice text, bool *shown);

/* How many bytes of ASCII without controls `text` begins with. */
size_t plain_length(struct slice text);

/*
 * Write `text` with control characters, and bytes that are no UTF-8, as \xNN.
 * What could change the order of text on a terminal (bidirectional controls)
 * is written so as well.
 */
void print_safely(FILE *out, struct slice text);

/* The same into the arena, as valid UTF-8 without a NUL. */
const char *make_printable(struct arena *a, struct slice text);

/*
 * Can `text` be told byte for byte in a format that has escapes of its own for
 * the ends of lines and for tabs?
 */
bool is_exact(struct slice text);
