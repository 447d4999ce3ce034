/*
 * What a server does: for one client, or for all of them. Both come from the
 * same procedure; a client is a set of one.
 */
#pragma once

#include "decide/idle.h"
#include "decide/trial.h"

struct predict;
struct zone; /* model/views.h */
struct client_set; /* decide/clients.h */

/* Everything is compiled when first needed, into `a`. */
struct predict *predict_new(struct arena *a, const struct model *m);

/* What `client` gets. `trace` may be NULL. */
struct decision predict_at(struct predict *p, const struct question *q,
			   struct addr client, struct trace *trace);

/* The same, if these lists took the client whatever they say. */
struct decision predict_opened(struct predict *p, const struct question *q,
			       struct addr client,
			       const struct address_list *const *opened,
			       size_t count);

/*
 * All clients of a family by what they get: a step function whose values
 * predict_decision() reads. Kept for the next one who asks the same.
 */
const struct rangemap *predict_map(struct predict *p, const struct question *q,
				   enum family family);

/* The same in `a`, and not kept: for one of very many questions. */
const struct rangemap *predict_map_in(struct arena *a, struct predict *p,
				      const struct question *q,
				      enum family family);

/* A decision that some client gets; the same one for decisions alike. */
const struct decision *predict_decision(const struct predict *p,
					uint32_t value);

/* Clients of one family that get the same, for the same reason. */
struct client_range {
	struct addr first;
	struct addr last;
	const struct decision *decision;
};

/*
 * The steps of predict_map() as ranges, ascending, without gaps, `*count` of
 * them. Neighbours differ.
 */
const struct client_range *predict_all(struct predict *p,
				       const struct question *q,
				       enum family family, size_t *count);

/* The compiled lists, where the service has lists; else NULL. */
struct acls *predict_acls(struct predict *p);

/*
 * The addresses that the server listens on for ordinary DNS, or may listen on:
 * what cannot be known of its host counts as if it were so.
 */
struct client_set predict_listens(struct predict *p);

/* Why the zone does not load, as people are told it; NULL: it does, or may. */
const char *predict_no_data(struct predict *p, const struct zone *z);

/* Elements that never decide anything; `*count` of them. */
const struct idle *predict_idle(struct predict *p, size_t *count);
