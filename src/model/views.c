#include "model/views.h"

#include "model/name.h"

bool
view_has_key(const struct model *m, const struct view *v, uint32_t key)
{
	if (key == KEY_NONE)
		return false;
	struct slice name = slice_of(m->keys[key]);

	return strmap_get(m->views->keys, name) != NULL ||
	       (v->keys != NULL && strmap_get(v->keys, name) != NULL);
}

const struct zone *
view_get_zone(const struct view *v, struct slice name)
{
	return strmap_get(v->zones, name);
}

const struct zone *
view_find_zone(const struct view *v, struct slice name)
{
	const struct zone *z = strmap_get(v->zones, name);

	while (z == NULL && name_parent(name, &name))
		z = strmap_get(v->zones, name);
	return z;
}
