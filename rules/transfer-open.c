#include "model/rrtype.h"
#include "rules/rule.h"

struct filter {
	bool defaults_count;
	const struct rule_zone *zones;
	struct rule_file *const *files; /* of the zones */
};

/*
 * Zones of different names that are read from one file are empty ones. A
 * mirror zone is copied by nobody unless its own statement says so.
 */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct filter *s = context;
	const struct zone *zone = z->zone;
	const struct rule_file *file = s->files[z - s->zones];

	if ((zone->type != ZONE_PRIMARY && zone->type != ZONE_SECONDARY) ||
	    rule_is_common_name(zone->name))
		return NULL;
	if (origin_is_default(zone->allow_transfer.origin) &&
	    !s->defaults_count)
		return NULL;
	if (file != NULL && file->many_names)
		return NULL;
	return &zone->allow_transfer;
}

/*
 * Does the list let `client` copy the zone? Where the zone has no data yet the
 * transfer fails, but it will have them.
 */
static bool
may_copy(struct rule_context *cx, const struct zone *z, struct addr client)
{
	struct question q = question_of(z->name, RRTYPE_AXFR);

	q.tcp = true;
	q.rd = false;
	q.qclass = (uint16_t)z->view->qclass;
	struct decision d = predict_at(cx->predict, &q, client, NULL);

	return d.outcome == OUTCOME_TRANSFER || decision_is_unknown(&d) ||
	       d.outcome == OUTCOME_SERVER_FAILURE;
}

static void
report(struct rule_context *cx, const struct rule_zone_group *g)
{
	bool initial = origin_is_default(g->policy->origin);
	struct span at =
		initial ? g->zone->zone->origin.span : g->policy->origin->span;
	struct diag *d =
		rule_report(cx, at, "anybody on the Internet can copy %s",
			    rule_group_text(cx, g));

	if (initial)
		diag_remark(cx->diags, d,
			    "'allow-transfer' is not written, and up to "
			    "release 9.18 that means everybody");
	rule_note_ipv6_default(cx, d);
	diag_help(cx->diags, d,
		  "name the secondaries, best by a key: 'allow-transfer { key "
		  "NAME; };', or write 'allow-transfer { none; };'");
}

static void
check_group(struct rule_context *cx, const struct rule_zone_group *g,
	    struct client_set public, struct client_set strangers)
{
	/* Most lists name a few servers: no more is asked. */
	if (!rule_may_be_internet(cx, g->policy->list))
		return;
	struct client_set open = clients_and(
		cx->arena, public,
		clients_matched(cx->arena, predict_acls(cx->predict),
				g->policy->list, KEY_NONE, false));

	if (!rule_is_internet(open))
		return;
	open = rule_reaching(cx, g->zone->zone,
			     clients_and(cx->arena, open, strangers));
	/* One for all: the port and the transport count as well. */
	if (rule_is_internet(open) &&
	    may_copy(cx, g->zone->zone, open.at->first))
		report(cx, g);
}

static void
check(struct rule_context *cx)
{
	struct client_set public = clients_public(cx->arena);
	struct client_set strangers = rule_reachable_strangers(cx);
	size_t n;
	struct filter filter = { rule_is_whole(cx), rule_zones(cx, &n),
				 rule_zone_files(cx) };
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, &filter, &n);

	const struct arena_mark mark = arena_mark(cx->arena);

	for (size_t i = 0; i < n; i++) {
		check_group(cx, &g[i], public, strangers);
		arena_release(cx->arena, mark);
	}
}

const struct rule rule_transfer_open = {
	.id = "transfer-open",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "anybody on the Internet can copy a zone",
	.explain =
		"A zone transfer hands out every name of a zone at once, and "
		"is work for the server. Up to release 9.18 everybody may "
		"transfer where 'allow-transfer' is not written; from 9.20 on "
		"nobody may. Name the secondaries, best by their key.",
	.source = "RFC 5936, section 5; BIND 9 ARM, allow-transfer; DISA "
		  "STIG V-207561",
	.bad = "options { recursion no; allow-transfer { any; }; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no; allow-transfer { none; }; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.check = check,
};
