/* Where reports go, before any is opened. */
#pragma once

#include "cli/options.h"

/*
 * Has each report a place of its own, and is no FILE that is to be checked
 * among the files to be written? False after a complaint.
 */
bool outputs_check(const struct options *o);
