#include "model/rrtype.h"

static const struct {
	const char *name;
	uint16_t type;
} types[] = {
	{ "A", RRTYPE_A },
	{ "NS", RRTYPE_NS },
	{ "MD", 3 },
	{ "MF", 4 },
	{ "CNAME", RRTYPE_CNAME },
	{ "SOA", RRTYPE_SOA },
	{ "MB", 7 },
	{ "MG", 8 },
	{ "MR", 9 },
	{ "NULL", 10 },
	{ "WKS", RRTYPE_WKS },
	{ "PTR", RRTYPE_PTR },
	{ "HINFO", 13 },
	{ "MINFO", 14 },
	{ "MX", RRTYPE_MX },
	{ "TXT", RRTYPE_TXT },
	{ "RP", 17 },
	{ "AFSDB", 18 },
	{ "X25", 19 },
	{ "ISDN", 20 },
	{ "RT", 21 },
	{ "NSAP", 22 },
	{ "NSAP-PTR", 23 },
	{ "SIG", RRTYPE_SIG },
	{ "KEY", RRTYPE_KEY },
	{ "PX", 26 },
	{ "GPOS", 27 },
	{ "AAAA", RRTYPE_AAAA },
	{ "LOC", 29 },
	{ "NXT", 30 },
	{ "EID", 31 },
	{ "NIMLOC", 32 },
	{ "SRV", RRTYPE_SRV },
	{ "ATMA", 34 },
	{ "NAPTR", 35 },
	{ "KX", 36 },
	{ "CERT", 37 },
	{ "A6", RRTYPE_A6 },
	{ "DNAME", RRTYPE_DNAME },
	{ "SINK", 40 },
	{ "OPT", RRTYPE_OPT },
	{ "APL", 42 },
	{ "DS", RRTYPE_DS },
	{ "SSHFP", 44 },
	{ "IPSECKEY", 45 },
	{ "RRSIG", RRTYPE_RRSIG },
	{ "NSEC", RRTYPE_NSEC },
	{ "DNSKEY", RRTYPE_DNSKEY },
	{ "DHCID", 49 },
	{ "NSEC3", RRTYPE_NSEC3 },
	{ "NSEC3PARAM", 51 },
	{ "TLSA", 52 },
	{ "SMIMEA", 53 },
	{ "HIP", 55 },
	{ "NINFO", 56 },
	{ "RKEY", 57 },
	{ "TALINK", 58 },
	{ "CDS", 59 },
	{ "CDNSKEY", 60 },
	{ "OPENPGPKEY", 61 },
	{ "CSYNC", 62 },
	{ "ZONEMD", 63 },
	{ "SVCB", 64 },
	{ "HTTPS", 65 },
	{ "DSYNC", 66 },
	{ "SPF", 99 },
	{ "UINFO", 100 },
	{ "UID", 101 },
	{ "GID", 102 },
	{ "UNSPEC", 103 },
	{ "NID", 104 },
	{ "L32", 105 },
	{ "L64", 106 },
	{ "LP", 107 },
	{ "EUI48", 108 },
	{ "EUI64", 109 },
	{ "TKEY", RRTYPE_TKEY },
	{ "TSIG", RRTYPE_TSIG },
	{ "IXFR", RRTYPE_IXFR },
	{ "AXFR", RRTYPE_AXFR },
	{ "MAILB", RRTYPE_MAILB },
	{ "MAILA", RRTYPE_MAILA },
	{ "ANY", RRTYPE_ANY },
	{ "*", RRTYPE_ANY },
	{ "URI", 256 },
	{ "CAA", 257 },
	{ "AVC", 258 },
	{ "DOA", 259 },
	{ "AMTRELAY", 260 },
	{ "RESINFO", 261 },
	{ "WALLET", 262 },
	{ "TA", 32768 },
	{ "DLV", 32769 },
};

enum { TYPE_COUNT = sizeof(types) / sizeof(types[0]) };

bool
rrtype_parse(struct slice text, uint16_t *type)
{
	unsigned long long number;

	for (size_t i = 0; i < TYPE_COUNT; i++) {
		if (slice_is_nocase(text, types[i].name)) {
			*type = types[i].type;
			return true;
		}
	}
	if (text.len <= 4 ||
	    !slice_is_nocase(slice_sub(text, 0, 4), "TYPE") ||
	    !slice_to_uint(slice_sub(text, 4, text.len), UINT16_MAX, &number))
		return false;
	*type = (uint16_t)number;
	return true;
}

const char *
rrtype_name(uint16_t type)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (types[i].type == type)
			return types[i].name;
	return NULL;
}

const char *
rrtype_text(struct arena *a, uint16_t type)
{
	const char *name = rrtype_name(type);

	return name != NULL ? name : arena_printf(a, "TYPE%u", type);
}
