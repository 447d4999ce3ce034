#include "diag/severity.h"

#include <stddef.h>

static const char *const names[] = {
	[SEV_NOTE] = "note",
	[SEV_WARNING] = "warning",
	[SEV_ERROR] = "error",
};

const char *
severity_name(enum severity severity)
{
	return names[severity];
}

bool
severity_parse(struct slice text, enum severity *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (slice_is(text, names[i])) {
			*out = (enum severity)i;
			return true;
		}
	}
	return false;
}
