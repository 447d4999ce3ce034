/* How bad a finding is, and what people call that. */
#pragma once

#include <stdbool.h>

#include "base/slice.h"

enum severity {
	SEV_NOTE,
	SEV_WARNING,
	SEV_ERROR,
};

/* "note", "warning" or "error". */
const char *severity_name(enum severity severity);

/* The other way; false when `text` is none of the three. */
bool severity_parse(struct slice text, enum severity *out);
