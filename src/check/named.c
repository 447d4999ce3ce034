#include "check/check.h"

void
check_named(const struct check *c)
{
	(void)c;
}
