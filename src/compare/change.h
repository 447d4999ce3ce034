/* What two configurations do differently, as sets of clients. */
#pragma once

#include "decide/clients.h"
#include "predict/section.h"

enum { BEFORE, AFTER };

/* One of the two configurations. */
struct side {
	struct predict *predict;
	const struct model *model;
};

enum effect {
	EFFECT_NARROWED, /* who was answered is turned away or fails */
	EFFECT_WIDENED, /* who was turned away or failed is answered */
	EFFECT_UNCLEAR, /* before or after, what they get is unknown */
	EFFECT_OTHER, /* they are answered, or turned away, in another way */
};
enum { EFFECT_COUNT = EFFECT_OTHER + 1 };

/* "narrowed", "widened", "unclear" or "other". */
const char *effect_name(enum effect e);

/* A question put to both, and to both in the same words. */
struct pair {
	const char *kind; /* as in struct section */
	const char *title;
	VEC(const char *) names; /* of zones where the same changes */
	struct question question;
	const char *key; /* it is signed with this one, or "" */
	/* The zone is there on one side only; the other was asked all the same. */
	bool removed, added;
};

/* Clients of one question who got the same, and get another same now. */
struct change {
	const struct pair *pair;
	enum effect effect;
	/* BEFORE and AFTER; RA and the like are unknown where they differ. */
	struct decision at[2];
	struct client_set clients;
};

typedef VEC(struct change) change_vec;

struct change_rules {
	const struct side *sides; /* two of them */
	/* AA, RA and extended errors are part of an outcome, too. */
	bool strict;
};

/*
 * The changes between the answers to one question, in the order of their first
 * clients. Both step functions are walked side by side: O(steps), and the
 * clients are exact.
 */
change_vec changes_find(struct arena *a, const struct change_rules *rules,
			const struct pair *p, const struct section *was,
			const struct section *is);

/* The same changes, for like reasons, of another name? */
bool changes_alike(const change_vec *x, const change_vec *y);
