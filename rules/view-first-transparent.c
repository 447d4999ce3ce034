#include "base/strmap.h"
#include "model/access.h"
#include "model/name.h"
#include "rules/rule.h"

/* Without data, the question goes on to the zones of the server. */
static bool
passes_on(const struct local_zone *z)
{
	return !z->built_in && !origin_is_default(z->origin) &&
	       slice_is(slice_of(z->origin->option), "local-zone") &&
	       strmap_count(z->names) == 0 &&
	       (z->type == LOCAL_TRANSPARENT ||
		z->type == LOCAL_TYPETRANSPARENT || z->type == LOCAL_INFORM ||
		z->type == LOCAL_ALWAYS_TRANSPARENT);
}

/* Stops questions for names that it has no data for. */
static bool
stops(enum local_type type)
{
	switch (type) {
	case LOCAL_REFUSE:
	case LOCAL_ALWAYS_REFUSE:
	case LOCAL_DENY:
	case LOCAL_ALWAYS_DENY:
	case LOCAL_INFORM_DENY:
	case LOCAL_STATIC:
	case LOCAL_ALWAYS_NXDOMAIN:
	case LOCAL_ALWAYS_NODATA:
	case LOCAL_ALWAYS_NULL:
	case LOCAL_REDIRECT:
	case LOCAL_INFORM_REDIRECT:
		return true;
	default:
		return false;
	}
}

/* The closest zone of the server at or above the name, or NULL. */
static const struct local_zone *
closest(const struct access *a, struct slice name)
{
	do {
		const struct local_zone *z = strmap_get(a->tree.in, name);

		if (z != NULL)
			return z;
	} while (name_parent(name, &name));
	return NULL;
}

static void
report(struct rule_context *cx, const struct local_zone *z,
       const struct local_zone *global)
{
	const char *name = arena_strdup(cx->arena, z->name);
	struct diag *d = rule_report(
		cx, z->origin->span,
		"this does not let '%s' through: with 'view-first: yes' the "
		"zones of the server come next",
		name);

	if (origin_is_default(global->origin))
		diag_remark(cx->diags, d,
			    "and the built-in zone '%s' answers",
			    arena_strdup(cx->arena, global->name));
	else
		diag_note(cx->diags, d, global->origin->span,
			  "and this one stops the question");
	diag_help(cx->diags, d, "write 'local-zone: \"%s\" nodefault' here",
		  name);
}

static void
check_view(struct rule_context *cx, const struct local_view *v)
{
	size_t n;
	const struct slice *names = strmap_keys(cx->arena, v->tree.in, &n);

	for (size_t i = 0; i < n; i++) {
		const struct local_zone *z = strmap_get(v->tree.in, names[i]);
		const struct local_zone *global;

		if (!passes_on(z))
			continue;
		global = closest(cx->model->access, z->name);
		/* Tags and overrides are not the same for everybody. */
		if (global != NULL && stops(global->type) &&
		    global->tags.count == 0 && global->override_count == 0)
			report(cx, z, global);
	}
}

static void
check(struct rule_context *cx)
{
	const struct access *a = cx->model->access;
	struct strmap *seen = strmap_new(cx->arena, false);

	for (size_t i = 0; i < a->block_count + a->listener_count; i++) {
		const struct local_view *v =
			i < a->block_count
				? a->blocks[i].policy.view
				: a->listeners[i - a->block_count].policy.view;

		if (v == NULL || !v->first || !v->has_tree)
			continue;
		void **at = strmap_at(seen, slice_of(v->name));

		if (*at != NULL)
			continue;
		*at = (void *)(uintptr_t)v;
		check_view(cx, v);
	}
}

const struct rule rule_view_first_transparent = {
	.id = "view-first-transparent",
	.family = "view",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a transparent zone of a view that lets nothing through",
	.explain =
		"In a view with 'view-first: yes' a question that the view has "
		"no data for goes on to the local zones of the server. A "
		"transparent zone of the view does not shield a name from a "
		"zone of the server that refuses it; 'nodefault' does, and so "
		"does a view without 'view-first'.",
	.source = "Unbound services/localzone.c, local_zones_answer",
	.bad_unbound = "server:\n"
		       "local-zone: ads.example refuse\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control-view: 10.0.0.0/8 exempt\n"
		       "view:\n"
		       "name: exempt\n"
		       "view-first: yes\n"
		       "local-zone: ads.example transparent",
	.good_unbound = "server:\n"
			"local-zone: ads.example refuse\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control-view: 10.0.0.0/8 exempt\n"
			"view:\n"
			"name: exempt\n"
			"view-first: yes\n"
			"local-zone: ads.example nodefault",
	.check = check,
};
