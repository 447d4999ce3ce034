/*
 * Findings that are known already: a file of them lets a run report what is
 * new. Each is known by its rule, its file and the fingerprint of its
 * statement, so that lines may move.
 */
#pragma once

#include "lint/lint.h"

struct baseline;

/*
 * An empty one, to be stored at `path`; names in it are relative to the
 * directory of that. Lives in the arena.
 */
struct baseline *baseline_new(struct arena *a, const char *path);

/* What is stored at `path`. NULL with `*why` set when it is no baseline. */
struct baseline *baseline_load(struct arena *a, const char *path,
			       const char **why);

/* Leave out of `r->diags` what is known, as often as it is known. */
void baseline_apply(struct baseline *b, struct lint_result *r);

/* Add all findings, and leave them out. Fatal ones stay where they are. */
void baseline_record(struct baseline *b, struct lint_result *r);

/* How many findings it holds. */
size_t baseline_size(const struct baseline *b);

/*
 * Store it, all or nothing. A path within the include root must not lead out
 * of it. False with `*why` set when that fails.
 */
bool baseline_save(const struct baseline *b, const struct source_policy *limits,
		   const char **why);
