#include <string.h>

#include "model/views.h"
#include "rules/rule.h"

static bool
is_within(const struct origin *inner, const struct origin *outer)
{
	return outer->span.begin <= inner->span.begin &&
	       inner->span.end <= outer->span.end;
}

/* Of `s`, those whom this view does not look names up for. */
static struct client_set
turned_down(struct rule_context *cx, const struct view *v,
	    struct client_set s)
{
	struct question q = question_foreign(cx->model);
	struct client_set found = { NULL, 0 };
	size_t n;
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, s, NULL, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(g[i].decision->view, v->name) == 0 &&
		    (decision_is_refused(g[i].decision) ||
		     decision_reads_cache(g[i].decision)))
			found = clients_union(cx->arena, found, g[i].clients);
	return found;
}

/* `own` is written in the view, `other` is inherited from the options. */
static void
compare(struct rule_context *cx, const struct view *v,
	const struct policy *own, const struct policy *other)
{
	struct acls *acls = predict_acls(cx->predict);
	struct client_set s = clients_minus(
		cx->arena,
		clients_matched(cx->arena, acls, own->list, KEY_NONE, false),
		clients_matched(cx->arena, acls, other->list, KEY_NONE, true));

	if (clients_empty(s))
		return;
	s = turned_down(cx, v, s);
	if (clients_empty(s))
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, own->origin->span),
		"'%s' lets %s in, but nothing is looked up for them: '%s' "
		"comes from the options and leaves them out",
		own->origin->option, clients_text(cx->arena, s, 3),
		other->origin->option);

	diag_note(cx->diags, d, rule_heading(cx, other->origin->span),
		  "a client has to be in both");
	diag_help(cx->diags, d,
		  "write '%s' in view '%s' as well, with the same clients",
		  other->origin->option, v->name);
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;

	for (size_t i = 0; i < views->count; i++) {
		const struct view *v = views->list[i];
		const struct policy *rec = &v->allow_recursion;
		const struct policy *cache = &v->allow_query_cache;

		if (!v->recursion.on || v->built_in ||
		    origin_is_default(rec->origin) ||
		    origin_is_default(cache->origin) ||
		    origin_is_default(&v->origin))
			continue;
		bool own_rec = is_within(rec->origin, &v->origin);
		bool own_cache = is_within(cache->origin, &v->origin);

		if (own_rec && !own_cache)
			compare(cx, v, rec, cache);
		else if (own_cache && !own_rec)
			compare(cx, v, cache, rec);
	}
}

const struct rule rule_inheritance_surprise = {
	.id = "inheritance-surprise",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "one half of who may recurse comes from the options",
	.explain =
		"A client must be in 'allow-recursion' and in "
		"'allow-query-cache' to have names looked up. A view that "
		"writes one of them still takes the other from the options "
		"where it is written there; only where neither scope writes "
		"it does it follow the first. The clients that the view lets "
		"in are then REFUSED, or get referrals.",
	.source = "BIND 9 ARM, options 'allow-recursion' and "
		  "'allow-query-cache'",
	.bad = "options { allow-query-cache { 192.168.0.0/16; }; };\n"
	       "view lan { allow-recursion { 10.0.0.0/8; }; };",
	.good = "options { allow-query { 192.168.0.0/16; }; };\n"
		"view lan { allow-recursion { 10.0.0.0/8; }; };",
	.check = check,
};
