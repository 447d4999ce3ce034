#include "check/mnemonic.h"

struct mnemonic {
	const char *name;
	int value;
};

static const struct mnemonic classes[] = {
	{ "IN", CLASS_IN }, { "CH", CLASS_CH },	    { "CHAOS", CLASS_CH },
	{ "HS", CLASS_HS }, { "HESIOD", CLASS_HS }, { "NONE", 254 },
	{ "ANY", 255 },	    { "RESERVED0", 0 },
};

static const struct mnemonic algorithms[] = {
	{ "RSAMD5", 1 },       { "DH", 2 },
	{ "DSA", 3 },	       { "RSASHA1", 5 },
	{ "NSEC3DSA", 6 },     { "NSEC3RSASHA1", 7 },
	{ "RSASHA256", 8 },    { "RSASHA512", 10 },
	{ "ECCGOST", 12 },     { "ECDSAP256SHA256", 13 },
	{ "ECDSA256", 13 },    { "ECDSAP384SHA384", 14 },
	{ "ECDSA384", 14 },    { "ED25519", 15 },
	{ "ED448", 16 },       { "INDIRECT", 252 },
	{ "PRIVATEDNS", 253 }, { "PRIVATEOID", 254 },
};

static const struct mnemonic digests[] = {
	{ "SHA-1", 1 }, { "SHA1", 1 },	  { "SHA-256", 2 }, { "SHA256", 2 },
	{ "GOST", 3 },	{ "SHA-384", 4 }, { "SHA384", 4 },
};

static const char *const types[] = {
	"A",	 "NS",	    "MD",	  "MF",	     "CNAME",	 "SOA",
	"MB",	 "MG",	    "MR",	  "NULL",    "WKS",	 "PTR",
	"HINFO", "MINFO",   "MX",	  "TXT",     "RP",	 "AFSDB",
	"X25",	 "ISDN",    "RT",	  "NSAP",    "NSAP-PTR", "SIG",
	"KEY",	 "PX",	    "GPOS",	  "AAAA",    "LOC",	 "NXT",
	"EID",	 "NIMLOC",  "SRV",	  "ATMA",    "NAPTR",	 "KX",
	"CERT",	 "A6",	    "DNAME",	  "SINK",    "OPT",	 "APL",
	"DS",	 "SSHFP",   "IPSECKEY",	  "RRSIG",   "NSEC",	 "DNSKEY",
	"DHCID", "NSEC3",   "NSEC3PARAM", "TLSA",    "SMIMEA",	 "HIP",
	"NINFO", "RKEY",    "TALINK",	  "CDS",     "CDNSKEY",	 "OPENPGPKEY",
	"CSYNC", "ZONEMD",  "SVCB",	  "HTTPS",   "SPF",	 "UINFO",
	"UID",	 "GID",	    "UNSPEC",	  "NID",     "L32",	 "L64",
	"LP",	 "EUI48",   "EUI64",	  "TKEY",    "TSIG",	 "IXFR",
	"AXFR",	 "MAILB",   "MAILA",	  "ANY",     "URI",	 "CAA",
	"AVC",	 "DOA",	    "AMTRELAY",	  "RESINFO", "WALLET",	 "TA",
	"DLV",	 "KEYDATA", "RESERVED0",
};

/* The entry of that name, or the number itself up to `max`; -1 for neither. */
static int
look_up(const struct mnemonic *table, size_t count, struct slice text,
	unsigned max)
{
	unsigned long long number;

	for (size_t i = 0; i < count; i++)
		if (slice_is_nocase(text, table[i].name))
			return table[i].value;
	return slice_to_uint(text, max, &number) ? (int)number : -1;
}

/* "CLASS255" of `prefix` "CLASS": the number, or -1. */
static int
numbered(struct slice text, const char *prefix)
{
	struct slice head = slice_of(prefix);
	unsigned long long number;

	if (text.len <= head.len ||
	    !slice_equal_nocase(slice_sub(text, 0, head.len), head) ||
	    !slice_to_uint(slice_sub(text, head.len, text.len), UINT16_MAX,
			   &number))
		return -1;
	return (int)number;
}

int
mnemonic_class(struct slice text)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (slice_is_nocase(text, classes[i].name))
			return classes[i].value;
	return numbered(text, "CLASS");
}

bool
mnemonic_is_type(struct slice text)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (slice_is_nocase(text, types[i]))
			return true;
	return numbered(text, "TYPE") >= 0;
}

int
mnemonic_algorithm(struct slice text)
{
	return look_up(algorithms, sizeof(algorithms) / sizeof(*algorithms),
		       text, UINT8_MAX);
}

bool
mnemonic_is_digest(struct slice text)
{
	return look_up(digests, sizeof(digests) / sizeof(*digests), text,
		       UINT8_MAX) >= 0;
}
