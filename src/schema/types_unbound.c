/*
 * The types of values in unbound.conf. What each accepts is what the server's
 * own parser accepts (Unbound util/configparser.y and util/config_file.c).
 */
#include "schema/match.h"

static bool
check_string(struct match *m, const struct notation *n,
	     const struct node **term)
{
	(void)m, (void)n;
	*term = (*term)->next;
	return true;
}

static const struct type types[] = {
	{ "string", "text", check_string },
	{ "netblock", "an address or netblock", check_string },
};

const struct type *
type_find_unbound(struct slice name)
{
	return type_find_in(types, sizeof(types) / sizeof(*types), name);
}
