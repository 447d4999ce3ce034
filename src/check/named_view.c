/*
 * What is checked once a view; a configuration without views is one. The
 * options of a view are its own, or where it has none those of 'options'.
 */
#include <limits.h>

#include "check/domain.h"
#include "check/mnemonic.h"
#include "check/named.h"

/* From 9.20 on forwarders may be asked through TLS. */
static void
check_forwarder_tls(struct named_check *nc, const struct node *forwarders)
{
	const struct node *tls = named_argument(forwarders, "tls");

	if (!nc->since_9_20)
		return;
	if (tls != NULL)
		named_check_tls_name(nc, tls);
	STATEMENT_EACH(it, node_block(forwarders))
	{
		tls = named_argument(it, "tls");
		if (tls != NULL)
			named_check_tls_name(nc, tls);
	}
}

void
named_check_forward(struct named_check *nc, const struct node *block,
		    const struct node *general)
{
	const struct node *forward = node_find(block, "forward");
	const struct node *forwarders = node_find(block, "forwarders");

	if (forwarders != NULL && general != NULL) {
		struct diag *d = named_report(
			nc, RULE_CONFLICTING_OPTIONS, named_value(forwarders),
			"the root zone has forwarders, and so has the rest of "
			"the configuration");

		diag_note(nc->diags, d, general->first->span,
			  "these are the general ones");
	} else if (forward != NULL && forwarders == NULL) {
		named_report(nc, RULE_MISSING_STATEMENT, named_value(forward),
			     "'forward' without 'forwarders' beside it");
	}
	if (forwarders != NULL)
		check_forwarder_tls(nc, forwarders);
}

/* rrset-order: [ class C ] [ type T ] [ name N ] order ORDER */
static void
check_order(struct named_check *nc, const struct node *order)
{
	static const char *const orders[] = { "fixed", "random", "cyclic",
					      "none" };

	STATEMENT_EACH(it, node_block(order))
	{
		const struct node *t = it->first, *word;
		size_t i = 0;

		if (node_is(t, "class")) {
			if (mnemonic_class(node_text(t->next)) < 0)
				named_report(nc, RULE_BAD_VALUE, t->next,
					     QUOTED " is no class",
					     SLICE(node_text(t->next)));
			t = t->next->next;
		}
		if (node_is(t, "type")) {
			if (!mnemonic_is_type(node_text(t->next)))
				named_report(nc, RULE_BAD_VALUE, t->next,
					     QUOTED " is not a type of record",
					     SLICE(node_text(t->next)));
			t = t->next->next;
		}
		if (node_is(t, "name")) {
			if (!domain_is_valid(node_text(t->next)))
				named_report(nc, RULE_BAD_VALUE, t->next,
					     QUOTED " is not a domain name",
					     SLICE(node_text(t->next)));
			t = t->next->next;
		}
		word = t->next;
		if (!node_is(t, "order"))
			named_report(nc, RULE_MISSING_VALUE, t,
				     "the word 'order' is missing before this");
		while (i < 4 && !node_is(word, orders[i]))
			i++;
		if (i == 4)
			named_report(nc, RULE_BAD_VALUE, word,
				     QUOTED " is no order; they are fixed, "
					    "random, cyclic and none",
				     SLICE(node_text(word)));
	}
}

/* dns64 PREFIX { ... } */
static void
check_dns64(struct named_check *nc, const struct node *dns64)
{
	static const char *const lists[] = { "clients", "exclude", "mapped" };
	const struct node *place = named_place(nc, dns64);
	const struct node *block = node_block(dns64);
	const struct node *suffix = node_find(block, "suffix");
	struct prefix p, s;

	if (!type_prefix_value(named_value(dns64), &p))
		return;
	if (p.addr.family != FAMILY_IPV6) {
		named_report(nc, RULE_BAD_VALUE, place,
			     "the prefix of 'dns64' must be IPv6");
		return;
	}
	if (p.addr.lo >> 56 != 0) {
		named_report(nc, RULE_BAD_VALUE, place,
			     "bits 64 to 71 of the prefix must be zero");
		return;
	}
	if (p.len != 96 && (p.len < 32 || p.len > 64 || p.len % 8 != 0)) {
		named_report(nc, RULE_BAD_VALUE, place,
			     "the length of the prefix must be 32, 40, 48, "
			     "56, 64 or 96");
		return;
	}
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const struct node *list = node_find(block, lists[i]);

		if (list != NULL)
			named_check_acl(nc, node_block(list));
	}
	/* The prefix and the IPv4 address come before the suffix. */
	unsigned used = p.len + 32 + (p.len <= 64 ? 8 : 0);

	if (suffix == NULL || !type_prefix_value(named_value(suffix), &s))
		return;
	s.len = used;
	if (addr_cmp(prefix_first(s), addr_first(FAMILY_IPV6)) != 0)
		named_report(nc, RULE_BAD_VALUE, named_value(suffix),
			     "the first %u bytes of the suffix must be zero",
			     used / 8);
}

struct rate {
	const char *name;
	int low, high;
};

/*
 * lib/dns/include/dns/rrl.h. The server holds these as signed numbers, and
 * looks at the lower end of some alone.
 */
