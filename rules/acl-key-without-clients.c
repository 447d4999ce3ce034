#include "rules/rule.h"

/* The first key that the list itself admits, or NULL. */
static const struct element *
find_key(const struct address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->elements[i].kind == ELEMENT_KEY &&
		    !list->elements[i].negated)
			return &list->elements[i];
	return NULL;
}

/* Some need no key, and whoever has the key may come from anywhere. */
static bool
is_alternative(struct rule_context *cx, const struct address_list *list,
	       const struct element *key, struct client_set *without)
{
	struct acls *acls = predict_acls(cx->predict);
	struct client_set all = clients_all(cx->arena);

	*without = clients_matched(cx->arena, acls, list, KEY_NONE, false);
	return !clients_empty(*without) && !clients_equal(*without, all) &&
	       clients_equal(clients_matched(cx->arena, acls, list,
					     (uint32_t)key->lo, false),
			     all);
}

static void
check_list(struct rule_context *cx, const struct address_list *list)
{
	const struct element *key = find_key(list);
	struct client_set without;

	if (key == NULL || !rule_list_is_used(list) ||
	    !slice_has_prefix(slice_of(list->origin.option), "allow-") ||
	    !is_alternative(cx, list, key, &without))
		return;
	const char *name = cx->model->keys[key->lo];
	struct diag *d = rule_report(
		cx, rule_element_span(cx, key),
		"the key or the address is enough: %s need%s no key, and '%s' "
		"is good from anywhere",
		clients_text(cx->arena, without, 2),
		clients_prefix_count(without) == 1 ? "s" : "", name);

	diag_help(cx->diags, d,
		  "to ask for both, write '!{ !ADDRESS; any; }; key \"%s\";'",
		  name);
}

static void
check(struct rule_context *cx)
{
	const struct arena_mark mark = arena_mark(cx->arena);

	for (size_t i = 0; i < cx->model->list_count; i++) {
		check_list(cx, cx->model->lists[i]);
		arena_release(cx->arena, mark);
	}
}

const struct rule rule_acl_key_without_clients = {
	.id = "acl-key-without-clients",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a list of addresses and keys, either of which is enough",
	.explain =
		"The entries of a list are alternatives. '192.0.2.1; key xfr;' "
		"admits 192.0.2.1 without a key, and everybody who has the "
		"key. Where both are meant, a negated list has to shut all "
		"other addresses out before the key is looked at.",
	.source = "BIND 9 ARM, address match lists; ISC KB aa-00723",
	.bad = "key k { algorithm hmac-sha256; secret "
	       "\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
	       "options { allow-transfer { 192.0.2.1; key k; }; };",
	.good = "key k { algorithm hmac-sha256; secret "
		"\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
		"options { allow-transfer { !{ !192.0.2.1; any; }; key k; }; "
		"};",
	.check = check,
};
