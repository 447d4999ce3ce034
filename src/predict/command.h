/* The verb `predict`, once the file has been judged to load. */
#pragma once

#include "lint/lint.h"
#include "predict/host_file.h"

/* What `predict` is asked; texts are NULL where they are not given. */
struct predict_options {
	const char *probes; /* a file of questions */
	const char *client;
	const char *query; /* NAME or NAME/TYPE */
	const char *to;
	const char *key;
	bool tcp;
	bool no_rd;
	bool tsv;
};

/*
 * Answer what is asked about the configuration of `r` on standard output. False
 * after a complaint on standard error.
 */
bool predict_command(struct arena *a, struct lint_result *r,
		     const struct lint_options *lint,
		     const struct predict_options *o);
