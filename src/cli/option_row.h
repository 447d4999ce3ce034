/*
 * The options: one row each, which the reader of the command line and --help
 * go by. Adding an option is adding a row.
 */
#pragma once

#include "base/vec.h"
#include "cli/say.h"

/* The command line while it is being read. */
struct reader {
	struct arena *arena;
	struct options *o;
	VEC(struct output) outputs;
	const struct mirror **last_map; /* where the next one goes */
};

/* False after a complaint. `value` is NULL where the option takes none. */
typedef bool option_read_fn(struct reader *r, const char *value);

struct option_row {
	const char *name;
	const char *value; /* what --help calls its value; NULL: none */
	unsigned verbs; /* that have it: bits 1 << enum verb */
	option_read_fn *read;
	const char *help; /* its lines in --help */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* The row of this name that the verb has, or NULL. */
const struct option_row *option_row_find(enum verb verb, const char *name);

/*
 * The number of `text` among `names`, which end with NULL, or false after a
 * complaint that it is no `what`.
 */
bool cli_choose(const char *text, const char *what, const char *const *names,
		int *number);

/* cli/read_input.c: which files are read, and what is known of the server. */
option_read_fn read_server, read_target, read_include_root, read_chroot,
	read_map, read_stdin_filename, read_policy, read_no_policy, read_role,
	read_clients, read_interface, read_interfaces, read_delegations,
	read_old_target;

/* cli/read_check.c: what is found, and how it is told. */
option_read_fn read_top_level, read_only, read_rule, read_no_heuristics,
	read_fail_on, read_exit_zero, read_baseline, read_write_baseline,
	read_fix, read_fix_dry_run, read_format, read_output, read_color;

/* cli/read_question.c: what is asked, and how the answer is told. */
option_read_fn read_query, read_client, read_to, read_tcp, read_key, read_no_rd,
	read_probes, read_dig, read_git, read_on, read_predict_format,
	read_explain_format, read_diff_format, read_rules_format;
