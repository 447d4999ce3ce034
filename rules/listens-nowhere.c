#include "model/access.h"
#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

/* The addresses of a family, but for those of the host that others lack. */
static struct client_set
beyond_host(const struct rule_context *cx, enum family family)
{
	return clients_and(cx->arena, rule_guests(cx),
			   clients_of_family(cx->arena, family));
}

/* The host reaches its own loopback addresses from all of its others. */
static struct client_set
without_host(const struct rule_context *cx, struct client_set s)
{
	const struct host *h = cx->model->host;
	struct prefix *p = ARENA_ARRAY(cx->arena, struct prefix, h->count);

	for (size_t i = 0; i < h->count; i++)
		p[i] = (struct prefix){
			h->addresses[i].prefix.addr,
			family_bits(h->addresses[i].prefix.addr.family)
		};
	return clients_minus(cx->arena, s,
			     clients_of(cx->arena, p, h->count));
}

/* What says where to listen. */
static struct span
place_of(const struct rule_context *cx, enum family family)
{
	const struct node *s;

	if (cx->config->dialect == DIALECT_NAMED)
		s = rule_option(cx, NULL,
				family == FAMILY_IPV6 ? "listen-on-v6"
						      : "listen-on");
	else if ((s = rule_server(cx, "interface")) == NULL)
		s = rule_server(cx, "ip-address");
	return s != NULL ? s->span
			 : rule_heading(cx, rule_place_of_defaults(cx));
}

static bool
is_switched_off(const struct rule_context *cx, enum family family)
{
	return rule_server_is(cx, family == FAMILY_IPV6 ? "do-ip6" : "do-ip4",
			      "no");
}

static void
help(struct rule_context *cx, struct diag *d, enum family family)
{
	if (cx->config->dialect == DIALECT_NAMED)
		diag_help(cx->diags, d,
			  "write '%s { any; };', or the addresses of the "
			  "server that they ask",
			  family == FAMILY_IPV6 ? "listen-on-v6" : "listen-on");
	else
		diag_help(cx->diags, d,
			  "write %s'interface: %s', or the addresses of the "
			  "server that they ask",
			  is_switched_off(cx, family)
				  ? family == FAMILY_IPV6 ? "'do-ip6: yes' and "
							  : "'do-ip4: yes' and "
				  : "",
			  family == FAMILY_IPV6 ? "::0" : "0.0.0.0");
}

/*
 * The first element of a list that has addresses of the other family alone:
 * those of a listener are of one family. NULL where the list is not like that.
 */
static const struct element *
find_misplaced(const struct listener *l)
{
	const struct address_list *list = l->addresses.list;
	const struct element *found = NULL;

	if (list == NULL || origin_is_default(l->addresses.origin))
		return NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_NONE)
			continue;
		if (e->kind != ELEMENT_PREFIX || e->family == l->family)
			return NULL;
		if (found == NULL && !e->negated)
			found = e;
	}
	return found;
}

static void
report_misplaced(struct rule_context *cx, const struct listener *l,
		 const struct element *e)
{
	bool six = l->family == FAMILY_IPV6;
	struct diag *d = rule_report(
		cx, rule_element_span(cx, e),
		"the server listens on no address of this statement: '%s' is "
		"for addresses of %s",
		six ? "listen-on-v6" : "listen-on", six ? "IPv6" : "IPv4");

	rule_weaken(cx, d, SEV_WARNING);
	diag_help(cx->diags, d,
		  "write '%s' in '%s'; if nothing is to be listened on here, "
		  "write '{ none; }'",
		  rule_element_text(cx, e), six ? "listen-on" : "listen-on-v6");
}

static void
check_misplaced(struct rule_context *cx, enum family family)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; v != NULL && i < v->listener_count; i++) {
		const struct listener *l = &v->listeners[i];
		const struct element *e =
			l->family == family ? find_misplaced(l) : NULL;

		if (e != NULL)
			report_misplaced(cx, l, e);
	}
}

