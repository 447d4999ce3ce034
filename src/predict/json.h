/* What the JSON documents of predict and explain have in common. */
#pragma once

#include <jansson.h>

#include "decide/decision.h"

/* {"version": 1, "tool": ..., "kind": kind} */
json_t *json_document(const char *kind);

/* Text of the configuration, made valid and printable. */
json_t *json_text(struct arena *a, const char *text);

/* {"file", "line", "column"} of an offset in the sources. */
json_t *json_place(struct arena *a, const struct model *m, uint32_t offset);

/* rcode, outcome, aa, ra, ede, view, and the statement that decides. */
json_t *json_decision(struct arena *a, const struct model *m,
		      const struct decision *d);
