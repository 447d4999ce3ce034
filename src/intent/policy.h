/*
 * The intent file `.dnslint.yaml`: for each of the files it names what the
 * server is for, and how strict to be about the rules.
 */
#pragma once

#include "base/arena.h"
#include "intent/intent.h"
#include "source/root.h"

/* One entry of `rules:`, as written. */
struct policy_rule {
	const char *id;
	const char *level; /* off, note, warning or error */
	struct place_declared place;
};

struct policy;

/*
 * What is wrong with the name of a rule, or NULL: this part knows no rules. The
 * answer lives in the arena.
 */
typedef const char *policy_rule_fault(struct arena *a, struct slice id);

/*
 * Read `path`. NULL with `*why` set, one complaint a line, each with file, line
 * and column, when it cannot be read or is wrong: unknown keys, values that
 * are none, what is there twice. All of it lives in the arena. It must lie
 * within `root`. Without `rule_fault` any name is that of a rule.
 */
const struct policy *policy_read(struct arena *a, const struct root *root,
				 const char *path,
				 policy_rule_fault *rule_fault,
				 const char **why);

/*
 * The path of the nearest `.dnslint.yaml` in the directory of `file` or above
 * it, or NULL; absolute where `file` is. "-" is looked for from the working
 * directory.
 */
const char *policy_find(struct arena *a, const char *file);

/*
 * What the policy says of `file`: the first entry of `servers:` with a pattern
 * that matches, or an intent that declares nothing. A pattern is relative to
 * the directory of the intent file; `*` and `?` do not match a '/', `**` does.
 */
struct intent policy_intent(const struct policy *p, const char *file);

/* Does it have an entry for `file`, or no entries at all? */
bool policy_speaks_of(const struct policy *p, const char *file);

/* The path it was read from. */
const char *policy_path(const struct policy *p);

/* Does it say which files there are? */
bool policy_has_servers(const struct policy *p);

const struct policy_rule *policy_rules(const struct policy *p, size_t *count);

/* "error", "warning" or "note"; NULL where it is not written. */
const char *policy_fail_on(const struct policy *p);

/* Every suppression must give a reason. */
bool policy_requires_reason(const struct policy *p);
