#include "check/check.h"

void
check_load(const struct check *c)
{
	if (c->config->dialect == DIALECT_NAMED)
		check_named(c);
	else
		check_unbound(c);
}
