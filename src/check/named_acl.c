/*
 * Address match lists: every name must be that of an acl, and no acl may name
 * itself on the way (BIND lib/isccfg/aclconf.c).
 */
#include "check/domain.h"
#include "check/named.h"
#include "schema/suggest.h"

/* Lists within lists within acls; beyond this they are taken as good. */
enum {
	DEPTH_MAX = 2000
};

static const char *const builtin[] = { "any", "none", "localhost",
				       "localnets" };

/* Values of `acl_states`. */
static char state_open, state_good, state_bad;

static bool
check_list(struct named_check *nc, const struct node *block, unsigned depth);

static bool
is_builtin(struct slice name)
{
	for (size_t i = 0; i < sizeof(builtin) / sizeof(*builtin); i++)
		if (slice_is_nocase(name, builtin[i]))
			return true;
	return false;
}

static void
suggest_builtin(struct named_check *nc, struct diag *d, struct slice name)
{
	unsigned limit = (unsigned)(name.len / 3);

	for (size_t i = 0; i < sizeof(builtin) / sizeof(*builtin); i++)
		if (suggest_distance(name, slice_of(builtin[i]), limit) <=
		    limit)
			diag_help(nc->diags, d, "did you mean '%s'?",
				  builtin[i]);
}

static bool
report_undefined(struct named_check *nc, const struct node *name)
{
	struct diag *d =
		named_report(nc, RULE_UNDEFINED_ACL, name,
			     "there is no acl " QUOTED, SLICE(node_text(name)));
	struct prefix p;

	suggest_builtin(nc, d, node_text(name));
	named_suggest(nc, d, nc->acls, name);
	if (name->kind == NODE_STRING && prefix_parse(node_text(name), &p))
		diag_help(nc->diags, d,
			  "an address in quotes is a name; remove the quotes");
	return false;
}

static bool
check_name(struct named_check *nc, const struct node *name, unsigned depth)
{
	const struct node *acl = strmap_get(nc->acls, node_text(name));
	void **state;

	if (acl == NULL)
		return report_undefined(nc, name);
	state = strmap_at(nc->acl_states, node_text(name));
	if (*state == &state_good || *state == &state_bad)
		return *state == &state_good;
	if (*state == &state_open) {
		struct diag *d = named_report(nc, RULE_RECURSIVE_ACL, name,
					      "acl " QUOTED " contains itself",
					      SLICE(node_text(name)));

		diag_note(nc->diags, d, acl->first->span, "it is defined here");
		return false;
	}
	*state = &state_open;
	bool good = check_list(nc, node_block(acl), depth + 1);

	*strmap_at(nc->acl_states, node_text(name)) =
		good ? &state_good : &state_bad;
	return good;
}

/*
 * What GeoIP2 databases do not hold. `term` is behind "geoip".
 */
static bool
check_geoip(struct named_check *nc, const struct node *term)
{
	static const char *const databases[] = { "country", "city", "asnum",
						 "isp", "domain" };
	static const char *const missing[] = { "area",	   "areacode",
					       "country3", "countryname",
					       "netspeed", "regionname" };

	if (node_is(term, "db") && term->kind == NODE_WORD) {
		bool known = false;

		for (size_t i = 0; i < sizeof(databases) / sizeof(*databases);
		     i++)
			known |= node_is(term->next, databases[i]);
		if (!known) {
			named_report(nc, RULE_BAD_VALUE, term->next,
				     "there is no GeoIP2 database " QUOTED,
				     SLICE(node_text(term->next)));
			return false;
		}
		term = term->next->next;
	}
	const struct node *value = term->next;
	bool postal = node_is(term, "postal") || node_is(term, "postalcode");

	for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++) {
		if (!node_is(term, missing[i]))
			continue;
		named_report(nc, RULE_BAD_VALUE, term,
			     "GeoIP2 databases do not know " QUOTED,
			     SLICE(node_text(term)));
		return false;
	}
	if (value->len == 0 || (postal && value->len >= 7) ||
	    (node_is(term, "country") && value->len == 3)) {
		struct diag *d = named_report(
			nc, RULE_BAD_VALUE, value,
			QUOTED " cannot be looked up as " QUOTED,
			SLICE(node_text(value)), SLICE(node_text(term)));

		if (value->len == 3)
			diag_help(nc->diags, d,
				  "write the country's two letters");
		return false;
	}
	return true;
}

static bool
report_second_not(struct named_check *nc, const struct node *sign)
{
	struct diag *d = named_report(nc, RULE_BAD_VALUE, sign,
				      "a second '!' cannot stand here");

	diag_help(nc->diags, d, "write one '!', or none");
	return false;
}

static bool
check_element(struct named_check *nc, const struct node *term, unsigned depth)
{
	struct prefix p;

	if (term->kind == NODE_NOT)
		term = term->next;
	if (term->kind == NODE_NOT)
		return report_second_not(nc, term);
	if (type_prefix_value(term, &p))
		return true;
	if (term->kind == NODE_BLOCK)
		return check_list(nc, term, depth + 1);
	if (term->kind == NODE_WORD && node_is(term, "key")) {
		if (domain_is_valid(node_text(term->next)))
			return true;
		named_report(nc, RULE_BAD_VALUE, term->next,
			     QUOTED " is no domain name, so no key has it",
			     SLICE(node_text(term->next)));
		return false;
	}
	if (term->kind == NODE_WORD && node_is(term, "geoip"))
		return check_geoip(nc, term->next);
	return is_builtin(node_text(term)) || check_name(nc, term, depth);
}

/* The server gives a list up at its first bad element; so do we. */
static bool
check_list(struct named_check *nc, const struct node *block, unsigned depth)
{
	if (depth > DEPTH_MAX)
		return true;
	STATEMENT_EACH(it, block)
	if (!check_element(nc, it->first, depth))
		return false;
	return true;
}

bool
named_check_acl(struct named_check *nc, const struct node *block)
{
	return check_list(nc, block, 0);
}

bool
named_acl_is_none(const struct node *block)
{
	bool any = false;

	STATEMENT_EACH(it, block)
	{
		const struct node *term = it->first;
		bool negated = term->kind == NODE_NOT;

		if (negated)
			term = term->next;
		if (!node_is(term, negated ? "any" : "none"))
			return false;
		any = true;
	}
	return any;
}

void
named_check_acl_definitions(struct named_check *nc)
{
	NODE_EACH(it, nc->root, "acl")
	{
		struct slice name = named_text(it);
		const struct node *first = strmap_get(nc->acls, name);

		if (is_builtin(name))
			named_report(nc, RULE_DUPLICATE_NAME, named_value(it),
				     "acl " QUOTED " is built in and cannot "
				     "be defined",
				     SLICE(name));
		if (first != it)
			named_report_twice(nc, RULE_DUPLICATE_NAME,
					   named_value(it), named_value(first),
					   "acl", name);
	}
}
