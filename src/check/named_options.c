/*
 * Values of single options beyond their type (BIND lib/bind9/check.c,
 * check_options): one row each, looked up by name for every statement of
 * 'options', a view or a zone.
 */
#include <limits.h>
#include <stdint.h>

#include "check/decode.h"
#include "check/domain.h"
#include "check/mnemonic.h"
#include "check/named.h"

struct row {
	const char *name;
	unsigned levels; /* enum level */
	void (*check)(struct named_check *nc, const struct row *row,
		      const struct node *statement, enum level level);
	unsigned long long low, high;
};

#define ANY (LEVEL_OPTIONS | LEVEL_VIEW | LEVEL_ZONE)
#define GENERAL (LEVEL_OPTIONS | LEVEL_VIEW)

/* A number or a duration in seconds. */
static bool
number_of(const struct node *value, unsigned long long *number)
{
	return type_integer_value(value, number) ||
	       type_duration_value(value, number);
}

static void
check_bounds(struct named_check *nc, const struct node *value, const char *name,
	     unsigned long long low, unsigned long long high)
{
	unsigned long long number;

	if (number_of(value, &number) && (number < low || number > high))
		named_report(nc, RULE_BAD_VALUE, value,
			     "'%s' is out of range, it goes from %llu to %llu",
			     name, low, high);
}

/* A size in bytes. */
static void
check_size(struct named_check *nc, const struct row *row,
	   const struct node *statement, enum level level)
{
	unsigned long long bytes;

	(void)level;
	if (type_size_value(named_value(statement), &bytes) &&
	    (bytes < row->low || bytes > row->high))
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "'%s' is out of range, it goes from %llu to %llu "
			     "bytes",
			     row->name, row->low, row->high);
}

static void
check_size_9_21(struct named_check *nc, const struct row *row,
		const struct node *statement, enum level level)
{
	if (nc->since_9_21)
		check_size(nc, row, statement, level);
}

static void
check_range(struct named_check *nc, const struct row *row,
	    const struct node *statement, enum level level)
{
	(void)level;
	check_bounds(nc, named_value(statement), row->name, row->low,
		     row->high);
}

/* Zero means no limit, and stands outside of the range. */
static void
check_range_or_zero(struct named_check *nc, const struct row *row,
		    const struct node *statement, enum level level)
{
	unsigned long long number;

	if (number_of(named_value(statement), &number) && number != 0)
		check_range(nc, row, statement, level);
}

/* Ranges that are checked since 9.21. */
static void
check_range_9_21(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	if (nc->since_9_21)
		check_range(nc, row, statement, level);
}

/* Of what has had no effect since. */
static void
check_range_9_16(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	if (!nc->since_9_18)
		check_range(nc, row, statement, level);
}

/* Up to 9.20 the last port, 65535, is refused as well. */
static void
check_port(struct named_check *nc, const struct row *row,
	   const struct node *statement, enum level level)
{
	(void)level;
	check_bounds(nc, named_value(statement), row->name, 0,
		     nc->since_9_21 ? UINT16_MAX : UINT16_MAX - 1);
}

static void
check_power_of_two(struct named_check *nc, const struct row *row,
		   const struct node *statement, enum level level)
{
	unsigned long long number;

	check_range(nc, row, statement, level);
	if (number_of(named_value(statement), &number) &&
	    (number & (number - 1)) != 0)
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "'%s' must be a power of two", row->name);
}

static void
check_percentage(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	struct slice text = named_text(statement);
	unsigned long long percent;

	(void)level;
	if (text.len == 0 || text.data[text.len - 1] != '%')
		return;
	if (!slice_to_uint(slice_sub(text, 0, text.len - 1), ULLONG_MAX,
			   &percent) ||
	    (uint32_t)percent == 0)
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "'%s' must not be zero per cent", row->name);
}

static void
check_length(struct named_check *nc, const struct row *row,
	     const struct node *statement, enum level level)
{
	(void)level;
	if (named_text(statement).len > row->high)
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "'%s' is longer than %llu bytes", row->name,
			     row->high);
}

static void
check_domain(struct named_check *nc, const struct node *name)
{
	if (!domain_is_valid(node_text(name)))
		named_report(nc, RULE_BAD_VALUE, name,
			     QUOTED " is not a domain name",
			     SLICE(node_text(name)));
}

static void
check_name(struct named_check *nc, const struct row *row,
	   const struct node *statement, enum level level)
{
	(void)row, (void)level;
	check_domain(nc, named_value(statement));
}

/* root-delegation-only [ exclude { NAME; ... } ] */
static void
check_names_of_block(struct named_check *nc, const struct row *row,
		     const struct node *statement, enum level level)
{
	(void)row, (void)level;
	STATEMENT_EACH(it, node_block(statement))
	check_domain(nc, it->first);
}

