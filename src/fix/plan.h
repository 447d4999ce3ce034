/*
 * Which findings can be mended at once: the edits of all of them by file, and
 * of those that overlap the first. Those that narrow wait for all others.
 */
#pragma once

#include "base/strmap.h"
#include "base/vec.h"
#include "fix/target.h"
#include "fix/verify.h"

/* A file with fixes, from the first time on that one is seen. */
struct mending {
	size_t number; /* its place in the list */
	struct target *target; /* NULL: it cannot be written */
	const char *why; /* then: the reason */
	const char *name; /* as people wrote it */
	dev_t dev;
	ino_t ino;
	bool returns; /* its lines end with "\r\n" */
	const struct draft *original;
	const struct draft *draft; /* with all that was accepted */
	struct slice text; /* of the draft */
};

struct mendings {
	struct arena *arena;
	struct source_policy policy;
	VEC(struct mending *) list; /* in the order they were seen */
	struct strmap *by_file;
};

struct mendings mendings_new(struct arena *a, struct source_policy policy);

/* An edit in one of the files, and the finding that it mends. */
struct planned {
	const struct mending *file;
	size_t candidate;
	struct edit edit;
};

struct candidate {
	const struct diag *diag;
	bool waits; /* for another one, which goes first */
};

struct plan {
	VEC(struct candidate) candidates;
	VEC(struct planned) edits; /* by file and place */
};

/* Is the finding to be left alone? */
typedef bool plan_skip_fn(const void *context, const struct source *src,
			  const struct diag *d);

/*
 * The plan for all findings of `r` that have fixes in files that can be
 * written; opens those that are new. Lives in `a`.
 */
struct plan plan_make(struct arena *a, struct mendings *m,
		      struct lint_result *r, plan_skip_fn *skip,
		      const void *context);

/* How many findings the plan can mend at once. */
size_t plan_size(const struct plan *p);

/* The first `take` of them. Its files are those of `m`, by number. */
struct attempt plan_attempt(struct arena *a, const struct plan *p,
			    const struct mendings *m, size_t take);
