/*
 * What would have to be written so that a client gets an answer: the lists
 * that do not take it, opened one after the other.
 */
#pragma once

#include "decide/acl_excluded.h"
#include "model/views.h"
#include "predict/cause.h"

enum {
	OPENED_MAX = 8
};

/* Lists of the source, in the order in which the client meets them. */
struct opening {
	const struct address_list *lists[OPENED_MAX];
	struct decision steps[OPENED_MAX]; /* what each was opened for */
	size_t count;
	struct decision end; /* when all are open */
};

bool opening_is_turned_away(const struct decision *d);

/*
 * Open what turns the client away, and then what keeps a client that asks for
 * recursion from having it, until nothing does. `end` and the lists that are
 * open already are the caller's.
 */
void opening_go_on(const struct situation *s, struct opening *o);

/* The step that opens a list of the view; `closed` is NULL if it is open. */
struct decision opening_step(const struct situation *s, const struct view *v,
			     const struct policy *p);

/*
 * "add '10.0.0.1;' to 'allow-recursion' (named.conf:14)": what to write so that
 * the list of `d` takes the client.
 */
const char *opening_text(const struct situation *s, const struct decision *d);

/*
 * The exclusion by which a list that was written turns the client away;
 * `element` is NULL where there is none.
 */
struct acl_exclusion opening_exclusion(const struct situation *s,
				       const struct address_list *list);

/* "'!quarantine' (named.conf:2) keeps it out of 'offices'" */
const char *opening_keeps_out(const struct situation *s,
			      const struct acl_exclusion *x);

/* "named.conf:14" */
const char *opening_place(const struct situation *s, uint32_t offset);
