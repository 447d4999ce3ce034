/* Keys, and those who use them: servers and control channels. */
#include <limits.h>
#include <stdint.h>

#include "check/decode.h"
#include "check/domain.h"
#include "check/named.h"

struct algorithm {
	const char *name;
	unsigned bits; /* 0: the name takes no "-BITS" */
};

static const struct algorithm algorithms[] = {
	{ "hmac-md5", 128 },
	{ "hmac-md5.sig-alg.reg.int", 0 },
	{ "hmac-md5.sig-alg.reg.int.", 0 },
	{ "hmac-sha1", 160 },
	{ "hmac-sha224", 224 },
	{ "hmac-sha256", 256 },
	{ "hmac-sha384", 384 },
	{ "hmac-sha512", 512 },
};

/* "hmac-sha256" or, cut to 80 bits, "hmac-sha256-80". */
static const struct algorithm *
find_algorithm(struct slice text, struct slice *bits)
{
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++) {
		struct slice name = slice_of(algorithms[i].name);

		if (!slice_equal_nocase(slice_sub(text, 0, name.len), name))
			continue;
		*bits = slice_sub(text, name.len, text.len);
		if (bits->len == 0 ||
		    (algorithms[i].bits != 0 && bits->data[0] == '-'))
			return &algorithms[i];
	}
	return NULL;
}

static void
check_algorithm(struct named_check *nc, const struct node *value)
{
	struct slice text = node_text(value), bits;
	const struct algorithm *a = find_algorithm(text, &bits);
	unsigned long long number;

	if (a == NULL) {
		struct diag *d = named_report(nc, RULE_BAD_VALUE, value,
					      QUOTED " is no algorithm of keys",
					      SLICE(text));

		diag_help(nc->diags, d, "write hmac-sha256");
		return;
	}
	if (bits.len == 0)
		return;
	if (!slice_to_uint(slice_sub(bits, 1, bits.len), UINT16_MAX, &number) ||
	    number > a->bits || number % 8 != 0)
		named_report(nc, RULE_BAD_VALUE, value,
			     QUOTED " is cut to a number of bits that is no "
				    "multiple of 8 up to %u",
			     SLICE(text), a->bits);
}

static void
check_key(struct named_check *nc, const struct node *key)
{
	enum {
		SECRET_MAX = 1024
	};
	const struct node *algorithm = node_find(node_block(key), "algorithm");
	const struct node *secret = node_find(node_block(key), "secret");
	size_t bytes;

	if (algorithm == NULL || secret == NULL) {
		named_report(nc, RULE_MISSING_STATEMENT, named_place(nc, key),
			     "key " QUOTED " has no '%s'",
			     SLICE(named_text(key)),
			     algorithm == NULL ? "algorithm" : "secret");
		return;
	}
	if (!decode_base64(named_text(secret), &bytes) || bytes > SECRET_MAX)
		named_report(nc, RULE_BAD_VALUE, named_value(secret),
			     "the secret of key " QUOTED " is not base64",
			     SLICE(named_text(key)));
	check_algorithm(nc, named_value(algorithm));
}

void
named_check_keys(struct named_check *nc, const struct node *block,
		 struct strmap *keys, const struct strmap *others)
{
	NODE_EACH(it, block, "key")
	{
		struct slice wire, name = named_text(it);
		const struct node *earlier;

		if (!domain_parse(nc->arena, name, &wire)) {
			named_report(nc, RULE_BAD_VALUE, named_place(nc, it),
				     QUOTED " is not a domain name, as the "
					    "name of a key must be",
				     SLICE(name));
			continue;
		}
		check_key(nc, it);
		void **at = strmap_at(keys, wire);

		earlier = *at;
		if (earlier == NULL && others != NULL)
			earlier = strmap_get(others, wire);
		if (earlier != NULL && earlier != it)
			named_report_twice(nc, RULE_DUPLICATE_NAME,
					   named_place(nc, it),
					   named_value(earlier), "key", name);
		if (*at == NULL)
			*at = (void *)(uintptr_t)it;
	}
}

