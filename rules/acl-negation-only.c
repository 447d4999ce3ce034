#include "rules/rule.h"

/* Lists within lists are looked into this far. */
enum { DEPTH_MAX = 8 };

static bool
is_exception(const struct element *e)
{
	return e->negated && e->kind != ELEMENT_ANY && e->kind != ELEMENT_NONE;
}

/* Exceptions, and lists that have nothing but exceptions, one at least. */
static bool
has_exceptions_only(const struct model *m, const struct address_list *list,
		    unsigned depth)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (is_exception(e))
			continue;
		if (e->kind != ELEMENT_LIST || depth == DEPTH_MAX ||
		    !has_exceptions_only(m, m->lists[e->lo], depth + 1))
			return false;
	}
	return list->count > 0;
}

static bool
matches_nobody(struct rule_context *cx, const struct address_list *list)
{
	return clients_empty(clients_matched(cx->arena,
					     predict_acls(cx->predict), list,
					     KEY_NONE, true));
}

static void
report(struct rule_context *cx, const struct address_list *list)
{
	const struct element *first = &list->elements[0];
	const struct address_list *named =
		first->kind == ELEMENT_LIST ? cx->model->lists[first->lo]
					    : NULL;
	struct diag *d = rule_report(
		cx, rule_heading(cx, list->origin.span),
		"'%s' matches nobody: all of its entries are exceptions",
		list->origin.option);

	if (named != NULL && named->name != NULL && !first->negated)
		diag_note(cx->diags, d, rule_heading(cx, named->origin.span),
			  "'%s' has exceptions only", named->name);
	diag_remark(cx->diags, d, "who matches no entry is denied");
	diag_help(cx->diags, d,
		  "write those who are meant behind the exceptions, such as "
		  "'any;'");
}

static void
check(struct rule_context *cx)
{
	const struct model *m = cx->model;

	for (size_t i = 0; i < m->list_count; i++)
		if (rule_list_is_used(m->lists[i]) &&
		    has_exceptions_only(m, m->lists[i], 0) &&
		    matches_nobody(cx, m->lists[i]))
			report(cx, m->lists[i]);
}

const struct rule rule_acl_negation_only = {
	.id = "acl-negation-only",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "address list of exceptions alone: nobody matches",
	.explain =
		"An entry with '!' denies, and whoever matches no entry is "
		"denied as well: a list of such entries alone admits nobody. "
		"'!10.0.0.0/8;' does not mean everybody else. Where nobody is "
		"meant, 'none;' says so.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "options { allow-query { !10.0.0.0/8; }; };",
	.good = "options { allow-query { !10.0.0.0/8; any; }; };",
	.check = check,
};
