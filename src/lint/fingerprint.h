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

/*
 * One for each finding, different from all others: the rule, the statement's
 * fingerprint, and which of several alike it is. In the order of `diags`.
 */
const char *const *fingerprints_of(struct arena *a, const struct config *c,
				   const struct diag *const *diags,
				   size_t count);
