/*
 * What a list matches, by walking over its elements in the way of BIND's
 * lib/isccfg/aclconf.c and lib/dns/acl.c (9.18). Prefixes are entered once; a
 * list without a negation is merged into the one that names it; any other one
 * stands as an element and matches where its own result is positive; and the
 * first of all that match decides. Slow, and nothing like decide/acl.h.
 */
#pragma once

#include "model/model.h"

/* Facts about a client that may be unknown, each a bit. */
enum {
	FACT_LOCALHOST,
	FACT_LOCALNETS,
	FACT_UNKNOWABLE, /* as many as `lo` of ELEMENT_UNKNOWABLE can say */
	FACTS = FACT_UNKNOWABLE + 2,
};

struct walk_client {
	struct addr address;
	uint32_t key;
	unsigned facts; /* those that are true */
};

struct walk_result {
	bool positive;
	/* The element that decides, in `list`; NULL: none matches. */
	const struct element *element;
	const struct address_list *list;
};

struct walk;

/* The lists of `m`, each of which refers to earlier ones alone; in `a`. */
struct walk *walk_new(struct arena *a, const struct model *m);

struct walk_result walk_match(const struct walk *w,
			      const struct address_list *list,
			      const struct walk_client *who);

/* The same facts, with those put right that the host tells. */
unsigned walk_facts_at(const struct host *h, struct addr a, unsigned facts);

/* How often a walk may look at each fact, nested lists and all; added up. */
void walk_count_facts(const struct model *m, const struct address_list *list,
		      unsigned times[static FACTS]);

/* The list as text, nested lists and all. */
const char *walk_describe(struct arena *a, const struct model *m,
			  const struct address_list *list);