void
named_check_source_port(struct named_check *nc, const struct node *statement)
{
	const struct node *port = named_argument(statement, "port");
	unsigned long long number;

	if (!type_integer_value(port, &number) || number != nc->port)
		return;
	struct diag *d =
		named_report(nc, RULE_BAD_VALUE, port,
			     "queries come to port %u; it cannot be "
			     "the port of '%.*s' as well",
			     nc->port, SLICE(node_text(statement->first)));

	diag_help(nc->diags, d, "leave the port out");
}

struct sources {
	const char *v4, *v6;
};

static const struct sources source_options[] = {
	{ "transfer-source", "transfer-source-v6" },
	{ "notify-source", "notify-source-v6" },
	{ "parental-source", "parental-source-v6" },
	{ "query-source", "query-source-v6" },
};

/* An IPv4 server is not asked from an IPv6 address, nor the other way. */
static void
check_server_sources(struct named_check *nc, const struct node *server,
		     enum family family)
{
	size_t count = sizeof(source_options) / sizeof(*source_options);

	for (size_t i = 0; i < count; i++) {
		const struct sources *s = &source_options[i];
		bool v4 = family == FAMILY_IPV4;
		const struct node *wrong =
			node_find(node_block(server), v4 ? s->v6 : s->v4);
		const struct node *right =
			node_find(node_block(server), v4 ? s->v4 : s->v6);

		if (wrong != NULL)
			named_report(nc, RULE_CONFLICTING_OPTIONS,
				     named_place(nc, server),
				     "'%s' cannot be the source for an %s "
				     "server",
				     v4 ? s->v6 : s->v4, v4 ? "IPv4" : "IPv6");
		if (right == NULL)
			continue;
		named_check_source_port(nc, right);
		for (const struct node *t = named_value(right); t != NULL;
		     t = t->next)
			if (node_is(t, "none"))
				named_report(nc, RULE_BAD_VALUE, t,
					     "'none' has no meaning for one "
					     "server");
	}
}

/* "keys NAME", with braces or without; one name. */
static void
check_server_key(struct named_check *nc, const struct view *view,
		 const struct node *statement)
{
	const struct node *name = named_value(statement);
	struct slice wire;

	if (name->kind == NODE_BLOCK) {
		const struct node *only = named_first(name);

		if (only == NULL || named_next(only) != NULL) {
			named_report(nc, RULE_SYNTAX, name,
				     "a server has one key");
			return;
		}
		name = only->first;
	}
	if (!domain_parse(nc->arena, node_text(name), &wire))
		named_report(nc, RULE_BAD_VALUE, name,
			     QUOTED " is no domain name, so no key has it",
			     SLICE(node_text(name)));
	else if (strmap_get(nc->keys, wire) == NULL &&
		 strmap_get(view->keys, wire) == NULL)
		named_suggest_key(nc,
				  named_report(nc, RULE_UNDEFINED_KEY, name,
					       "there is no key " QUOTED,
					       SLICE(node_text(name))),
				  view, name);
}

/* Ranges that are checked since 9.21. */
static void
check_server_ranges(struct named_check *nc, const struct node *server)
{
	static const struct {
		const char *name;
		unsigned long long low, high;
	} ranges[] = {
		{ "edns-udp-size", 512, 4096 },
		{ "max-udp-size", 512, 4096 },
		{ "edns-version", 0, 255 },
		{ "padding", 0, 512 },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		const struct node *value = named_value(
			node_find(node_block(server), ranges[i].name));
		unsigned long long number;

		if (type_integer_value(value, &number) &&
		    (number < ranges[i].low || number > ranges[i].high))
			named_report(nc, RULE_BAD_VALUE, value,
				     "'%s' is out of range, it goes from %llu "
				     "to %llu",
				     ranges[i].name, ranges[i].low,
				     ranges[i].high);
	}
}

