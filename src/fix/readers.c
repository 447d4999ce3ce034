#include "fix/readers.h"

#include <stdlib.h>

#include "base/strmap.h"

struct readers {
	struct arena *arena;
	struct strmap **files; /* by name: the real paths it reads */
};

static void
add_files(struct readers *r, size_t name, const struct sources *s)
{
	for (size_t i = 0; i < sources_count(s); i++) {
		const struct source *src = sources_at(s, i);
		char *real = src->ino == 0 ? NULL : realpath(src->name, NULL);

		if (real != NULL)
			*strmap_at(r->files[name],
				   arena_slice(r->arena, slice_of(real))) = r;
		free(real);
	}
}

struct readers *
readers_new(struct arena *a, const struct lint_options *o,
	    const char *const *names, size_t count)
{
	struct readers *r = ARENA_NEW(a, struct readers);

	r->arena = a;
	r->files = ARENA_ARRAY(a, struct strmap *, count);
	for (size_t i = 0; i < count; i++) {
		struct lint_result read = lint_read(names[i], o);

		r->files[i] = strmap_new(a, false);
		if (read.status == LINT_OK)
			add_files(r, i, read.sources);
		lint_free(&read);
	}
	return r;
}

bool
readers_have(const struct readers *r, size_t name, const char *path)
{
	return strmap_get(r->files[name], slice_of(path)) != NULL;
}
