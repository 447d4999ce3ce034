/* The text of one directive; see lint/directive.h. */
#pragma once

#include "lint/directive.h"

/* The text behind "dnslint:", or false when a comment is no directive. */
bool directive_text(struct slice comment, struct slice *text);

/*
 * Read what stands in `text`, which begins at `begin`, into `d`, and what it
 * declares into `intent` when `at_top`.
 */
void directive_parse(struct arena *a, struct directive *d, struct slice text,
		     uint32_t begin, bool at_top, struct intent *intent,
		     struct place_declared place);
