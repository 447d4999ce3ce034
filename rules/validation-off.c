#include "rules/rule.h"
#include "schema/types_unbound.h"

static bool
is_home(struct rule_context *cx, struct addr a)
{
	return addr_is_loopback(a) ||
	       clients_have(clients_private(cx->arena), a);
}

/*
 * Does a view send everything to servers of its own network? These may be the
 * ones that validate.
 */
static bool
forwards_home(struct rule_context *cx, const struct node *view)
{
	const struct node *only = rule_option(cx, view, "forward");
	const struct node *s = rule_option(cx, view, "forwarders");
	struct addr a;
	bool any = false;

	if (s == NULL || only == NULL || !node_is(node_term(only, 1), "only"))
		return false;
	for (const struct node *x = node_first(node_block(s)); x != NULL;
	     x = x->next, any = true)
		if (x->kind != NODE_STATEMENT ||
		    !addr_parse(node_text(x->first), &a) || !is_home(cx, a))
			return false;
	return any;
}

static void
advise(struct rule_context *cx, struct diag *d, const char *on,
       const char *except)
{
	diag_help(cx->diags, d,
		  "write '%s'; names that exist in your own network alone are "
		  "excepted by '%s'",
		  on, except);
}

/* Without the addresses of the host it is not known whom localnets takes. */
static bool
may_recurse(const struct decision *d)
{
	return decision_recurses(d) || decision_is_unknown(d);
}

static bool
recursion_is_on(struct rule_context *cx, const char *view)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->count; i++)
		if (slice_is(slice_of(view), v->list[i]->name))
			return v->list[i]->recursion.on;
	return false;
}

static void
check_views(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q,
			      clients_all(cx->arena), may_recurse, &n);

	for (size_t i = 0; i < n; i++) {
		const struct node *view =
			rule_view_block(cx, g[i].decision->view);
		const struct node *s =
			rule_option(cx, view, "dnssec-validation");

		if (s == NULL || !rule_is_no(node_term(s, 1)) ||
		    !recursion_is_on(cx, g[i].decision->view) ||
		    forwards_home(cx, view))
			continue;
		struct diag *d = rule_report(cx, s->span,
					     "forged answers are passed on: "
					     "signatures are not checked");

		advise(cx, d, "dnssec-validation auto", "validate-except");
	}
}

static bool
forwards_root_home(struct rule_context *cx)
{
	CONFIG_EACH(z, cx->config, "forward-zone") {
		const struct node *block = node_block(z);
		const struct node *name = node_find(block, "name");
		const struct node *first = node_find(block, "forward-first");
		struct slice rest;
		struct addr a;
		bool any = false, home = true;

		if (name == NULL || !node_is(node_term(name, 1), ".") ||
		    (first != NULL && node_is(node_term(first, 1), "yes")) ||
		    node_find(block, "forward-host") != NULL)
			continue;
		NODE_EACH(s, block, "forward-addr") {
			any = true;
			home = home &&
			       type_ub_parse_address(node_text(node_term(s, 1)),
						     &a, &rest) &&
			       is_home(cx, a);
		}
		if (any && home)
			return true;
	}
	return false;
}

static void
check_modules(struct rule_context *cx)
{
	const struct node *s = rule_server(cx, "module-config");
	const struct node *lax = rule_server(cx, "val-permissive-mode");
	struct slice rest = s == NULL ? (struct slice){ "", 0 }
				      : node_text(node_term(s, 1));
	bool validates = s == NULL;
	struct diag *d;

	if (forwards_root_home(cx))
		return;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0;)
		validates = validates || slice_is(w, "validator");
	if (!validates) {
		d = rule_report(cx, s->span,
				"forged answers are passed on: the module "
				"'validator' is not among these");
		advise(cx, d, "module-config: \"validator iterator\"",
		       "domain-insecure");
	} else if (lax != NULL && node_is(node_term(lax, 1), "yes")) {
		d = rule_report(cx, lax->span,
				"forged answers are passed on: bogus ones are "
				"marked, not withheld");
		advise(cx, d, "val-permissive-mode: no", "domain-insecure");
	}
}

static void
check(struct rule_context *cx)
{
	if (cx->model->views != NULL)
		check_views(cx);
	else
		check_modules(cx);
}

const struct rule rule_validation_off = {
	.id = "validation-off",
	.family = "validation",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a resolver that does not check DNSSEC signatures",
	.explain =
		"Without validation a resolver believes any answer that comes "
		"in time, and so do its clients. It is often turned off for "
		"the sake of a name that exists only inside; such names can be "
		"excepted one by one.",
	.source = "RFC 9364 (BCP 237); DISA STIG V-207558; BIND 9 ARM, "
		  "dnssec-validation; unbound.conf(5), module-config",
	.bad = "options { dnssec-validation no;\n"
	       "\tallow-recursion { 10.0.0.0/8; };\n};",
	.good = "options { dnssec-validation no; recursion no; };",
	.bad_unbound = "server: module-config: \"iterator\"",
	.good_unbound = "server: module-config: \"validator iterator\"",
	.check = check,
};
