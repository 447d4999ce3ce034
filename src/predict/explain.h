/* One client, one question: every step of the decision, with its line. */
#pragma once

#include <stdio.h>

#include "predict/cause.h"
#include "predict/dig.h"

struct explanation {
	struct situation situation;
	struct trace trace;
	enum cause cause;
	struct advice advice;
	const struct dig *dig; /* what really came back, or NULL */
	bool supposed; /* the host's addresses were not given */
};

/* Ask, and gather all that there is to say. `dig` may be NULL. */
struct explanation explain(struct situation s, const struct dig *dig);

void explain_print(const struct explanation *e, FILE *out, bool color);
void explain_print_json(const struct explanation *e, FILE *out);

/* What one step found, as a sentence without its place. */
const char *explain_step(const struct explanation *e,
			 const struct trace_step *step);

/* The line and column that a step is about; false where there is none. */
bool explain_step_span(const struct explanation *e,
		       const struct trace_step *step, struct span *span);

/* Does what dig printed agree with the prediction? */
bool explain_agrees(const struct explanation *e);
