/*
 * dnssec-policy and key-store (BIND lib/isccfg/kaspconf.c). Times are seconds;
 * what a policy does not say is as in the built-in one.
 */
#include "check/mnemonic.h"
#include "check/named.h"

enum {
	HOUR = 3600,
	DAY = 24 * HOUR
};

struct policy {
	struct named_check *nc;
	const struct node *statement;
	const struct node *block;
	bool offline_ksk;
	/* a key must live longer than it takes to replace it */
	unsigned long long ksk_lifetime, zsk_lifetime;
	/* by algorithm: has it keys of these roles? */
	bool ksk[UINT8_MAX + 1], zsk[UINT8_MAX + 1];
};

static unsigned long long
duration(const struct policy *p, const char *name, unsigned long long initial)
{
	unsigned long long seconds;

	return type_duration_value(named_value(node_find(p->block, name)),
				   &seconds)
		       ? seconds
		       : initial;
}

static unsigned long long
larger(unsigned long long a, unsigned long long b)
{
	return a > b ? a : b;
}

static bool
check_signatures(struct policy *p, const char *name)
{
	unsigned long long validity = duration(p, name, 14 * DAY);
	unsigned long long refresh = duration(p, "signatures-refresh", 5 * DAY);
	unsigned long long jitter = duration(p, "signatures-jitter", 12 * HOUR);
	const char *what = NULL;

	if (refresh * 10 >= validity * 9)
		what = "'signatures-refresh' must be at most 90 per cent of";
	else if (jitter > validity)
		what = "'signatures-jitter' must not be larger than";
	if (what == NULL)
		return true;
	named_report(p->nc, RULE_CONFLICTING_OPTIONS, p->statement->first,
		     "policy " QUOTED ": %s '%s'",
		     SLICE(named_text(p->statement)), what, name);
	return false;
}

/* How long it takes to replace a key, as the server reckons. */
static void
reckon_lifetimes(struct policy *p)
{
	unsigned long long publish = duration(p, "publish-safety", HOUR);
	unsigned long long retire = duration(p, "retire-safety", HOUR);
	unsigned long long zone = duration(p, "zone-propagation-delay", 300);
	unsigned long long in =
		duration(p, "dnskey-ttl", HOUR) + publish + zone;
	unsigned long long ksk_out =
		duration(p, "parent-ds-ttl", DAY) + retire +
		duration(p, "parent-propagation-delay", HOUR);
	unsigned long long zsk_out =
		duration(p, "signatures-validity", 14 * DAY) -
		duration(p, "signatures-refresh", 5 * DAY) +
		duration(p, "max-zone-ttl", DAY) + retire + zone;

	p->ksk_lifetime = larger(in, ksk_out);
	p->zsk_lifetime = larger(in, zsk_out);
}

/* tag-range LOW HIGH */
static void
check_tag_range(struct policy *p, const struct node *low)
{
	unsigned long long from, to;

	if (!type_integer_value(low, &from) ||
	    !type_integer_value(low->next, &to))
		return;
	if (from > UINT16_MAX || to > UINT16_MAX || from >= to)
		named_report(p->nc, RULE_BAD_VALUE, low,
			     "a range of key tags is two rising numbers up to "
			     "65535");
}

/* The length is the last term, behind the algorithm and the tag range. */
static void
check_key_length(struct policy *p, const struct node *name, int algorithm)
{
	const struct node *length = name->next;
	unsigned long long bits;
	bool rsa = algorithm == 5 || algorithm == 7 || algorithm == 8 ||
		   algorithm == 10;

	if (length != NULL && node_is(length, "tag-range"))
		length = length->next->next->next;
	if (rsa && type_integer_value(length, &bits) &&
	    (bits < 1024 || bits > 4096))
		named_report(p->nc, RULE_BAD_VALUE, length,
			     "an RSA key has 1024 to 4096 bits, not %llu",
			     bits);
}

static void
check_lifetime(struct policy *p, const struct node *value, bool ksk, bool zsk)
{
	unsigned long long seconds;

	if (!p->nc->since_9_18 || !type_duration_value(value, &seconds) ||
	    seconds == 0)
		return;
	if ((ksk && seconds <= p->ksk_lifetime) ||
	    (zsk && seconds <= p->zsk_lifetime))
		named_report(p->nc, RULE_BAD_VALUE, value,
			     "the key's lifetime is shorter than the time it "
			     "takes to replace it");
}

static void
check_key_store(struct policy *p, const struct node *name)
{
	NODE_EACH(it, p->nc->root, "key-store")
	if (slice_equal(named_text(it), node_text(name)))
		return;
	if (!node_is(name, "key-directory"))
		named_report(p->nc, RULE_UNDEFINED_REFERENCE, name,
			     "there is no key-store " QUOTED,
			     SLICE(node_text(name)));
}

