#include "predict/section.h"

#include <string.h>

#include "base/strmap.h"
#include "decide/clients.h"
#include "model/access.h"
#include "model/rrtype.h"
#include "model/views.h"

struct maker {
	struct arena *arena;
	struct arena *maps; /* of the sections that are kept */
	struct predict *predict;
	const struct model *model;
	struct question base;
	section_vec sections;
};

static void
add_group(struct arena *a, struct predict *p, struct section *s,
	  uint32_t value)
{
	for (size_t i = s->groups.len; i-- > 0;)
		if (s->groups.at[i].value == value)
			return;
	*VEC_PUSH(a, &s->groups) =
		(struct group){ predict_decision(p, value), value };
}

/* Where a destination is given, clients of the other family have no part. */
static bool
takes_part(const struct question *q, enum family family)
{
	return !q->to_known || q->to.family == family;
}

struct section
section_of(struct arena *a, struct predict *p, const struct question *q,
	   const char *kind, const char *title)
{
	struct section s = { .kind = kind, .title = title, .question = *q };

	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct rangemap *m;

		if (!takes_part(q, (enum family)f))
			continue;
		m = s.maps[f] = predict_map_in(a, p, q, (enum family)f);
		for (size_t i = 0; i < rangemap_count(m); i++)
			add_group(a, p, &s, rangemap_steps(m)[i].value);
	}
	return s;
}

struct section
section_of_client(struct arena *a, struct predict *p, const struct question *q,
		  struct addr client, const char *title)
{
	struct section s = { .kind = "question", .title = title,
			     .question = *q };
	struct decision *d = ARENA_NEW(a, struct decision);
	struct addr *copy = ARENA_NEW(a, struct addr);

	*d = predict_at(p, q, client, NULL);
	*copy = client;
	s.client = copy;
	*VEC_PUSH(a, &s.groups) = (struct group){ d, 0 };
	return s;
}

bool
section_next_range(const struct section *s, const struct group *g,
		   struct group_walk *w, struct addr *first, struct addr *last)
{
	if (s->client != NULL) {
		*first = *last = *s->client;
		return !w->done && (w->done = true);
	}
	for (; (int)w->family < FAMILY_COUNT; w->family++, w->step = 0) {
		const struct rangemap *m = s->maps[w->family];

		while (m != NULL && w->step < rangemap_count(m)) {
			size_t i = w->step++;

			if (rangemap_steps(m)[i].value != g->value)
				continue;
			*first = point_addr(rangemap_steps(m)[i].first,
					    w->family);
			*last = rangemap_last(m, i);
			return true;
		}
	}
	return false;
}

static void
add(struct maker *m, struct section s)
{
	*VEC_PUSH(m->arena, &m->sections) = s;
}

static struct question
question_for(const struct maker *m, struct slice name, uint16_t type)
{
	struct question q = m->base;

	q.qname = name;
	q.qtype = type;
	q.qclass = CLASS_IN;
	return q;
}

static void
add_recursion(struct maker *m)
{
	struct question foreign = question_foreign(m->model);
	struct question q = question_for(m, foreign.qname, RRTYPE_A);

	add(m, section_of(m->maps, m->predict, &q, "recursion",
			  "recursion: any name of others"));
	if (!q.rd)
		return;
	q.rd = false;
	add(m, section_of(m->maps, m->predict, &q, "cache",
			  "cache: any name of others, without RD"));
}

/*
 * Alike for readers: the same answer, and the reason is the same statement, or
 * the zone's own in both.
 */
static bool
same_decision(const struct decision *x, const struct decision *y)
{
	struct decision z = *y;

	if (x == y)
		return true;
	if (x->reason == NULL || y->reason == NULL ||
	    strcmp(x->reason->option, y->reason->option) != 0 ||
	    (strcmp(x->reason->option, "zone") != 0 &&
	     strcmp(x->reason->option, "local-zone") != 0 &&
	     strcmp(x->reason->option, "auth-zone") != 0))
		return false;
	z.reason = x->reason;
	return decision_alike(x, &z);
}

