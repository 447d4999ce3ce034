/*
 * Findings to bytes. A report is begun, given the findings of one file after
 * another, and ended. Control characters of the input and secrets are never
 * printed.
 */
#pragma once

#include <stdio.h>

#include "diag/diag.h"
#include "source/source.h"

/*
 * Services that show findings beside the lines of a change want paths from the
 * top of the repository, wherever dnslint was started.
 */
struct report_base {
	const char *top; /* absolute, as the other */
	const char *here; /* the working directory */
};

/* The repository that holds the working directory, or this alone. */
struct report_base report_base_find(struct arena *a);

/* A file from the top; the absolute path of one that lies outside of it. */
const char *report_path(struct arena *a, const struct report_base *base,
			const char *name);

/* What a renderer is told about one file. */
struct report_file {
	const char *name;
	const struct report_base *base;
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

/* A FILE that no findings can be told of. */
struct report_unjudged {
	const char *name;
	const char *reason; /* one line */
};

/* What a renderer is told when all is over. */
struct report_end {
	const struct report_base *base;
	const struct report_unjudged *unjudged;
	size_t count;
	bool complete; /* every file of the run could be judged */
	bool first_finding; /* there was none */
};

struct report_format {
	const char *name;
	bool fingerprints; /* it wants them */
	bool by_file; /* each FILE has all its findings, told before or not */
	void (*begin)(FILE *out, const struct report_rules *rules);
	void (*file)(FILE *out, const struct report_file *file, bool color);
	void (*end)(FILE *out, const struct report_end *end);
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