static const struct rate rates[] = {
	{ "responses-per-second", INT_MIN, 1000 },
	{ "referrals-per-second", INT_MIN, 1000 },
	{ "nodata-per-second", INT_MIN, 1000 },
	{ "nxdomains-per-second", INT_MIN, 1000 },
	{ "errors-per-second", INT_MIN, 1000 },
	{ "all-per-second", INT_MIN, 1000 },
	{ "slip", INT_MIN, 10 },
	{ "window", 1, 3600 },
	{ "qps-scale", 1, INT_MAX },
	{ "ipv4-prefix-length", 8, 32 },
	{ "ipv6-prefix-length", 16, 64 },
};

static bool
signed_value(const struct node *value, int *number)
{
	unsigned long long n;

	if (!type_integer_value(value, &n))
		return false;
	*number = (int)(unsigned)n;
	return true;
}

static void
check_rate_limit(struct named_check *nc, const struct node *limit)
{
	const struct node *block = node_block(limit);
	const struct node *exempt = node_find(block, "exempt-clients");
	const struct node *max = node_find(block, "max-table-size");
	int number, min = 500;

	for (size_t i = 0; i < sizeof(rates) / sizeof(*rates); i++) {
		const struct node *value =
			named_value(node_find(block, rates[i].name));

		if (signed_value(value, &number) &&
		    (number < rates[i].low || number > rates[i].high))
			named_report(nc, RULE_BAD_VALUE, value,
				     "'%s' is out of range, it goes from %d "
				     "to %d",
				     rates[i].name,
				     rates[i].low < 0 ? 0 : rates[i].low,
				     rates[i].high);
	}
	signed_value(named_value(node_find(block, "min-table-size")), &min);
	if (min < 1)
		min = 1;
	if (signed_value(named_value(max), &number) && number < min)
		named_report(nc, RULE_BAD_VALUE, named_value(max),
			     "'max-table-size' is below the 'min-table-size' "
			     "of %d",
			     min);
	if (exempt != NULL)
		named_check_acl(nc, node_block(exempt));
}

/* Lists that hold for a view, from itself or from 'options'. */
static const char *const lists[] = {
	"allow-proxy",	   "allow-proxy-on",	 "allow-query",
	"allow-query-on",  "allow-query-cache",	 "allow-query-cache-on",
	"allow-recursion", "allow-recursion-on", "blackhole",
	"match-clients",   "match-destinations", "keep-response-order",
	"sortlist",
};

static void
check_lists(struct named_check *nc, const struct view *view)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const struct node *it =
			named_effective(nc, view, NULL, lists[i]);
		bool gone = nc->since_9_20 &&
			    slice_is(slice_of(lists[i]), "keep-response-order");

		if (it != NULL && !gone)
			named_check_acl(nc, node_block(it));
	}
}

static void
check_dnstap(struct named_check *nc, const struct view *view)
{
	const struct node *dnstap = named_effective(nc, view, NULL, "dnstap");

	if (dnstap != NULL && scope_find(&nc->options, "dnstap-output") == NULL)
		named_report(nc, RULE_MISSING_STATEMENT, named_value(dnstap),
			     "'dnstap' needs 'dnstap-output' in 'options'");
}

static void
check_keys(struct named_check *nc, struct view *view)
{
	if (nc->own_keys == NULL) {
		nc->own_keys = strmap_new(nc->arena, false);
		named_check_keys(nc, nc->root, nc->own_keys, NULL);
	}
	view->keys = strmap_new(nc->arena, false);
	if (view->statement != NULL)
		named_check_keys(nc, view->scope.block, view->keys, nc->own_keys);
}

/* dns64 may stand several times: those of the view, or of 'options'. */
static void
check_all_dns64(struct named_check *nc, const struct view *view)
{
	const struct node *block = nc->options.block;

	if (view->statement != NULL && scope_find(&view->scope, "dns64"))
		block = view->scope.block;
	NODE_EACH(it, block, "dns64")
	check_dns64(nc, it);
}

void
named_check_view(struct named_check *nc, struct view *view)
{
	bool own = view->statement != NULL;
	const struct scope *opts = own ? &view->scope : &nc->options;
	const struct node *zones = own ? view->scope.block : nc->zones;
	const struct node *limit, *order;

	view->zones = strmap_new(nc->arena, false);
	strmap_reserve(view->zones, zones->len);
	check_keys(nc, view);
	NODE_EACH(it, zones, "zone")
	named_check_zone(nc, view, it);
	named_check_special_zones(nc, view, opts);
	if (opts->block != NULL)
		named_check_forward(nc, opts->block, NULL);
	order = scope_find(opts, "rrset-order");
	if (order != NULL)
		check_order(nc, order);
	named_check_servers(nc, view);
	named_check_anchors(nc, view);
	if (own)
		named_check_options(nc, view->scope.block, LEVEL_VIEW);
	check_dnstap(nc, view);
	check_lists(nc, view);
	check_all_dns64(nc, view);
	limit = named_effective(nc, view, NULL, "rate-limit");
	if (limit != NULL)
		check_rate_limit(nc, limit);
}
