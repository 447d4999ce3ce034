/*
 * One question of one client on its way through the server. A procedure
 * (views_decide(), access_decide()) puts its questions about addresses and
 * unknown facts to the trial, which answers and keeps count of how far the
 * answers hold: what was decided for `source` holds for every address up to
 * `until`. So the same procedure serves points and sets.
 */
#pragma once

#include "base/vec.h"
#include "decide/acl.h"
#include "decide/decision.h"
#include "decide/zones.h"

/* Facts looked at in one question; with more the outcome is unknown. */
enum { FACTS_MAX = 8 };

enum subject {
	SUBJECT_SOURCE,
	SUBJECT_DESTINATION,
};

/* One thing that was looked at, for people who ask why. */
struct trace_step {
	const char *what; /* a phrase: "the list of the zone" */
	const struct origin *origin; /* may be NULL */
	const struct element *element; /* that matched; NULL: none */
	const struct address_list *list;
	bool asked; /* a list was asked: `verdict` is its answer */
	enum verdict verdict;
	enum subject subject;
};

struct trace {
	struct arena *arena;
	VEC(struct trace_step) steps;
};

struct fact {
	const void *which;
	bool value;
};

/* A look at the source: at its place in a map, or in a network. */
struct look {
	const struct rangemap *map; /* NULL: at `network` */
	bool verdicts; /* its values are verdicts of a list */
	struct prefix network;
	uint32_t answer;
};

typedef VEC(struct look) look_vec;

/* One more than these is noted, as a sign that there are more. */
enum { LOOKS_MAX = 24 };

struct access_index;
struct reach;	   /* decide/reach.h */
struct approaches; /* decide/views.h */
struct view_choice; /* decide/view_choice.h */

struct trial {
	const struct model *model;
	struct acls *acls;
	struct access_index *access; /* of the service `access`, else NULL */
	const struct reach *reach;   /* of the service `views`, else NULL */
	struct arena *scratch; /* for names made on the way */
	struct zones *zones; /* data of zones */
	struct approaches *approaches; /* what is known already, or NULL */
	struct view_choice *choice; /* likewise, of views */
	const struct question *q;
	struct addr source;
	struct addr until;
	struct trace *trace; /* NULL: nobody asks why */
	look_vec *looks; /* what the run looked at; NULL: not wanted */
	/* Lists that are supposed to take the source, to see what is next. */
	const struct address_list *const *opened;
	size_t opened_count;
	/* what is supposed in this run; see trial_assume() */
	struct fact facts[FACTS_MAX];
	unsigned fact_count;
	bool too_many;
	/* the element that answered last, for the decision */
	const struct element *element;
	const struct address_list *list;
	const struct address_list *closed; /* it did not take the source */
};

/*
 * Does `list` allow the source or the destination, with signing key `key`?
 * NULL allows everybody. `what` and `origin` go into the trace.
 */
bool trial_allows(struct trial *t, const struct address_list *list,
		  enum subject subject, uint32_t key, const char *what,
		  const struct origin *origin);

/*
 * What trial_allows() finds of the destination for all clients of the family,
 * without a trace of having asked. NULL is VERDICT_YES; VERDICT_UNKNOWN where
 * it hangs on the client.
 */
enum verdict trial_destination(struct trial *t, const struct address_list *list,
			       enum family family, uint32_t key);

/* The key of the question where it is good in the view, else KEY_NONE. */
uint32_t trial_key(const struct trial *t, const struct view *v);

/* The value of `map` at the source. `hint` as for rangemap_find(). */
uint32_t trial_value(struct trial *t, const struct rangemap *map,
		     size_t *hint);

/* Is the source on the server's own host, as far as that is known? */
bool trial_is_local(struct trial *t);

/* Is the source in the network? What is decided holds as long as it is. */
bool trial_within(struct trial *t, struct prefix p);

/* Look again, at the source of another run: the answer. */
uint32_t trial_look(struct trial *t, const struct look *look, size_t *hint);

/*
 * Is the fact so? It is not known: the procedure is run for both answers, and
 * gets the same one each time it asks within one run. `which` is any address
 * that stands for the fact.
 */
bool trial_assume(struct trial *t, const void *which);

void trial_note(struct trial *t, const char *what,
		const struct origin *origin);

/* Begin a run for a client at `source`: no facts yet, no end in sight. */
void trial_begin(struct trial *t, struct addr source);

typedef struct decision procedure_fn(struct trial *t);

/*
 * What happens to a client at `source`, and up to `t->until`. `t` holds the
 * question and what is needed to answer it; the rest of it is set here.
 */
struct decision trial_run(struct trial *t, procedure_fn *procedure,
			  struct addr source);
