#include "model/views.h"
#include "rules/rule.h"

struct search {
	struct rule_context *cx;
	struct client_set listens; /* addresses of the server */
	bool guests; /* those of them alone that declared clients can reach */
	bool *seen; /* by id of the list */
};

/* { none; } and { } say what they mean; a key is not of the server. */
static bool
is_meant(struct rule_context *cx, const struct address_list *list)
{
	const uint32_t *keys;

	for (size_t i = 0; i < list->count; i++)
		if (list->elements[i].kind != ELEMENT_NONE)
			return acl_keys(predict_acls(cx->predict), list,
					&keys) > 0;
	return true;
}

static void
check_policy(struct search *s, const struct policy *p)
{
	struct rule_context *cx = s->cx;

	if (p->list == NULL || origin_is_default(p->origin) ||
	    s->seen[p->list->id] || is_meant(cx, p->list))
		return;
	s->seen[p->list->id] = true;
	struct client_set at = clients_matched(
		cx->arena, predict_acls(cx->predict), p->list, KEY_NONE, true);

	if (!clients_empty(clients_and(cx->arena, at, s->listens)))
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, p->origin->span),
		s->guests ? "'%s' has no address of the server that declared "
			    "clients can reach: it shuts them all out"
			  : "'%s' has no address that the server listens on: "
			    "it shuts everybody out",
		p->origin->option);

	diag_remark(cx->diags, d,
		    "it is held against the address of the server that a "
		    "question is sent to%s%s",
		    s->guests ? "" : ", and the server listens on ",
		    s->guests ? "" : clients_text(cx->arena, s->listens, 4));
	diag_help(cx->diags, d,
		  "name addresses of this server; clients belong in the list "
		  "without '-on'");
}

/* Declared clients of other hosts never send to the loopback of this one. */
static void
narrow(struct search *s)
{
	struct arena *a = s->cx->arena;
	struct client_set guests = rule_guests(s->cx);
	struct client_set own = clients_and(a, rule_own_clients(s->cx), guests);

	s->guests = s->cx->intent->clients_declared && !clients_empty(own);
	if (s->guests)
		s->listens = clients_and(a, s->listens, guests);
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;
	struct search s = {
		.cx = cx,
		.listens = predict_listens(cx->predict),
		.seen = ARENA_ARRAY(cx->arena, bool, cx->model->list_count),
	};

	if (rule_listens_otherwise(cx, FAMILY_IPV4) ||
	    rule_listens_otherwise(cx, FAMILY_IPV6))
		return;
	narrow(&s);
	if (clients_empty(s.listens))
		return;
	for (size_t i = 0; i < views->count; i++) {
		const struct view *v = views->list[i];

		check_policy(&s, &v->allow_query_on);
		/* Whom that shuts out, declared-client-refused says. */
		if (v->recursion.on && !s.guests) {
			check_policy(&s, &v->allow_recursion_on);
			check_policy(&s, &v->allow_query_cache_on);
		}
		for (size_t k = 0; k < v->zone_count; k++)
			check_policy(&s, &v->zone_list[k]->allow_query_on);
	}
}

const struct rule rule_on_list_blocks_all = {
	.id = "on-list-blocks-all",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "an allow-...-on list without an address of the server",
	.explain =
		"'allow-query-on', 'allow-recursion-on' and "
		"'allow-query-cache-on' are held against the address of the "
		"server that a question is sent to, not against the client. "
		"Where such a list has no address that the server listens on, "
		"every question is REFUSED.",
	.source = "BIND 9 ARM, options 'allow-query-on' and "
		  "'allow-recursion-on'",
	.bad = "options { listen-on { 10.0.0.1; }; listen-on-v6 { none; };\n"
	       "allow-recursion-on { 10.0.0.2; }; };",
	.good = "options { listen-on { 10.0.0.1; }; listen-on-v6 { none; };\n"
		"allow-recursion-on { 10.0.0.1; }; };",
	.check = check,
};
