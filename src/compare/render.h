/* A comparison to bytes. */
#pragma once

#include <stdio.h>

#include "compare/comparison.h"

struct rendering {
	struct arena *arena;
	const struct comparison *comparison;
	const char *names[2];	 /* what the two are called */
	const char *releases[2]; /* that they are judged for */
	bool upgrade;		 /* these are not the same */
	FILE *out;
};

void render_text(const struct rendering *r);
/* doc/json.md describes the document. */
void render_json(const struct rendering *r);
/* Made for a comment on a merge request. */
void render_markdown(const struct rendering *r);

/* "2 narrowed, 1 widened", or NULL when nothing changes. */
const char *render_summary(const struct rendering *r);