static bool
same_map(const struct section *x, const struct section *y, enum family f)
{
	const struct rangemap *m = x->maps[f], *n = y->maps[f];

	if (m == NULL || n == NULL)
		return m == n;
	if (rangemap_count(m) != rangemap_count(n))
		return false;
	for (size_t i = 0; i < rangemap_count(m); i++)
		if (point_cmp(rangemap_steps(m)[i].first,
			      rangemap_steps(n)[i].first) != 0)
			return false;
	return true;
}

static size_t
group_number(const struct section *s, uint32_t value)
{
	size_t i = 0;

	while (s->groups.at[i].value != value)
		i++;
	return i;
}

/* Of maps with the same steps. */
static bool
same_groups(const struct section *x, const struct section *y)
{
	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct rangemap *m = x->maps[f], *n = y->maps[f];

		for (size_t i = 0; m != NULL && i < rangemap_count(m); i++)
			if (group_number(x, rangemap_steps(m)[i].value) !=
			    group_number(y, rangemap_steps(n)[i].value))
				return false;
	}
	return true;
}

static bool
same_answers(const struct section *x, const struct section *y)
{
	if (x->groups.len != y->groups.len || strcmp(x->kind, y->kind) != 0)
		return false;
	for (size_t i = 0; i < x->groups.len; i++)
		if (!same_decision(x->groups.at[i].decision,
				   y->groups.at[i].decision))
			return false;
	return same_map(x, y, FAMILY_IPV4) && same_map(x, y, FAMILY_IPV6) &&
	       same_groups(x, y);
}

/* Sections looked back at for the same answers. */
enum { LOOK_BACK = 8 };

/* False when the section is not kept: another one takes the name. */
static bool
add_named(struct maker *m, struct section s, const char *name)
{
	size_t from = m->sections.len > LOOK_BACK ? m->sections.len - LOOK_BACK
						  : 0;

	for (size_t i = m->sections.len; i-- > from;) {
		if (!same_answers(&m->sections.at[i], &s))
			continue;
		*VEC_PUSH(m->arena, &m->sections.at[i].names) = name;
		return false;
	}
	*VEC_PUSH(m->arena, &s.names) = name;
	add(m, s);
	return true;
}

static void
add_update(struct maker *m, const struct zone *z)
{
	struct question q = question_for(m, z->name, RRTYPE_SOA);

	q.opcode = OPCODE_UPDATE;
	add_named(m,
		  section_of(m->maps, m->predict, &q, "update", "update of"),
		  arena_strdup(m->arena, z->name));
}

static void
add_zone(struct maker *m, struct slice name, const char *kind,
	 const char *title, uint16_t type)
{
	struct question q = question_for(m, name, type);
	const char *text = arena_strdup(m->arena, name.len == 0
							  ? SLICE_LITERAL(".")
							  : name);

	if (type == RRTYPE_AXFR)
		q.tcp = true;
	struct arena_mark mark = arena_mark(m->maps);

	if (!add_named(m, section_of(m->maps, m->predict, &q, kind, title),
		       text))
		arena_release(m->maps, mark);
}

/* May anybody change it? It is nothing worth telling where nobody may. */
static bool
has_updates(const struct zone *z)
{
	return z->type == ZONE_PRIMARY &&
	       (z->allow_update.list != NULL || z->update_policy != NULL);
}

static bool
has_transfers(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
	       z->type == ZONE_MIRROR;
}

/* Zones of all views, each name once, in the order they are written. */
static void
add_zones(struct maker *m, bool transfers)
{
	struct strmap *seen = strmap_new(m->arena, false);

	for (size_t v = 0; v < m->model->views->count; v++) {
		const struct view *view = m->model->views->list[v];

		for (size_t i = 0; i < view->zone_count; i++) {
			const struct zone *z = view->zone_list[i];
			void **at;

			if (z->type == ZONE_EMPTY || z->type == ZONE_BUILT_IN ||
			    (transfers && !has_transfers(z)))
				continue;
			at = strmap_at(seen, z->name);
			if (*at == NULL && transfers)
				add_zone(m, z->name, "transfer", "transfer of",
					 RRTYPE_AXFR);
			else if (*at == NULL)
				add_zone(m, z->name, "zone", "zone",
					 RRTYPE_SOA);
			if (*at == NULL && transfers && has_updates(z))
				add_update(m, z);
			*at = (void *)(uintptr_t)z;
		}
	}
}

