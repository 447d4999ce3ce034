#include "base/vec.h"
#include "rules/rule.h"

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

/* Zones that two views load from the same files, to be told of at once. */
struct twice {
	const struct rule_zone *z, *other; /* the first of them */
	size_t count;
};

typedef VEC(struct twice) twice_vec;

static void
add_twice(struct rule_context *cx, twice_vec *v, const struct rule_zone *z,
	  const struct rule_zone *other)
{
	for (size_t i = 0; i < v->len; i++) {
		struct twice *t = &v->at[i];

		if (t->z->zone->view == z->zone->view &&
		    t->other->zone->view == other->zone->view) {
			t->count++;
			return;
		}
	}
	*VEC_PUSH(cx->arena, v) = (struct twice){ z, other, 1 };
}

static void
report_twice(struct rule_context *cx, const struct twice *t)
{
	const char *view = t->other->zone->view->name;
	struct rule_zone_group g = { .zone = t->z, .count = t->count };
	bool one = t->count == 1;
	struct diag *d = rule_report(
		cx, place_of(t->z),
		"%s %s loaded from the same file%s as in view '%s', and held "
		"twice",
		rule_group_text(cx, &g), one ? "is" : "are", one ? "" : "s",
		view);

	rule_weaken(cx, d, SEV_NOTE);
	diag_note(cx->diags, d, place_of(t->other),
		  "the other zone has it here");
	diag_help(cx->diags, d,
		  "'zone \"%s\" { in-view \"%s\"; };' holds it once, with the "
		  "lists of that view",
		  t->z->zone->text, view);
}

/*
 * Static files of different zones are shared on purpose: empty zones. Returns
 * the one that later ones are compared with, which is one that is written.
 */
static const struct rule_zone *
compare(struct rule_context *cx, const struct rule_zone *z,
	const struct rule_zone *other, twice_vec *twice)
{
	bool written = is_written(cx, z);

	if (written || is_written(cx, other))
		report_written(cx, z, other);
	else if (z->zone->type == ZONE_PRIMARY &&
		 slice_equal(z->zone->name, other->zone->name))
		add_twice(cx, twice, z, other);
	return written ? z : other;
}

static void
check(struct rule_context *cx)
{
	struct strmap *seen = strmap_new(cx->arena, false);
	struct rule_file *const *files = rule_zone_files(cx);
	twice_vec twice = { 0 };
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	for (size_t i = 0; i < n; i++) {
		const struct rule_zone **at;

		if (files[i] == NULL || files[i]->count == 1 ||
		    zones[i].zone->type == ZONE_HINT ||
		    rule_is_common_name(zones[i].zone->name))
			continue;
		at = (const struct rule_zone **)strmap_at(
			seen, (struct slice){ (const char *)&files[i],
					      sizeof(files[i]) });
		*at = *at == NULL ? &zones[i]
				  : compare(cx, &zones[i], *at, &twice);
	}
	for (size_t i = 0; i < twice.len; i++)
		report_twice(cx, &twice.at[i]);
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
