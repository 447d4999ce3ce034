#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "rules/rule.h"

/* One of those that 'unblock-lan-zones' takes away. */
static const char lan_zone[] = "10.in-addr.arpa";

/* A client that is sent to the view, and the line that does so. */
struct visitor {
	struct addr client;
	const struct node *line;
};

/* Does a built-in zone answer the client for what is below `zone`? */
static bool
is_answered(struct rule_context *cx, const struct visitor *who,
	    struct slice zone)
{
	struct question q = question_of(
		slice_of(arena_printf(cx->arena, "name-of-nobody.%.*s",
				      SLICE(zone))),
		RRTYPE_PTR);
	struct decision d = predict_at(cx->predict, &q, who->client, NULL);

	return d.outcome == OUTCOME_LOCAL && d.reason != NULL &&
	       origin_is_default(d.reason) &&
	       slice_equal(slice_of(d.view), rule_value(who->line, 1));
}

static void
report(struct rule_context *cx, const struct visitor *who, struct slice zone,
       const struct node *away)
{
	struct diag *d = rule_report(
		cx, who->line->span,
		"names in '%.*s' do not exist for these clients: their view "
		"has the built-in zones again",
		SLICE(zone));

	diag_note(cx->diags, d, away->span,
		  "the zone is taken away here, for those without a view");
	diag_help(cx->diags, d,
		  "write 'local-zone: \"%.*s\" nodefault' in the view, or "
		  "'view-first: yes'",
		  SLICE(zone));
}

/* The first zone is enough: what mends it shows the way for the others. */
static void
check_line(struct rule_context *cx, const struct visitor *who)
{
	const struct node *lan = rule_server(cx, "unblock-lan-zones");
	struct slice zone;

	CONFIG_EACH(server, cx->config, "server")
		NODE_EACH(s, node_block(server), "local-zone") {
			if (!slice_is(rule_value(s, 1), "nodefault") ||
			    !name_canonical(cx->arena, rule_value(s, 0),
					    &zone) ||
			    !is_answered(cx, who, zone))
				continue;
			report(cx, who, zone, s);
			return;
		}
	if (lan != NULL && rule_server_is(cx, "unblock-lan-zones", "yes") &&
	    is_answered(cx, who, SLICE_LITERAL(lan_zone)))
		report(cx, who, SLICE_LITERAL(lan_zone), lan);
}

static void
check(struct rule_context *cx)
{
	size_t n;
	const struct rule_netblock *b =
		rule_netblocks(cx, "access-control-view", &n);

	for (size_t i = 0; i < n; i++)
		check_line(cx, &(struct visitor){ b[i].prefix.addr,
						  b[i].line });
}

const struct rule rule_view_default_zones = {
	.id = "view-default-zones",
	.family = "view",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a view has built-in zones that the server has not",
	.explain =
		"Unbound answers for the reverse names of private addresses "
		"itself, unless 'nodefault' or 'unblock-lan-zones' takes these "
		"zones away. A view with zones of its own, and without "
		"'view-first: yes', gets all of them again: its clients are "
		"told that names do not exist which others are given.",
	.source = "unbound.conf(5), local-zone, view-first; Unbound 1.17, as "
		  "it runs",
	.bad_unbound = "server: interface: 10.0.0.53\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control-view: 10.1.0.0/16 guests\n"
		       "local-zone: \"10.in-addr.arpa\" nodefault\n"
		       "view: name: guests\n"
		       "local-zone: \"ads.example\" refuse",
	.good_unbound = "server: interface: 10.0.0.53\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control-view: 10.1.0.0/16 guests\n"
			"local-zone: \"10.in-addr.arpa\" nodefault\n"
			"view: name: guests\n"
			"local-zone: \"10.in-addr.arpa\" nodefault\n"
			"local-zone: \"ads.example\" refuse",
	.check = check,
};
