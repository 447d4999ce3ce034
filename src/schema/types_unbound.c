#include "schema/types_unbound.h"

static bool
type_ub_string(struct match *m, const struct notation *n,
	       const struct node **term)
{
	(void)m, (void)n;
	return type_ub_next(term);
}

static const struct type types[] = {
	{ "acl-action", "an access-control action", type_ub_acl_action },
	{ "address-and-name", "an address and a name",
	  type_ub_address_and_name },
	{ "any-number", "a number", type_ub_any_number },
	{ "boolean", "yes or no", type_ub_boolean },
	{ "control-address", "an address or path", type_ub_string },
	{ "cookie-secret", "a secret of 128 bits in hexadecimal",
	  type_ub_cookie_secret },
	{ "count", "a number of 0 or more", type_ub_count },
	{ "date", "a date as YYYYMMDDHHMMSS, or a number", type_ub_date },
	{ "directory", "a directory", type_ub_string },
	{ "domain-name", "a domain name", type_ub_domain_name },
	{ "domain-name-or-root", "a domain name",
	  type_ub_domain_name_or_root },
	{ "fetch-policy", "a list of numbers", type_ub_numbers },
	{ "file", "a file name", type_ub_string },
	{ "integer", "a number", type_ub_integer },
	{ "integer-or-empty", "a number", type_ub_integer_or_empty },
	{ "interface", "an address, with '@port' if need be, or a device",
	  type_ub_interface },
	{ "interface-name", "an interface", type_ub_string },
	{ "keysize-iterations", "pairs of key size and iterations, ascending",
	  type_ub_keysize_iterations },
	{ "local-zone-type", "a type of local zone", type_ub_local_zone_type },
	{ "memory-size", "a size in bytes, with k, m or g if need be",
	  type_ub_memory_size },
	{ "module-list", "a list of modules known to work together",
	  type_ub_module_list },
	{ "netblock", "an address or netblock", type_ub_netblock },
	{ "nonzero", "a number other than 0", type_ub_nonzero },
	{ "nsid", "hexadecimal text, or ascii_ and text", type_ub_nsid },
	{ "only-yes", "yes or no", type_ub_only_yes },
	{ "path", "a path", type_ub_string },
	{ "port", "a port number", type_ub_nonzero },
	{ "port-list", "a list of port numbers", type_ub_port_list },
	{ "port-range", "a port number or range", type_ub_port_range },
	{ "power-of-two", "a power of two", type_ub_power_of_two },
	{ "rdata", "the type and data of a record", type_ub_rdata },
	{ "record-or-empty", "a resource record", type_ub_record_or_empty },
	{ "resource-record", "a resource record", type_ub_resource_record },
	{ "response-ip-action", "a response-ip action",
	  type_ub_response_ip_action },
	{ "server-address", "an address, with '@port' and '#name' if need be",
	  type_ub_server_address },
	{ "string", "text", type_ub_string },
	{ "tag", "a tag", type_ub_string },
	{ "tag-action", "a type of local zone", type_ub_tag_action },
	{ "tag-list", "a list of tags", type_ub_string },
	{ "tag-names", "a list of tags", type_ub_string },
	{ "tls-protocols", "TLSv1.2, TLSv1.3 or both", type_ub_tls_protocols },
	{ "url", "an URL", type_ub_string },
	{ "user", "a user", type_ub_string },
	{ "view", "a view", type_ub_string },
	{ "view-zone-type", "a type of local zone", type_ub_view_zone_type },
};

const struct type *
type_find_unbound(struct slice name)
{
	return type_find_in(types, sizeof(types) / sizeof(*types), name);
}
