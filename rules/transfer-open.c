#include "model/rrtype.h"
#include "rules/rule.h"

struct filter {
	bool defaults_count;
	struct strmap *files; /* to the zone; to the map where several share */
};

static void
note_files(struct rule_context *cx, struct filter *s)
{
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	s->defaults_count = rule_has_options(cx);
	s->files = strmap_new(cx->arena, false);
	for (size_t i = 0; i < n; i++) {
		const struct zone *z = zones[i].zone;

		if (z->file == NULL)
			continue;
		void **at = strmap_at(s->files, slice_of(z->file));

		const struct zone *other = *at;

		if (other == NULL)
			*at = (void *)(uintptr_t)z;
		else if (*at != s->files && !slice_equal(other->name, z->name))
			*at = s->files;
	}
}

/*
 * Zones of different names that are read from one file are empty ones. A
 * mirror zone is copied by nobody unless its own statement says so.
 */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	struct filter *s = context;
	const struct zone *zone = z->zone;

	if ((zone->type != ZONE_PRIMARY && zone->type != ZONE_SECONDARY) ||
	    rule_is_common_name(zone->name))
		return NULL;
	if (origin_is_default(zone->allow_transfer.origin) &&
	    !s->defaults_count)
		return NULL;
	if (zone->file != NULL &&
	    strmap_get(s->files, slice_of(zone->file)) == s->files)
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
		rule_report(cx, at, "anybody in the Internet can copy %s",
			    rule_group_text(cx, g));

	if (initial)
		diag_remark(cx->diags, d,
			    "'allow-transfer' is not written, and up to "
			    "release 9.18 that means everybody");
	diag_help(cx->diags, d,
		  "name the secondaries, best by a key: 'allow-transfer { key "
		  "NAME; };', or write 'allow-transfer { none; };'");
}

static void
check(struct rule_context *cx)
{
	struct acls *acls = predict_acls(cx->predict);
	struct client_set public = clients_public(cx->arena);
	struct client_set strangers = rule_reachable_strangers(cx);
	struct rule_reach reach = { 0 };
	struct filter filter;
	size_t n;

	note_files(cx, &filter);
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, &filter, &n);

	for (size_t i = 0; i < n; i++) {
		struct client_set open = clients_and(
			cx->arena, public,
			clients_matched(cx->arena, acls, g[i].policy->list,
					KEY_NONE, false));

		/* Most lists name a few servers: no more is asked. */
		if (!rule_is_internet(open))
			continue;
		open = rule_reaching(cx, &reach, g[i].zone->zone,
				     clients_and(cx->arena, open, strangers));
		/* One for all: the port and the transport count as well. */
		if (rule_is_internet(open) &&
		    may_copy(cx, g[i].zone->zone, open.at->first))
			report(cx, &g[i]);
	}
}

const struct rule rule_transfer_open = {
	.id = "transfer-open",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "anybody in the Internet can copy a zone",
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
