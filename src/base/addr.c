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

bool
addr_is_mapped(struct addr a)
{
	return a.family == FAMILY_IPV6 && a.hi == 0 && a.lo >> 32 == 0xffff;
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

struct prefix
prefix_cover(struct addr first, struct addr last)
{
	struct prefix p = { first, family_bits(first.family) };

	while (p.len > 0) {
		struct prefix wider = { first, p.len - 1 };

		if (!prefix_is_network(wider) ||
		    addr_cmp(prefix_last(wider), last) > 0)
			break;
		p = wider;
	}
	return p;
}

static void
store_be64(uint64_t value, unsigned char *bytes)
{
	for (int i = 7; i >= 0; i--, value >>= 8)
		bytes[i] = (unsigned char)(value & 0xff);
}

const char *
addr_format(struct addr a, char buf[static ADDR_TEXT_MAX])
{
	unsigned char bytes[16];

	if (a.family == FAMILY_IPV4) {
		snprintf(buf, ADDR_TEXT_MAX, "%u.%u.%u.%u",
			 (unsigned)(a.lo >> 24 & 255),
			 (unsigned)(a.lo >> 16 & 255),
			 (unsigned)(a.lo >> 8 & 255), (unsigned)(a.lo & 255));
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
		size_t used = strlen(buf);

		snprintf(buf + used, ADDR_TEXT_MAX - used, "/%u", p.len);
	}
	return buf;
}
