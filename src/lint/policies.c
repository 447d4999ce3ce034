#include "lint/policies.h"

#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "intent/fault.h"
#include "lint/selection.h"
#include "rules/rule.h"
#include "source/path.h"
#include "source/root.h"

struct policies {
	struct arena *arena;
	const char *path;
	struct root *root;
	struct strmap *read; /* struct reading, by path */
};

struct reading {
	const struct policy *policy; /* NULL: it is wrong */
};

struct policies *
policies_new(struct arena *a, const char *path, struct source_policy limits)
{
	struct policies *p = ARENA_NEW(a, struct policies);

	p->arena = a;
	p->path = path;
	p->root = root_here(a, &limits);
	p->read = strmap_new(a, false);
	return p;
}

/* The reader of the file knows no rules; they must exist all the same. */
static const char *
unknown_rules(struct arena *a, const char *path, const struct policy *policy)
{
	struct faults f = { .arena = a, .path = path };
	size_t count;
	const struct policy_rule *rules = policy_rules(policy, &count);

	for (size_t i = 0; i < count; i++) {
		if (rule_find(slice_of(rules[i].id)) != NULL)
			continue;
		const char *near = selection_nearest(a, slice_of(rules[i].id));

		fault_add(&f, rules[i].place.line, rules[i].place.column,
			  "there is no rule '%s'%s%s%s",
			  fault_quote(a, slice_of(rules[i].id)),
			  near == NULL ? "" : " (did you mean '",
			  near == NULL ? "" : near, near == NULL ? "" : "'?)");
	}
	return f.list.len == 0 ? NULL : faults_text(&f);
}

/*
 * A file that was found, not named, may be part of what is not trusted: within
 * the include root it must not lead out.
 */
static const struct root *
limits_of(struct policies *p, const char *path)
{
	return p->path == NULL && root_holds(p->root, p->arena, path)
		       ? p->root
		       : root_new(p->arena, NULL, NULL);
}

static bool
read_one(struct policies *p, const char *path, const struct policy **out,
	 const char **why)
{
	*out = policy_read(p->arena, limits_of(p, path), path, why);
	if (*out == NULL)
		return false;
	*why = unknown_rules(p->arena, path, *out);
	if (*why != NULL)
		*out = NULL;
	return *out != NULL;
}

bool
policies_find(struct policies *p, const char *file, const struct policy **out,
	      const char **why)
{
	const char *path = p->path != NULL ? p->path
					   : policy_find(p->arena, file);

	*out = NULL;
	if (path == NULL)
		return true;
	void **place = strmap_at(p->read, slice_of(path));
	struct reading *known = *place;

	if (known != NULL) {
		*out = known->policy;
		*why = arena_printf(p->arena,
				    "%s: not judged either: its intent file is "
				    "%s",
				    file, path);
		return *out != NULL;
	}
	*place = known = ARENA_NEW(p->arena, struct reading);
	bool ok = read_one(p, path, out, why);

	known->policy = *out;
	return ok;
}

const char *
policies_note(const struct policies *p, const struct policy *policy,
	      const char *file)
{
	if (p == NULL || policy_speaks_of(policy, file))
		return NULL;
	return arena_printf(p->arena, "%s: no entry of it is for %s",
			    policy_path(policy), file);
}
