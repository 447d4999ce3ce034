#include "base/addr.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

unsigned
family_bits(enum family family)
{
	return family == FAMILY_IPV4 ? 32 : 128;
}

int
addr_cmp(struct addr a, struct addr b)
{
	if (a.family != b.family)
		return a.family < b.family ? -1 : 1;
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return (a.lo > b.lo) - (a.lo < b.lo);
}

bool
addr_is_loopback(struct addr a)
{
	if (a.family == FAMILY_IPV4)
		return a.lo >> 24 == 127;
	return a.hi == 0 && a.lo == 1;
}

struct addr
addr_ipv4(uint32_t value)
{
	return (struct addr){ .lo = value, .family = FAMILY_IPV4 };
}

struct addr
addr_first(enum family family)
{
	return (struct addr){ .family = family };
}

struct addr
addr_last(enum family family)
{
	if (family == FAMILY_IPV4)
		return addr_ipv4(UINT32_MAX);
	return (struct addr){ UINT64_MAX, UINT64_MAX, FAMILY_IPV6 };
}

struct addr
addr_next(struct addr a)
{
	if (a.family == FAMILY_IPV4)
		return addr_ipv4((uint32_t)a.lo + 1);
	a.lo++;
	a.hi += a.lo == 0;
	return a;
}

struct addr
addr_prev(struct addr a)
{
	if (a.family == FAMILY_IPV4)
		return addr_ipv4((uint32_t)a.lo - 1);
	a.hi -= a.lo == 0;
	a.lo--;
	return a;
}

static bool
parse_ipv4(struct slice text, struct addr *out)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++) {
		unsigned part = 0;
		size_t digits = 0;

		while (digits < text.len && ascii_is_digit(text.data[digits])) {
			part = part * 10 + (unsigned)(text.data[digits] - '0');
			if (++digits > 3)
				return false;
		}
		if (digits == 0 || part > 255 ||
		    (digits > 1 && text.data[0] == '0'))
			return false;
		value = value << 8 | part;
		text = slice_sub(text, digits, text.len);
		if (i < 3) {
			if (text.len == 0 || text.data[0] != '.')
				return false;
			text = slice_sub(text, 1, text.len);
		}
	}
	*out = addr_ipv4(value);
	return text.len == 0;
}

static uint64_t
load_be64(const unsigned char *bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | bytes[i];
	return value;
}

static bool
parse_ipv6(struct slice text, struct addr *out)
{
	char buf[INET6_ADDRSTRLEN];
	unsigned char bytes[16];

	if (text.len >= sizeof(buf))
		return false;
	memcpy(buf, text.data, text.len);
	buf[text.len] = '\0';
	if (memchr(buf, '\0', text.len) != NULL ||
	    inet_pton(AF_INET6, buf, bytes) != 1)
		return false;
	*out = (struct addr){ load_be64(bytes), load_be64(bytes + 8),
			      FAMILY_IPV6 };
	return true;
}

bool
addr_parse(struct slice text, struct addr *out)
{
	if (text.len == 0)
		return false;
	if (memchr(text.data, ':', text.len) != NULL)
		return parse_ipv6(text, out);
	return parse_ipv4(text, out);
}

bool
prefix_parse(struct slice text, struct prefix *out)
{
	struct slice rest = text;
	struct slice head = slice_split(&rest, '/');
	unsigned long long len;

	if (!addr_parse(head, &out->addr))
		return false;
	out->len = family_bits(out->addr.family);
	if (head.len == text.len)
		return true;
	if (!slice_to_uint(rest, out->len, &len))
		return false;
	out->len = (unsigned)len;
	return true;
}

/* The host part of a prefix as a mask over the two halves. */
static void
host_mask(struct prefix p, uint64_t *hi, uint64_t *lo)
{
	unsigned host = family_bits(p.addr.family) - p.len;

	*hi = host <= 64 ? 0
	      : host == 128
		      ? UINT64_MAX
		      : (UINT64_C(1) << (host - 64)) - 1;
	*lo = host >= 64 ? UINT64_MAX : (UINT64_C(1) << host) - 1;
}

bool
prefix_is_network(struct prefix p)
{
	return addr_cmp(p.addr, prefix_first(p)) == 0;
}

struct prefix
prefix_network(struct prefix p)
{
	return (struct prefix){ prefix_first(p), p.len };
}

