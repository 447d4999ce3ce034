#include "rules/rule.h"

static bool
has_negated_list(const struct address_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->elements[i].kind == ELEMENT_LIST &&
		    l->elements[i].negated)
			return true;
	return false;
}

static void
report(struct rule_context *cx, const struct acl_part *parts,
       const struct acl_part *part)
{
	const struct acl_part *outer = &parts[part->outer];
	const struct acl_part *earlier = &parts[part->turned];
	const char *text = rule_element_text(cx, earlier->element);
	struct diag *d = rule_report(
		cx, rule_element_span(cx, outer->element),
		"'%s' turns the earlier '%s' into a denial",
		rule_element_text(cx, outer->element), text);

	diag_note(cx->diags, d, rule_element_span(cx, earlier->element),
		  "this no longer lets anybody in");
	if (part != outer)
		diag_note(cx->diags, d, rule_element_span(cx, part->element),
			  "since the same stands here, in a negated list");
	diag_help(cx->diags, d,
		  "remove '%s' from one of the two, whichever is wrong", text);
}

/* One finding for a negated list, however many entries it turns. */
static void
check_list(struct rule_context *cx, const struct address_list *list)
{
	uint32_t said = PART_NONE;
	size_t count;
	const struct acl_part *parts = acl_parts(cx->arena,
						 predict_acls(cx->predict),
						 cx->model, list, &count);

	for (size_t i = 0; i < count; i++) {
		if (parts[i].turned == PART_NONE || parts[i].outer == said)
			continue;
		said = parts[i].outer;
		report(cx, parts, &parts[i]);
	}
}

static void
check(struct rule_context *cx)
{
	for (size_t i = 0; i < cx->model->list_count; i++)
		if (has_negated_list(cx->model->lists[i]))
			check_list(cx, cx->model->lists[i]);
}

const struct rule rule_acl_negated_nested = {
	.id = "acl-negated-nested",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a negated list that turns an earlier entry into a denial",
	.explain =
		"When a negated list without exceptions of its own is read, "
		"its prefixes are merged into the list around it. One that is "
		"there already, as the very same prefix, becomes a denial in "
		"its earlier place: '10.1.2.3; !{ 10.1.2.3; }; any;' shuts "
		"10.1.2.3 out, although the first entry that matches should "
		"decide.",
	.source = "BIND 9, lib/dns/acl.c, dns_acl_merge",
	.bad = "options { allow-query { 10.1.2.3; !{ 10.1.2.3; }; any; }; };",
	.good = "options { allow-query { !10.1.2.3; any; }; };",
	.check = check,
};
