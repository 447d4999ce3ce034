/* The command line. */
#pragma once

#include "catalogue/catalogue.h"
#include "cli/help.h"
#include "compare/command.h"
#include "fix/fix.h"
#include "lint/lint.h"
#include "predict/command.h"
#include "report/report.h"

enum color {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

/* One --format, with the --output that followed it. */
struct output {
	const struct report_format *format;
	const char *path; /* NULL: standard output */
};

struct options {
	enum verb verb;
	struct predict_options predict; /* its questions, for diff as well */
	struct diff_options diff;
	enum catalogue_format catalogue;
	struct lint_options lint;
	host_addresses host;
	const struct output *outputs;
	size_t output_count;
	enum color color;
	const char *policy_path; /* of --policy, or NULL */
	bool no_policy;
	const char *baseline; /* files of --baseline and its kin, or NULL */
	const char *write_baseline;
	enum fix_mode fix;
	bool exit_zero;
	bool top_level; /* files stand for what includes them */
	const char *const *files;
	size_t file_count;
};

enum options_status {
	OPTIONS_RUN,
	OPTIONS_DONE, /* help or version was printed: exit 0 */
	OPTIONS_WRONG, /* said so on standard error: exit 2 */
};

/* Reads the arguments; what it makes lives in the arena. */
enum options_status options_read(struct arena *a, int argc, char **argv,
				 struct options *o);
