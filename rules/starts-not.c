#include "base/strmap.h"
#include "base/vec.h"
#include "model/access.h"
#include "rules/starts.h"
#include "schema/types_named.h"
#include "schema/types_unbound.h"

/* named.conf: lists that named-checkconf does not look into. */
struct lists {
	struct rule_context *cx;
	const struct strmap *acls; /* their statements */
	struct strmap *seen;	   /* acls that were looked into */
};

enum { DEPTH_MAX = 200, PORT_DNS = 53 };

static const struct node *
find_undefined(struct lists *l, const struct node *block, unsigned depth);

static bool
is_built_in(const struct node *name)
{
	static const char *const names[] = { "any", "none", "localhost",
					     "localnets" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is_nocase(node_text(name), names[i]))
			return true;
	return false;
}

/* The undefined name in the element, or behind the one it has; or NULL. */
static const struct node *
undefined_in(struct lists *l, const struct node *element, unsigned depth)
{
	const struct node *n = element->first, *acl;
	struct prefix p;
	void **seen;

	while (n != NULL && n->kind == NODE_NOT)
		n = n->next;
	if (n == NULL || type_prefix_value(n, &p))
		return NULL;
	if (n->kind == NODE_BLOCK)
		return find_undefined(l, n, depth + 1);
	if (!node_is_text(n) || is_built_in(n) ||
	    (n->kind == NODE_WORD &&
	     (node_is(n, "key") || node_is(n, "geoip"))))
		return NULL;
	acl = strmap_get(l->acls, node_text(n));
	if (acl == NULL)
		return n;
	seen = strmap_at(l->seen, node_text(n));
	if (*seen != NULL)
		return NULL;
	*seen = l;
	return find_undefined(l, node_block(acl), depth + 1);
}

static const struct node *
find_undefined(struct lists *l, const struct node *block, unsigned depth)
{
	if (depth > DEPTH_MAX)
		return NULL;
	for (const struct node *s = node_first(block); s != NULL; s = s->next) {
		const struct node *name = s->kind == NODE_STATEMENT
						  ? undefined_in(l, s, depth)
						  : NULL;

		if (name != NULL)
			return name;
	}
	return NULL;
}

/* One for each place in the text, however many statements lead there. */
static void
check_list(struct lists *l, const struct node *statement)
{
	const struct node *name = find_undefined(l, node_block(statement), 0);
	struct prefix p;

	if (name == NULL)
		return;
	struct diag *d =
		rule_report(l->cx, name->span,
			    "named does not start: there is no acl '%.*s'",
			    SLICE(node_text(name)));

	diag_note(l->cx->diags, d, statement->first->span,
		  "named-checkconf does not look into this list");
	if (prefix_parse(node_text(name), &p))
		diag_help(l->cx->diags, d,
			  "an address in quotes is a name; remove the quotes");
	else
		diag_help(l->cx->diags, d, "define it: 'acl \"%.*s\" { ... };'",
			  SLICE(node_text(name)));
}

/* For each zone that is not given lists of its own; empty ones among them. */
static void
check_options(struct lists *l)
{
	static const struct {
		const char *name;
		bool in_views; /* there, used by zones alone otherwise */
	} options[] = {
		{ "allow-transfer", true },   { "allow-notify", true },
		{ "no-case-compress", true }, { "deny-answer-addresses", true },
		{ "allow-update", false },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		CONFIG_EACH(o, l->cx->config, "options")
		NODE_EACH(s, node_block(o), options[i].name)
		check_list(l, s);
		if (options[i].in_views)
			CONFIG_EACH(v, l->cx->config, "view")
		NODE_EACH(s, node_block(v), options[i].name)
		check_list(l, s);
	}
}

static void
check_named(struct rule_context *cx)
{
	struct strmap *acls = strmap_new(cx->arena, true);
	struct lists l = { cx, acls, strmap_new(cx->arena, true) };
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	CONFIG_EACH(s, cx->config, "acl")
	*strmap_at(acls, node_text(node_term(s, 1))) = (void *)(uintptr_t)s;
	check_options(&l);
	starts_check_zones(cx);
	for (size_t i = 0; i < n; i++) {
		NODE_EACH(s, zones[i].body, "allow-query")
		check_list(&l, s);
		NODE_EACH(s, zones[i].body, "allow-query-on")
		check_list(&l, s);
	}
}

/*
 * unbound.conf: does the server listen there, for all that is known? `at` NULL:
 * at some address.
 */
static bool
may_listen(const struct access *a, const struct addr *at, unsigned port)
{
	for (size_t i = 0; i < a->listener_count; i++)
		if (a->listeners[i].port == port &&
		    (at == NULL || a->listeners[i].unknown ||
		     addr_cmp(a->listeners[i].addr, *at) == 0))
			return true;
	return false;
}

static void
say_how_to_listen(struct rule_context *cx, struct diag *d, struct slice text,
		  const struct addr *at)
{
	const char *family =
		at != NULL && at->family == FAMILY_IPV4 ? "do-ip4" : "do-ip6";

	if (rule_server_is(cx, "interface-automatic", "yes"))
		diag_help(cx->diags, d,
			  "'interface-automatic' opens '0.0.0.0' and '::' "
			  "alone: write it for these");
	else if (at != NULL && rule_server_is(cx, family, "no"))
		diag_help(cx->diags, d, "remove this line, or '%s: no'",
			  family);
	else
		diag_help(cx->diags, d,
			  "write 'interface: %.*s', or remove this line",
			  SLICE(text));
}

