#include "base/strmap.h"
#include "base/vec.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

enum { VIEWS_MAX = 64, SHOWN_MAX = 4 };

static bool
has_data(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
	       z->type == ZONE_MIRROR;
}

/* The views that answer for the name, by a zone of it or by one around it. */
struct served {
	uint64_t itself;
	uint64_t around;
};

static void
find_served(struct served *s, const struct views *v, struct slice name)
{
	for (size_t i = 0; i < v->count && i < VIEWS_MAX; i++) {
		if (view_get_zone(v->list[i], name) != NULL)
			s->itself |= UINT64_C(1) << i;
		else if (view_find_zone(v->list[i], name) != NULL)
			s->around |= UINT64_C(1) << i;
	}
}

static const struct view *
view_named(const struct views *v, const char *name)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->list[i]->name == name)
			return v->list[i];
	return NULL;
}

/* A zone can only be taken from a view that comes before. */
static bool
comes_before(const struct views *s, const struct view *v,
	     const struct view *other)
{
	for (size_t i = 0; i < s->count && s->list[i] != other; i++)
		if (s->list[i] == v)
			return true;
	return false;
}

static void
help(struct rule_context *cx, struct diag *d, const struct zone *z,
     const struct view *v)
{
	if (comes_before(cx->model->views, z->view, v))
		diag_help(cx->diags, d,
			  "write 'zone \"%s\" { in-view \"%s\"; };' here, or "
			  "see that these clients land in that view",
			  z->text, z->view->name);
	else
		diag_help(cx->diags, d,
			  "write the zone here too, or see that these clients "
			  "land in that view ('in-view' can only name a view "
			  "that comes before)");
}

/* Zones that the same views answer for are alike: the first one is asked. */
struct alike {
	struct served served;
	const struct zone *first;
	size_t others; /* other names */
};

typedef VEC(struct alike *) alike_vec;

static const char *
others_text(const struct rule_context *cx, const struct alike *s)
{
	return s->others == 0
		       ? ""
		       : arena_printf(cx->arena, " and %zu other zone%s",
				      s->others, s->others == 1 ? "" : "s");
}

static void
report(struct rule_context *cx, const struct alike *s,
       const struct client_group *g)
{
	const struct zone *z = s->first;
	const struct view *v = view_named(cx->model->views, g->decision->view);

	if (v == NULL || origin_is_default(&v->origin))
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, v->origin.span),
		"'%s'%s %s not served in this view, where declared clients "
		"land: %s",
		z->text, others_text(cx, s), s->others == 0 ? "is" : "are",
		clients_text(cx->arena, g->clients, SHOWN_MAX));

	diag_note(cx->diags, d, rule_heading(cx, z->origin.span),
		  "it is served in the view '%s'", z->view->name);
	help(cx, d, z, v);
}

static void
check_alike(struct rule_context *cx, const struct alike *s)
{
	struct question q = question_of(s->first->name, RRTYPE_SOA);
	size_t n;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, rule_own_clients(cx),
			      decision_is_refused, &n);

	for (size_t i = 0; i < n; i++)
		if (rule_is_recursion_off(g[i].decision))
			report(cx, s, &g[i]);
}

/* What is found of one zone. A name that several views have is one. */
struct search {
	struct strmap *names, *sets;
	alike_vec found;
};

static void
add(const struct rule_context *cx, struct search *x, const struct zone *z)
{
	void **seen = strmap_at(x->names, z->name);
	struct alike *s = ARENA_NEW(cx->arena, struct alike);

	if (*seen != NULL)
		return;
	*seen = (void *)(uintptr_t)z;
	find_served(&s->served, cx->model->views, z->name);
	void **at = strmap_at(x->sets, (struct slice){ (const char *)&s->served,
						       sizeof(s->served) });

	if (*at != NULL) {
		((struct alike *)*at)->others++;
		return;
	}
	s->first = z;
	*at = s;
	*VEC_PUSH(cx->arena, &x->found) = s;
}

static void
check(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	struct search x = { .names = strmap_new(cx->arena, false),
			    .sets = strmap_new(cx->arena, false) };

	if (!cx->intent->clients_declared)
		return;
	for (size_t i = 0; i < v->count; i++) {
		for (size_t k = 0; k < v->list[i]->zone_count; k++) {
			const struct zone *z = v->list[i]->zone_list[k];

			if (has_data(z))
				add(cx, &x, z);
		}
	}
	for (size_t i = 0; i < x.found.len; i++)
		check_alike(cx, x.found.at[i]);
}

const struct rule rule_zone_missing_in_view = {
	.id = "zone-missing-in-view",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a zone is served in one view and missing in another",
	.explain =
		"Zones belong to views. Clients that land in a view without "
		"the zone get REFUSED for it, though the server has it. A new "
		"view that comes first takes clients from those behind it, and "
		"with them their zones.",
	.source = "BIND 9 ARM, view; ISC KB AA-00851",
	.bad = "// dnslint: clients=10.0.0.0/8\n"
	       "view lab { match-clients { 10.7.0.0/16; }; recursion no; };\n"
	       "view all { match-clients { any; };\n"
	       "\tzone \"example.com\" { type primary; file \"e.db\"; }; };",
	.good = "// dnslint: clients=10.0.0.0/8\n"
		"view all { match-clients { any; };\n"
		"\tzone \"example.com\" { type primary; file \"e.db\"; }; };",
	.check = check,
};
