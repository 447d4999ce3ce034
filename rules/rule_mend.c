/* What to write so that clients get something else. */
#include <string.h>

#include "base/vec.h"
#include "model/access.h"
#include "model/views.h"
#include "rules/rule.h"

enum {
	WRITTEN_MAX = 3, /* networks in a piece of advice */
	PARTS_MAX = 8,
};

const struct view *
rule_find_view(const struct rule_context *cx, const char *name)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->count; i++)
		if (strcmp(v->list[i]->name, name) == 0)
			return v->list[i];
	return NULL;
}

const char *
rule_written(const struct rule_context *cx, struct client_set s,
	     const char *before, const char *behind)
{
	const char *between = arena_printf(cx->arena, "%s %s", behind, before);

	if (clients_prefix_count(s) > WRITTEN_MAX)
		return NULL;
	return arena_printf(cx->arena, "%s%s%s", before,
			    clients_list(cx->arena, s, between), behind);
}

/* What those who recurse are by default; all other lists have nobody then. */
static const char *
written_default(const char *option)
{
	struct slice o = slice_of(option);

	return slice_has_prefix(o, "allow-recursion") ||
			       slice_has_prefix(o, "allow-query-cache")
		       ? " localhost; localnets;"
		       : "";
}

const char *
rule_first_in(const struct rule_context *cx, const struct origin *o,
	      const char *networks)
{
	if (origin_is_default(o))
		return arena_printf(cx->arena, "write '%s { %s%s };'",
				    o->option, networks,
				    written_default(o->option));
	return arena_printf(cx->arena, "write '%s' first in '%s'", networks,
			    o->option);
}

/* The block that the statement of `o` makes, or NULL. */
static const struct access_block *
find_block(const struct access *s, const struct origin *o)
{
	for (size_t i = 0; i < s->block_count; i++)
		if (s->blocks[i].policy.origin == o)
			return &s->blocks[i];
	return NULL;
}

/* Everybody for whom the statement decides, in the case or not. */
static struct client_set
decided_by(const struct rule_case *c)
{
	struct arena *a = c->cx->arena;
	struct client_set all = { NULL, 0 };
	size_t n;
	const struct client_group *g = clients_group(a, c->cx->predict, c->q,
						     clients_all(a), NULL, &n);

	for (size_t i = 0; i < n; i++)
		if (g[i].decision->reason == c->d.reason)
			all = clients_union(a, all, g[i].clients);
	return all;
}

const char *
rule_how_to_change_access(const struct rule_case *c, const char *action)
{
	struct arena *a = c->cx->arena;
	const struct access_block *b =
		find_block(c->cx->model->access, c->d.reason);
	const char *lines = rule_written(c->cx, c->clients, "access-control: ",
					 arena_printf(a, " %s", action));

	if (!slice_is(slice_of(c->d.reason->option), "access-control"))
		return NULL;
	if (b != NULL && !origin_is_default(c->d.reason) &&
	    clients_empty(clients_minus(a, decided_by(c), c->clients)))
		return arena_printf(a, "write '%s' for the action there",
				    action);
	if (lines == NULL)
		return NULL;
	return arena_printf(a, "add '%s': the most specific block decides",
			    lines);
}

typedef VEC(struct rule_part) part_vec;

/* False where there would be too many. */
static bool
add_part(struct arena *a, part_vec *v, struct rule_part part)
{
	for (size_t i = 0; i < v->len; i++)
		if (v->at[i].element == part.element &&
		    v->at[i].excluded == part.excluded) {
			v->at[i].clients = clients_union(
				a, v->at[i].clients, part.clients);
			return true;
		}
	if (v->len == PARTS_MAX)
		return false;
	*VEC_PUSH(a, v) = part;
	return true;
}

/*
 * What the list says of the first of them, and the last of whom that holds.
 * `closely`: where nothing matches, an exclusion may be why.
 */
static struct rule_part
first_part(const struct rule_context *cx, const struct address_list *closed,
	   struct span_of_clients s, bool closely)
{
	struct acls *acls = predict_acls(cx->predict);
	struct acl_result r = acl_match(acls, closed, s.first, KEY_NONE);
	struct span_of_clients *at =
		ARENA_NEW(cx->arena, struct span_of_clients);
	struct acl_exclusion x = { .last = r.last };

	if (closely && r.element == NULL)
		x = acl_excluded(acls, cx->model, closed, s.first, KEY_NONE);
	*at = (struct span_of_clients){
		s.first, addr_cmp(x.last, s.last) >= 0 ? s.last : x.last
	};
	return (struct rule_part){ r.element, r.list, { at, 1 }, x.element };
}

/* Each of them is asked, from the end of what holds for the one before. */
static bool
add_span(const struct rule_context *cx, part_vec *v,
	 const struct address_list *closed, struct span_of_clients s,
	 bool closely)
{
	for (size_t steps = 0; steps < PARTS_MAX * PARTS_MAX; steps++) {
		struct rule_part part = first_part(cx, closed, s, closely);
		struct addr last = part.clients.at[0].last;

		if (!add_part(cx->arena, v, part))
			return false;
		if (addr_cmp(last, s.last) == 0)
			return true;
		s.first = addr_next(last);
	}
	return false;
}

/* The list that decided: it let nobody in, or is one of those to be dropped. */
static const struct address_list *
deciding_list(const struct rule_context *cx, const struct decision *d)
{
	const struct views *v = cx->model->views;

	if (d->closed == NULL && v != NULL && decision_is_dropped(d) &&
	    d->reason == v->blackhole.origin)
		return v->blackhole.list;
	return d->closed;
}

static bool
find_parts(const struct rule_context *cx, const struct client_group *g,
	   part_vec *v, bool closely)
{
	const struct address_list *closed = deciding_list(cx, g->decision);
	bool few = closed != NULL && g->clients.count <= PARTS_MAX * PARTS_MAX;

	v->len = 0;
	for (size_t i = 0; i < g->clients.count && few; i++)
		few = add_span(cx, v, closed, g->clients.at[i], closely);
	return few;
}

const struct rule_part *
rule_parts(const struct rule_context *cx, const struct client_group *g,
	   size_t *count)
{
	struct rule_part *whole = ARENA_NEW(cx->arena, struct rule_part);
	part_vec v = { 0 };

	*count = 1;
	*whole = (struct rule_part){ .clients = g->clients };
	if (!find_parts(cx, g, &v, true) && !find_parts(cx, g, &v, false))
		return whole;
	*count = v.len;
	return v.at;
}