static void
check_mnemonics(struct named_check *nc, const struct node *statement,
		bool algorithms)
{
	check_domain(nc, named_value(statement));
	STATEMENT_EACH(it, node_block(statement))
	{
		struct slice text = node_text(it->first);

		if (algorithms ? mnemonic_algorithm(text) >= 0
			       : mnemonic_is_digest(text))
			continue;
		named_report(nc, RULE_BAD_VALUE, it->first, QUOTED " is no %s",
			     SLICE(text),
			     algorithms ? "DNSSEC algorithm"
					: "type of DS digest");
	}
}

static void
check_algorithms(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	(void)row, (void)level;
	check_mnemonics(nc, statement, true);
}

static void
check_digests(struct named_check *nc, const struct row *row,
	      const struct node *statement, enum level level)
{
	(void)row, (void)level;
	check_mnemonics(nc, statement, false);
}

/* 128 bits for either algorithm; the text itself is a secret. */
static void
check_cookie_secret(struct named_check *nc, const struct row *row,
		    const struct node *statement, enum level level)
{
	enum {
		SECRET_BYTES = 16
	};
	size_t bytes;

	(void)row, (void)level;
	if (!decode_hex(named_text(statement), &bytes))
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "the cookie secret is not hexadecimal");
	else if (bytes != SECRET_BYTES)
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "the cookie secret has %zu bits, it must have "
			     "128",
			     bytes * 8);
}

/* A number of days, and perhaps when to sign again: in days, or hours. */
static void
check_signature_validity(struct named_check *nc, const struct row *row,
			 const struct node *statement, enum level level)
{
	const struct node *first = named_value(statement);
	unsigned long long days, again;

	(void)level;
	if (nc->since_9_20)
		return;
	check_bounds(nc, first, row->name, row->low, row->high);
	if (first->next == NULL)
		return;
	check_bounds(nc, first->next, row->name, row->low, row->high);
	if (type_integer_value(first, &days) &&
	    type_integer_value(first->next, &again) &&
	    again > (days > 7 ? days : days * 24))
		named_report(nc, RULE_BAD_VALUE, first,
			     "signatures would expire before they are made "
			     "again");
}

static void
check_until_9_20(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	if (!nc->since_9_20)
		check_range(nc, row, statement, level);
}

static void
check_auto_dnssec(struct named_check *nc, const struct row *row,
		  const struct node *statement, enum level level)
{
	(void)row, (void)level;
	if (!slice_is_nocase(named_text(statement), "off"))
		named_report(nc, RULE_MISPLACED_OPTION, named_value(statement),
			     "'auto-dnssec' can be switched on in zones only");
}

static void
check_source(struct named_check *nc, const struct row *row,
	     const struct node *statement, enum level level)
{
	(void)row, (void)level;
	named_check_source_port(nc, statement);
}

static void
check_dnstap_output(struct named_check *nc, const struct row *row,
		    const struct node *statement, enum level level)
{
	static const char *const of_files[] = { "size", "versions", "suffix" };

	(void)row, (void)level;
	if (!slice_is_nocase(named_text(statement), "unix"))
		return;
	for (size_t i = 0; i < sizeof(of_files) / sizeof(*of_files); i++)
		if (named_argument(statement, of_files[i]) != NULL)
			named_report(nc, RULE_CONFLICTING_OPTIONS,
				     named_argument(statement, of_files[i]),
				     "'%s' goes with a file, not with a unix "
				     "socket",
				     of_files[i]);
}

static void
check_listen_on(struct named_check *nc, const struct row *row,
		const struct node *statement, enum level level)
{
	(void)row, (void)level;
	named_check_listener(nc, statement);
}

static void
check_list(struct named_check *nc, const struct row *row,
	   const struct node *statement, enum level level)
{
	(void)row, (void)level;
	named_check_acl(nc, node_block(statement));
}

/* [ port P ] { NAME [ port P ]; ADDRESS; ... } */
static void
check_dual_stack(struct named_check *nc, const struct row *row,
		 const struct node *statement, enum level level)
{
	const struct node *port = named_argument(statement, "port");

	(void)level;
	if (port != NULL)
		check_bounds(nc, port, row->name, 0, UINT16_MAX);
	STATEMENT_EACH(it, node_block(statement))
	{
		const struct node *name = it->first;

		if (!domain_is_valid(node_text(name)))
			check_domain(nc, name);
		if (name->next != NULL)
			check_bounds(nc, name->next->next, row->name, 0,
				     UINT16_MAX);
	}
}

