#include <string.h>

#include "rules/rule.h"
#include "schema/place.h"

/* Clauses that are one, however often they are opened. */
static const char *const merged[] = { "server", "remote-control", "dnstap" };

/* Clauses that are about one thing each. */
static const char *const separate[] = { "forward-zone", "stub-zone", "view",
					"auth-zone", "rpz" };

static bool
same_values(const struct node *x, const struct node *y)
{
	const struct node *s = x->first->next, *t = y->first->next;

	for (; s != NULL && t != NULL; s = s->next, t = t->next)
		if (!slice_equal(node_text(s), node_text(t)))
			return false;
	return s == t;
}

static void
report(struct rule_context *cx, const struct node *earlier,
       const struct node *last)
{
	struct sources *sources = cx->config->sources;
	bool one_file = sources_find(sources, earlier->span) ==
			sources_find(sources, last->span);
	struct diag *d = rule_report(cx, earlier->span,
				     "this '%.*s' has no effect: a later one "
				     "replaces it",
				     SLICE(node_text(earlier->first)));

	diag_note(cx->diags, d, last->span, "the one that counts");
	/* A file of local settings is meant to replace what others say. */
	if (!one_file) {
		rule_weaken(cx, d, SEV_NOTE);
		return;
	}
	diag_help(cx->diags, d, "remove one of them");
	rule_fix_cut(cx, d, earlier->span);
}

struct seen {
	uint64_t where;
	struct strmap *last; /* the statement, by the name of its option */
};

static void
check_option(struct rule_context *cx, struct seen *seen, const struct node *s)
{
	const struct option *o =
		schema_find(cx->schema, node_text(s->first), seen->where);

	if (o == NULL || (o->flags & (MULTI | INERT | CLAUSE)) != 0)
		return;
	void **at = strmap_at(seen->last,
			      slice_of(o->alias != NULL ? o->alias : o->name));

	if (*at != NULL && !same_values(*at, s))
		report(cx, *at, s);
	*at = (void *)(uintptr_t)s;
}

/* Of a run of options of one name that may repeat only the first is looked up.
 */
static void
check_clause(struct rule_context *cx, struct seen *seen,
	     const struct node *clause)
{
	struct slice multi = { "", 0 };

	for (const struct node *s = node_first(node_block(clause)); s != NULL;
	     s = s->next) {
		if (s->kind != NODE_STATEMENT ||
		    slice_equal(node_text(s->first), multi))
			continue;
		const struct option *o = schema_find(
			cx->schema, node_text(s->first), seen->where);

		if (o != NULL && (o->flags & MULTI) != 0)
			multi = node_text(s->first);
		else
			check_option(cx, seen, s);
	}
}

static void
check_kind(struct rule_context *cx, const char *name, bool each)
{
	const struct option *row = schema_find(cx->schema, slice_of(name),
					       place_top(DIALECT_UNBOUND));
	struct seen seen = { 0, NULL };

	CONFIG_EACH(clause, cx->config, name) {
		if (row != NULL)
			seen.where = place_opened(row, clause);
		if (seen.last == NULL || each)
			seen.last = strmap_new(cx->arena, false);
		check_clause(cx, &seen, clause);
	}
}

static void
check(struct rule_context *cx)
{
	for (size_t i = 0; i < sizeof(merged) / sizeof(*merged); i++)
		check_kind(cx, merged[i], false);
	for (size_t i = 0; i < sizeof(separate) / sizeof(*separate); i++)
		check_kind(cx, separate[i], true);
}

const struct rule rule_duplicate_statement_last_wins = {
	.id = "duplicate-statement-last-wins",
	.family = "upkeep",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "an option is written again with another value",
	.explain =
		"Unbound reads all 'server:' clauses as one, and where an "
		"option with one value stands several times the last one "
		"replaces the others without a word. Which one was meant is "
		"hard to see. Across files this is a note, for a file of local "
		"settings replaces values on purpose.",
	.source = "Unbound, util/configparser.y; observed on 1.17",
	.bad_unbound = "server: do-ip6: yes\ndo-ip6: no",
	.good_unbound = "server: do-ip6: no\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 192.168.0.0/16 allow",
	.check = check,
};
