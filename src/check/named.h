/*
 * The load checks of named.conf, shared by the files that make them. What is
 * refused is what lib/bind9/check.c (9.16, 9.18) and lib/isccfg/check.c (later)
 * refuse, each finding where that checker sees it. The typed pass has found
 * nothing wrong before, so a statement's terms fit its notation.
 */
#pragma once

#include <stdint.h>

#include "base/strmap.h"
#include "base/vec.h"
#include "check/check.h"
#include "diag/diag.h"
#include "schema/rules.h"
#include "schema/types_named.h"

/* A block whose statements are looked up by name again and again. */
struct scope {
	const struct node *block; /* NULL: there is none */
	struct strmap *names; /* to the first statement of each */
};

/* Where an option stands: what it means may depend on it. */
enum level {
	LEVEL_OPTIONS = 1 << 0,
	LEVEL_VIEW = 1 << 1,
	LEVEL_ZONE = 1 << 2,
};

/* The file of a zone; `text` is its name with all parts put in. */
struct zone_file {
	const struct node *name;
	struct slice text;
	bool written;
};

struct named_check {
	const struct check *check;
	struct arena *arena;
	struct diags *diags;
	bool since_9_18, since_9_20, since_9_21; /* what the target is */
	const struct node *root; /* of the file, without its zones */
	const struct node *zones; /* with them */
	struct scope options;
	bool has_views;
	unsigned port; /* the one that queries come to */
	struct strmap *option_rows; /* named_options.c */
	/* definitions by name, to their statements */
	struct strmap *acls;
	struct strmap *own_keys; /* as checked; NULL: not yet */
	struct strmap *acl_states; /* how far their check is: named_acl.c */
	struct strmap *tls;
	struct strmap *http;
	struct strmap *primaries; /* from 9.20 on: any list of servers */
	struct strmap *parental_agents;
	struct strmap *policies; /* dnssec-policy */
	struct strmap *keys; /* by domain name, of the top level */
	/* shared by all views */
	VEC(struct zone_file) files; /* of zones */
	bool writes_files; /* the server writes to one of them */
	struct strmap *in_view; /* zones that other views may take */
	struct strmap *key_directories; /* by zone and directory */
	bool sources_checked; /* those of 'options' */
	struct effective *effective; /* what was looked up: named.c */
};

struct view {
	const struct node *statement; /* NULL: there are no views */
	struct scope scope; /* its block */
	struct slice name; /* "_default" without views */
	int class;
	struct strmap *zones; /* by name and kind, to the zone statements */
	struct strmap *keys; /* by domain name: those of the view */
	unsigned lists_checked; /* inherited ones: named_zone.c */
};

/* Add an error at `at`, which is never NULL. */
struct diag *named_report(struct named_check *nc, const char *rule,
			  const struct node *at, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Report that `text`, defined at `at`, was defined before in the statement
 * `earlier`. `what` is the kind: "acl".
 */
void named_report_twice(struct named_check *nc, const char *rule,
			const struct node *at, const struct node *earlier,
			const char *what, struct slice text);

/*
 * Say which of `names` was meant by `name`, if one is near. `named_suggest_key`
 * does so for a key of the view (NULL: none) or of the top level.
 */
void named_suggest(struct named_check *nc, struct diag *d,
		   const struct strmap *names, const struct node *name);
void named_suggest_key(struct named_check *nc, struct diag *d,
		       const struct view *view, const struct node *name);

/* How a name is quoted in messages. */
#define QUOTED "'%.*s'"

struct scope scope_of(struct arena *a, const struct node *block);

/* The statement `name` of the scope, or NULL. */
const struct node *scope_find(const struct scope *s, const char *name);

/*
 * The statement that rules a zone or view: the zone's own (`zone` may be
 * NULL), else the view's, else the one of `options`. NULL when there is none.
 */
const struct node *named_effective(const struct named_check *nc,
				   const struct view *view,
				   const struct node *zone, const char *name);

/* The first value of a statement, its name behind the keyword: "acl NAME". */
static inline const struct node *
named_value(const struct node *statement)
{
	return statement == NULL ? NULL : statement->first->next;
}

static inline struct slice
named_text(const struct node *statement)
{
	const struct node *value = named_value(statement);

	return value == NULL ? (struct slice){ "", 0 } : node_text(value);
}

/* The word behind the keyword `key` among the statement's terms, or NULL. */
const struct node *named_argument(const struct node *statement,
				  const char *key);

/*
 * Where the checker sees a block statement as a whole: its name, or its '{'
 * when that begins on another line.
 */
const struct node *named_place(const struct named_check *nc,
			       const struct node *statement);

/* Loop over the statements of a block, whatever their names. */
#define STATEMENT_EACH(it, block)                                              \
	for (const struct node *it = named_first(block); it != NULL;           \
	     it = named_next(it))
const struct node *named_first(const struct node *block);
const struct node *named_next(const struct node *statement);

/* named_acl.c: resolve the names in the list `block`; false after a report. */
bool named_check_acl(struct named_check *nc, const struct node *block);
/* Does the list match nobody: "none" and "!any" alone? */
bool named_acl_is_none(const struct node *block);
void named_check_acl_definitions(struct named_check *nc);

/* named_options.c: the options of one block. */
void named_prepare_options(struct named_check *nc);
void named_check_options(struct named_check *nc, const struct node *block,
			 enum level level);

/* named_option_pairs.c */
void named_check_option_pairs(struct named_check *nc, const struct node *block,
			      enum level level);

/* named_listen.c */
void named_check_listener(struct named_check *nc, const struct node *statement);
void named_check_tls_definitions(struct named_check *nc);
void named_check_http_definitions(struct named_check *nc);
/* A tls name as a client uses it; "ephemeral" is built in. */
bool named_check_tls_name(struct named_check *nc, const struct node *name);

/* named_remote.c: the list of servers in `statement`; how many addresses. */
bool named_check_remotes(struct named_check *nc, const struct view *view,
			 const struct node *statement, unsigned *count);
void named_check_remote_lists(struct named_check *nc);

/* named_keys.c */
void named_check_keys(struct named_check *nc, const struct node *block,
		      struct strmap *keys, const struct strmap *others);
void named_check_servers(struct named_check *nc, const struct view *view);
void named_check_controls(struct named_check *nc);
/* Is the port of a source address the one that queries come to? */
void named_check_source_port(struct named_check *nc,
			     const struct node *statement);

/* named_anchors.c */
void named_check_anchors(struct named_check *nc, const struct view *view);

/* named_kasp.c */
void named_check_policies(struct named_check *nc);
void named_check_key_stores(struct named_check *nc);

/* named_logging.c */
void named_check_logging(struct named_check *nc);

/* named_policy.c */
void named_check_update_policy(struct named_check *nc,
			       const struct node *statement);
void named_check_special_zones(struct named_check *nc,
			       const struct view *view,
			       const struct scope *opts);

/* named_view.c */
void named_check_view(struct named_check *nc, struct view *view);
void named_check_forward(struct named_check *nc, const struct node *block,
			 const struct node *general);

/* named_zone.c */
void named_prepare_zones(struct named_check *nc);

/* named_zone_file.c: once all zones have been seen */
void named_check_files(struct named_check *nc);
void named_check_zone(struct named_check *nc, struct view *view,
		      const struct node *statement);