static void
check_server(struct named_check *nc, const struct view *view,
	     const struct node *server, struct strmap *seen)
{
	const struct node *keys = node_find(node_block(server), "keys");
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (!type_prefix_value(named_value(server), &p))
		return;
	void **at = strmap_at(
		seen, arena_slice(nc->arena, slice_of(prefix_format(p, buf))));

	if (*at != NULL)
		named_report_twice(nc, RULE_DUPLICATE_NAME,
				   named_place(nc, server), *at, "server",
				   named_text(server));
	*at = (void *)(uintptr_t)named_value(server);
	check_server_sources(nc, server, p.addr.family);
	if (keys != NULL)
		check_server_key(nc, view, keys);
	if (nc->since_9_21)
		check_server_ranges(nc, server);
}

/* The servers of a view, or where it has none those of the top level. */
void
named_check_servers(struct named_check *nc, const struct view *view)
{
	struct strmap *seen = strmap_new(nc->arena, false);

	if (view->statement != NULL && scope_find(&view->scope, "server")) {
		NODE_EACH(it, view->scope.block, "server")
			check_server(nc, view, it, seen);
		return;
	}
	CONFIG_EACH(it, nc->check->config, "server")
		check_server(nc, view, it, seen);
}

/* Control channels look keys up as written. */
static void
check_control_keys(struct named_check *nc, const struct node *control,
		   const struct strmap *keys)
{
	const struct node *list = named_argument(control, "keys");

	STATEMENT_EACH(it, list)
	if (strmap_get(keys, node_text(it->first)) == NULL)
		named_suggest(nc,
			      named_report(nc, RULE_UNDEFINED_KEY, it->first,
					   "there is no key " QUOTED,
					   SLICE(node_text(it->first))),
			      keys, it->first);
}

static void
check_inet_control(struct named_check *nc, const struct node *control,
		   struct strmap *seen)
{
	const struct node *port = named_argument(control, "port");

	named_check_acl(nc, named_argument(control, "allow"));
	if (!nc->since_9_20)
		return;
	const char *socket = arena_printf(
		nc->arena, "%.*s#%.*s", SLICE(named_text(control)),
		SLICE(port == NULL || node_is(port, "*") || node_is(port, "0")
			      ? SLICE_LITERAL("953")
			      : node_text(port)));
	void **at = strmap_at(seen, slice_of(socket));

	if (*at != NULL)
		named_report_twice(nc, RULE_DUPLICATE_NAME,
				   named_value(control), *at, "control channel",
				   slice_of(socket));
	*at = (void *)(uintptr_t)named_value(control);
}

static void
check_unix_control(struct named_check *nc, const struct node *control)
{
	enum {
		PATH_BYTES_MAX = 107
	}; /* of struct sockaddr_un */

	if (nc->since_9_20)
		named_report(nc, RULE_REMOVED_OPTION, control->first,
			     "control channels of type 'unix' no longer "
			     "exist");
	else if (named_text(control).len > PATH_BYTES_MAX)
		named_report(nc, RULE_BAD_VALUE, named_value(control),
			     "this path is too long for a socket");
}

void
named_check_controls(struct named_check *nc)
{
	struct strmap *keys = strmap_new(nc->arena, true);
	struct strmap *seen = strmap_new(nc->arena, false);

	if (node_find(nc->root, "controls") == NULL)
		return;
	NODE_EACH(it, nc->root, "key")
	*strmap_at(keys, named_text(it)) = keys;
	NODE_EACH(controls, nc->root, "controls")
	{
		NODE_EACH(it, node_block(controls), "inet")
		{
			check_inet_control(nc, it, seen);
			check_control_keys(nc, it, keys);
		}
		NODE_EACH(it, node_block(controls), "unix")
		{
			check_unix_control(nc, it);
			if (!nc->since_9_20)
				check_control_keys(nc, it, keys);
		}
	}
}