/* Zones without data, tags and overrides differ by their type alone. */
static bool
is_plain(const struct local_zone *z)
{
	return z != NULL && z->tags.count == 0 && z->override_count == 0 &&
	       (z->names == NULL || strmap_count(z->names) == 0);
}

/* Names of local zones that people wrote, outside of views and in them. */
struct local_names {
	struct strmap *all; /* struct local_zone */
	struct strmap *in_views;
	const struct local_view *last;
};

static void
collect_tree(struct maker *m, struct local_names *n, const struct strmap *tree,
	     bool of_view)
{
	size_t count;
	const struct slice *keys = strmap_keys(m->arena, tree, &count);

	for (size_t i = 0; i < count; i++) {
		struct local_zone *z = strmap_get(tree, keys[i]);

		if (z->built_in)
			continue;
		*strmap_at(n->all, keys[i]) = z;
		if (of_view)
			*strmap_at(n->in_views, keys[i]) = z;
	}
}

static void
collect_view(struct maker *m, struct local_names *n, const struct local_view *v)
{
	if (v == NULL || !v->has_tree || v == n->last)
		return;
	n->last = v;
	collect_tree(m, n, v->tree.in, true);
}

static void
add_local_zones(struct maker *m)
{
	const struct access *x = m->model->access;
	struct local_names names = { strmap_new(m->arena, false),
				     strmap_new(m->arena, false), NULL };
	size_t known[LOCAL_TYPETRANSPARENT + 1] = { 0 }; /* section + 1 */
	size_t count;

	collect_tree(m, &names, x->tree.in, false);
	for (size_t i = 0; i < x->block_count; i++)
		collect_view(m, &names, x->blocks[i].policy.view);
	for (size_t i = 0; i < x->listener_count; i++)
		collect_view(m, &names, x->listeners[i].policy.view);
	const struct slice *keys = strmap_keys(m->arena, names.all, &count);

	for (size_t i = 0; i < count; i++) {
		const struct local_zone *z = strmap_get(names.all, keys[i]);
		bool plain = is_plain(z) &&
			     strmap_get(names.in_views, keys[i]) == NULL;

		if (plain && known[z->type] > 0) {
			*VEC_PUSH(m->arena,
				  &m->sections.at[known[z->type] - 1].names) =
				arena_strdup(m->arena, keys[i]);
			continue;
		}
		add_zone(m, keys[i], "local-zone", "local zone", RRTYPE_A);
		if (plain)
			known[z->type] = m->sections.len;
	}
}

static void
add_auth_zones(struct maker *m)
{
	size_t count;
	const struct slice *keys =
		strmap_keys(m->arena, m->model->access->auth_zones, &count);

	for (size_t i = 0; i < count; i++)
		add_zone(m, keys[i], "auth-zone", "auth-zone", RRTYPE_SOA);
}

static void
add_about_server(struct maker *m)
{
	static const char *const names[] = { "version.bind", "hostname.bind",
					     "id.server" };

	for (size_t i = 0; i < 3; i++) {
		struct question q = question_for(m, slice_of(names[i]),
						 RRTYPE_TXT);

		q.qclass = CLASS_CH;
		add_named(m,
			  section_of(m->maps, m->predict, &q, "chaos",
				     "about the server: CH TXT"),
			  names[i]);
	}
}

section_vec
sections_all(struct arena *a, struct predict *p, const struct model *m,
	     const struct question *q)
{
	struct maker mk = { .arena = a, .maps = arena_child(a), .predict = p,
			    .model = m, .base = *q };

	add_recursion(&mk);
	if (m->views != NULL) {
		add_zones(&mk, false);
		add_zones(&mk, true);
	} else {
		add_local_zones(&mk);
		add_auth_zones(&mk);
	}
	add_about_server(&mk);
	return mk.sections;
}
