#include "rules/rule.h"

enum {
	SHOWN_MAX = 6
};

/* Which elements of the list take them: each is told by itself. */
static struct decision
decision_of(const struct client_group *g, const struct rule_part *part)
{
	struct decision d = *g->decision;

	if (part->element != NULL) {
		d.element = part->element;
		d.list = part->list;
	}
	return d;
}

static const char *
how_to_answer(const struct rule_case *c)
{
	const struct rule_context *cx = c->cx;
	bool named = cx->config->dialect == DIALECT_NAMED;
	const char *networks =
		named ? rule_written(cx, c->clients, "!", ";") : NULL;
	const char *help = named ? NULL : rule_how_to_change_access(c, "allow");

	if (networks != NULL)
		return rule_first_in(cx, c->d.reason, networks);
	return help != NULL ? help
			    : arena_printf(cx->arena, "take them out of '%s'",
					   c->d.reason->option);
}

static void
report(struct rule_context *cx, const struct question *q,
       const struct client_group *g, const struct rule_part *part)
{
	struct decision by = decision_of(g, part);
	struct diag *d =
		rule_report(cx, rule_place(cx, &by),
			    "declared clients get no answer at all: %s",
			    clients_text(cx->arena, part->clients, SHOWN_MAX));

	const char *help =
		how_to_answer(&(struct rule_case){
			.cx = cx, .q = q, .clients = part->clients, .d = by });

	rule_note_route(cx, d, &by);
	diag_help(cx->diags, d,
		  "%s: a client that is refused tries another server, one that "
		  "is dropped waits",
		  help);
}

/* By a statement; of those who are not heard listens-nowhere speaks. */
static bool
is_dropped(const struct decision *d)
{
	struct slice option =
		slice_of(d->reason == NULL ? "interface" : d->reason->option);

	return decision_is_dropped(d) && !slice_is(option, "interface") &&
	       !slice_is(option, "do-udp");
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n, parts;

	if (!cx->intent->clients_declared)
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, rule_own_clients(cx),
			      is_dropped, &n);

	for (size_t i = 0; i < n; i++) {
		const struct rule_part *p = rule_parts(cx, &g[i], &parts);

		for (size_t k = 0; k < parts; k++)
			report(cx, &q, &g[i], &p[k]);
	}
}

const struct rule rule_client_dropped = {
	.id = "client-dropped",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a declared client gets no answer at all",
	.explain = "A client that is dropped, by 'blackhole' or by 'deny', "
		   "waits for a time-out before it asks elsewhere. Declared "
		   "clients must be answered.",
	.source = "BIND 9 ARM, blackhole; unbound.conf(5), access-control",
	.bad = "// dnslint: clients=10.0.0.0/8\n"
	       "options { allow-recursion { 10.0.0.0/8; };\n"
	       "\tblackhole { 10.66.0.0/16; }; };",
	.good = "// dnslint: clients=10.0.0.0/8\n"
		"options { allow-recursion { 10.0.0.0/8; };\n"
		"\tblackhole { 192.0.2.0/24; }; };",
	.bad_unbound = "# dnslint: clients=10.0.0.0/8\n"
		       "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 10.66.0.0/16 deny",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 192.0.2.0/24 deny",
	.check = check,
};
