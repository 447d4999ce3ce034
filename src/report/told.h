/*
 * What has been told in a run. Several configurations may include one part,
 * and what is wrong with it is to be read once.
 */
#pragma once

#include "report/report.h"

struct told;

/* Lives in the arena, as all that it keeps. */
struct told *told_new(struct arena *a);

/*
 * The file with those of its findings that were not told before, word for word
 * and at the same place; their fingerprints, where it has some, are none that
 * were used there before. The lists are made in `a`.
 */
struct report_file
told_anew(struct told *t, struct arena *a, const struct report_file *file);