/* What addresses a device has is not known here: only its port is. */
static void
check_interface(struct rule_context *cx, const struct node *line)
{
	const struct node *option = rule_server(cx, "port");
	struct slice text = rule_value(line, 0), port = text;
	unsigned long long number = PORT_DNS;
	struct addr address;
	const struct addr *at =
		type_ub_parse_address(text, &address, NULL) ? &address : NULL;

	if (option != NULL)
		slice_to_uint(rule_value(option, 0), UINT16_MAX, &number);
	slice_split(&port, '@');
	if (port.len > 0)
		number = (uint16_t)type_ub_atoi(port);
	if (may_listen(cx->model->access, at, (unsigned)number))
		return;
	struct diag *d = rule_report(
		cx, line->span,
		"the server does not start: it does not listen on '%.*s'",
		SLICE(text));

	diag_remark(cx->diags, d,
		    "the address and the port must be those of an 'interface'; "
		    "unbound-checkconf does not look");
	say_how_to_listen(cx, d, text, at);
}

/* Lines for families that are switched off open nothing. */
static void
check_listeners(struct rule_context *cx)
{
	const struct node *line = rule_server(cx, "interface");

	if (line == NULL)
		line = rule_server(cx, "ip-address");
	if (cx->model->access->listener_count > 0 || line == NULL)
		return;
	struct diag *d = rule_report(cx, line->span,
				     "the server does not start: it listens "
				     "nowhere");

	diag_remark(cx->diags, d,
		    "all addresses are of a family that 'do-ip4' or 'do-ip6' "
		    "switches off; unbound-checkconf does not look");
	diag_help(cx->diags, d,
		  "write an 'interface' of the other family, or switch this "
		  "one on");
}

/* The statement that the module 'respip' is for, or NULL. */
static const struct node *
find_response_change(const struct rule_context *cx)
{
	static const char *const clauses[] = { "server", "view" };

	for (size_t i = 0; i < 2; i++)
		CONFIG_EACH(c, cx->config, clauses[i])
	for (const struct node *s = node_first(node_block(c)); s != NULL;
	     s = s->next)
		if (slice_has_prefix(node_text(s->first), "response-ip"))
			return s;
	return config_find(cx->config, "rpz");
}

static bool
has_word(struct slice text, const char *word)
{
	for (struct slice w; (w = type_ub_word(&text)).len > 0;)
		if (slice_is(w, word))
			return true;
	return false;
}

/* 'respip' comes before 'validator', and that before 'iterator'. */
static const char *
with_respip(struct rule_context *cx, struct slice modules)
{
	const char *before =
		has_word(modules, "validator") ? "validator" : "iterator";
	const char *text = "";

	for (struct slice w; (w = type_ub_word(&modules)).len > 0;)
		text = arena_printf(
			cx->arena, "%s%s%s%.*s", text, *text == '\0' ? "" : " ",
			slice_is(w, before) ? "respip " : "", SLICE(w));
	return text;
}

static void
check_respip(struct rule_context *cx)
{
	const struct node *modules = rule_server(cx, "module-config");
	const struct node *s = find_response_change(cx);
	struct slice text = modules == NULL ? slice_of("validator iterator")
					    : rule_value(modules, 0);

	if (s == NULL || has_word(text, "respip"))
		return;
	struct diag *d = rule_report(
		cx, s->first->span,
		"the server does not start: '%.*s' needs the module 'respip'",
		SLICE(node_text(s->first)));

	if (modules != NULL)
		diag_note(cx->diags, d, modules->span,
			  "which is not among these");
	diag_help(cx->diags, d, "write 'module-config: \"%s\"'",
		  with_respip(cx, text));
}

static void
check(struct rule_context *cx)
{
	static const char *const options[] = {
		"interface-action", "interface-view", "interface-tag",
		"interface-tag-action", "interface-tag-data"
	};

	if (cx->config->dialect == DIALECT_NAMED) {
		check_named(cx);
		return;
	}
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), options[i])
	check_interface(cx, line);
	check_listeners(cx);
	starts_check_tags(cx);
	check_respip(cx);
}

const struct rule rule_starts_not = {
	.id = "starts-not",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.whole = true,
	.summary =
		"what the checker accepts, and the server does not start with",
	.explain = "The server gives up, and nobody gets an answer, although "
		   "named-checkconf or unbound-checkconf has nothing to say. "
		   "named-checkconf looks up the names in some address match "
		   "lists and not in others, among them allow-query of a zone, "
		   "and does not see that the reverse zone of a 'dns64' is "
		   "written already, nor that 'masterfile-style' is about a "
		   "zone that is not kept as text. unbound-checkconf sees "
		   "neither that no address is listened on, nor that an "
		   "interface line is about one that is not, nor its view, nor the action and the data of its tag, "
		   "nor that a tag has other data beside a CNAME, nor that "
		   "'response-ip' and 'rpz' need a module.",
	.source = "BIND 9.18 named and named-checkconf, Unbound 1.17, as they "
		  "run; unbound.conf(5), interface-action, response-ip, rpz",
	.bad = "options { directory \"/var/cache/bind\"; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\";\n"
	       "\tallow-query { lan; }; };",
	.good = "options { directory \"/var/cache/bind\"; };\n"
		"acl lan { 10.0.0.0/8; };\n"
		"zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tallow-query { lan; }; };",
	.bad_unbound = "server: interface: 10.0.0.53\n"
		       "interface-action: 10.0.0.54 allow",
	.good_unbound = "server: interface: 10.0.0.53\n"
			"interface-action: 10.0.0.53 allow",
	.check = check,
};
