#include "rules/rule.h"

/* A list within another, at element `index`; it has exceptions. */
struct nested {
	const struct address_list *outer;
	const struct address_list *inner;
	size_t index;
	const struct acl_part *parts; /* of the outer list */
};

/* An exception of the inner list, and what admits its clients all the same. */
struct loss {
	const struct element *exception;
	const struct element *admits;
};

static bool
is_negative(const struct address_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->elements[i].negated ||
		    l->elements[i].kind == ELEMENT_NONE)
			return true;
	return false;
}

/*
 * Who writes "!10.1.0.0/16" in one list and "10.1.0.0/16" in the next one
 * knows what he does; who goes on with something wider does not.
 */
static bool
is_overrun(const struct element *exception, const struct element *admits,
	   const struct address_list *inner)
{
	if (exception->kind != ELEMENT_PREFIX)
		return inner->count == 1 && admits->kind == ELEMENT_ANY;
	return admits->kind == ELEMENT_ANY ||
	       (admits->kind == ELEMENT_PREFIX &&
		admits->len < exception->len);
}

static bool
is_loss(const struct nested *n, const struct element *exception,
	uint32_t value, struct loss *loss)
{
	uint32_t number = acl_part_of(value);

	if (acl_verdict(value) != VERDICT_YES || number == PART_NONE)
		return false;
	const struct acl_part *outer = &n->parts[n->parts[number].outer];

	if ((size_t)(outer->element - n->outer->elements) <= n->index ||
	    !is_overrun(exception, n->parts[number].element, n->inner))
		return false;
	*loss = (struct loss){ exception, n->parts[number].element };
	return true;
}

/* Walk both maps side by side. */
static bool
find_loss(struct rule_context *cx, const struct nested *n, enum family family,
	  struct loss *loss)
{
	struct acls *acls = predict_acls(cx->predict);
	const struct rangemap *in = acl_map(acls, n->inner, family, KEY_NONE);
	const struct rangemap *out = acl_map(acls, n->outer, family, KEY_NONE);
	const struct address_list *list;

	for (size_t i = 0, k = 0;
	     i < rangemap_count(in) && k < rangemap_count(out);) {
		uint32_t value = rangemap_steps(in)[i].value;
		int order = addr_cmp(rangemap_last(in, i),
				     rangemap_last(out, k));

		if (value != RANGEMAP_NONE &&
		    acl_verdict(value) == VERDICT_NO &&
		    is_loss(n, acl_element(acls, n->inner, value, &list),
			    rangemap_steps(out)[k].value, loss))
			return true;
		i += order <= 0;
		k += order >= 0;
	}
	return false;
}

static void
report(struct rule_context *cx, const struct nested *n,
       const struct loss *loss)
{
	const char *what = rule_element_text(cx, loss->exception);
	const struct element *ref = &n->outer->elements[n->index];
	struct diag *d = rule_report(
		cx, rule_element_span(cx, ref),
		"'%s' in this list shuts nobody out: '%s' lets them in", what,
		rule_element_text(cx, loss->admits));

	diag_note(cx->diags, d, rule_element_span(cx, loss->exception),
		  "within another list this is no match, not a denial");
	diag_note(cx->diags, d, rule_element_span(cx, loss->admits),
		  "so they are matched here");
	diag_help(cx->diags, d,
		  "write '%s' in the outer list itself, before '%s'", what,
		  rule_element_text(cx, loss->admits));
}

static void
check_list(struct rule_context *cx, const struct address_list *list)
{
	struct nested n = { .outer = list };
	size_t count;

	/* What stands last has nothing behind it. */
	for (size_t i = 0; i + 1 < list->count; i++) {
		const struct element *e = &list->elements[i];
		struct loss loss;

		if (e->kind != ELEMENT_LIST || e->negated ||
		    !is_negative(cx->model->lists[e->lo]))
			continue;
		n.index = i;
		n.inner = cx->model->lists[e->lo];
		if (n.parts == NULL)
			n.parts = acl_parts(cx->arena,
					    predict_acls(cx->predict),
					    cx->model, list, &count);
		if (find_loss(cx, &n, FAMILY_IPV4, &loss) ||
		    find_loss(cx, &n, FAMILY_IPV6, &loss))
			report(cx, &n, &loss);
	}
}

static void
check(struct rule_context *cx)
{
	for (size_t i = 0; i < cx->model->list_count; i++)
		check_list(cx, cx->model->lists[i]);
}

const struct rule rule_acl_nested_negation = {
	.id = "acl-nested-negation",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "an exception within a nested list that excepts nobody",
	.explain =
		"A list that stands in another one matches where its own "
		"result is positive. What it denies is not denied outside: it "
		"is no match, and the outer list goes on with its next entry. "
		"So '{ !10.0.0.66; 10.0.0.0/8; }; any;' admits 10.0.0.66. An "
		"exception has to stand in the outer list, before what admits "
		"it.",
	.source = "BIND 9 ARM, address match lists; ISC KB aa-00723",
	.bad = "acl trusted { !10.0.0.66; 10.0.0.0/8; };\n"
	       "options { allow-query { trusted; any; }; };",
	.good = "acl trusted { !10.0.0.66; 10.0.0.0/8; };\n"
		"options { allow-query { trusted; }; };",
	.check = check,
};
