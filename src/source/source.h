/*
 * The files of one configuration: their text, their lines, and which include
 * statement brought each of them. A file included twice is two sources.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/slice.h"
#include "source/span.h"

struct mirror; /* source/mirror.h */
struct overlay; /* source/overlay.h */

enum {
	/* All text of one configuration; spans are 32 bits wide. */
	SOURCE_BYTES_MAX = 768 * 1024 * 1024,
	SOURCE_DEPTH_MAX = 64,
	SOURCE_COUNT_MAX = 20000,
	SOURCE_ATTEMPTS_MAX = 2 * SOURCE_COUNT_MAX, /* that fail among them */
};

struct source {
	const char *name; /* as people wrote it */
	/*
	 * Two NUL bytes follow it; a NUL inside is kept as \x01, and
	 * `has_nul` says so.
	 */
	struct slice text;
	bool has_nul;
	uint32_t base; /* its place in the concatenation */
	const struct source *parent; /* NULL: named on the command line */
	struct span included_at; /* the include statement, in `parent` */
	unsigned depth;
	dev_t dev;
	ino_t ino;
	size_t *lines; /* starts of lines, made when first asked for */
	size_t line_count;
	size_t *characters; /* before every so many bytes, made with them */
};

/* Where a span begins, counted from 1. */
struct position {
	const struct source *source;
	size_t line;
	size_t column; /* in characters (UTF-8 sequences) */
	size_t byte; /* offset in the file, from 0 */
};

/* What may be opened. Strings are NULL where they do not apply. */
struct source_policy {
	const char *include_root; /* nothing outside of it is opened */
	const char *chroot; /* put before every absolute path */
	const struct mirror *mirror; /* stands in for some of the files */
};

enum source_status {
	SOURCE_OK,
	SOURCE_UNREADABLE, /* missing, a directory, not a regular file... */
	SOURCE_OUTSIDE_ROOT,
	SOURCE_TOO_LARGE,
	SOURCE_LOOP, /* it is being read already, further up */
	SOURCE_TOO_DEEP,
};

struct sources;

/* `policy` is copied; its strings must outlive the sources. */
struct sources *sources_new(struct arena *a, struct source_policy policy);

/* Take texts from `overlay` where it has them; the files must exist. */
void sources_use_overlay(struct sources *s, const struct overlay *overlay);

/* The policy's root does not exist: sources_new() cannot say so itself. */
bool sources_root_is_usable(const struct sources *s);

/*
 * Load `path`, included at `at` in `parent` (NULL for a file of the command
 * line). Only regular files are read. On failure `*why` says what the
 * operating system said, in words.
 */
enum source_status sources_load(struct sources *s, const char *path,
				const struct source *parent, struct span at,
				const struct source **out, const char **why);

/* No further file will be read: there were too many. */
bool sources_are_full(const struct sources *s);

/* Text that is at hand already, or that comes from the open file `fd`. */
const struct source *sources_add_text(struct sources *s, const char *name,
				      struct slice text);
enum source_status sources_add_fd(struct sources *s, const char *name, int fd,
				  const struct source **out, const char **why);

/*
 * The files a pattern stands for, in byte order of their names, or none.
 * False when a directory of it cannot be read, with errno E2BIG when there are
 * too many; directories outside of the policy's root are never read.
 */
bool sources_glob(struct sources *s, const char *pattern, bool braces,
		  const char ***names, size_t *count);

/* What was looked for: files that could not be had, and patterns. */
const char *const *sources_sought(const struct sources *s, size_t *count);

/*
 * Values that must never be shown: noted by the front ends in ascending order,
 * left out by everybody who prints source text.
 */
void sources_add_secret(struct sources *s, struct span span);

/* How many are noted; forget those beyond the first `count`. */
size_t sources_secret_count(const struct sources *s);
void sources_drop_secrets(struct sources *s, size_t count);

/* The first secret that overlaps `span`; false when there is none. */
bool sources_secret_in(const struct sources *s, struct span span,
		       struct span *secret);

/* The source a span begins in. */
const struct source *sources_find(const struct sources *s, struct span span);

/*
 * The item of a list that begins at `offset`: the word there, with the `!` or
 * the `{` in front of it.
 */
struct span sources_item(const struct sources *s, uint32_t offset);

struct position sources_position(const struct sources *s, uint32_t offset);

/* The text of line `line` (from 1), without its end. */
struct slice source_line(const struct source *src, size_t line);

/* The bytes of a span, which must lie within one source. */
struct slice sources_text(const struct sources *s, struct span span);

/* Every source, in the order of loading. */
size_t sources_count(const struct sources *s);
const struct source *sources_at(const struct sources *s, size_t i);
