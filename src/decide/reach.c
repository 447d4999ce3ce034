#include "decide/reach.h"

struct reach {
	struct client_set own; /* for the host itself */
	struct client_set guests;
};

struct prefix
reach_loopback(enum family family)
{
	if (family == FAMILY_IPV4)
		return (struct prefix){ addr_ipv4(0x7f000000), 8 };
	return (struct prefix){ { 0, 1, FAMILY_IPV6 }, 128 };
}

struct reach *
reach_new(struct arena *a, struct acls *acls, const struct model *m)
{
	struct reach *r = ARENA_NEW(a, struct reach);
	const struct prefix loopback[] = { reach_loopback(FAMILY_IPV4),
					   reach_loopback(FAMILY_IPV6) };

	r->own = listens_at_all(a, acls, m);
	r->guests = clients_minus(a, r->own, clients_of(a, loopback, 2));
	return r;
}

/* What the map says from `first` to `last`. */
static enum verdict
verdict_between(const struct rangemap *m, struct addr first, struct addr last)
{
	size_t hint = 0, i = rangemap_find(m, first, &hint);
	enum verdict found = acl_verdict(rangemap_steps(m)[i].value);

	for (; addr_cmp(rangemap_last(m, i), last) < 0; i++)
		if (acl_verdict(rangemap_steps(m)[i + 1].value) != found)
			return VERDICT_UNKNOWN;
	return found;
}

enum verdict
reach_verdict(const struct reach *r, struct acls *acls,
	      const struct address_list *list, enum family family, uint32_t key,
	      bool guests)
{
	const struct rangemap *m = acl_map(acls, list, family, key);
	struct client_set s = guests ? r->guests : r->own;
	enum verdict found = VERDICT_UNKNOWN;
	bool first = true;

	if (rangemap_count(m) == 1)
		return acl_verdict(rangemap_steps(m)->value);
	for (size_t i = 0; i < s.count; i++) {
		if (s.at[i].first.family != family)
			continue;
		enum verdict here =
			verdict_between(m, s.at[i].first, s.at[i].last);

		if (here == VERDICT_UNKNOWN || (!first && here != found))
			return VERDICT_UNKNOWN;
		found = here;
		first = false;
	}
	return found;
}
