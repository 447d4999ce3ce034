/* The tree as text, for tests and for curious people. */
#pragma once

#include <stdio.h>

#include "ast/config.h"

/*
 * One node a line, indented by its depth: kind, text, and `line:column` of its
 * beginning; a change of file is shown. Secrets are not.
 */
void config_dump(const struct config *c, FILE *out);
