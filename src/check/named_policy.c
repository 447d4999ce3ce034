/* Policies about updates and answers: update-policy, response-policy, catalogs.
 */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "check/domain.h"
#include "check/mnemonic.h"
#include "check/named.h"

/* What the name field of a grant must be, by its match type. */
enum field {
	FIELD_NAME,	/* a name, which is no type of record */
	FIELD_WILDCARD, /* the same, a wildcard */
	FIELD_SELF,	/* the identity again, or "." */
	FIELD_ROOT,	/* "." */
};

struct match_type {
	const char *name;
	enum field field;
};

static const struct match_type match_types[] = {
	{ "6to4-self", FIELD_ROOT },
	{ "external", FIELD_NAME },
	{ "krb5-self", FIELD_ROOT },
	{ "krb5-selfsub", FIELD_ROOT },
	{ "krb5-subdomain", FIELD_NAME },
	{ "krb5-subdomain-self-rhs", FIELD_NAME },
	{ "ms-self", FIELD_ROOT },
	{ "ms-selfsub", FIELD_ROOT },
	{ "ms-subdomain", FIELD_NAME },
	{ "ms-subdomain-self-rhs", FIELD_NAME },
	{ "name", FIELD_NAME },
	{ "self", FIELD_SELF },
	{ "selfsub", FIELD_SELF },
	{ "selfwild", FIELD_SELF },
	{ "subdomain", FIELD_NAME },
	{ "tcp-self", FIELD_ROOT },
	{ "wildcard", FIELD_WILDCARD },
};

static bool
parse_name(struct named_check *nc, const struct node *term, struct slice *wire)
{
	if (domain_parse(nc->arena, node_text(term), wire))
		return true;
	named_report(nc, RULE_BAD_VALUE, term, QUOTED " is not a domain name",
		     SLICE(node_text(term)));
	return false;
}

static void
check_field(struct named_check *nc, const struct node *identity,
	    const struct node *name, enum field field)
{
	struct slice id, wire, text = node_text(name);

	if (!parse_name(nc, identity, &id) || !parse_name(nc, name, &wire))
		return;
	switch (field) {
	case FIELD_SELF:
		if (!slice_equal(id, wire) && !domain_is_root(wire))
			named_report(nc, RULE_BAD_VALUE, name,
				     "the name must be the identity again, or "
				     "'.'");
		return;
	case FIELD_ROOT:
		if (!domain_is_root(wire))
			named_report(nc, RULE_BAD_VALUE, name,
				     "the name must be '.' here");
		return;
	case FIELD_WILDCARD:
		if (!domain_is_wildcard(wire))
			named_report(nc, RULE_BAD_VALUE, name,
				     QUOTED " is not a wildcard name",
				     SLICE(text));
		break;
	case FIELD_NAME:
		break;
	}
	if (!mnemonic_is_type(text))
		return;
	struct diag *d = named_report(
		nc, RULE_MISSING_VALUE, name,
		"a name is missing before the type " QUOTED, SLICE(text));

	diag_help(nc->diags, d, "write the name, then the types");
}

/* "TXT", and from 9.18 on "TXT(2)". */
static void
check_type(struct named_check *nc, const struct node *term)
{
	struct slice count = node_text(term);
	struct slice type =
		nc->since_9_18 ? slice_split(&count, '(') : node_text(term);
	unsigned long long number;

	if (!mnemonic_is_type(type))
		named_report(nc, RULE_BAD_VALUE, term,
			     QUOTED " is not a type of record", SLICE(type));
	if (type.len == term->len)
		return;
	size_t len = count.len > 0 ? count.len - 1 : 0;

	if (count.len == 0 || count.data[len] != ')' ||
	    (len > 0 &&
	     !slice_to_uint(slice_sub(count, 0, len), UINT16_MAX, &number)))
		named_report(nc, RULE_BAD_VALUE, term,
			     QUOTED " is not a count in parentheses",
			     SLICE(node_text(term)));
}

/* ( grant | deny ) IDENTITY MATCH-TYPE [ NAME ] [ TYPE ... ] */
static void
check_grant(struct named_check *nc, const struct node *grant)
{
	const struct node *identity = grant->first->next;
	const struct node *match = identity->next;
	const struct node *types = match->next;
	size_t count = sizeof(match_types) / sizeof(*match_types);
	struct slice wire;

	if (node_is(match, "zonesub"))
		parse_name(nc, identity, &wire);
	for (size_t i = 0; i < count; i++) {
		if (!node_is(match, match_types[i].name))
			continue;
		check_field(nc, identity, match->next, match_types[i].field);
		types = match->next->next;
	}
	for (; types != NULL; types = types->next)
		check_type(nc, types);
}

