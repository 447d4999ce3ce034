/*
 * The ids of the findings that the typed pass and the load checks make: the
 * family `load`.
 */
#pragma once

#define RULE_UNKNOWN_OPTION "unknown-option"
#define RULE_MISPLACED_OPTION "misplaced-option"
#define RULE_REMOVED_OPTION "removed-option"
#define RULE_NOT_YET_OPTION "not-yet-option"
#define RULE_BAD_VALUE "bad-value"
#define RULE_BAD_PREFIX "bad-prefix"
#define RULE_UNCHECKED_VALUE "unchecked-value"
#define RULE_MISSING_VALUE "missing-value"
#define RULE_DUPLICATE_OPTION "duplicate-option"
#define RULE_DUPLICATE_ZONE "duplicate-zone"
#define RULE_DUPLICATE_NAME "duplicate-name"
#define RULE_UNDEFINED_ACL "undefined-acl"
#define RULE_UNDEFINED_KEY "undefined-key"
#define RULE_UNDEFINED_VIEW "undefined-view"
#define RULE_UNDEFINED_TLS "undefined-tls"
#define RULE_UNDEFINED_TAG "undefined-tag"
#define RULE_UNDEFINED_REFERENCE "undefined-reference"
#define RULE_RECURSIVE_ACL "recursive-acl"
#define RULE_ZONE_OUTSIDE_VIEW "zone-outside-view"
#define RULE_MISSING_ZONE_STATEMENT "missing-zone-statement"
#define RULE_MISSING_STATEMENT "missing-statement"
#define RULE_CONFLICTING_OPTIONS "conflicting-options"
