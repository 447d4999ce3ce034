#include "lint/selection.h"

#include <string.h>

#include "intent/fields.h"
#include "rules/rule.h"

const char *
selection_nearest(struct arena *a, struct slice name)
{
	size_t count;
	const struct rule *const *all = rules_all(&count);
	const char **names = ARENA_ARRAY(a, const char *, count);

	for (size_t i = 0; i < count; i++)
		names[i] = all[i]->id;
	return field_nearest(name, names, count);
}

/* " (did you mean 'x'?)", or "" */
static const char *
suggestion(struct arena *a, struct slice name)
{
	const char *near = selection_nearest(a, name);

	return near == NULL ? ""
			    : arena_printf(a, " (did you mean '%s'?)", near);
}

bool
selection_add_only(struct arena *a, struct selection *s, const char *text,
		   const char **why)
{
	struct slice rest = slice_of(text);

	/* An empty variable of a script must not turn all rules off. */
	if (rest.len == 0) {
		*why = "--only wants a rule or a family";
		return false;
	}
	while (rest.len > 0) {
		struct slice name = slice_split(&rest, ',');

		if (rule_find(name) == NULL && !rule_family_exists(name)) {
			*why = arena_printf(a,
					    "there is no rule or family "
					    "'%.*s'%s",
					    SLICE(name), suggestion(a, name));
			return false;
		}
		*VEC_PUSH(a, &s->only) = arena_strdup(a, name);
	}
	return true;
}

bool
selection_add_change(struct arena *a, struct selection *s, const char *text,
		     const char **why)
{
	struct slice level = slice_of(text);
	struct slice id = slice_split(&level, '=');
	struct selection_change change = { rule_find(id), SEVERITY_OFF };
	enum severity severity;

	if (change.rule == NULL) {
		*why = arena_printf(a, "there is no rule '%.*s'%s", SLICE(id),
				    suggestion(a, id));
		return false;
	}
	if (!slice_is(level, "off")) {
		if (!severity_parse(level, &severity)) {
			*why = arena_printf(a,
					    "'%s' wants off, note, warning or "
					    "error behind the '='",
					    text);
			return false;
		}
		change.level = (int)severity;
	}
	*VEC_PUSH(a, &s->changes) = change;
	return true;
}

static bool
is_admitted(const struct selection *s, const struct rule *rule)
{
	for (size_t i = 0; i < s->only.len; i++)
		if (strcmp(s->only.at[i], rule->id) == 0 ||
		    strcmp(s->only.at[i], rule->family) == 0)
			return true;
	return s->only.len == 0;
}

static bool
is_named(const struct selection *s, const struct rule *rule)
{
	for (size_t i = 0; i < s->only.len; i++)
		if (strcmp(s->only.at[i], rule->id) == 0)
			return true;
	return false;
}

int
selection_level(const struct selection *s, const struct rule *rule)
{
	int level = rule->optional && !is_named(s, rule)
			    ? SEVERITY_OFF
			    : (int)rule->severity;

	if (!is_admitted(s, rule) || (s->no_heuristics && rule->heuristic))
		return SEVERITY_OFF;
	for (size_t i = 0; i < s->changes.len; i++)
		if (s->changes.at[i].rule == rule)
			level = s->changes.at[i].level;
	return level;
}