/* Declared clients of the family that cannot come: has it told of them? */
static bool
check_family(struct rule_context *cx, enum family family)
{
	struct client_set there = beyond_host(cx, family);
	struct client_set own = without_host(
		cx, clients_and(cx->arena, rule_own_clients(cx), there));

	if (clients_empty(own) || rule_listens_otherwise(cx, family) ||
	    !clients_empty(clients_and(cx->arena, there,
				       predict_listens(cx->predict))))
		return false;
	struct diag *d = rule_report(
		cx, place_of(cx, family),
		"declared clients cannot reach the server, which listens on no "
		"address of %s%s: %s",
		family == FAMILY_IPV6 ? "IPv6" : "IPv4",
		clients_empty(clients_and(cx->arena,
					  predict_listens(cx->predict),
					  clients_of_family(cx->arena, family)))
			? ""
			: " but its own loopback",
		clients_text(cx->arena, own, SHOWN_MAX));

	help(cx, d, family);
	return true;
}

/* Not a part of a configuration that says elsewhere where it listens. */
static bool
is_silent_about_listening(const struct rule_context *cx)
{
	static const char *const said[] = { "interface", "ip-address",
					    "interface-automatic",
					    "use-systemd" };

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (rule_server(cx, said[i]) != NULL)
			return false;
	return rule_is_whole(cx);
}

/* Nothing is declared, but a line lets others in who cannot come. */
static void
check_allowed(struct rule_context *cx)
{
	size_t n;
	const struct rule_netblock *b =
		rule_netblocks(cx, "access-control", &n);

	for (size_t i = 0; i < n; i++) {
		struct slice action = rule_value(b[i].line, 1);
		enum family family = b[i].prefix.addr.family;

		if (!slice_has_prefix(action, "allow") ||
		    addr_is_loopback(b[i].prefix.addr) ||
		    !clients_meet(beyond_host(cx, family), b[i].prefix))
			continue;
		struct diag *d = rule_report(
			cx, b[i].line->span,
			"these are let in, but cannot come: without an "
			"'interface:' the server listens on its own loopback "
			"alone");

		rule_weaken(cx, d, SEV_WARNING);
		help(cx, d, family);
		return;
	}
}

static void
check(struct rule_context *cx)
{
	for (int f = 0; f < FAMILY_COUNT; f++)
		if (!cx->intent->clients_declared ||
		    !check_family(cx, (enum family)f))
			check_misplaced(cx, (enum family)f);
	if (!cx->intent->clients_declared && cx->model->access != NULL &&
	    is_silent_about_listening(cx))
		check_allowed(cx);
}

const struct rule rule_listens_nowhere = {
	.id = "listens-nowhere",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "clients are to be served, and nothing listens where they ask",
	.explain =
		"Clients of a family in which the server has no listener get "
		"no answer at all, whatever the lists say. Unbound listens on "
		"127.0.0.1 and ::1 alone unless 'interface' is written; BIND "
		"listens on all addresses unless 'listen-on' or 'listen-on-v6' "
		"says otherwise. An IPv4 address in 'listen-on-v6', or the "
		"reverse, is never listened on.",
	.source = "unbound.conf(5), interface; BIND 9 ARM, listen-on",
	.bad = "// dnslint: clients=10.0.0.0/8,2001:db8::/32\n"
	       "options { listen-on-v6 { none; };\n"
	       "\tallow-recursion { 10.0.0.0/8; 2001:db8::/32; }; };",
	.good = "// dnslint: clients=10.0.0.0/8,2001:db8::/32\n"
		"options { listen-on-v6 { any; };\n"
		"\tallow-recursion { 10.0.0.0/8; 2001:db8::/32; }; };",
	.bad_unbound = "# dnslint: clients=10.0.0.0/8\n"
		       "server: access-control: 10.0.0.0/8 allow",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
