/* Options of one block that contradict each other. */
#include "check/domain.h"
#include "check/named.h"

/* check-names of a type once; its two spellings are one type. */
static void
check_spellings(struct named_check *nc, const struct node *block,
		const char *type, const char *old)
{
	const struct node *first = node_find(block, "check-names");
	const struct node *seen = NULL;

	NODE_EACH(it, block, "check-names")
	{
		struct slice word = named_text(it);

		if (!slice_is_nocase(word, type) && !slice_is_nocase(word, old))
			continue;
		if (seen != NULL) {
			struct diag *d = named_report(
				nc, RULE_DUPLICATE_OPTION, first->first,
				"'check-names %s' stands here twice", type);

			diag_note(nc->diags, d, seen->first->span, "once here");
			diag_note(nc->diags, d, it->first->span,
				  "and again here");
		}
		seen = it;
	}
}

static void
check_check_names(struct named_check *nc, const struct node *block)
{
	check_spellings(nc, block, "primary", "master");
	check_spellings(nc, block, "secondary", "slave");
}

static void
check_must_be_secure(struct named_check *nc, const struct node *block)
{
	struct strmap *seen = strmap_new(nc->arena, false);

	NODE_EACH(it, block, "dnssec-must-be-secure")
	{
		struct slice wire;

		if (!domain_parse(nc->arena, named_text(it), &wire))
			continue;
		void **at = strmap_at(seen, wire);

		if (*at != NULL)
			named_report_twice(
				nc, RULE_DUPLICATE_NAME, named_value(it), *at,
				"dnssec-must-be-secure for", named_text(it));
		*at = (void *)(uintptr_t)named_value(it);
	}
}

/* dnssec-policy has its own idea of how long signatures hold. */
static void
check_policy_conflicts(struct named_check *nc, const struct node *block)
{
	static const char *const rivals[] = { "sig-validity-interval",
					      "dnskey-sig-validity" };

	if (nc->since_9_20 || node_find(block, "dnssec-policy") == NULL)
		return;
	for (size_t i = 0; i < sizeof(rivals) / sizeof(*rivals); i++) {
		const struct node *it = node_find(block, rivals[i]);

		if (it == NULL)
			continue;
		struct diag *d = named_report(
			nc, RULE_CONFLICTING_OPTIONS, named_value(it),
			"'%s' cannot stand beside 'dnssec-policy'", rivals[i]);

		diag_note(nc->diags, d,
			  node_find(block, "dnssec-policy")->first->span,
			  "the policy is chosen here");
	}
}

/* "none" for both families leaves no way to ask. */
static void
check_sources_left(struct named_check *nc, const struct node *block)
{
	const struct node *v4 = node_find(block, "query-source");
	const struct node *v6 = node_find(block, "query-source-v6");

	if (v4 == NULL || v6 == NULL)
		return;
	for (v4 = named_value(v4); v4 != NULL && !node_is(v4, "none");)
		v4 = v4->next;
	for (v6 = named_value(v6); v6 != NULL && !node_is(v6, "none");)
		v6 = v6->next;
	if (v4 != NULL && v6 != NULL)
		named_report(nc, RULE_CONFLICTING_OPTIONS, v6,
			     "'query-source' and 'query-source-v6' cannot "
			     "both be 'none'");
}

static void
check_delegation_ttl(struct named_check *nc, const struct node *block)
{
	unsigned long long min, max;
	const struct node *low = node_find(block, "min-delegation-ttl");
	const struct node *high = node_find(block, "max-delegation-ttl");

	if (type_duration_value(named_value(low), &min) &&
	    type_duration_value(named_value(high), &max) && min != 0 &&
	    max != 0 && min >= max)
		named_report(nc, RULE_CONFLICTING_OPTIONS, named_value(high),
			     "'max-delegation-ttl' must be above "
			     "'min-delegation-ttl'");
}

void
named_check_option_pairs(struct named_check *nc, const struct node *block,
			 enum level level)
{
	check_policy_conflicts(nc, block);
	if (level == LEVEL_ZONE)
		return;
	check_check_names(nc, block);
	check_must_be_secure(nc, block);
	check_sources_left(nc, block);
	check_delegation_ttl(nc, block);
}
