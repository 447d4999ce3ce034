/* What the program says of itself: its verbs and their options. */
#pragma once

#include <stdbool.h>

enum verb {
	VERB_CHECK,
	VERB_DUMP,
	VERB_PREDICT,
	VERB_EXPLAIN,
	VERB_DIFF,
	VERB_RULES,
};
enum { VERB_COUNT = VERB_RULES + 1 };

/* False when `name` is no verb. */
bool verb_find(const char *name, enum verb *verb);
const char *verb_name(enum verb verb);

/* On standard output: all of it (`verb` NULL) or of one verb; the version. */
void help_print(const enum verb *verb);
void help_print_version(void);
