/*
 * A directory that another one stands in for: the files of an old revision, say,
 * in the place of those of today.
 */
#pragma once

#include "base/arena.h"

struct mirror {
	const char *of; /* absolute; nothing needs to be there */
	const char *at; /* real path: what is below `of` is read here */
	const char *label; /* before names of files, with a ':'; or NULL */
	const struct mirror *next; /* applied to what this one makes, or NULL */
};

/*
 * Where `path` is to be read: a new path below `at`, or `path` itself where it
 * lies elsewhere. Symbolic links that lead to what is below `of` are followed
 * to its stand-in. `m` may be NULL.
 */
const char *mirror_path(const struct mirror *m, struct arena *a,
			const char *path);

/* The other way: the path below `of` of one that mirror_path() made. */
const char *mirror_original(const struct mirror *m, struct arena *a,
			    const char *path);

/*
 * What people are told that the file at `path` is called: by its label, or
 * without one by the place where it is read.
 */
const char *mirror_name(const struct mirror *m, struct arena *a,
			const char *path);
