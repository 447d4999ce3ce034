/*
 * Why a client is turned away, as the five causes tell it apart, and what its
 * people or the server's can do.
 */
#pragma once

#include "decide/predict.h"
#include "intent/intent.h"

enum cause {
	CAUSE_NONE, /* it is not turned away, or for another reason */
	CAUSE_AUTHORITATIVE_ONLY, /* C1 */
	CAUSE_NOT_SERVED, /* C2 */
	CAUSE_EXCLUDED, /* C3 */
	CAUSE_NOT_HOSTED, /* C4 */
	CAUSE_RECURSION_OFF, /* C5 */
};

/* One client and its question. */
struct situation {
	struct arena *arena;
	const struct model *model;
	struct predict *predict;
	const struct intent *intent;
	const struct question *question;
	struct addr client;
	struct decision decision;
};

enum cause cause_of(const struct situation *s);

/* Is it a list of those who are never answered? */
bool cause_is_blackhole(const struct decision *d);

/* "C1", or NULL. */
const char *cause_code(enum cause c);

/* One sentence. */
const char *cause_text(enum cause c);

struct advice {
	const char *const *lines;
	size_t count;
};

/* What to do, the likeliest first; every line is a sentence. */
struct advice advise(const struct situation *s, enum cause c);
