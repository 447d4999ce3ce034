/*
 * Findings: what is wrong, where, what else matters to it and the edit that
 * mends it. Whoever finds something adds it; renderers read them in order.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "diag/severity.h"
#include "source/span.h"

/* More findings than this are counted, not kept. */
enum { DIAGS_MAX = 100000 };

struct diag_note {
	struct span span;
	bool has_span;
	const char *text;
	struct diag_note *next;
};

/* Replace the bytes of `span` (which may be empty) by `text`. */
struct fix {
	struct span span;
	const char *text;
	/* Meant to turn clients away; any other leaves all answers alone. */
	bool narrows;
	bool guess; /* for people to choose: not made unasked */
	struct fix *next;
};

struct diag {
	enum severity severity;
	const char *rule; /* its id; lives as long as the program */
	struct span span;
	bool fatal; /* the job cannot be done: exit status 2 */
	const char *message;
	struct diag_note *notes, *last_note;
	const char *help;
	struct fix *fixes, *last_fix;
};

struct diags;

struct diags *diags_new(struct arena *a);

/*
 * Add a finding at `span`; the result stays open for diag_note() and its
 * kin. The message is lower case, without a full stop, in words of the user.
 */
struct diag *diag_add(struct diags *d, enum severity severity,
		      const char *rule, struct span span, const char *format,
		      ...) __attribute__((format(printf, 5, 6)));

/* A note with a place of its own. */
void diag_note(struct diags *d, struct diag *diag, struct span span,
	       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A note without one. */
void diag_remark(struct diags *d, struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What to do about it, in one line. The last call counts. */
void diag_help(struct diags *d, struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The edits of a finding are made together or not at all. */
void diag_fix(struct diags *d, struct diag *diag, struct span span,
	      const char *text);

/* The same, where it may well not be what was meant. */
void diag_fix_guess(struct diags *d, struct diag *diag, struct span span,
		    const char *text);

/* The same, where it is meant to turn clients away, and nothing else. */
void diag_fix_narrowing(struct diags *d, struct diag *diag, struct span span,
			const char *text);

/* Is one of its fixes meant to turn clients away? */
bool diag_narrows(const struct diag *diag);

size_t diags_count(const struct diags *d);

/* Findings that DIAGS_MAX kept out, and the worst severity among them. */
size_t diags_dropped(const struct diags *d, enum severity *worst);

/*
 * All findings by place, then rule, equal ones once. Sorts in place; later
 * additions go behind until the next call.
 */
const struct diag *const *diags_sorted(struct diags *d, size_t *count);

/* The findings in the order they were made. */
struct diag *diags_at(struct diags *d, size_t i);

/*
 * Selecting: move finding `from` to place `to` (not behind it), and then forget
 * what lies beyond the first `count`.
 */
void diags_keep(struct diags *d, size_t to, size_t from);
void diags_truncate(struct diags *d, size_t count);

/* Has an error been found? */
bool diags_have_error(const struct diags *d);
