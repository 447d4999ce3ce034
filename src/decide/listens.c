#include "base/vec.h"
#include "decide/clients.h"
#include "decide/predict.h"
#include "model/access.h"
#include "model/views.h"

typedef VEC(struct prefix) prefix_vec;

/* What `list` matches, or may match. */
static struct client_set
may_match(struct arena *a, struct acls *s, const struct address_list *list,
	  enum family family)
{
	VEC(struct span_of_clients) v = { 0 };
	const struct rangemap *m;

	if (list == NULL)
		return clients_of_family(a, family);
	m = acl_map(s, list, family, KEY_NONE);
	for (size_t i = 0; i < rangemap_count(m); i++) {
		const struct step *step = &rangemap_steps(m)[i];

		if (acl_verdict(step->value) != VERDICT_NO)
			*VEC_PUSH(a, &v) = (struct span_of_clients){
				point_addr(step->first, family),
				rangemap_last(m, i)
			};
	}
	/* Steps may touch: the union makes one of those that do. */
	return clients_union(a, (struct client_set){ v.at, v.len },
			     (struct client_set){ NULL, 0 });
}

static struct client_set
of_views(struct arena *a, struct acls *acls, const struct model *m,
	 bool every_port)
{
	const struct views *v = m->views;
	struct client_set s = { NULL, 0 };

	for (size_t i = 0; i < v->listener_count; i++) {
		const struct listener *l = &v->listeners[i];

		if (every_port || (l->plain && l->port == v->port))
			s = clients_union(a, s,
					  may_match(a, acls, l->addresses.list,
						    l->family));
	}
	return s;
}

static struct client_set
of_access(struct arena *a, const struct model *m)
{
	prefix_vec v = { 0 };

	for (size_t i = 0; i < m->access->listener_count; i++) {
		const struct access_listener *l = &m->access->listeners[i];
		bool all = l->wildcard || l->unknown;

		if (l->port != m->access->port)
			continue;
		*VEC_PUSH(a, &v) = (struct prefix){
			all ? addr_first(l->addr.family) : l->addr,
			all ? 0 : family_bits(l->addr.family)
		};
	}
	return clients_of(a, v.at, v.len);
}

static struct client_set
on_host(struct arena *a, const struct model *m, struct client_set s)
{
	prefix_vec v = { 0 };

	for (size_t i = 0; i < m->host->count; i++) {
		struct addr x = m->host->addresses[i].prefix.addr;

		*VEC_PUSH(a, &v) = (struct prefix){ x, family_bits(x.family) };
	}
	return m->host->known ? clients_and(a, s, clients_of(a, v.at, v.len))
			      : s;
}

struct client_set
listens_on(struct arena *a, struct acls *acls, const struct model *m)
{
	return on_host(a, m,
		       m->access != NULL ? of_access(a, m)
					 : of_views(a, acls, m, false));
}

struct client_set
listens_at_all(struct arena *a, struct acls *acls, const struct model *m)
{
	return on_host(a, m, of_views(a, acls, m, true));
}
