#include "model/views.h"
#include "rules/rule.h"

static bool
is_declared_authority(const struct intent *in)
{
	return in->role_place.file != NULL && (in->role == ROLE_AUTHORITATIVE ||
					       in->role == ROLE_HIDDEN_PRIMARY);
}

/* Is there somebody beyond this host who recurses in the view? */
static bool
somebody_recurses(const struct rule_context *cx, const struct view *v)
{
	struct question q = question_foreign(cx->model);
	size_t n;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q,
			      clients_all(cx->arena), decision_recurses, &n);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < g[i].clients.count; k++)
			if (slice_is(slice_of(g[i].decision->view), v->name) &&
			    !addr_is_loopback(g[i].clients.at[k].first))
				return true;
	return false;
}

/* With views it may be written for some of them. */
static void
fix(struct rule_context *cx, struct diag *d, const struct node *options)
{
	const struct node *first =
		options == NULL ? NULL : node_first(node_block(options));

	if (first == NULL || config_find(cx->config, "view") != NULL)
		return;
	struct span at = { first->span.begin, first->span.begin };

	diag_fix_narrowing(cx->diags, d, at,
			   rule_insertion(cx, first, "recursion no;"));
}

static void
check_view(struct rule_context *cx, const struct view *v)
{
	const struct node *options = config_find(cx->config, "options");
	bool in_view = !origin_is_default(&v->origin);
	struct span at =
		in_view ? v->origin.span
			: (options == NULL ? cx->config->root->first : options)
				  ->span;
	struct diag *d = rule_report(
		cx, rule_heading(cx, at),
		"'recursion' is not written%s: on an authoritative server it "
		"is to be 'no', and by default it is 'yes'",
		in_view ? " here or in 'options'" : "");

	diag_help(cx->diags, d, "write 'recursion no;' in 'options'");
	fix(cx, d, options);
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;

	if (!is_declared_authority(cx->intent) ||
	    cx->config->root->first == NULL)
		return;
	for (size_t i = 0; i < views->count; i++) {
		const struct view *v = views->list[i];

		if (v->qclass != CLASS_IN || v->built_in || !v->recursion.on ||
		    !origin_is_default(v->recursion.origin) ||
		    somebody_recurses(cx, v))
			continue;
		check_view(cx, v);
		return; /* one statement mends them all */
	}
}

const struct rule rule_recursion_implicit = {
	.id = "recursion-implicit",
	.family = "recursion",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "an authoritative server whose recursion is on by default",
	.explain = "In BIND 'recursion' is on unless it is turned off. Then "
		   "only its lists keep strangers out, and one edit of them "
		   "makes an open resolver. Automatic empty zones are served "
		   "as well, and refusals come from these lists instead of "
		   "'recursion no', where people look first. Write 'recursion "
		   "no' on a server that is authoritative only.",
	.source = "BIND 9 ARM, recursion; DISA STIG V-272394",
	.bad = "// dnslint: role=authoritative\n"
	       "options { allow-recursion { none; }; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "// dnslint: role=authoritative\n"
		"options { recursion no; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.check = check,
};
