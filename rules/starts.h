/* Parts of the rule starts-not. */
#pragma once

#include "rules/rule.h"

/* named.conf: options of zones and views. */
void starts_check_zones(struct rule_context *cx);

/* unbound.conf: tags, their actions and data, and the views of interfaces. */
void starts_check_tags(struct rule_context *cx);
