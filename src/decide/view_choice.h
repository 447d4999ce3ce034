/*
 * The view that a question comes to, for all clients at once. Views are tried
 * in order; where they are many, most clients are in none of most of them, and
 * one look at a map finds the first that takes the client.
 */
#pragma once

#include "decide/trial.h"

/* With fewer views each is asked. */
enum {
	VIEWS_WORTH = 8
};

struct view_choice {
	/* The number of the first view that is certain to take the client. */
	const struct rangemap *certain;
	/* Views of which it is not known for all clients, ascending. */
	const uint32_t *open;
	size_t open_count;
	size_t last; /* the last view of the class; SIZE_MAX: there is none */
	size_t hint; /* for the map */
};

/* For the question of `t`, of clients of this family; in `a`. O(n log n). */
struct view_choice *
view_choice_new(struct arena *a, struct trial *t, enum family family);

/* Choices that were made last, to be used again for questions alike. */
struct view_choices;

struct view_choices *view_choices_new(struct arena *a);

/* NULL where there are but few views. Good until the next call. */
struct view_choice *
view_choices_get(struct view_choices *c, struct trial *t, enum family family);
