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

struct span
rule_place(const struct rule_context *cx, const struct decision *d)
{
	const struct node *first = cx->config->root->first;

	if (d->element != NULL && d->element->begin > 0)
		return sources_item(cx->config->sources, d->element->begin);
	if (d->reason != NULL && !origin_is_default(d->reason))
		return d->reason->span;
	return first == NULL ? (struct span){ 0, 0 } : first->span;
}

void
rule_note_route(struct rule_context *cx, struct diag *diag,
		const struct decision *d)
{
	if (d->element != NULL && d->list != NULL && d->list->name != NULL &&
	    !origin_is_default(d->reason))
		diag_note(cx->diags, diag, d->reason->span,
			  "'%s' leads there", d->reason->option);
}

struct client_set
rule_strangers(const struct rule_context *cx)
{
	struct client_set own = clients_of(cx->arena, cx->intent->clients.at,
					   cx->intent->clients.count);

	return clients_minus(cx->arena, clients_public(cx->arena), own);
}
