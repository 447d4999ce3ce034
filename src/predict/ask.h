/* Questions as people write them, on the command line and elsewhere. */
#pragma once

#include "decide/decision.h"

/* What is asked; texts are NULL where they are not given. */
struct ask_options {
	const char *client;
	const char *query; /* NAME or NAME/TYPE */
	const char *to;
	const char *key;
	bool tcp;
	bool no_rd;
};

/*
 * The question that the options make; type A and class IN where they do not
 * say, class CH for the names about servers. False after a complaint on
 * standard error.
 */
bool ask_question(struct arena *a, const struct model *m,
		  const struct ask_options *o, struct question *q);

/* The client; false after a complaint. */
bool ask_client(const struct ask_options *o, struct addr *client);

/*
 * Parts of a question; false when they are none. UPDATE and NOTIFY stand where
 * a type does: an empty change of the zone, or word that it has changed.
 */
bool ask_name(struct arena *a, struct slice text, struct question *q);
bool ask_type(struct slice text, struct question *q);
/* The type of a question, or UPDATE or NOTIFY. */
const char *ask_type_text(struct arena *a, const struct question *q);

bool ask_key(const struct model *m, struct arena *a, struct slice text,
	     struct question *q);
