#include "decide/acl.h"

#include "decide/acl_unit.h"
#include "decide/acl_value.h"

struct acls *
acls_new(struct arena *a, const struct model *m)
{
	struct acls *s = ARENA_NEW(a, struct acls);

	s->arena = a;
	s->scratch = arena_child(a);
	s->model = m;
	acl_units_init(s);
	return s;
}

const struct rangemap *
acl_map(struct acls *s, const struct address_list *list, enum family family,
	uint32_t key)
{
	return acl_map_at_depth(s, list, family, key, 0);
}

enum verdict
acl_verdict(uint32_t value)
{
	return value == RANGEMAP_NONE ? VERDICT_NO
				      : (enum verdict)(value & VERDICT_MASK);
}

const struct element *
acl_element(struct acls *s, const struct address_list *list, uint32_t value,
	    const struct address_list **in)
{
	const struct unit *u = acl_unit(s, list);
	uint32_t number = value >> VALUE_SHIFT;
	size_t low = 0, high = u->segments.len;

	if (value == RANGEMAP_NONE)
		return NULL;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (u->segments.at[mid].number <= number)
			low = mid;
		else
			high = mid;
	}
	const struct segment *g = &u->segments.at[low];

	if (number - g->number >= g->count)
		return NULL;
	*in = g->list;
	return &g->list->elements[g->index + number - g->number];
}

struct acl_result
acl_match(struct acls *s, const struct address_list *list, struct addr address,
	  uint32_t key)
{
	struct unit *u = acl_unit(s, list);
	uint32_t mentioned = key;
	struct keyed_map *k = acl_keyed_map(u, &mentioned);
	const struct rangemap *m = k->maps[address.family];
	struct acl_result r = { .list = list };

	if (m == NULL)
		m = acl_map(s, list, address.family, key);
	r.map = m;
	size_t i = rangemap_find(m, address, &k->hints[address.family]);
	uint32_t value = rangemap_steps(m)[i].value;

	r.verdict = acl_verdict(value);
	r.element = acl_element(s, list, value, &r.list);
	r.last = rangemap_last(m, i);
	return r;
}

size_t
acl_keys(struct acls *s, const struct address_list *list,
	 const uint32_t **keys)
{
	const struct unit *u = acl_unit(s, list);

	*keys = u->keys.at;
	return u->keys.len;
}
