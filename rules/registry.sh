#!/bin/sh
# Print the registry: a table of all rules, from the files named as arguments.
set -eu
names=$(for f; do basename "$f" .c; done | sort)
printf '/* Generated from the list of rules in Makefile.am. */\n'
printf '#include "rules/registry.h"\n\n'
for n in $names; do
	printf 'extern const struct rule rule_%s;\n' "$(echo "$n" | tr - _)"
done
printf '\nconst struct rule *const rule_registry[] = {\n'
for n in $names; do
	printf '\t&rule_%s,\n' "$(echo "$n" | tr - _)"
done
printf '};\n\nconst size_t rule_registry_count =\n'
printf '\tsizeof(rule_registry) / sizeof(*rule_registry);\n'
