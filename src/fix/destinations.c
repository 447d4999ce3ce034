#include "fix/destinations.h"

#include "decide/predict.h"
#include "model/access.h"
#include "model/views.h"

enum {
	DESTINATIONS_MAX = 32,
	DESTINATIONS_MIN = 2,
	QUESTIONS_MAX = 10000, /* of all zones at all addresses */
};

struct search {
	struct arena *arena;
	destination_vec *v;
	struct acls *acls;
	bool *seen; /* lists, by id */
	size_t most;
};

static void
add(struct search *s, struct addr address)
{
	if (s->v->len >= s->most)
		return;
	for (size_t i = 0; i < s->v->len; i++)
		if (addr_cmp(s->v->at[i], address) == 0)
			return;
	*VEC_PUSH(s->arena, s->v) = address;
}

static void
add_list(struct search *s, const struct policy *p)
{
	if (p->list == NULL || s->seen[p->list->id])
		return;
	s->seen[p->list->id] = true;
	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct rangemap *m = acl_map(s->acls, p->list,
						   (enum family)f, KEY_NONE);
		size_t count = rangemap_count(m);

		for (size_t i = 0; count > 1 && i < count; i++)
			add(s, point_addr(rangemap_steps(m)[i].first,
					  (enum family)f));
	}
}

static void
add_view(struct search *s, const struct view *v)
{
	add_list(s, &v->match_destinations);
	add_list(s, &v->allow_query_on);
	add_list(s, &v->allow_query_cache_on);
	add_list(s, &v->allow_recursion_on);
	for (size_t i = 0; i < v->zone_count; i++)
		add_list(s, &v->zone_list[i]->allow_query_on);
}

static void
add_views(struct search *s, const struct views *v)
{
	for (size_t i = 0; i < v->count; i++)
		add_view(s, v->list[i]);
	for (size_t i = 0; i < v->listener_count; i++)
		add_list(s, &v->listeners[i].addresses);
}

static size_t
most_of(const struct model *m)
{
	size_t zones = m->views != NULL ? m->views->zone_count
					: m->access->zone_count;
	size_t most = QUESTIONS_MAX / (zones + 1);

	return most > DESTINATIONS_MAX	 ? DESTINATIONS_MAX
	       : most < DESTINATIONS_MIN ? DESTINATIONS_MIN
					 : most;
}

void
destinations_add(struct arena *a, destination_vec *v,
		 const struct lint_result *r)
{
	const struct model *m = r->model;
	struct search s = { a, v, predict_acls(r->predict),
			    ARENA_ARRAY(a, bool, m->list_count),
			    most_of(m) };

	if (m->views != NULL)
		add_views(&s, m->views);
	for (size_t i = 0; m->access != NULL && i < m->access->listener_count;
	     i++)
		if (!m->access->listeners[i].wildcard &&
		    !m->access->listeners[i].unknown)
			add(&s, m->access->listeners[i].addr);
}
