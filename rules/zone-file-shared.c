#include <string.h>

#include "rules/rule.h"

/* The file of a zone, with its directory, and no "./" or "//" in it. */
static struct slice
path_of(struct rule_context *cx, const char *file)
{
	const char *dir = cx->model->views->directory;
	const char *full =
		file[0] == '/' || dir == NULL
			? arena_printf(cx->arena, "%s", file)
			: arena_printf(cx->arena, "%s/%s", dir, file);
	char *out = arena_strdup(cx->arena, slice_of(full));
	size_t len = 0;

	for (const char *p = full; *p != '\0'; p++) {
		bool part = p == full || p[-1] == '/';

		if (part && p != full && *p == '/')
			continue;
		if (part && p[0] == '.' && p[1] == '/') {
			p++;
			continue;
		}
		out[len++] = *p;
	}
	return (struct slice){ out, len };
}

/* Does the server write to it? Zones that are copied, updated or signed. */
static bool
is_written(struct rule_context *cx, const struct rule_zone *z)
{
	const struct zone *zone = z->zone;
	const struct node *policy = rule_zone_option(cx, z, "dnssec-policy");

	if (zone->type == ZONE_SECONDARY || zone->type == ZONE_MIRROR ||
	    zone->type == ZONE_STUB)
		return true;
	return zone->type == ZONE_PRIMARY &&
	       (zone->update_policy != NULL ||
		(policy != NULL && !node_is(node_term(policy, 1), "none")) ||
		clients_may_match(predict_acls(cx->predict),
				  zone->allow_update.list));
}

static struct span
place_of(const struct rule_zone *z)
{
	return node_find(z->body, "file")->span;
}

static void
report_written(struct rule_context *cx, const struct rule_zone *z,
	       const struct rule_zone *other)
{
	struct diag *d = rule_report(cx, place_of(z),
				     "'%s' and '%s' have the same file, and "
				     "the server writes to it",
				     z->zone->text, other->zone->text);

	diag_note(cx->diags, d, place_of(other), "the other zone has it here");
	diag_help(cx->diags, d, "give each zone a file of its own");
}

static void
report_static(struct rule_context *cx, const struct rule_zone *z,
	      const struct rule_zone *other)
{
	const char *view = other->zone->view->name;
	struct diag *d = rule_report(cx, place_of(z),
				     "'%s' is loaded from the same file as in "
				     "view '%s', and held twice",
				     z->zone->text, view);

	rule_weaken(cx, d, SEV_NOTE);
	diag_note(cx->diags, d, place_of(other), "the other zone has it here");
	diag_help(cx->diags, d,
		  "'zone \"%s\" { in-view \"%s\"; };' holds it once, with the "
		  "lists of that view",
		  z->zone->text, view);
}

struct user {
	const struct rule_zone *zone;
	bool written;
};

/* Static files of different zones are shared on purpose: empty zones. */
static void
compare(struct rule_context *cx, const struct rule_zone *z, struct user *first)
{
	bool written = is_written(cx, z);

	if (written || first->written)
		report_written(cx, z, first->zone);
	else if (z->zone->type == ZONE_PRIMARY &&
		 slice_equal(z->zone->name, first->zone->zone->name))
		report_static(cx, z, first->zone);
	first->written |= written;
}

static void
check(struct rule_context *cx)
{
	struct strmap *seen = strmap_new(cx->arena, false);
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	for (size_t i = 0; i < n; i++) {
		const char *file = zones[i].zone->file;

		/* "$name" and "%s" stand for parts that differ. */
		if (file == NULL || *file == '\0' ||
		    strpbrk(file, "$%") != NULL ||
		    zones[i].zone->type == ZONE_HINT ||
		    rule_is_common_name(zones[i].zone->name))
			continue;
		void **at = strmap_at(seen, path_of(cx, file));

		if (*at != NULL) {
			compare(cx, &zones[i], *at);
			continue;
		}
		struct user *u = ARENA_NEW(cx->arena, struct user);

		*u = (struct user){ &zones[i], is_written(cx, &zones[i]) };
		*at = u;
	}
}

const struct rule rule_zone_file_shared = {
	.id = "zone-file-shared",
	.family = "upkeep",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "two zones are kept in one file",
	.explain =
		"A zone that is transferred, updated or signed is written back "
		"to its file. Where two zones have the same file each destroys "
		"the other's data. BIND refuses this only where both names are "
		"spelled alike. Files that are only read may be shared; a zone "
		"that is the same in two views is better held once, with "
		"'in-view'.",
	.source = "BIND 9 ARM, zone statement, file and in-view",
	.bad = "options { directory \"/var/cache/bind\"; };\n"
	       "zone \"a.example\" { type secondary;\n"
	       "\tprimaries { 192.0.2.1; }; file \"e.db\"; };\n"
	       "zone \"b.example\" { type secondary;\n"
	       "\tprimaries { 192.0.2.1; };\n"
	       "\tfile \"/var/cache/bind/e.db\"; };",
	.good = "options { directory \"/var/cache/bind\"; };\n"
		"zone \"a.example\" { type primary; file \"e.db\"; };\n"
		"zone \"b.example\" { type primary; file \"e.db\"; };",
	.check = check,
};
