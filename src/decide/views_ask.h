/* What the files of the procedure share: a question that has found its view. */
#pragma once

#include "decide/trial.h"

struct ask {
	struct trial *t;
	const struct view *view;
	const struct views_manners *manners;
	uint32_t key; /* good in the view, or KEY_NONE */
	bool ra; /* recursion available to this client */
	bool recursive; /* ra, and it is asked for */
	const struct origin *ra_reason; /* what decided about `ra` */
	const struct element *ra_element; /* of allow-recursion */
	const struct address_list *ra_list;
	/* extended errors collected on the way */
	uint8_t ede[EDE_MAX];
	uint8_t ede_count;
};

/* Does the policy allow the source or the destination? */
bool ask_allows(struct ask *a, const struct policy *p, enum subject subject,
		const char *what);

void ask_note_error(struct ask *a, uint8_t ede);

/* A decision with the view, RA and extended errors of `a`. */
struct decision ask_decide(const struct ask *a, enum rcode rcode,
			   enum outcome outcome, enum bit aa,
			   const struct origin *reason);

/* The same, with the element that the trial's last list was decided by. */
struct decision ask_decide_by(const struct ask *a, enum rcode rcode,
			      enum outcome outcome, enum bit aa,
			      const struct origin *reason);

/* Has the zone data? What its files do not tell is supposed. */
bool ask_has_data(struct ask *a, const struct zone *z);

/* Tell people why it has none. */
void ask_note_no_data(struct ask *a, const struct zone *z);

/* views_rights.c */

/* Extended errors of refusals, where the release sends them. */
void ask_note_prohibited(struct ask *a);
/* "Not authoritative" goes with recursion that was asked for. */
void ask_note_not_authoritative(struct ask *a);

/* REFUSED by the trial's last list, and SERVFAIL for want of data. */
struct decision ask_refuse(struct ask *a, const struct origin *reason);
struct decision ask_fail(struct ask *a, const struct origin *reason);

/* Who may see the cache, at this destination? `*why` is who says so. */
bool ask_sees_cache(struct ask *a, const struct origin **why);

/* Is it a zone? NULL is none, and a mirror without data is as if it were. */
bool ask_counts(struct ask *a, const struct zone *z);

/*
 * May the client have answers from the zone? If not, `*d` is what it gets
 * instead.
 */
bool ask_may_query(struct ask *a, const struct zone *z, struct decision *d);

/* views_alias.c */

/* May a policy change the answer about `name`, or take it away? */
bool ask_is_rewritten(const struct ask *a, struct slice name);
/* What is known of an answer that one may change: nothing. */
struct decision ask_by_policy(const struct ask *a);

/*
 * The answer `d` of zone `z`, which begins with an alias for `target`: as it is
 * once the chain has ended.
 */
struct decision ask_answer_alias(struct ask *a, const struct zone *z,
				 struct decision d, struct slice target);

/* views_answer.c: an ordinary question. */
struct decision ask_answer(struct ask *a);

/*
 * May a zone that comes at run time have the name that is asked for? They may
 * lie anywhere but where one is written; `z` is the one found. True: `*d` is
 * all that can be said.
 */
bool ask_is_elsewhere(struct ask *a, const struct zone *z, struct decision *d);

/* views_change.c: UPDATE and NOTIFY. */
struct decision ask_update(struct ask *a);
struct decision ask_notify(struct ask *a);

/* views_transfer.c: AXFR and IXFR. */
struct decision ask_transfer(struct ask *a);
