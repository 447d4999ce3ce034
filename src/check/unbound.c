#include "check/check.h"

void
check_unbound(const struct check *c)
{
	(void)c;
}
