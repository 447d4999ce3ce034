/* Which zones of named.conf are kept in one file. */
#include <string.h>

#include "rules/rule.h"

/* A path without "./" and "//" in it; as it is where there are none. */
static struct slice
tidy(struct arena *a, const char *path)
{
	char *out;
	size_t len = 0;

	if (strncmp(path, "./", 2) != 0 && strstr(path, "//") == NULL &&
	    strstr(path, "/./") == NULL)
		return slice_of(path);
	out = arena_strdup(a, slice_of(path));
	for (const char *p = path; *p != '\0'; p++) {
		bool part = p == path || p[-1] == '/';

		if (part && p != path && *p == '/')
			continue;
		if (part && p[0] == '.' && p[1] == '/') {
			p++;
			continue;
		}
		out[len++] = *p;
	}
	return (struct slice){ out, len };
}

/* The file of a zone, from the server's directory where it is in there. */
static struct slice
path_of(const struct rule_context *cx, const char *file)
{
	const char *dir = cx->model->views->directory;
	struct slice path = tidy(cx->cache->arena, file), in;

	if (dir == NULL || *file != '/')
		return path;
	in = tidy(cx->cache->arena, arena_printf(cx->cache->arena, "%s/", dir));
	return path.len > in.len && memcmp(path.data, in.data, in.len) == 0
		       ? slice_sub(path, in.len, path.len)
		       : path;
}

/* Where the file of the zone is known by; `*path` empty: nowhere. */
static struct slice
key_of(const struct rule_context *cx, const struct rule_zone *z)
{
	const char *file = z->zone->file;

	/* "$name" and "%s" stand for parts that differ. */
	if (file == NULL || *file == '\0' || strpbrk(file, "$%") != NULL)
		return (struct slice){ "", 0 };
	return path_of(cx, file);
}

static struct rule_file *
add_zone(const struct rule_context *cx, struct strmap *files,
	 const struct rule_zone *z)
{
	struct slice path = key_of(cx, z);

	if (path.len == 0)
		return NULL;
	struct rule_file **at = (struct rule_file **)strmap_at(files, path);

	if (*at == NULL) {
		*at = ARENA_NEW(cx->cache->arena, struct rule_file);
		(*at)->first = z;
	}
	(*at)->count++;
	(*at)->many_names |=
		!slice_equal((*at)->first->zone->name, z->zone->name);
	return *at;
}

struct rule_file *const *
rule_zone_files(const struct rule_context *cx)
{
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	if (cx->cache->zone_files != NULL)
		return cx->cache->zone_files;
	struct rule_file **of =
		ARENA_ARRAY(cx->cache->arena, struct rule_file *, n + 1);
	struct strmap *files = strmap_new(cx->arena, false);

	strmap_reserve(files, n);
	for (size_t i = 0; i < n; i++)
		of[i] = add_zone(cx, files, &zones[i]);
	return cx->cache->zone_files = of;
}
