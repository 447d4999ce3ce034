#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "rules/rule.h"
#include "schema/types_unbound.h"

enum {
	PORT_DNS = 53
};

/* An address of this host for sure: said so, or written as a listener. */
static bool
views_listen(const struct rule_context *cx, struct addr a, uint16_t port)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->listener_count; i++) {
		const struct listener *l = &v->listeners[i];

		if (!l->plain || l->port != port || l->family != a.family)
			continue;
		bool own = addr_is_loopback(a) || host_has(cx->model->host, a);

		if (l->addresses.list == NULL) {
			if (own)
				return true;
			continue;
		}
		struct acl_result r = acl_match(predict_acls(cx->predict),
						l->addresses.list, a, KEY_NONE);

		if (r.verdict == VERDICT_YES &&
		    (own || (r.element->kind == ELEMENT_PREFIX &&
			     r.element->len == family_bits(a.family))))
			return true;
	}
	return false;
}

static bool
access_listens(const struct rule_context *cx, struct addr a, uint16_t port)
{
	const struct access *x = cx->model->access;

	for (size_t i = 0; i < x->listener_count; i++) {
		const struct access_listener *l = &x->listeners[i];

		if (l->unknown || l->port != port || l->addr.family != a.family)
			continue;
		if (l->wildcard ? addr_is_loopback(a) ||
					  host_has(cx->model->host, a)
				: addr_cmp(l->addr, a) == 0)
			return true;
	}
	return false;
}

/* What the server does with a question for `name` that it sends to itself. */
static struct decision
ask_self(const struct rule_context *cx, struct slice name, struct addr a)
{
	struct question q = name.len == 0 ? question_foreign(cx->model)
					  : question_of(name, RRTYPE_A);

	q.to = a;
	q.to_known = true;
	return predict_at(cx->predict, &q, a, NULL);
}

static void
report(struct rule_context *cx, struct span at, struct slice text)
{
	struct diag *d = rule_report(cx, at,
				     "the server forwards to itself: it "
				     "listens on '%.*s'",
				     SLICE(text));

	diag_help(cx->diags, d,
		  "name another server here, or the port of the one that is "
		  "meant");
}

/* The port behind an address of 'forwarders', or the one of them all. */
static uint16_t
port_of(const struct node *forwarders, const struct node *server)
{
	const struct node *rows[] = { server, forwarders };
	unsigned long long port;

	for (size_t i = 0; i < 2; i++)
		for (const struct node *n = rows[i]->first; n != NULL;
		     n = n->next)
			if (node_is(n, "port") && n->next != NULL &&
			    slice_to_uint(node_text(n->next), UINT16_MAX,
					  &port))
				return (uint16_t)port;
	return PORT_DNS;
}

static bool
uses_tls(const struct node *statement)
{
	for (const struct node *n = statement->first; n != NULL; n = n->next)
		if (node_is(n, "tls"))
			return true;
	return false;
}

/* In a zone statement (`zone` its name), a view, or the options. */
static void
check_forwarders(struct rule_context *cx, const struct node *s,
		 const struct node *view, const struct slice *zone)
{
	const struct slice root = { "", 0 };
	const struct node *block = s == NULL ? NULL : node_block(s);
	struct addr a;

	if (block == NULL || uses_tls(s))
		return;
	for (const struct node *x = node_first(block); x != NULL; x = x->next) {
		if (x->kind != NODE_STATEMENT || uses_tls(x) ||
		    !addr_parse(node_text(x->first), &a) ||
		    !views_listen(cx, a, port_of(s, x)))
			continue;
		struct decision d =
			ask_self(cx, zone == NULL ? root : *zone, a);
		const struct node *lands = rule_view_block(cx, d.view);
		bool again = zone != NULL ? lands == view
					  : rule_option(cx, lands,
							"forwarders") == s;

		/* Another view may know better. */
		if (decision_recurses(&d) && again)
			report(cx, x->first->span, node_text(x->first));
	}
}

static void
check_zones(struct rule_context *cx, const struct node *block,
	    const struct node *view)
{
	struct slice name;

	NODE_EACH(z, block, "zone") {
		const struct node *s = node_find(node_block(z), "forwarders");

		if (s != NULL &&
		    name_canonical(cx->arena, node_text(node_term(z, 1)),
				   &name))
			check_forwarders(cx, s, view, &name);
	}
}

static void
check_named(struct rule_context *cx)
{
	const struct node *root = cx->config->root;

	CONFIG_EACH(s, cx->config, "options")
		check_forwarders(cx, node_find(node_block(s), "forwarders"),
				 NULL, NULL);
	check_zones(cx, root, NULL);
	CONFIG_EACH(v, cx->config, "view") {
		const struct node *block = node_block(v);

		check_forwarders(cx, node_find(block, "forwarders"), block,
				 NULL);
		check_zones(cx, block, block);
	}
}

static void
check_clause(struct rule_context *cx, const struct node *clause,
	     const char *option)
{
	const struct node *named = node_find(node_block(clause), "name");
	bool local = !rule_server_is(cx, "do-not-query-localhost", "no");
	struct slice name, port;
	struct addr a;

	if (named == NULL ||
	    !name_canonical(cx->arena, node_text(node_term(named, 1)), &name))
		return;
	NODE_EACH(s, node_block(clause), option) {
		struct slice text = node_text(node_term(s, 1));
		unsigned long long number = PORT_DNS;

		if (!type_ub_parse_address(text, &a, &port))
			continue;
		port = text;
		slice_split(&port, '@');
		port = slice_split(&port, '#');
		if (port.len > 0)
			number = (uint16_t)type_ub_atoi(port);
		/* What is never asked makes no loop. */
		if ((local && addr_is_loopback(a)) ||
		    !access_listens(cx, a, (uint16_t)number))
			continue;
		struct decision d = ask_self(cx, name, a);

		if (decision_recurses(&d))
			report(cx, s->span, text);
	}
}

static void
check(struct rule_context *cx)
{
	if (cx->model->views != NULL) {
		check_named(cx);
		return;
	}
	CONFIG_EACH(clause, cx->config, "forward-zone")
		check_clause(cx, clause, "forward-addr");
	CONFIG_EACH(clause, cx->config, "stub-zone")
		check_clause(cx, clause, "stub-addr");
}

const struct rule rule_forward_loop = {
	.id = "forward-loop",
	.family = "forwarding",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "the server forwards to itself",
	.explain =
		"A question that is forwarded to an address and port of the "
		"server itself comes back, is forwarded again, and ends in "
		"SERVFAIL after a time-out. A different port, or a view that "
		"does not forward, makes no loop.",
	.source = "RFC 1536, section 2; BIND 9 ARM, forwarders; "
		  "unbound.conf(5), forward-addr",
	.bad = "options { listen-on { 10.0.0.1; };\n"
	       "\tallow-recursion { 10.0.0.0/8; };\n"
	       "\tforwarders { 10.0.0.1; };\n};",
	.good = "options { listen-on { 10.0.0.1; };\n"
		"\tallow-recursion { 10.0.0.0/8; };\n"
		"\tforwarders { 10.0.0.1 port 5353; };\n};",
	.bad_unbound = "server: interface: 10.0.0.1\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "forward-zone: name: \".\"\nforward-addr: 10.0.0.1",
	.good_unbound = "server: interface: 10.0.0.1\n"
			"access-control: 10.0.0.0/8 allow\n"
			"forward-zone: name: \".\"\n"
			"forward-addr: 10.0.0.1@5353",
	.check = check,
};
