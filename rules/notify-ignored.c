#include "model/rrtype.h"
#include "rules/rule.h"

/* Views that are chosen by a key: who signs how is not known. */
static bool
chosen_by_key(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	const uint32_t *keys;

	for (size_t i = 0; i < v->count; i++) {
		const struct address_list *l = v->list[i]->match_clients.list;

		if (l != NULL &&
		    acl_keys(predict_acls(cx->predict), l, &keys) > 0)
			return true;
	}
	return false;
}

/* Is it known of every view whether it takes the address? */
static bool
is_known(struct rule_context *cx, struct addr a)
{
	const struct views *v = cx->model->views;
	struct acls *acls = predict_acls(cx->predict);

	for (size_t i = 0; i < v->count; i++) {
		const struct address_list *l = v->list[i]->match_clients.list;

		if (v->list[i]->match_destinations.list != NULL ||
		    (l != NULL && acl_match(acls, l, a, KEY_NONE).verdict ==
					  VERDICT_UNKNOWN))
			return false;
	}
	return true;
}

static const struct view *
find_view(struct rule_context *cx, const char *name)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->count; i++)
		if (slice_is(slice_of(name), v->list[i]->name))
			return v->list[i];
	return NULL;
}

static void
report(struct rule_context *cx, const struct rule_zone *z, struct addr primary,
       const struct decision *d)
{
	const struct node *s = node_find(z->body, "primaries");
	char buf[ADDR_TEXT_MAX];
	const char *address = addr_format(primary, buf);
	struct diag *diag;

	if (s == NULL)
		s = node_find(z->body, "masters");
	if (decision_is_dropped(d))
		diag = rule_report(cx, s->span,
				   "the primary %s is never listened to: its "
				   "notices of changes to '%s' are lost",
				   address, z->zone->text);
	else if (*d->view == '\0')
		diag = rule_report(cx, s->span,
				   "no view takes the primary %s: its notices "
				   "of changes to '%s' are refused",
				   address, z->zone->text);
	else
		diag = rule_report(cx, s->span,
				   "notices of the primary %s come to view "
				   "'%s', not to '%s' of view '%s'",
				   address, d->view, z->zone->text,
				   z->zone->view->name);
	if (!origin_is_default(d->reason))
		diag_note(cx->diags, diag, rule_place(cx, d), "decided here");
	diag_help(
		cx->diags, diag,
		decision_is_dropped(d)
			? "except the primary from 'blackhole'"
			: "take the primary into 'match-clients' of the view, "
			  "or let it sign with a key that the view takes");
}

static void
check_primary(struct rule_context *cx, const struct rule_zone *z,
	      struct addr primary)
{
	struct question q = question_of(z->zone->name, RRTYPE_SOA);

	q.rd = false;
	q.qclass = (uint16_t)z->zone->view->qclass;
	struct decision d = predict_at(cx->predict, &q, primary, NULL);
	const struct view *v = find_view(cx, d.view);

	if (!is_known(cx, primary) ||
	    (v != NULL && view_get_zone(v, z->zone->name) == z->zone))
		return;
	report(cx, z, primary, &d);
}

static void
check(struct rule_context *cx)
{
	struct strmap *seen = strmap_new(cx->arena, false);
	char buf[ADDR_TEXT_MAX];
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	if (n == 0 || chosen_by_key(cx))
		return;
	for (size_t i = 0; i < n; i++) {
		const struct zone *z = zones[i].zone;

		if (z->type != ZONE_SECONDARY)
			continue;
		for (size_t k = 0; k < z->primary_count; k++) {
			struct addr a = z->primaries[k].addr;
			void **at = strmap_at(
				seen, slice_of(arena_printf(
					      cx->arena, "%s %s", z->view->name,
					      addr_format(a, buf))));

			/* All zones of a view fare alike. */
			if (*at == NULL)
				check_primary(cx, &zones[i], a);
			*at = seen;
		}
	}
}

const struct rule rule_notify_ignored = {
	.id = "notify-ignored",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a secondary zone does not hear of changes",
	.explain =
		"A primary tells its secondaries of changes from its own "
		"address, and that address chooses the view like that of any "
		"client. Where it belongs to another view, or to none, the "
		"secondary zone learns of changes only when its refresh time "
		"is over.",
	.source = "RFC 1996; BIND 9 ARM, match-clients and allow-notify",
	.bad = "view inside { match-clients { 10.0.0.0/8; };\n"
	       "\tzone \"example.com\" { type primary; file \"e.db\"; }; };\n"
	       "view outside { match-clients { any; };\n"
	       "\tzone \"example.net\" { type secondary;\n"
	       "\t\tprimaries { 10.0.0.1; }; }; };",
	.good = "view inside { match-clients { !10.0.0.1; 10.0.0.0/8; };\n"
		"\tzone \"example.com\" { type primary; file \"e.db\"; }; };\n"
		"view outside { match-clients { any; };\n"
		"\tzone \"example.net\" { type secondary;\n"
		"\t\tprimaries { 10.0.0.1; }; }; };",
	.check = check,
};
