#include "base/strmap.h"
#include "rules/rule.h"

/* Does the view say anything about names, or that it wants the server's own? */
static bool
has_content(const struct node *block)
{
	for (const struct node *s = node_first(block); s != NULL; s = s->next) {
		struct slice name = node_text(node_first(s));

		if (slice_is(name, "local-zone") &&
		    slice_is(rule_value(s, 1), "nodefault"))
			continue;
		if (slice_has_prefix(name, "local-") ||
		    slice_has_prefix(name, "response-ip"))
			return true;
		if (slice_is(name, "view-first") &&
		    slice_is(rule_value(s, 0), "yes"))
			return true;
	}
	return false;
}

/* The first line that gives each view to clients, by its name. */
static const struct strmap *
index_uses(struct rule_context *cx)
{
	static const char *const options[] = { "access-control-view",
					       "interface-view" };
	struct strmap *m = strmap_new(cx->arena, false);

	CONFIG_EACH(clause, cx->config, "server")
		for (size_t i = 0; i < 2; i++)
			NODE_EACH(line, node_block(clause), options[i]) {
				const void **at = (const void **)strmap_at(
					m, rule_value(line, 1));

				if (*at == NULL)
					*at = line;
			}
	return m;
}

static void
check(struct rule_context *cx)
{
	const struct strmap *uses = index_uses(cx);

	CONFIG_EACH(view, cx->config, "view") {
		const struct node *name = node_find(node_block(view), "name");
		const struct node *use;

		if (name == NULL || has_content(node_block(view)))
			continue;
		use = strmap_get(uses, rule_value(name, 0));
		if (use == NULL)
			continue;
		struct diag *d = rule_report(
			cx, name->span,
			"view '%.*s' is empty: its clients get the local zones "
			"of the server",
			SLICE(rule_value(name, 0)));

		diag_note(cx->diags, d, use->span, "clients are sent to it "
						   "here");
		diag_help(cx->diags, d,
			  "write a local-zone or local-data line in it, or "
			  "'view-first: yes' if the zones of the server are "
			  "meant");
	}
}

const struct rule rule_view_empty_uses_global = {
	.id = "view-empty-uses-global",
	.family = "view",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "an empty view, which hides nothing",
	.explain =
		"A view without local-zone and local-data lines is as good as "
		"no view: its clients see the local zones of the server, "
		"refusals among them, also without 'view-first'. An empty "
		"view does not exempt anybody from a block list.",
	.source = "Unbound services/view.c and services/localzone.c",
	.bad_unbound = "server:\n"
		       "local-zone: ads.example refuse\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control-view: 10.0.0.0/8 exempt\n"
		       "view:\n"
		       "name: exempt",
	.good_unbound = "server:\n"
			"local-zone: ads.example refuse\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control-view: 10.0.0.0/8 exempt\n"
			"view:\n"
			"name: exempt\n"
			"local-zone: ads.example transparent",
	.check = check,
};
