/* Sets of clients: which addresses, and what the server does for them. */
#pragma once

#include "decide/predict.h"

/* Addresses `first` to `last` of one family, both included. */
struct span_of_clients {
	struct addr first;
	struct addr last;
};

/* Ascending, IPv4 before IPv6, and neither overlapping nor adjacent. */
struct client_set {
	const struct span_of_clients *at;
	size_t count;
};

struct client_set clients_all(struct arena *a);
struct client_set clients_of_family(struct arena *a, enum family family);
struct client_set clients_of(struct arena *a, const struct prefix *prefixes,
			     size_t count);

/*
 * Everybody that packets from the Internet can come from: no private, loopback,
 * link-local, shared or multicast addresses (RFC 6890 and its registry).
 */
struct client_set clients_public(struct arena *a);

/* RFC 1918, RFC 4193 and RFC 6598: networks of one's own. */
struct client_set clients_private(struct arena *a);

struct client_set clients_and(struct arena *a, struct client_set x,
			      struct client_set y);
struct client_set clients_minus(struct arena *a, struct client_set x,
				struct client_set y);
struct client_set clients_union(struct arena *a, struct client_set x,
				struct client_set y);

static inline bool
clients_empty(struct client_set s)
{
	return s.count == 0;
}

bool clients_have(struct client_set s, struct addr a);
bool clients_equal(struct client_set x, struct client_set y);

/* Are all addresses of `p` in the set; is any? O(log n). */
bool clients_cover(struct client_set s, struct prefix p);
bool clients_meet(struct client_set s, struct prefix p);

/* A walk over the fewest prefixes of a set; zeroed, it begins with the first. */
struct clients_walk {
	size_t number;
	struct span_of_clients rest;
	bool within;
};

/* The next prefix; false behind the last. */
bool clients_next(struct client_set s, struct clients_walk *w,
		  struct prefix *p);

/*
 * As people write it: "10.0.0.0/8, 192.0.2.1 and 3 more networks", at most
 * `limit` prefixes, or "everybody except 10.0.0.0/8" or "10.0.0.0/8 except
 * 10.1.0.0/16" where that is shorter, though it be cut as well;
 * "nobody" where it is empty, "everybody" where it is full.
 */
const char *clients_text(struct arena *a, struct client_set s, size_t limit);

/* All its prefixes with `between` between them. */
const char *clients_list(struct arena *a, struct client_set s,
			 const char *between);

/* How many prefixes it takes. */
size_t clients_prefix_count(struct client_set s);

/*
 * What the clients of `s` get: the ranges of predict_all() within it, of both
 * families. Neighbours may have the same decision.
 */
const struct client_range *clients_ask(struct arena *a, struct predict *p,
				       const struct question *q,
				       struct client_set s, size_t *count);

typedef bool decision_test(const struct decision *d);

/* Those of `s` whose decision passes the test. */
struct client_set clients_where(struct arena *a, struct predict *p,
				const struct question *q, struct client_set s,
				decision_test *test);

/* Clients who get one decision, interned as predict_all() does. */
struct client_group {
	const struct decision *decision;
	struct client_set clients;
};

/*
 * The clients of `s` by their decision, those that pass the test, in the order
 * of their first address. `test` NULL takes all.
 */
const struct client_group *clients_group(struct arena *a, struct predict *p,
					 const struct question *q,
					 struct client_set s,
					 decision_test *test, size_t *count);

/* Tests: no answer but a refusal, or none at all; a lookup or the cache. */
bool decision_is_refused(const struct decision *d);
bool decision_is_dropped(const struct decision *d);
bool decision_turns_away(const struct decision *d);
bool decision_recurses(const struct decision *d);
bool decision_reads_cache(const struct decision *d);
bool decision_serves(const struct decision *d);
bool decision_is_unknown(const struct decision *d);

/*
 * A question of class IN with RD for a name that no zone of the server is at or
 * above, as long as it does not serve the root: what recursion is judged by.
 */
struct question question_foreign(const struct model *m);

/* A question of class IN and this type; `rd` is set. */
struct question question_of(struct slice qname, uint16_t qtype);

/*
 * Whom `list` matches, of questions signed with `key`; NULL matches all. With
 * `maybe`, those too of whom it is not known.
 */
struct client_set clients_matched(struct arena *a, struct acls *acls,
				  const struct address_list *list,
				  uint32_t key, bool maybe);

/*
 * May the list take anybody at all? Holders of a key count, and so do clients
 * of whom it is not known.
 */
bool clients_may_match(struct acls *acls, const struct address_list *list);

/* predict_listens() */
struct client_set listens_on(struct arena *a, struct acls *acls,
			     const struct model *m);

/* named.conf: the same, with encrypted listeners and those on other ports. */
struct client_set
listens_at_all(struct arena *a, struct acls *acls, const struct model *m);
