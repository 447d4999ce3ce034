/* The verbs `predict` and `explain`, once the file has been judged to load. */
#pragma once

#include "lint/lint.h"
#include "predict/ask.h"
#include "predict/host_file.h"

enum predict_format {
	PREDICT_TEXT,
	PREDICT_JSON,
	PREDICT_TSV, /* of probes */
};

struct predict_options {
	struct ask_options ask;
	const char *probes; /* a file of questions, or NULL */
	const char *dig; /* a file with dig's output, "-": standard input */
	enum predict_format format;
	bool color;
};

/*
 * Answer what is asked about the configuration of `r` on standard output. False
 * after a complaint on standard error.
 */
bool predict_command(struct arena *a, struct lint_result *r,
		     const struct lint_options *lint,
		     const struct predict_options *o);
bool explain_command(struct arena *a, struct lint_result *r,
		     const struct lint_options *lint,
		     const struct predict_options *o);