void
named_check_update_policy(struct named_check *nc, const struct node *statement)
{
	STATEMENT_EACH(it, node_block(statement))
	check_grant(nc, it);
}

static bool
is_data_zone(const struct view *view, struct slice wire, struct arena *a)
{
	static const char *const kinds[] = { "primary", "master", "secondary",
					     "slave" };
	char *key = arena_alloc(a, wire.len + 1);
	const struct node *zone, *type;

	key[0] = 'z';
	memcpy(key + 1, wire.data, wire.len);
	zone = strmap_get(view->zones, (struct slice){ key, wire.len + 1 });
	type = zone == NULL ? NULL : node_find(node_block(zone), "type");
	for (size_t i = 0; type != NULL && i < sizeof(kinds) / sizeof(*kinds);
	     i++)
		if (node_is(named_value(type), kinds[i]))
			return true;
	return false;
}

/* { zone NAME ...; } of response-policy and catalog-zones: good zones? */
static void
check_zone_list(struct named_check *nc, const struct view *view,
		const struct node *statement)
{
	enum {
		RESPONSE_ZONES_MAX = 64
	};
	bool response = node_is(statement->first, "response-policy");
	unsigned count = 0;

	STATEMENT_EACH(it, node_block(statement))
	{
		const struct node *name = it->first->next;
		struct slice wire;

		if (response && ++count > RESPONSE_ZONES_MAX) {
			named_report(nc, RULE_BAD_VALUE, name,
				     "there may be no more than %d response "
				     "policy zones",
				     RESPONSE_ZONES_MAX);
			return;
		}
		if (parse_name(nc, name, &wire) &&
		    !is_data_zone(view, wire, nc->arena))
			named_report(nc, RULE_UNDEFINED_REFERENCE, name,
				     QUOTED " is no primary or secondary zone "
					    "of this view",
				     SLICE(node_text(name)));
	}
}

static void
check_extended_errors(struct named_check *nc, const struct node *policy)
{
	static const char *const errors[] = { "none",	  "forged",
					      "blocked",  "censored",
					      "filtered", "prohibited" };

	STATEMENT_EACH(it, node_block(policy))
	{
		const struct node *ede = named_argument(it, "ede");
		bool known = ede == NULL;

		for (size_t i = 0;
		     !known && i < sizeof(errors) / sizeof(*errors); i++)
			known = node_is(ede, errors[i]);
		if (!known)
			named_report(nc, RULE_BAD_VALUE, ede,
				     QUOTED " is no extended error of a "
					    "response policy",
				     SLICE(node_text(ede)));
	}
}

static void
check_catalogs(struct named_check *nc, const struct node *catalogs)
{
	struct strmap *seen = strmap_new(nc->arena, false);

	STATEMENT_EACH(it, node_block(catalogs))
	{
		const struct node *name = it->first->next;
		const struct node *rival =
			named_argument(it, "default-masters");
		struct slice wire;

		if (!domain_parse(nc->arena, node_text(name), &wire))
			continue;
		void **at = strmap_at(seen, wire);

		if (*at != NULL)
			named_report_twice(nc, RULE_DUPLICATE_NAME, name, *at,
					   "catalog zone", node_text(name));
		*at = (void *)(uintptr_t)name;
		if (rival != NULL &&
		    named_argument(it, "default-primaries") != NULL)
			named_report(nc, RULE_CONFLICTING_OPTIONS, name,
				     "'default-primaries' and "
				     "'default-masters' cannot both be given "
				     "for " QUOTED,
				     SLICE(node_text(name)));
	}
}

void
named_check_special_zones(struct named_check *nc, const struct view *view,
			  const struct scope *opts)
{
	const struct node *policy = scope_find(opts, "response-policy");
	const struct node *catalogs = scope_find(opts, "catalog-zones");

	if (policy != NULL) {
		check_zone_list(nc, view, policy);
		check_extended_errors(nc, policy);
	}
	if (catalogs == NULL)
		return;
	check_zone_list(nc, view, catalogs);
	if (nc->since_9_18)
		check_catalogs(nc, catalogs);
	if (nc->since_9_21 && view->class != CLASS_IN)
		named_report(nc, RULE_MISPLACED_OPTION, catalogs->first,
			     "'catalog-zones' works in views of class IN only");
}
