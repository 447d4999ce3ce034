#include "rules/rule.h"

/* `localhost` written where addresses of clients are meant, or NULL. */
static const struct element *
find_localhost(const struct address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->elements[i].kind == ELEMENT_LOCALHOST &&
		    !list->elements[i].negated)
			return &list->elements[i];
	return NULL;
}

static bool
is_of_clients(const struct address_list *list)
{
	static const char *const options[] = {
		"allow-query",	   "allow-query-cache", "allow-recursion",
		"match-clients",   "allow-transfer",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (slice_is(slice_of(list->origin.option), options[i]))
			return rule_list_is_used(list);
	return false;
}

/* The first in the text whose list leaves out other loopback addresses. */
static const struct element *
find_first(struct rule_context *cx)
{
	struct addr other = addr_ipv4(0x7f000102);
	const struct element *first = NULL;

	for (size_t i = 0; i < cx->model->list_count; i++) {
		const struct address_list *list = cx->model->lists[i];
		const struct element *e = find_localhost(list);

		if (e != NULL && is_of_clients(list) &&
		    (first == NULL || e->begin < first->begin) &&
		    acl_match(predict_acls(cx->predict), list, other, KEY_NONE)
				    .verdict != VERDICT_YES)
			first = e;
	}
	return first;
}

/* Once for a configuration: it is about the word. */
static void
check(struct rule_context *cx)
{
	const struct element *e = find_first(cx);

	if (e == NULL)
		return;
	struct diag *d = rule_report(cx, rule_element_span(cx, e),
				     "'localhost' is the addresses of this "
				     "host, not all of 127.0.0.0/8");

	diag_help(cx->diags, d,
		  "write '127.0.0.0/8;' as well if programs on this host ask "
		  "from other loopback addresses");
}

const struct rule rule_acl_localhost_meaning = {
	.id = "acl-localhost-meaning",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.heuristic = true,
	.optional = true,
	.summary = "'localhost' does not match all loopback addresses",
	.explain =
		"'localhost' matches the addresses that the interfaces of the "
		"host have: 127.0.0.1 and ::1, but also the addresses that "
		"others know it by. It does not match 127.0.0.2 or "
		"127.0.0.53. 'localnets' matches the networks of the "
		"interfaces, 127.0.0.0/8 among them, and none behind a "
		"router.",
	.source = "BIND 9 ARM, acl statement, built-in lists",
	.bad = "options { allow-query { localhost; }; };",
	.good = "options { allow-query { 127.0.0.0/8; ::1; localhost; }; };",
	.check = check,
};
