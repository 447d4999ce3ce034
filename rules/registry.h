/* The list of rules, generated from the RULES of Makefile.am. */
#pragma once

#include "rules/rule.h"

extern const struct rule *const rule_registry[];
extern const size_t rule_registry_count;
