#include "base/strmap.h"
#include "base/vec.h"
#include "model/name.h"
#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

static bool
has_data(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY;
}

/* The zone around it that is served in the same view, or NULL. */
static const struct zone *
find_parent(const struct zone *z)
{
	struct slice name = z->name;

	while (name_parent(name, &name)) {
		const struct zone *p = view_get_zone(z->view, name);

		if (p != NULL)
			return has_data(p) ? p : NULL;
	}
	return NULL;
}

/* Where nobody at all may ask, zone-refuses-everyone says so. */
static bool
is_told_elsewhere(const struct rule_context *cx, const struct strmap *quiet,
		  const struct zone *z)
{
	return rule_is_for_everybody(cx, quiet, z) ||
	       !clients_may_match(predict_acls(cx->predict),
				  z->allow_query.list);
}

/* Zones below another, and the lists of both: asked once for each pair. */
struct pair {
	const struct zone *child, *parent;
	size_t count;
};

typedef VEC(struct pair) pair_vec;

static pair_vec
find_pairs(const struct rule_context *cx)
{
	struct strmap *seen = strmap_new(cx->arena, false);
	const struct strmap *quiet = rule_quiet_zones(cx);
	pair_vec v = { 0 };
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	for (size_t i = 0; i < n; i++) {
		const struct zone *z = zones[i].zone;
		const struct zone *p = has_data(z) ? find_parent(z) : NULL;

		if (p == NULL || p->allow_query.list == z->allow_query.list ||
		    origin_is_default(z->allow_query.origin) ||
		    strmap_get(quiet, z->name) != NULL ||
		    is_told_elsewhere(cx, quiet, z))
			continue;
		/* Lists in the same words are alike. */
		struct slice text = sources_text(cx->config->sources,
						 z->allow_query.origin->span);
		struct slice key = slice_of(arena_printf(
			cx->arena, "%p %p %.*s", (const void *)z->view,
			(const void *)p->allow_query.list, SLICE(text)));
		void **at = strmap_at(seen, key);

		if (*at == NULL) {
			*VEC_PUSH(cx->arena, &v) = (struct pair){ z, p, 0 };
			*at = (void *)(uintptr_t)v.len;
		}
		v.at[(uintptr_t)*at - 1].count++;
	}
	return v;
}

static void
check_pair(struct rule_context *cx, const struct pair *x)
{
	struct acls *acls = predict_acls(cx->predict);
	struct client_set s = clients_minus(
		cx->arena,
		clients_matched(cx->arena, acls, x->parent->allow_query.list,
				KEY_NONE, false),
		clients_matched(cx->arena, acls, x->child->allow_query.list,
				KEY_NONE, true));

	s = rule_reaching(cx, x->child, s);
	if (!rule_is_internet(
		    clients_and(cx->arena, s, clients_public(cx->arena))))
		return;
	const char *others =
		x->count == 1 ? ""
			      : arena_printf(cx->arena, " (and %zu like it)",
					     x->count - 1);
	struct diag *d = rule_report(
		cx, rule_heading(cx, x->child->origin.span),
		"'%s'%s is refused to clients that '%s' above it is served to: "
		"%s",
		x->child->text, others, x->parent->text,
		clients_text(cx->arena, s, SHOWN_MAX));

	if (!rule_is_delegated(cx, x->child->name))
		rule_weaken(cx, d, SEV_NOTE);
	diag_note(cx->diags, d, x->child->allow_query.origin->span,
		  "the list of the deepest zone decides alone");
	diag_help(cx->diags, d,
		  "where the parent delegates it to this server, let in "
		  "everybody who may ask the parent; else leave it out of the "
		  "parent's data");
}

static void
check(struct rule_context *cx)
{
	pair_vec v = find_pairs(cx);

	const struct arena_mark mark = arena_mark(cx->arena);

	for (size_t i = 0; i < v.len; i++) {
		check_pair(cx, &v.at[i]);
		arena_release(cx->arena, mark);
	}
}

const struct rule rule_delegation_below_refused = {
	.id = "delegation-below-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.whole = true,
	.summary = "a zone is refused to clients of the zone around it",
	.explain =
		"For a name in both, the list of the deeper zone decides, and "
		"there is no way back to the zone around it: clients get "
		"REFUSED for names that they can see delegated in the parent, "
		"and try this server again and again. It is a usual way to "
		"keep internal names to oneself, so it is a note unless the "
		"zone is declared to be delegated to this server.",
	.source = "BIND 9 ARM, allow-query",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };\n"
	       "zone \"corp.example.com\" { type primary; file \"c.db\";\n"
	       "\tallow-query { 10.0.0.0/8; }; };",
	.good = "options { recursion no; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };\n"
		"zone \"corp.example.com\" { type primary; file \"c.db\"; };",
	.check = check,
};
