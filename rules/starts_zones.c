/*
 * What named-checkconf does not look at in the options of zones and views
 * (bin/named/zoneconf.c, bin/named/server.c).
 */
#include "rules/starts.h"

#include "base/strmap.h"
#include "model/name.h"

/* Each prefix of dns64 brings the zone of its reverse name. */
static void
check_reverse(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	struct span last = { 0, 0 };

	for (size_t i = 0; i < v->count; i++) {
		const struct origin *twice = v->list[i]->reverse_twice;

		if (twice == NULL || twice->span.begin == last.begin)
			continue;
		last = twice->span;
		struct diag *d = rule_report(
			cx, last,
			"named does not start: the reverse zone of this "
			"'dns64' exists already");

		diag_note(cx->diags, d, v->list[i]->reverse_first->span,
			  "here; named-checkconf does not look");
		diag_help(cx->diags, d, "remove one of the two");
	}
}

/* Copies of zones are kept in another form unless that is said. */
static bool
is_kept_as_text(const struct node *format, enum zone_type type)
{
	if (format != NULL)
		return node_is(node_term(format, 1), "text");
	return type != ZONE_SECONDARY && type != ZONE_MIRROR;
}

static void
report_style(struct rule_context *cx, const struct node *style,
	     const char *whose, struct span at)
{
	struct diag *d = rule_report(
		cx, style->span,
		"named does not start: 'masterfile-style' is for text, and %s "
		"is kept in another form",
		whose);

	if (at.end > at.begin)
		diag_note(cx->diags, d, at,
			  "here; named-checkconf does not look");
	diag_help(cx->diags, d,
		  "remove 'masterfile-style', or write "
		  "'masterfile-format text;'");
}

static bool
has_format(enum zone_type type)
{
	return type <= ZONE_STATIC_STUB || type == ZONE_REDIRECT;
}

/* One finding for each statement, however many zones it is about. */
static void
check_style(struct rule_context *cx)
{
	struct strmap *seen = strmap_new(cx->arena, false);
	const struct node *style = rule_option(cx, NULL, "masterfile-style");
	const struct node *format = rule_option(cx, NULL, "masterfile-format");
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	/* The server's own zones are text, like primary ones. */
	if (style != NULL && !is_kept_as_text(format, ZONE_PRIMARY)) {
		report_style(cx, style, "'version.bind'",
			     (struct span){ 0, 0 });
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct zone *z = zones[i].zone;
		void **at;

		style = rule_zone_option(cx, &zones[i], "masterfile-style");
		format = rule_zone_option(cx, &zones[i], "masterfile-format");
		if (style == NULL || !has_format(z->type) ||
		    is_kept_as_text(format, z->type))
			continue;
		at = strmap_at(seen,
			       (struct slice){ (const char *)&style->span,
					       sizeof(style->span) });
		if (*at == NULL)
			report_style(cx, style,
				     arena_printf(cx->arena, "'%s'", z->text),
				     z->origin.span);
		*at = cx;
	}
}

static void
check_name(struct rule_context *cx, const struct node *name)
{
	struct slice canonical;

	if (name == NULL || !node_is_text(name) ||
	    name_canonical(cx->arena, node_text(name), &canonical))
		return;
	struct diag *d =
		rule_report(cx, name->span,
			    "named does not start: '%.*s' is no domain name",
			    SLICE(node_text(name)));

	diag_remark(cx->diags, d, "named-checkconf does not look");
	diag_help(cx->diags, d, "write a name, such as \"example.com\"");
}

static void
check_redirect(struct rule_context *cx, const struct node *statement)
{
	check_name(cx, node_term(statement, 1));
}

static void
check_aliases(struct rule_context *cx, const struct node *statement)
{
	const struct node *block = node_block(statement);

	for (const struct node *s = block == NULL ? NULL : node_first(block);
	     s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT)
			check_name(cx, s->first);
}

void
starts_check_zones(struct rule_context *cx)
{
	check_reverse(cx);
	check_style(cx);
	rule_each_option(cx, "nxdomain-redirect", check_redirect);
	rule_each_option(cx, "deny-answer-aliases", check_aliases);
}
