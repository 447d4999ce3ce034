/*
 * What tells findings apart for longer than one run: not their line, which
 * moves with every edit above it, but the statement they are about.
 */
#pragma once

#include "ast/config.h"

struct fingerprints;

/* Indexes the statements of a configuration. */
struct fingerprints *fingerprints_new(struct arena *a, const struct config *c);

/*
 * Sixteen hexadecimal digits: a hash of the words of the innermost statement at
 * `span` and of those around it, without what is in their blocks. Blanks,
 * comments and secrets play no part. Outside of all statements it is that of
 * the line.
 */
const char *fingerprint_of(const struct fingerprints *f, struct span span);
