/* The ids of the findings that the typed pass makes: the family `load`. */
#pragma once

#define RULE_UNKNOWN_OPTION "unknown-option"
#define RULE_MISPLACED_OPTION "misplaced-option"
#define RULE_REMOVED_OPTION "removed-option"
#define RULE_NOT_YET_OPTION "not-yet-option"
#define RULE_BAD_VALUE "bad-value"
#define RULE_BAD_PREFIX "bad-prefix"
#define RULE_MISSING_VALUE "missing-value"
#define RULE_SURPLUS_VALUE "surplus-value"
#define RULE_DUPLICATE_OPTION "duplicate-option"
