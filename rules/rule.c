#include "rules/rule.h"

#include "rules/registry.h"

const struct rule *const *
rules_all(size_t *count)
{
	*count = rule_registry_count;
	return rule_registry;
}

const struct rule *
rule_find(struct slice id)
{
	for (size_t i = 0; i < rule_registry_count; i++)
		if (slice_is(id, rule_registry[i]->id))
			return rule_registry[i];
	return NULL;
}

bool
rule_family_exists(struct slice family)
{
	for (size_t i = 0; i < rule_registry_count; i++)
		if (slice_is(family, rule_registry[i]->family))
			return true;
	return false;
}

struct diag *
rule_report(struct rule_context *cx, struct span span, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *message = arena_vprintf(cx->arena, format, args);
	va_end(args);
	return diag_add(cx->diags, cx->severity, cx->rule->id, span, "%s",
			message);
}
