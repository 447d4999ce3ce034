/*
 * Findings to bytes. A report is begun, given the findings of one file after
 * another, and ended. Control characters of the input and secrets are never
 * printed.
 */
#pragma once

#include <stdio.h>

#include "diag/diag.h"
#include "source/source.h"

/* What a renderer is told about one file. */
struct report_file {
	const char *name;
	bool first; /* of the run */
	bool first_finding; /* none was in the files before */
	const char *server; /* "named", "unbound" */
	const char *target; /* "9.18" */
	const struct sources *sources;
	const struct diag *const *diags; /* sorted */
	size_t count;
	size_t dropped; /* findings beyond DIAGS_MAX */
	/* What the server is for: "unknown" where nobody knows. */
	const char *role;
	const char *role_reason; /* why that was inferred, or NULL */
	const char *role_file; /* where it was declared, or NULL */
	size_t role_line; /* 0: not in a file */
	/* The family of a rule, for people and machines. */
	const char *(*family)(const char *rule);
	/*
	 * What tells each finding from all others of the file, in later runs
	 * too when lines have moved. NULL where no format of the run wants it.
	 */
	const char *const *fingerprints;
};

/* A rule as reports describe it. */
struct report_rule {
	const char *id;
	const char *family;
	const char *summary; /* one line, lower case */
	const char *explain;
	const char *source; /* where that is written, or NULL */
	enum severity severity;
};

/* All of them, by id. */
struct report_rules {
	const struct report_rule *at;
	size_t count;
};

struct report_format {
	const char *name;
	bool fingerprints; /* it wants them */
	void (*begin)(FILE *out, const struct report_rules *rules);
	void (*file)(FILE *out, const struct report_file *file, bool color);
	/* `complete`: every file of the run could be judged. */
	void (*end)(FILE *out, bool complete);
};

/* The format of this name, or NULL. */
const struct report_format *report_find(struct slice name);

/* "text, json, ...": all of them, for messages. */
const char *report_names(void);

extern const struct report_format report_text;
extern const struct report_format report_json;
extern const struct report_format report_sarif;
extern const struct report_format report_github;
extern const struct report_format report_gitlab;
extern const struct report_format report_junit;
extern const struct report_format report_checkstyle;

/* "error", "warning", "note" */
const char *severity_name(enum severity severity);