static void
check_geoip_use_ecs(struct named_check *nc, const struct row *row,
		    const struct node *statement, enum level level)
{
	bool yes;

	(void)row, (void)level;
	if (type_boolean_value(named_value(statement), &yes) && yes)
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "the client subnet option can no longer decide "
			     "for acls");
}

/* prefetch TRIGGER [ ELIGIBLE ] */
static void
check_prefetch(struct named_check *nc, const struct row *row,
	       const struct node *statement, enum level level)
{
	const struct node *value = named_value(statement);
	unsigned long long trigger, eligible;

	check_range_9_21(nc, row, statement, level);
	if (nc->since_9_21 && type_integer_value(value, &trigger) &&
	    type_integer_value(value->next, &eligible) &&
	    eligible < trigger + 6)
		named_report(nc, RULE_BAD_VALUE, value->next,
			     "the second number must be at least six seconds "
			     "above the first");
}

/* fetch-quota-params FREQUENCY LOW HIGH DISCOUNT: the last three up to 1. */
static void
check_fetch_quota(struct named_check *nc, const struct row *row,
		  const struct node *statement, enum level level)
{
	const struct node *value = named_value(statement)->next;

	(void)row, (void)level;
	for (; nc->since_9_20 && value != NULL; value = value->next) {
		struct slice part = node_text(value);
		struct slice whole = slice_split(&part, '.');
		unsigned long long n, hundredths = 0;

		if (!slice_to_uint(whole, UINT16_MAX * 2, &n))
			n = 0;
		if (part.len > 0 && !slice_to_uint(part, 99, &hundredths))
			hundredths = 0;
		if (n > 1 || (n == 1 && hundredths > 0))
			named_report(nc, RULE_BAD_VALUE, value,
				     QUOTED " is out of range, it goes from 0 "
					    "to 1",
				     SLICE(node_text(value)));
	}
}

/* min-transfer-rate-in BYTES MINUTES, since 9.21 */
static void
check_transfer_rate(struct named_check *nc, const struct row *row,
		    const struct node *statement, enum level level)
{
	(void)level;
	if (!nc->since_9_21)
		return;
	check_bounds(nc, named_value(statement), row->name, 1, UINT32_MAX);
	check_bounds(nc, named_value(statement)->next, row->name, row->low,
		     row->high);
}

/* notify-cfg TYPE { ... }: two types of notification exist. */
static void
check_notify_type(struct named_check *nc, const struct row *row,
		  const struct node *statement, enum level level)
{
	(void)row, (void)level;
	if (!slice_is_nocase(named_text(statement), "soa") &&
	    !slice_is_nocase(named_text(statement), "cds"))
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     "there are notifications of SOA and CDS, not "
			     "of " QUOTED,
			     SLICE(named_text(statement)));
}

enum {
	MINUTES_MAX = 28 * 24 * 60, /* four weeks */
	WEEK = 7 * 24 * 3600,
};

