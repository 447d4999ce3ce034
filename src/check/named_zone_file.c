/* Where a zone is kept: its file, its format, its keys. */
#include <string.h>

#include "check/named_zone.h"
#include "schema/named_where.h"

/* Put `value` for the first `part` of `text`, in any letter case. */
static struct slice
replace_part(struct arena *a, struct slice text, struct slice part,
	     struct slice value)
{
	for (size_t i = 0; i + part.len <= text.len; i++) {
		if (!slice_equal_nocase(slice_sub(text, i, part.len), part))
			continue;
		return slice_of(arena_printf(
			a, "%.*s%.*s%.*s", (int)i, text.data, SLICE(value),
			SLICE(slice_sub(text, i + part.len, text.len))));
	}
	return text;
}

/*
 * From 9.21 on the name of a file may have parts that stand for the zone's
 * name, type and view (lib/dns/zoneproperties.c). Empty when there are others
 * in it, which are not worked out here.
 */
static struct slice
expand_file_name(const struct zone *z, struct slice text)
{
	struct slice name = named_text(z->statement);
	struct arena *a = z->nc->arena;
	struct slice type = z->type == N_PRIMARY ? SLICE_LITERAL("primary")
			    : z->type == N_SECONDARY
				    ? SLICE_LITERAL("secondary")
				    : node_text(z->type_name);

	if (name.len > 1 && name.data[name.len - 1] == '.')
		name.len--;
	text = replace_part(a, text, SLICE_LITERAL("$name"), name);
	text = replace_part(a, text, SLICE_LITERAL("$type"), type);
	text = replace_part(a, text, SLICE_LITERAL("$view"), z->view->name);
	text = replace_part(a, text, SLICE_LITERAL("%s"), name);
	text = replace_part(a, text, SLICE_LITERAL("%t"), type);
	text = replace_part(a, text, SLICE_LITERAL("%v"), z->view->name);
	if (memchr(text.data, '$', text.len) != NULL ||
	    memchr(text.data, '%', text.len) != NULL)
		text.len = 0;
	return text;
}

static void
note_file(const struct zone *z, const struct node *file, bool written)
{
	struct slice text = node_text(file);

	if (z->nc->since_9_21 && (memchr(text.data, '$', text.len) != NULL ||
				  memchr(text.data, '%', text.len) != NULL))
		text = expand_file_name(z, text);
	if (text.len == 0)
		return;
	z->nc->writes_files |= written;
	*VEC_PUSH(z->nc->arena, &z->nc->files) =
		(struct zone_file){ file, text, written };
}

static void
report_shared_file(struct named_check *nc, const struct zone_file *f,
		   const struct zone_file *first)
{
	struct diag *d = named_report(nc, RULE_CONFLICTING_OPTIONS, f->name,
				      "two zones have the file " QUOTED
				      ", and the server writes to it",
				      SLICE(f->text));

	diag_note(nc->diags, d, first->name->span,
		  "the other zone has it here");
}

/*
 * A file that the server writes belongs to one zone. Where it writes to none,
 * as for the many zones of a plain authoritative server, all may be shared.
 */
void
named_check_files(struct named_check *nc)
{
	struct strmap *seen;

	if (!nc->writes_files)
		return;
	seen = strmap_new(nc->arena, true);
	strmap_reserve(seen, nc->files.len);
	for (size_t i = 0; i < nc->files.len; i++) {
		struct zone_file *f = &nc->files.at[i];
		void **at = strmap_at(seen, f->text);
		struct zone_file *first = *at;

		if (first == NULL) {
			*at = f;
			continue;
		}
		first->written |= f->written;
		if (first->written)
			report_shared_file(nc, f, first);
	}
}

/*
 * One zone, one directory of keys: the policies must be the same. `dir` is
 * NULL for the working directory.
 */