/* ROLE [ STORE ] lifetime TIME algorithm NAME [ tag-range ] [ BITS ] */
static void
check_key(struct policy *p, const struct node *key)
{
	const struct node *role = key->first;
	const struct node *name = named_argument(key, "algorithm");
	const struct node *store = named_argument(key, "key-store");
	const struct node *tags = named_argument(key, "tag-range");
	int algorithm = mnemonic_algorithm(node_text(name));
	bool csk = node_is(role, "csk");
	bool ksk = csk || node_is(role, "ksk");
	bool zsk = csk || node_is(role, "zsk");

	if (csk && p->offline_ksk)
		named_report(p->nc, RULE_CONFLICTING_OPTIONS, role,
			     "with 'offline-ksk' a key cannot be both KSK and "
			     "ZSK");
	check_lifetime(p, named_argument(key, "lifetime"), ksk, zsk);
	if (store != NULL)
		check_key_store(p, store);
	if (tags != NULL)
		check_tag_range(p, tags);
	if (algorithm < 0) {
		named_report(p->nc, RULE_BAD_VALUE, name,
			     QUOTED " is no DNSSEC algorithm",
			     SLICE(node_text(name)));
		return;
	}
	check_key_length(p, name, algorithm);
	p->ksk[algorithm] |= ksk;
	p->zsk[algorithm] |= zsk;
}

static void
check_roles(struct policy *p, const struct node *keys)
{
	for (int i = 0; i <= UINT8_MAX; i++)
		if (p->ksk[i] != p->zsk[i])
			named_report(p->nc, RULE_MISSING_VALUE,
				     node_block(keys),
				     "algorithm %d has no key of the role %s",
				     i, p->ksk[i] ? "ZSK" : "KSK");
}

static void
check_nsec3(struct policy *p, const struct node *nsec3)
{
	static const int unfit[] = { 1, 2, 3, 5 };
	const struct node *salt = named_argument(nsec3, "salt-length");
	const struct node *rounds = named_argument(nsec3, "iterations");
	unsigned long long number;
	unsigned max = p->nc->since_9_20 ? 0 : 150;

	for (size_t i = 0; i < sizeof(unfit) / sizeof(*unfit); i++)
		if (p->ksk[unfit[i]] || p->zsk[unfit[i]])
			named_report(p->nc, RULE_CONFLICTING_OPTIONS,
				     nsec3->first,
				     "NSEC3 cannot be used with keys of "
				     "algorithm %d",
				     unfit[i]);
	if (type_integer_value(rounds, &number) && number > max)
		named_report(p->nc, RULE_BAD_VALUE, rounds,
			     "NSEC3 iterations go up to %u", max);
	if (type_integer_value(salt, &number) && number > UINT8_MAX)
		named_report(p->nc, RULE_BAD_VALUE, salt,
			     "an NSEC3 salt has up to 255 bytes");
}

static void
check_digests(struct policy *p, const struct node *digests)
{
	STATEMENT_EACH(it, node_block(digests))
	if (!mnemonic_is_digest(node_text(it->first)))
		named_report(p->nc, RULE_BAD_VALUE, it->first,
			     QUOTED " is no type of DS digest",
			     SLICE(node_text(it->first)));
}

static void
check_policy(struct named_check *nc, const struct node *statement)
{
	struct policy p = { .nc = nc,
			    .statement = statement,
			    .block = node_block(statement) };
	const struct node *keys = node_find(p.block, "keys");
	const struct node *nsec3 = node_find(p.block, "nsec3param");
	const struct node *digests = node_find(p.block, "cds-digest-types");

	type_boolean_value(named_value(node_find(p.block, "offline-ksk")),
			   &p.offline_ksk);
	if (nc->since_9_18 &&
	    (!check_signatures(&p, "signatures-validity-dnskey") ||
	     !check_signatures(&p, "signatures-validity")))
		return;
	reckon_lifetimes(&p);
	if (digests != NULL)
		check_digests(&p, digests);
	if (keys != NULL) {
		STATEMENT_EACH(it, node_block(keys))
		check_key(&p, it);
		check_roles(&p, keys);
	}
	if (nsec3 != NULL)
		check_nsec3(&p, nsec3);
}

static bool
is_builtin(struct slice name)
{
	return slice_is(name, "none") || slice_is(name, "default") ||
	       slice_is(name, "insecure");
}

/* The server looks at policies only where there are no views. */
void
named_check_policies(struct named_check *nc)
{
	if (nc->has_views)
		return;
	NODE_EACH(it, nc->root, "dnssec-policy")
	{
		struct slice name = named_text(it);
		const struct node *first = strmap_get(nc->policies, name);

		if (is_builtin(name)) {
			named_report(nc, RULE_DUPLICATE_NAME, named_value(it),
				     "dnssec-policy " QUOTED " is built in",
				     SLICE(name));
			continue;
		}
		if (first != it)
			named_report_twice(nc, RULE_DUPLICATE_NAME,
					   named_value(it), named_value(first),
					   "dnssec-policy", name);
		check_policy(nc, it);
	}
}

void
named_check_key_stores(struct named_check *nc)
{
	struct strmap *seen = strmap_new(nc->arena, false);

	if (nc->has_views)
		return;
	NODE_EACH(it, nc->root, "key-store")
	{
		void **at = strmap_at(seen, named_text(it));

		if (slice_is(named_text(it), "key-directory"))
			named_report(nc, RULE_DUPLICATE_NAME, named_value(it),
				     "key-store 'key-directory' is built in");
		else if (*at != NULL)
			named_report_twice(nc, RULE_DUPLICATE_NAME,
					   named_value(it), *at, "key-store",
					   named_text(it));
		*at = (void *)(uintptr_t)named_value(it);
	}
}