static const struct row rows[] = {
	/* ports */
	{ "port", LEVEL_OPTIONS, check_port, 0, 0 },
	{ "tls-port", LEVEL_OPTIONS, check_port, 0, 0 },
	{ "http-port", LEVEL_OPTIONS, check_port, 0, 0 },
	{ "https-port", LEVEL_OPTIONS, check_port, 0, 0 },
	{ "listen-on", LEVEL_OPTIONS, check_listen_on, 0, 0 },
	{ "listen-on-v6", LEVEL_OPTIONS, check_listen_on, 0, 0 },
	{ "query-source", GENERAL, check_source, 0, 0 },
	{ "query-source-v6", GENERAL, check_source, 0, 0 },
	{ "dual-stack-servers", GENERAL, check_dual_stack, 0, 0 },
	{ "dscp", LEVEL_OPTIONS, check_range_9_16, 0, 63 },
	/* times */
	{ "heartbeat-interval", ANY, check_range, 0, MINUTES_MAX },
	{ "interface-interval", ANY, check_range, 0, MINUTES_MAX },
	{ "max-transfer-idle-in", ANY, check_range, 0, MINUTES_MAX },
	{ "max-transfer-idle-out", ANY, check_range, 0, MINUTES_MAX },
	{ "max-transfer-time-in", ANY, check_range, 0, MINUTES_MAX },
	{ "max-transfer-time-out", ANY, check_range, 0, MINUTES_MAX },
	{ "min-cache-ttl", ANY, check_range, 0, 90 },
	{ "min-ncache-ttl", ANY, check_range, 0, 90 },
	{ "max-ncache-ttl", ANY, check_range, 0, WEEK },
	{ "nta-lifetime", ANY, check_range, 1, WEEK },
	{ "nta-recheck", ANY, check_range, 0, WEEK },
	{ "max-retry-time", ANY, check_range, 1, UINT32_MAX },
	{ "min-retry-time", ANY, check_range, 1, UINT32_MAX },
	{ "max-refresh-time", ANY, check_range, 1, UINT32_MAX },
	{ "min-refresh-time", ANY, check_range, 1, UINT32_MAX },
	{ "prefetch", GENERAL, check_prefetch, 0, 10 },
	{ "min-transfer-rate-in", ANY, check_transfer_rate, 1, MINUTES_MAX },
	{ "notify-cfg", ANY, check_notify_type, 0, 0 },
	/* sizes and numbers */
	{ "max-rsa-exponent-size", ANY, check_range_or_zero, 35, 4096 },
	{ "lmdb-mapsize", ANY, check_size, 1ULL << 20, 1ULL << 40 },
	{ "max-ixfr-ratio", ANY, check_percentage, 0, 0 },
	{ "max-query-restarts", ANY, check_range, 1, 255 },
	{ "resolver-nonbackoff-tries", ANY, check_range, 1, UINT32_MAX },
	{ "edns-udp-size", GENERAL, check_range_9_21, 512, 4096 },
	{ "max-udp-size", GENERAL, check_range_9_21, 512, 4096 },
	{ "nocookie-udp-size", GENERAL, check_range_9_21, 128, UINT32_MAX },
	{ "max-journal-size", ANY, check_size_9_21, 0, INT32_MAX },
	{ "fetch-quota-params", GENERAL, check_fetch_quota, 0, 0 },
	{ "server-id", ANY, check_length, 0, 1024 },
	/* signing */
	{ "sig-validity-interval", ANY, check_signature_validity, 1, 3660 },
	{ "dnskey-sig-validity", ANY, check_until_9_20, 0, 3660 },
	{ "sig-signing-type", LEVEL_ZONE, check_range, 0xff00, 0xffff },
	{ "auto-dnssec", GENERAL, check_auto_dnssec, 0, 0 },
	{ "disable-algorithms", ANY, check_algorithms, 0, 0 },
	{ "disable-ds-digests", ANY, check_digests, 0, 0 },
	/* names */
	{ "empty-server", ANY, check_name, 0, 0 },
	{ "empty-contact", ANY, check_name, 0, 0 },
	{ "dns64-server", ANY, check_name, 0, 0 },
	{ "dns64-contact", ANY, check_name, 0, 0 },
	{ "disable-empty-zone", ANY, check_name, 0, 0 },
	{ "dnssec-must-be-secure", ANY, check_name, 0, 0 },
	{ "send-report-channel", ANY, check_name, 0, 0 },
	{ "root-delegation-only", GENERAL, check_names_of_block, 0, 0 },
	/* lists of clients that no view rules */
	{ "sig0checks-quota-exempt", LEVEL_OPTIONS, check_list, 0, 0 },
	/* others */
	{ "cookie-secret", LEVEL_OPTIONS, check_cookie_secret, 0, 0 },
	{ "geoip-use-ecs", LEVEL_OPTIONS, check_geoip_use_ecs, 0, 0 },
	/* dnstap: the limits of libfstrm */
	{ "dnstap-output", LEVEL_OPTIONS, check_dnstap_output, 0, 0 },
	{ "fstrm-set-buffer-hint", LEVEL_OPTIONS, check_range, 1024, 65536 },
	{ "fstrm-set-flush-timeout", LEVEL_OPTIONS, check_range, 1, 600 },
	{ "fstrm-set-input-queue-size", LEVEL_OPTIONS, check_power_of_two, 2,
	  16384 },
	{ "fstrm-set-output-notify-threshold", LEVEL_OPTIONS, check_range, 1,
	  UINT32_MAX },
	{ "fstrm-set-output-queue-size", LEVEL_OPTIONS, check_range, 2, 1024 },
	{ "fstrm-set-reopen-interval", LEVEL_OPTIONS, check_range, 1, 600 },
};

void
named_prepare_options(struct named_check *nc)
{
	nc->option_rows = strmap_new(nc->arena, true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		*strmap_at(nc->option_rows, slice_of(rows[i].name)) =
			(void *)(uintptr_t)&rows[i];
}

void
named_check_options(struct named_check *nc, const struct node *block,
		    enum level level)
{
	if (block == NULL)
		return;
	STATEMENT_EACH(it, block)
	{
		const struct row *row =
			strmap_get(nc->option_rows, node_text(it->first));

		if (row != NULL && (row->levels & level) != 0 &&
		    (it->flags & NODE_INCLUDE) == 0)
			row->check(nc, row, it, level);
	}
	named_check_option_pairs(nc, block, level);
}
