#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 6 };

static const char *
help_for(const struct rule_case *c)
{
	return c->cx->config->dialect == DIALECT_NAMED
		       ? rule_unless_meant(
				 c, "declare them no longer",
				 rule_how_to_open(c, c->q->rd
							     ? "recursion"
							     : "authoritative"))
		       : rule_how_to_change_access(c, "allow");
}

/* What holds for the whole group, with the element that decides for `part`. */
static struct decision
decision_of(const struct client_group *g, const struct rule_part *part)
{
	struct decision d = *g->decision;

	d.element = part->element;
	d.list = part->list;
	return d;
}

static void
report(struct rule_context *cx, const struct question *q, const char *what,
       const struct client_group *g, const struct rule_part *part)
{
	struct rule_case c = {
		.cx = cx,
		.q = q,
		.clients = part->clients,
		.d = decision_of(g, part),
		.meant = rule_own_clients(cx),
	};
	struct diag *d = rule_report(
		cx, rule_place(cx, &c.d), "declared clients get REFUSED for %s: %s",
		what, clients_text(cx->arena, part->clients, SHOWN_MAX));
	const char *help = help_for(&c);

	rule_note_route(cx, d, &c.d);
	rule_note_exclusion(&c, d);
	if (*c.d.view == '\0' &&
	    slice_has_prefix(slice_of(c.d.reason->option), "match-"))
		diag_remark(cx->diags, d, "they match no view");
	else if (origin_is_default(c.d.reason))
		diag_remark(cx->diags, d, "'%s' is not written, and by default "
					  "they are not in it",
			    c.d.reason->option);
	else if (c.d.element == NULL && c.d.closed != NULL &&
		 part->excluded == NULL)
		diag_remark(cx->diags, d, "nothing in '%s' matches them",
			    c.d.reason->option);
	if (rule_is_by_destination(&c.d))
		rule_help_destination(cx, d, &c.d);
	else if (help != NULL)
		diag_help(cx->diags, d, "%s", help);
}

static void
check_question(struct rule_context *cx, const struct question *q,
	       const char *what)
{
	size_t n, parts;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, q, rule_own_clients(cx),
			      decision_is_refused, &n);

	for (size_t i = 0; i < n; i++) {
		if (rule_is_recursion_off(g[i].decision))
			continue;
		const struct rule_part *p = rule_parts(cx, &g[i], &parts);

		for (size_t k = 0; k < parts; k++)
			report(cx, q, what, &g[i], &p[k]);
	}
}

/* A list that stands in the zone itself is meant for it. */
static const struct policy *
inherited_list(void *context, const struct rule_zone *z)
{
	const struct origin *o = z->zone->allow_query.origin;

	(void)context;
	if (z->zone->type != ZONE_PRIMARY && z->zone->type != ZONE_SECONDARY)
		return NULL;
	return origin_is_default(o) || (o->span.begin >= z->body->span.begin &&
					o->span.end <= z->body->span.end)
		       ? NULL
		       : &z->zone->allow_query;
}

static void
check_zones(struct rule_context *cx)
{
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, inherited_list, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		struct question q =
			question_of(g[i].zone->zone->name, RRTYPE_SOA);

		q.rd = false;
		check_question(cx, &q, rule_group_text(cx, &g[i]));
	}
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);

	if (!cx->intent->clients_declared)
		return;
	check_question(cx, &q, "names not served here");
	if (cx->model->views != NULL)
		check_zones(cx);
}

const struct rule rule_declared_client_refused = {
	.id = "declared-client-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a declared client is refused by a list",
	.explain =
		"The clients that the intent file (or --clients) declares must "
		"be able to look up names here. For these a list says no, and "
		"they get REFUSED for every name that the server does not "
		"itself serve. In BIND the first element that matches decides, "
		"and recursion needs 'allow-recursion' and "
		"'allow-query-cache' both; in Unbound the most specific "
		"netblock decides alone.",
	.source = "BIND 9 ARM, allow-recursion, allow-query-cache; "
		  "unbound.conf(5), access-control",
	.bad = "// dnslint: clients=10.0.0.0/8\n"
	       "options { allow-recursion { !10.9.0.0/16; 10.0.0.0/8; }; };",
	.good = "// dnslint: clients=10.0.0.0/8\n"
		"options { allow-recursion { !192.0.2.0/24; 10.0.0.0/8; }; };",
	.bad_unbound = "# dnslint: clients=10.0.0.0/8\n"
		       "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 10.9.0.0/16 refuse",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 192.0.2.0/24 refuse",
	.check = check,
};