struct addr
prefix_first(struct prefix p)
{
	uint64_t hi, lo;

	host_mask(p, &hi, &lo);
	p.addr.hi &= ~hi;
	p.addr.lo &= ~lo;
	return p.addr;
}

struct addr
prefix_last(struct prefix p)
{
	uint64_t hi, lo;

	host_mask(p, &hi, &lo);
	p.addr.hi |= hi;
	p.addr.lo |= lo;
	return p.addr;
}

bool
prefix_contains(struct prefix p, struct addr a)
{
	return a.family == p.addr.family && addr_cmp(prefix_first(p), a) <= 0 &&
	       addr_cmp(a, prefix_last(p)) <= 0;
}

/* The number of zero bits at the end; the width where all are zero. */
static unsigned
trailing_zeros(struct addr a)
{
	if (a.lo != 0)
		return (unsigned)__builtin_ctzll(a.lo);
	if (a.family == FAMILY_IPV6 && a.hi != 0)
		return 64 + (unsigned)__builtin_ctzll(a.hi);
	return family_bits(a.family);
}

/* The greatest n with 2^n <= value + 1. */
static unsigned
whole_bits(uint64_t hi, uint64_t lo)
{
	if (++lo == 0)
		hi++;
	if (hi == 0 && lo == 0)
		return 128;
	return hi != 0 ? 127 - (unsigned)__builtin_clzll(hi)
		       : 63 - (unsigned)__builtin_clzll(lo);
}

struct prefix
prefix_cover(struct addr first, struct addr last)
{
	unsigned aligned = trailing_zeros(first);
	unsigned fits = whole_bits(last.hi - first.hi - (last.lo < first.lo),
				   last.lo - first.lo);

	return (struct prefix){ first, family_bits(first.family) -
					       (fits < aligned ? fits
							       : aligned) };
}

__extension__ typedef unsigned __int128 wide;

static wide
wide_of(struct addr a)
{
	return (wide)a.hi << 64 | a.lo;
}

static unsigned
ones(wide x)
{
	return (unsigned)(__builtin_popcountll((uint64_t)(x >> 64)) +
			  __builtin_popcountll((uint64_t)x));
}

/*
 * Up to the address with the most zeros at its end that lies in the range,
 * prefixes grow; behind it they shrink. On either side there is one for each
 * bit of the distance.
 */
unsigned
prefix_cover_count(struct addr first, struct addr last)
{
	wide from = wide_of(first), end = wide_of(last) + 1;

	if (end == 0) /* it reaches to the end of the space */
		return from == 0 ? 1 : ones(-from);
	wide differ = from ^ end;
	uint64_t high = (uint64_t)(differ >> 64);
	int top = high != 0 ? 127 - __builtin_clzll(high)
			    : 63 - __builtin_clzll((uint64_t)differ);
	wide middle = end >> top << top;

	return ones(middle - from) + ones(end - middle);
}

static void
store_be64(uint64_t value, unsigned char *bytes)
{
	for (int i = 7; i >= 0; i--, value >>= 8)
		bytes[i] = (unsigned char)(value & 0xff);
}

/* Decimal digits of a number below 256; returns what follows them. */
static char *
put_octet(char *at, unsigned value)
{
	if (value >= 100)
		*at++ = (char)('0' + value / 100);
	if (value >= 10)
		*at++ = (char)('0' + value / 10 % 10);
	*at++ = (char)('0' + value % 10);
	return at;
}

/* There may be a million of them to print, which is too much for printf. */
static void
format_ipv4(uint64_t value, char *at)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		at = put_octet(at, (unsigned)(value >> shift & 255));
		*at++ = shift > 0 ? '.' : '\0';
	}
}

const char *
addr_format(struct addr a, char buf[static ADDR_TEXT_MAX])
{
	unsigned char bytes[16];

	if (a.family == FAMILY_IPV4) {
		format_ipv4(a.lo, buf);
		return buf;
	}
	store_be64(a.hi, bytes);
	store_be64(a.lo, bytes + 8);
	inet_ntop(AF_INET6, bytes, buf, ADDR_TEXT_MAX);
	return buf;
}

const char *
prefix_format(struct prefix p, char buf[static ADDR_TEXT_MAX])
{
	addr_format(p.addr, buf);
	if (p.len < family_bits(p.addr.family)) {
		char *end = buf + strlen(buf);

		*end++ = '/';
		*put_octet(end, p.len) = '\0';
	}
	return buf;
}
