#include "predict/subjects.h"

#include <string.h>

#include "base/strmap.h"
#include "decide/clients.h"
#include "model/access.h"
#include "model/rrtype.h"
#include "model/views.h"

struct maker {
	struct arena *arena;
	const struct model *model;
	struct question base;
	subject_vec subjects;
};

static struct subject_asked *
add(struct maker *m, const char *kind, const char *title, const char *name,
    struct question q)
{
	struct subject_asked *s = VEC_PUSH(m->arena, &m->subjects);

	*s = (struct subject_asked){ kind, title, name, q, SIZE_MAX };
	return s;
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

	add(m, "recursion", "recursion: any name of others", NULL, q);
	if (!q.rd)
		return;
	q.rd = false;
	add(m, "cache", "cache: any name of others, without RD", NULL, q);
}

static void
add_update(struct maker *m, const struct zone *z)
{
	struct question q = question_for(m, z->name, RRTYPE_SOA);

	q.opcode = OPCODE_UPDATE;
	add(m, "update", "update of", arena_strdup(m->arena, z->name), q);
}

static struct subject_asked *
add_zone(struct maker *m, struct slice name, const char *kind,
	 const char *title, uint16_t type)
{
	struct question q = question_for(m, name, type);

	if (type == RRTYPE_AXFR)
		q.tcp = true;
	return add(m, kind, title,
		   arena_strdup(m->arena,
				name.len == 0 ? SLICE_LITERAL(".") : name),
		   q);
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
	size_t known[LOCAL_TYPETRANSPARENT + 1] = { 0 }; /* subject + 1 */
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

		struct subject_asked *s = add_zone(m, keys[i], "local-zone",
						   "local zone", RRTYPE_A);

		if (plain && known[z->type] > 0)
			s->like = known[z->type] - 1;
		else if (plain)
			known[z->type] = m->subjects.len;
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
		add(m, "chaos", "about the server: CH TXT", names[i], q);
	}
}

subject_vec
subjects_all(struct arena *a, const struct model *model,
	     const struct question *q)
{
	struct maker m = { .arena = a, .model = model, .base = *q };

	add_recursion(&m);
	if (model->views != NULL) {
		add_zones(&m, false);
		add_zones(&m, true);
	} else {
		add_local_zones(&m);
		add_auth_zones(&m);
	}
	add_about_server(&m);
	return m.subjects;
}
