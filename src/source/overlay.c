#include "source/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"

struct overlay {
	struct arena *arena;
	struct strmap *texts; /* struct slice, by real path */
};

struct overlay *
overlay_new(struct arena *a)
{
	struct overlay *o = ARENA_NEW(a, struct overlay);

	o->arena = a;
	o->texts = strmap_new(a, false);
	return o;
}

/* To be freed; NULL where `path` is its own key. */
static char *
real_path(const char *path)
{
	return strcmp(path, "-") == 0 ? NULL : realpath(path, NULL);
}

void
overlay_set(struct overlay *o, const char *path, struct slice text)
{
	char *real = real_path(path);
	struct slice key = slice_of(real == NULL ? path : real);
	struct slice *value = strmap_get(o->texts, key);

	if (value == NULL) {
		value = ARENA_NEW(o->arena, struct slice);
		*strmap_at(o->texts, arena_slice(o->arena, key)) = value;
	}
	*value = text;
	free(real);
}

const struct slice *
overlay_find(const struct overlay *o, const char *path)
{
	if (o == NULL)
		return NULL;
	char *real = real_path(path);
	const struct slice *text = strmap_get(
		o->texts, slice_of(real == NULL ? path : real));

	free(real);
	return text;
}
