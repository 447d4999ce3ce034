/*
 * What is wrong with an intent file, gathered so that one run tells all of it.
 */
#pragma once

#include "base/vec.h"

struct fault {
	size_t line;
	size_t column;
	const char *text;
};

struct faults {
	struct arena *arena;
	const char *path;
	VEC(struct fault) list;
	size_t dropped; /* beyond those that anybody would read */
};

/* Places count from 1. The text is lower case, without a full stop. */
void fault_add(struct faults *f, size_t line, size_t column,
	       const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* In the order of the file, one a line: "path:line:column: error: text". */
const char *faults_text(struct faults *f);

/*
 * Text of the file as a message may quote it: what is long is cut, and control
 * characters are written \xNN.
 */
const char *fault_quote(struct arena *a, struct slice text);
