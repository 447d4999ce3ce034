/*
 * What was done to a text, as a unified diff: lines that went, lines that
 * came, and three lines around them.
 */
#pragma once

#include <stdio.h>

#include "fix/draft.h"

/* Bytes `begin` to `end` of a text. */
struct stretch {
	size_t begin;
	size_t end;
};

/*
 * Print the way from the original to the draft; nothing where they are the
 * same. `secrets` of the original, which ascend, become stars, and what could
 * harm a terminal becomes \xNN: false when there was any of it in the diff, so
 * that it is for reading only.
 */
bool diff_print(FILE *out, const char *name, const struct draft *d,
		const struct stretch *secrets, size_t count);
