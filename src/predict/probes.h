/*
 * Questions in bulk: a file of probes, one a line, with a header line and the
 * columns client, dest, qname, qtype, rd, tsig and proto, parted by tabs. The
 * answer is a line for each, in order: the same columns, then rcode, aa, ra,
 * ede, view, outcome and reason.
 */
#pragma once

#include <stdio.h>

#include "decide/predict.h"

/*
 * Answer the probes in `text`, the content of the file `name`. What is wrong
 * with a line is said on standard error, and false returned; nothing is
 * answered then.
 */
bool probes_answer(struct arena *a, struct predict *p, const struct model *m,
		   const char *name, struct slice text, FILE *out);

/* "option@file:line", or "default:option". */
void print_reason(FILE *out, const struct model *m, const struct decision *d);

/* "18,20", or "-". */
void print_errors(FILE *out, const struct decision *d);
