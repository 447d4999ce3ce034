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

static const char *
rule_fault(struct arena *a, struct slice id)
{
	const char *near;

	if (rule_find(id) != NULL)
		return NULL;
	near = selection_nearest(a, id);
	return arena_printf(a, "there is no rule '%s'%s%s%s",
			    fault_quote(a, id),
			    near == NULL ? "" : " (did you mean '",
			    near == NULL ? "" : near,
			    near == NULL ? "" : "'?)");
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
	known->policy = *out = policy_read(p->arena, limits_of(p, path), path,
					   rule_fault, why);
	return *out != NULL;
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
