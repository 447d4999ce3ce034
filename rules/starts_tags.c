/*
 * What unbound-checkconf does not look at in the lines of interfaces and of
 * tags (daemon/acl_list.c, which the server alone runs).
 */
#include "rules/starts.h"

#include "base/strmap.h"
#include "schema/suggest.h"
#include "schema/types_unbound.h"

static struct diag *
report(struct rule_context *cx, const struct node *word, const char *what)
{
	return rule_report(cx, word->span,
			   "the server does not start: %s '%.*s'", what,
			   SLICE(node_text(word)));
}

static void
suggest(struct rule_context *cx, struct diag *d, const struct strmap *names,
	struct slice name, const char *define)
{
	struct slice near = suggest_name(names, name);

	if (near.len > 0)
		diag_help(cx->diags, d, "did you mean '%.*s'?", SLICE(near));
	else
		diag_help(cx->diags, d, define, SLICE(name));
}

/* The action of a tag is read as the server starts. */
static void
check_action(struct rule_context *cx, const struct node *line)
{
	struct slice action = rule_value(line, 2);

	if (type_ub_is_tag_action(cx->schema, action))
		return;
	struct diag *d = rule_report(
		cx, node_term(line, 3)->span,
		"the server does not start: '%.*s' is no type of local zone",
		SLICE(action));

	diag_help(cx->diags, d, "write one, such as 'refuse' or 'transparent'");
}

static void
check_data(struct rule_context *cx, const struct node *line)
{
	const char *why = type_ub_rdata_fault(rule_value(line, 2), NULL);

	if (why == NULL)
		return;
	struct diag *d =
		report(cx, node_term(line, 3), "this is no data of a record:");

	diag_remark(cx->diags, d, "%s", why);
	diag_help(cx->diags, d, "such as \"A 192.0.2.1\"");
}

/* The words that lines of `option` define. */
static struct strmap *
defined_tags(const struct rule_context *cx)
{
	struct strmap *tags = strmap_new(cx->arena, false);

	CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), "define-tag")
	{
		struct slice rest = rule_value(line, 0);

		for (struct slice w; (w = type_ub_word(&rest)).len > 0;)
			*strmap_at(tags, w) = tags;
	}
	return tags;
}

static struct strmap *
defined_views(const struct rule_context *cx)
{
	struct strmap *views = strmap_new(cx->arena, false);

	CONFIG_EACH(view, cx->config, "view")
	NODE_EACH(name, node_block(view), "name")
	*strmap_at(views, rule_value(name, 0)) = views;
	return views;
}

/* Of whom a line speaks: a netblock without host bits, or an interface. */
static const char *
subject_of(struct rule_context *cx, const struct node *line)
{
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (node_is(line->first, "access-control-tag-data") &&
	    type_ub_parse_netblock(rule_value(line, 0), &p))
		return arena_strdup(
			cx->arena,
			slice_of(prefix_format(prefix_network(p), buf)));
	return arena_strdup(cx->arena, rule_value(line, 0));
}

static bool
is_alias(const struct node *line)
{
	struct slice type = { "", 0 };

	type_ub_rdata_fault(rule_value(line, 2), &type);
	return slice_is_nocase(type, "CNAME");
}

/* Beside a CNAME a tag can have no other data, for the same clients. */
static void
check_together(struct rule_context *cx, struct strmap *seen,
	       const struct node *line)
{
	const char *key =
		arena_printf(cx->arena, "%s %.*s", subject_of(cx, line),
			     SLICE(rule_value(line, 1)));
	void **at = strmap_at(seen, slice_of(key));
	const struct node *first = *at;

	if (first == NULL) {
		*at = (void *)(uintptr_t)line;
		return;
	}
	if (!is_alias(first) && !is_alias(line))
		return;
	struct diag *d = rule_report(
		cx, line->span,
		"the server does not start: a CNAME is all the data that a "
		"tag may have");

	diag_note(cx->diags, d, first->span,
		  "which has some here; unbound-checkconf does not look");
	diag_help(cx->diags, d, "remove one of the two");
}

static void
check_known(struct rule_context *cx, const struct strmap *names,
	    const char *option, const char *what, const char *define)
{
	CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), option)
	{
		struct slice name = rule_value(line, 1);

		if (strmap_get(names, name) == NULL)
			suggest(cx, report(cx, node_term(line, 2), what), names,
				name, define);
	}
}

void
starts_check_tags(struct rule_context *cx)
{
	static const char *const data[] = { "access-control-tag-data",
					    "interface-tag-data" };
	struct strmap *seen = strmap_new(cx->arena, false);
	const struct strmap *tags = defined_tags(cx);
	const char *define = "write 'define-tag: \"%.*s\"'";

	check_known(cx, defined_views(cx), "interface-view", "there is no view",
		    "write a clause 'view:' with 'name: "
		    "%.*s'");
	check_known(cx, tags, "interface-tag-action", "there is no tag",
		    define);
	check_known(cx, tags, "interface-tag-data", "there is no tag", define);
	CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), "interface-tag-action")
	check_action(cx, line);
	CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), "interface-tag-data")
	check_data(cx, line);
	for (size_t i = 0; i < 2; i++)
		CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), data[i])
	check_together(cx, seen, line);
}
