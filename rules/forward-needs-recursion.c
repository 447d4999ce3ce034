#include "model/views.h"
#include "rules/rule.h"

static bool
needs_recursion(const struct zone *z)
{
	return z->type == ZONE_FORWARD || z->type == ZONE_STUB ||
	       z->type == ZONE_STATIC_STUB;
}

static bool
has_keys(struct acls *acls, const struct address_list *list)
{
	const uint32_t *keys;

	return list != NULL && acl_keys(acls, list, &keys) > 0;
}

static struct client_set
may_match(const struct rule_context *cx, const struct policy *p)
{
	return clients_matched(cx->arena, predict_acls(cx->predict), p->list,
			       KEY_NONE, true);
}

/* What keeps everybody from recursion in the view; NULL: somebody may. */
static const struct origin *
who_forbids(const struct rule_context *cx, const struct view *v)
{
	struct acls *acls = predict_acls(cx->predict);
	const struct policy *const lists[] = { &v->allow_recursion,
					       &v->allow_query_cache };

	if (!v->recursion.on)
		return v->recursion.origin;
	for (size_t i = 0; i < 2; i++)
		if (!clients_may_match(acls, lists[i]->list))
			return lists[i]->origin;
	if (has_keys(acls, lists[0]->list) || has_keys(acls, lists[1]->list) ||
	    !clients_empty(clients_and(cx->arena, may_match(cx, lists[0]),
				       may_match(cx, lists[1]))))
		return NULL;
	return lists[0]->origin;
}

static void
report(struct rule_context *cx, const struct zone *first, size_t count,
       const struct origin *why)
{
	const char *others =
		count == 1 ? ""
			   : arena_printf(cx->arena, ", nor for %zu other "
						     "zone%s like it",
					  count - 1, count == 2 ? "" : "s");
	struct diag *d = rule_report(
		cx, rule_heading(cx, first->origin.span),
		"the servers of '%s' are never asked for a client%s: nobody "
		"may recurse here",
		first->text, others);

	if (origin_is_default(why))
		diag_remark(cx->diags, d, "so says the default of '%s'",
			    why->option);
	else
		diag_note(cx->diags, d, why->span, "'%s' says so", why->option);
	diag_help(cx->diags, d,
		  "name the clients in 'allow-recursion', or remove the zone");
}

static void
check_view(struct rule_context *cx, const struct view *v)
{
	const struct zone *first = NULL;
	const struct origin *why;
	size_t count = 0;

	for (size_t i = 0; i < v->zone_count; i++) {
		const struct zone *z = v->zone_list[i];

		if (!needs_recursion(z) || z->view != v)
			continue;
		if (first == NULL)
			first = z;
		count++;
	}
	why = first == NULL ? NULL : who_forbids(cx, v);
	if (why != NULL)
		report(cx, first, count, why);
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;

	for (size_t i = 0; i < views->count; i++)
		if (views->list[i]->qclass == CLASS_IN &&
		    !views->list[i]->built_in)
			check_view(cx, views->list[i]);
}

const struct rule rule_forward_needs_recursion = {
	.id = "forward-needs-recursion",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a forward or stub zone that nobody may use",
	.explain =
		"Zones of type forward, stub and static-stub say where the "
		"server asks when it looks up names for clients. That is "
		"recursion: where it is off, or its lists take nobody, "
		"questions for these zones get REFUSED, and the servers that "
		"they name are not asked.",
	.source = "BIND 9 ARM, zone types forward, stub and static-stub; "
		  "recursion",
	.bad = "options { recursion no; };\n"
	       "zone \"corp.example\" { type forward; forward only;\n"
	       "\tforwarders { 192.0.2.1; }; };",
	.good = "options { allow-recursion { 10.0.0.0/8; }; };\n"
		"zone \"corp.example\" { type forward; forward only;\n"
		"\tforwarders { 192.0.2.1; }; };",
	.check = check,
};
