#include "base/strmap.h"
#include "rules/rule.h"
#include "schema/types_unbound.h"

/* `keys` values name what the line is about, the next one is its effect. */
struct kind {
	const char *option;
	size_t keys;
};

/* What the line is about: one text for equal netblocks. */
static struct slice
subject_of(struct rule_context *cx, const struct node *line, size_t keys)
{
	struct slice first = rule_value(line, 0), second = { "", 0 };
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (slice_has_prefix(node_text(line->first), "access-control") &&
	    type_ub_parse_netblock(first, &p))
		first = slice_of(prefix_format(prefix_network(p), buf));
	if (keys > 1)
		second = rule_value(line, 1);
	return slice_of(arena_printf(cx->arena, "%.*s %.*s", SLICE(first),
				     SLICE(second)));
}

static void
report(struct rule_context *cx, const struct node *line,
       const struct node *first, size_t keys)
{
	struct diag *d = rule_report(
		cx, line->span,
		"this line has no effect: '%.*s' says '%.*s' for the same "
		"before",
		SLICE(node_text(first->first)), SLICE(rule_value(first, keys)));

	diag_note(cx->diags, d, first->span,
		  "of several such lines the first counts");
	diag_help(cx->diags, d, "remove this line, or the first one");
	rule_fix_cut(cx, d, line->span);
}

static void
check_kind(struct rule_context *cx, const struct kind *kind)
{
	struct strmap *seen = strmap_new(cx->arena, false);

	CONFIG_EACH(clause, cx->config, "server")
		NODE_EACH(line, node_block(clause), kind->option) {
			const void **at = (const void **)strmap_at(
				seen, subject_of(cx, line, kind->keys));
			const struct node *first = *at;

			if (first == NULL)
				*at = line;
			else if (!slice_equal(rule_value(first, kind->keys),
					      rule_value(line, kind->keys)))
				report(cx, line, first, kind->keys);
		}
}

static void
check(struct rule_context *cx)
{
	static const struct kind kinds[] = {
		{ "access-control-view", 1 },
		{ "access-control-tag", 1 },
		{ "access-control-tag-action", 2 },
		{ "interface-action", 1 },
		{ "interface-view", 1 },
		{ "interface-tag", 1 },
		{ "interface-tag-action", 2 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		check_kind(cx, &kinds[i]);
}

const struct rule rule_view_tag_first_wins = {
	.id = "view-tag-first-wins",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "a second view, tag or interface line that is ignored",
	.explain =
		"A netblock has one view and one set of tags, an interface "
		"one action: the first line that gives them counts, and "
		"later ones are ignored without a word. With 'access-control' "
		"it is the other way round, there the last line counts.",
	.source = "Unbound daemon/acl_list.c",
	.bad_unbound = "server:\n"
		       "access-control-view: 10.0.0.0/8 a\n"
		       "access-control-view: 10.0.0.0/8 b\n"
		       "view:\n"
		       "name: a\n"
		       "view:\n"
		       "name: b",
	.good_unbound = "server:\n"
			"access-control-view: 10.0.0.0/8 a\n"
			"access-control-view: 10.1.0.0/16 b\n"
			"view:\n"
			"name: a\n"
			"view:\n"
			"name: b",
	.check = check,
};
