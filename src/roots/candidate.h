/*
 * One file of a repository, as far as it matters to which configurations
 * there are: whether it is one, and what it includes.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/vec.h"

struct lint_options;

struct file_id {
	dev_t dev;
	ino_t ino;
};

enum candidate_kind {
	CANDIDATE_FOREIGN, /* in neither language */
	CANDIDATE_PART, /* made to be included */
	CANDIDATE_WHOLE, /* a server could be started with it */
	CANDIDATE_UNREADABLE, /* for those to tell who are to check it */
};

struct candidate {
	const char *name;
	enum candidate_kind kind;
	bool declared; /* an entry of the intent file is for it */
	bool left_out; /* there are entries, and none is for it */
	bool undeclared; /* its intent file is wrong: nobody knows */
	struct file_id id;
	const struct file_id *reads; /* what it includes, in ascending order */
	size_t read_count;
	const char *const *missed; /* includes that could not be had */
	size_t missed_count;
	const char *const *sought; /* paths and patterns it looks for */
	size_t sought_count;
};

/*
 * Is it, by its name, something else that may well begin like a configuration?
 * `server:` opens many a YAML file, and a manual quotes what it speaks of.
 */
bool candidate_is_document(const char *name);

/* Could the file include anything at all? A cheap look. */
bool candidate_is_likely(const struct lint_options *o, const char *name);

/* Read `name` with all that it includes. */
void candidate_read(struct arena *a, const struct lint_options *o,
		    const char *name, struct candidate *out);

/* Is the file `id` one of those that it includes? */
bool candidate_reads(const struct candidate *c, struct file_id id);

/* Would it read a file at this absolute path, if there were one? */
bool candidate_seeks(const struct candidate *c, const char *path);
