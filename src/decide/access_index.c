#include "base/strmap.h"
#include "decide/access.h"
#include "model/zonefile.h"

struct access_index {
	struct arena *arena;
	const struct model *model;
	const struct rangemap *blocks[FAMILY_COUNT];
	size_t hint[FAMILY_COUNT];
	/* by number of the zone and family; made when asked for */
	const struct rangemap *(*overrides)[FAMILY_COUNT];
	struct strmap *data; /* struct zone_data by name of auth-zone */
	struct zone_budget used;
};

/* The more specific, the less the number; of equal ones the last counts. */
static uint32_t
priority_of(struct prefix p)
{
	return family_bits(p.addr.family) - p.len;
}

static const struct rangemap *
map_blocks(struct access_index *x, struct arena *scratch, enum family family)
{
	const struct access *a = x->model->access;
	struct interval *iv =
		arena_alloc(scratch, a->block_count * sizeof(*iv));
	size_t n = 0;

	for (size_t i = 0; i < a->block_count; i++) {
		struct prefix p = a->blocks[i].prefix;

		if (p.addr.family == family)
			iv[n++] = interval_of(p, priority_of(p), (uint32_t)i);
	}
	return rangemap_build(x->arena, family, iv, n);
}

struct access_index *
access_index_new(struct arena *a, const struct model *m)
{
	struct access_index *x = ARENA_NEW(a, struct access_index);
	struct arena *scratch = arena_new();
	const struct arena_mark nothing = arena_mark(scratch);

	x->arena = a;
	x->model = m;
	for (int f = 0; f < FAMILY_COUNT; f++) {
		x->blocks[f] = map_blocks(x, scratch, (enum family)f);
		arena_release(scratch, nothing);
	}
	arena_free(scratch);
	x->overrides = arena_zalloc(a, m->access->zone_count + 1,
				    sizeof(*x->overrides));
	x->data = strmap_new(a, false);
	return x;
}

const struct access_policy *
access_policy_of(struct trial *t)
{
	struct access_index *x = t->access;
	enum family f = t->source.family;
	uint32_t i = trial_value(t, x->blocks[f], &x->hint[f]);

	return i == RANGEMAP_NONE ? NULL : &x->model->access->blocks[i].policy;
}

/* Of two overrides for one netblock the last one counts. */
static const struct rangemap *
map_overrides(struct access_index *x, const struct local_zone *z,
	      enum family family)
{
	struct interval *iv = ARENA_ARRAY(x->arena, struct interval,
					  z->override_count);
	uint32_t count = (uint32_t)z->override_count;
	size_t n = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct prefix p = z->overrides[i].prefix;

		if (p.addr.family == family)
			iv[n++] = interval_of(
				p, priority_of(p) * count + (count - 1 - i), i);
	}
	return rangemap_build(x->arena, family, iv, n);
}

bool
access_override(struct trial *t, const struct local_zone *z,
		enum local_type *type, const struct origin **origin)
{
	struct access_index *x = t->access;
	enum family f = t->source.family;
	const struct rangemap **map = &x->overrides[z->id][f];
	size_t hint = 0;

	if (z->override_count == 0)
		return false;
	if (*map == NULL)
		*map = map_overrides(x, z, f);
	uint32_t i = trial_value(t, *map, &hint);

	if (i == RANGEMAP_NONE)
		return false;
	*type = z->overrides[i].type;
	*origin = z->overrides[i].origin;
	return true;
}

const struct zone_data *
access_zone_data(struct trial *t, const struct auth_zone *z)
{
	struct access_index *x = t->access;
	void **at = strmap_at(x->data, z->name);

	if (*at != NULL)
		return *at;
	const struct zone_data *d = zone_data_read(
		x->arena, &x->model->access->policy, z->file, z->name,
		(struct zone_data_options){ .text = true,
					    .checks = CHECKS_NONE,
					    .used = &x->used });

	if (zone_data_is_absent(d) && x->model->access->data_supposed)
		d = zone_data_made(x->arena, z->name, DATA_LOADED, NULL);
	*at = (void *)(uintptr_t)d;
	return d;
}
