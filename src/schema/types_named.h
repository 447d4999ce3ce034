/*
 * The types of values in named.conf, one function each; what it accepts is
 * what the server's own parser accepts (BIND lib/isccfg/parser.c, lib/isc/lex.c
 * and namedconf.c). Like `check` in struct type.
 */
#pragma once

#include "base/addr.h"
#include "schema/match.h"

typedef bool type_check_fn(struct match *m, const struct notation *n,
			   const struct node **term);

/* types_named_address.c */
type_check_fn type_ipv4_address;
type_check_fn type_ipv6_address;
type_check_fn type_ip_address;
type_check_fn type_netprefix;
type_check_fn type_address_match_element;

/* types_named_number.c */
type_check_fn type_boolean;
type_check_fn type_integer;
type_check_fn type_port;
type_check_fn type_portrange;
type_check_fn type_fixedpoint;
type_check_fn type_percentage;
type_check_fn type_sizeval;
type_check_fn type_duration;
type_check_fn type_duration_or_unlimited;

/*
 * The values of words that a type function has accepted; false for any other
 * term. A duration that does not fit is UINT32_MAX seconds, a size that is not
 * a number ("unlimited") is no value.
 */
bool type_boolean_value(const struct node *n, bool *value);
bool type_integer_value(const struct node *n, unsigned long long *value);
bool type_size_value(const struct node *n, unsigned long long *bytes);
bool type_duration_value(const struct node *n, unsigned long long *seconds);

/*
 * The address or prefix that begins at `n`, with the '/' and length that may
 * stand apart from it; missing octets are zero. Host bits are as written.
 */
bool type_prefix_value(const struct node *n, struct prefix *p);

/* Move on to the next term; true, as a type function's last word. */
static inline bool
type_next(const struct node **term)
{
	*term = (*term)->next;
	return true;
}

/* A word or a quoted string. */
bool type_is_string(const struct node *n);
