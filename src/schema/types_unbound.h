/*
 * The types of values in unbound.conf; what each accepts is what the server's
 * own parser and checker accept (Unbound util/configparser.y, util/net_help.c,
 * sldns/str2wire.c; every type probed with unbound-checkconf 1.17.1). Like
 * `check` in struct type.
 */
#pragma once

#include "base/addr.h"
#include "schema/match.h"

typedef bool type_check_fn(struct match *m, const struct notation *n,
			   const struct node **term);

/* types_unbound_words.c: values from a list of words */
type_check_fn type_ub_boolean;
type_check_fn type_ub_only_yes;
type_check_fn type_ub_acl_action;
type_check_fn type_ub_local_zone_type;
type_check_fn type_ub_view_zone_type;
type_check_fn type_ub_tag_action;
type_check_fn type_ub_response_ip_action;
type_check_fn type_ub_tls_protocols;
type_check_fn type_ub_module_list;

/* types_unbound_number.c */
type_check_fn type_ub_count;
type_check_fn type_ub_integer;
type_check_fn type_ub_integer_or_empty;
type_check_fn type_ub_nonzero;
type_check_fn type_ub_power_of_two;
type_check_fn type_ub_memory_size;
type_check_fn type_ub_port_range;
type_check_fn type_ub_port_list;
type_check_fn type_ub_numbers;
type_check_fn type_ub_keysize_iterations;
type_check_fn type_ub_cookie_secret;
type_check_fn type_ub_nsid;
type_check_fn type_ub_any_number;
type_check_fn type_ub_date;

/* types_unbound_name.c: addresses, names */
type_check_fn type_ub_netblock;
type_check_fn type_ub_interface;
type_check_fn type_ub_server_address;
type_check_fn type_ub_domain_name;
type_check_fn type_ub_domain_name_or_root;
type_check_fn type_ub_address_and_name;

/* types_unbound_record.c */
type_check_fn type_ub_resource_record;
type_check_fn type_ub_record_or_empty;
type_check_fn type_ub_rdata;

/*
 * Why the text is no data of a record ("3600 IN A 192.0.2.1", of which the type
 * and what follows must be there), or NULL; its type where `type` is wanted.
 */
const char *type_ub_rdata_fault(struct slice text, struct slice *type);

/* Is it a type of local zone that the target knows for a tag? */
bool type_ub_is_tag_action(const struct schema *s, struct slice text);

/* Does atoi(3) read a number from it? "0" is the one way to write zero. */
bool type_ub_is_number(struct slice text);

/* As atoi(3): blanks, a sign, digits; 0 when there are none. */
long long type_ub_atoi(struct slice text);

/* A number, perhaps with units as in "1h30m"? */
bool type_ub_is_ttl(struct slice text);

/* Hexadecimal digits only? */
bool type_ub_is_hex(struct slice text);

/* The next word of a list separated by blanks; empty at its end. */
struct slice type_ub_word(struct slice *rest);

/*
 * A netblock as Unbound reads it: host bits do not count, the length is read
 * by atoi. False when it is none.
 */
bool type_ub_parse_netblock(struct slice text, struct prefix *out);

/* An address or a device, perhaps with `@port`. */
bool type_ub_is_interface(struct slice text);

/* An address, with `@port` and, where `*rest` is wanted, `#name` behind it. */
bool type_ub_parse_address(struct slice text, struct addr *out,
			   struct slice *rest);

/*
 * A domain name in text form: labels of 1 to 63 bytes, 255 in all, escapes of
 * three digits up to 255. Accepts "." and, like the server, no final dot.
 */
bool type_ub_is_name(struct slice text);

/* Move on to the next term; true, as a type function's last word. */
static inline bool
type_ub_next(const struct node **term)
{
	*term = (*term)->next;
	return true;
}
