#include "predict/served.h"

#include <string.h>

#include "base/strmap.h"
#include "model/access.h"
#include "model/name.h"
#include "model/views.h"

const struct view *
served_view(const struct situation *s, const char *name)
{
	const struct views *v = s->model->views;

	for (size_t i = 0; v != NULL && i < v->count; i++)
		if (v->list[i]->name == name)
			return v->list[i];
	return NULL;
}

static bool
has_data(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
	       z->type == ZONE_MIRROR;
}

const struct zone *
served_elsewhere(const struct situation *s)
{
	const struct views *v = s->model->views;
	const struct view *own = served_view(s, s->decision.view);

	for (size_t i = 0; v != NULL && i < v->count; i++) {
		const struct zone *z =
			v->list[i] == own ? NULL
					  : view_find_zone(v->list[i],
							   s->question->qname);

		if (z != NULL && has_data(z))
			return z;
	}
	return NULL;
}

/* Those that clients are answered from. */
static size_t
auth_zones(const struct situation *s)
{
	const struct strmap *zones = s->model->access->auth_zones;
	size_t n = 0, count;
	const struct slice *names = strmap_keys(s->arena, zones, &count);

	for (size_t i = 0; i < count; i++) {
		const struct auth_zone *z = strmap_get(zones, names[i]);

		n += z->downstream;
	}
	return n;
}

size_t
served_zones(const struct situation *s)
{
	const struct view *v = served_view(s, s->decision.view);
	size_t n = 0;

	for (size_t i = 0; v != NULL && i < v->zone_count; i++)
		n += has_data(v->zone_list[i]);
	return s->model->access == NULL ? n : auth_zones(s);
}

bool
served_delegated(const struct situation *s)
{
	for (size_t i = 0; i < s->intent->delegated_count; i++)
		if (name_is_within(s->question->qname,
				   s->intent->delegated[i].name))
			return true;
	return false;
}

const struct access_policy *
served_policy(const struct situation *s)
{
	const struct access *a = s->model->access;
	const struct access_policy *p = NULL;
	unsigned best = 0;

	for (size_t i = 0; i < a->block_count; i++) {
		struct prefix block = a->blocks[i].prefix;

		if (block.addr.family == s->client.family &&
		    prefix_contains(block, s->client) &&
		    (p == NULL || block.len >= best)) {
			p = &a->blocks[i].policy;
			best = block.len;
		}
	}
	for (size_t i = 0; i < a->listener_count && p == NULL; i++)
		if (a->listeners[i].policy.origin == s->decision.reason)
			p = &a->listeners[i].policy;
	return p;
}