static void
check_key_directory(const struct zone *z, const struct node *dir)
{
	struct slice name = dir == NULL ? SLICE_LITERAL(".") : node_text(dir);
	const struct node *other, *policy;

	char *key = arena_alloc(z->nc->arena, z->wire.len + name.len);

	memcpy(key, z->wire.data, z->wire.len);
	memcpy(key + z->wire.len, name.data, name.len);
	void **at = strmap_at(z->nc->key_directories,
			      (struct slice){ key, z->wire.len + name.len });

	other = *at;
	if (other == NULL) {
		*at = (void *)(uintptr_t)z->statement;
		return;
	}
	policy = node_find(node_block(other), "dnssec-policy");
	if (policy == NULL || node_is(named_value(policy), "none") ||
	    slice_equal(named_text(policy), z->policy_name))
		return;
	struct diag *d = named_report(
		z->nc, RULE_CONFLICTING_OPTIONS, named_value(z->statement),
		"zone " QUOTED " has keys in the same directory under another "
		"policy",
		SLICE(named_text(z->statement)));

	diag_note(z->nc->diags, d, named_value(policy)->span,
		  "the other policy is chosen here");
}

/* The directory of the key-store that `key` of a policy names, or `dir`. */
static const struct node *
key_store_directory(const struct zone *z, const struct node *key,
		    const struct node *dir)
{
	const struct node *store = named_argument(key, "key-store");

	if (store == NULL)
		return dir;
	NODE_EACH(it, z->nc->root, "key-store")
		if (slice_equal(named_text(it), node_text(store)) &&
		    node_find(node_block(it), "directory") != NULL)
			return named_value(
				node_find(node_block(it), "directory"));
	return dir;
}

/* From 9.20 on every key of the policy may have a place of its own. */
static void
check_key_directories(const struct zone *z)
{
	const struct node *dir =
		named_value(zone_effective(z, "key-directory"));
	const struct node *policy, *keys = NULL;

	if (z->wire.data == NULL || z->policy_name.data == NULL)
		return;
	policy = strmap_get(z->nc->policies, z->policy_name);
	if (policy != NULL && z->nc->since_9_20)
		keys = node_find(node_block(policy), "keys");
	if (keys == NULL) {
		check_key_directory(z, dir);
		return;
	}
	STATEMENT_EACH(it, node_block(keys))
		check_key_directory(z, key_store_directory(z, it, dir));
}

/* Is the zone kept in memory, so that a file is where its data are? */
static bool
is_kept_in_file(const struct zone *z)
{
	const struct node *database = zone_find(z, "database");
	const struct node *dlz = zone_find(z, "dlz");

	if (dlz != NULL && database != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(z->statement),
			     "zone " QUOTED " has both 'dlz' and 'database'",
			     SLICE(named_text(z->statement)));
	if (dlz != NULL)
		return false;
	if (database == NULL)
		return true;
	struct slice name = named_text(database);

	return z->nc->since_9_20 ? slice_is(name, "qpzone")
				 : slice_is(name, "rbt") ||
					   slice_is(name, "rbt64");
}

/* masterfile-format map, up to 9.16, has no room for a largest TTL. */
static void
check_format(const struct zone *z)
{
	const struct node *format = zone_find(z, "masterfile-format");
	const struct node *style;

	if (format != NULL && node_is(named_value(format), "map") &&
	    zone_effective(z, "max-zone-ttl") != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(z->statement),
			     "'max-zone-ttl' cannot stand beside "
			     "'masterfile-format map'");
	if (!z->nc->since_9_21)
		return;
	format = zone_effective(z, "masterfile-format");
	style = zone_effective(z, "masterfile-style");
	if (format != NULL && style != NULL &&
	    node_is(named_value(format), "raw"))
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(style),
			     "'masterfile-style' is for files of text only");
}

void
zone_check_file(const struct zone *z)
{
	const struct node *file = zone_find(z, "file");
	const struct node *own = zone_find(z, "inline-signing");
	bool in_line = false, written;

	check_key_directories(z);
	check_format(z);
	if (own != NULL)
		type_boolean_value(named_value(own), &in_line);
	else if (z->nc->since_9_21 && z->policy != NULL)
		in_line = z->policy_inline;
	if (!is_kept_in_file(z))
		return;
	if (file == NULL) {
		if (z->type == N_PRIMARY || z->type == N_HINT ||
		    (z->type == N_SECONDARY && in_line))
			named_report(z->nc, RULE_MISSING_ZONE_STATEMENT,
				     named_value(z->statement),
				     "zone " QUOTED " has no 'file'",
				     SLICE(named_text(z->statement)));
		return;
	}
	written = z->type == N_SECONDARY || z->type == N_MIRROR ||
		  z->dynamic || z->policy != NULL;
	if (written || z->type == N_PRIMARY || z->type == N_HINT)
		note_file(z, named_value(file), written);
}
