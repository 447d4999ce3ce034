#include "lint/declared.h"

#include "intent/policy.h"
#include "rules/rule.h"

/* The rest can be declared in an intent file alone. */
struct intent
declared_join(struct intent above, struct intent below)
{
	if (intent_is_authority(&above))
		below.clients_declared = false;
	if (intent_is_authority(&below) && above.clients_declared)
		below.role = ROLE_UNKNOWN;
	if (!below.clients_declared)
		below.clients = (struct prefix_set){ NULL, 0 };
	if (below.role == ROLE_UNKNOWN)
		below.role_place = (struct place_declared){ NULL, 0, 0 };
	if (above.role != ROLE_UNKNOWN) {
		below.role = above.role;
		below.role_place = above.role_place;
	}
	if (above.clients_declared) {
		below.clients = above.clients;
		below.clients_declared = true;
		below.clients_place = above.clients_place;
	}
	return below;
}

struct selection
declared_selection(struct arena *a, const struct policy *policy,
		   const struct lint_options *o)
{
	struct selection s = o->selection;
	const char *why;
	size_t count = 0;
	const struct policy_rule *rules =
		policy == NULL ? NULL : policy_rules(policy, &count);

	if (o->only_load) {
		s = (struct selection){ 0 };
		selection_add_only(a, &s, "load", &why);
		return s;
	}
	s.changes.at = NULL;
	s.changes.len = s.changes.cap = 0;
	/* The last change of a rule counts. */
	for (size_t i = 0; i < count; i++) {
		struct selection_change *c = VEC_PUSH(a, &s.changes);
		enum severity level;

		c->rule = rule_find(slice_of(rules[i].id));
		c->level = severity_parse(slice_of(rules[i].level), &level)
				   ? (int)level
				   : SEVERITY_OFF;
	}
	for (size_t i = 0; i < o->selection.changes.len; i++)
		*VEC_PUSH(a, &s.changes) = o->selection.changes.at[i];
	return s;
}

enum severity
declared_fail_on(const struct policy *policy, const struct lint_options *o)
{
	enum severity level = SEV_WARNING;

	if (o->fail_on_given)
		return o->fail_on;
	if (policy != NULL && policy_fail_on(policy) != NULL)
		severity_parse(slice_of(policy_fail_on(policy)), &level);
	return level;
}
