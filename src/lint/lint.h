/*
 * One run over one file: text to tree, tree to findings. The stages are called
 * in order here and nowhere else.
 */
#pragma once

#include "ast/config.h"
#include "intent/intent.h"
#include "lint/directive.h"
#include "lint/selection.h"

struct delegations; /* intent/delegation.h */
struct model;
struct overlay; /* source/overlay.h */
struct policies; /* lint/policies.h */
struct policy;
struct predict;
struct schema;

struct lint_options {
	enum dialect dialect; /* 0: by content */
	uint32_t named_target; /* 0: the newest */
	uint32_t unbound_target;
	struct source_policy policy;
	struct selection selection;
	bool fail_on_given;
	enum severity fail_on;
	const char *stdin_name; /* what "-" is called */
	struct host host; /* what the command line tells of the host */
	struct intent intent; /* and of what the server is for */
	struct policies *policies; /* intent files; NULL: none is read */
	const struct delegations *delegations; /* a parent zone, or NULL */
	const struct overlay *overlay; /* texts instead of files, or NULL */
	bool data_supposed; /* see struct model_facts */
	bool wrapped; /* likewise */
	/* Only whether it loads, whatever is turned off or suppressed. */
	bool only_load;
	unsigned today; /* 20270131: when suppressions end; 0: never */
};

enum lint_status {
	LINT_OK, /* findings or none, the file was judged */
	LINT_FAILED, /* it could not be: `reason` says why */
};

struct lint_result {
	enum lint_status status;
	const char *reason; /* a line or more */
	bool intent_is_wrong; /* the lines of the reason begin with places */
	const char *note; /* what people should know besides, or NULL */
	struct arena *arena; /* holds all of this; free it with lint_free() */
	const char *name;
	enum dialect dialect;
	uint32_t target;
	struct sources *sources;
	struct diags *diags;
	const struct config *config; /* NULL when LINT_FAILED */
	const struct schema *schema;
	bool parsed; /* the front end found no error */
	bool typed; /* nor did the option tables */
	bool loads; /* no finding of the family `load` */
	const struct policy *policy; /* the intent file that holds, or NULL */
	struct selection selection; /* with what it says of rules */
	enum severity fail_on;
	struct directives directives;
	struct intent intent; /* declared or inferred */
	const struct model *model; /* see lint_decide() */
	struct predict *predict;
};

/* Read the file and make its tree; findings of the front end only. */
struct lint_result lint_read(const char *name, const struct lint_options *o);

/* lint_read(), and then every check and rule that is selected. */
struct lint_result lint_file(const char *name, const struct lint_options *o);

/*
 * Work out what the server would do: sets `model` and `predict` of a result
 * whose configuration loads, and infers a role where none is declared.
 */
void lint_decide(struct lint_result *r, const struct lint_options *o);

void lint_free(struct lint_result *r);
