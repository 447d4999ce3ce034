#include "base/vec.h"
#include "model/access.h"
#include "rules/rule.h"
#include "schema/types_unbound.h"

/* Clients who are in some netblock: no line for an interface is about them. */
static struct client_set
clients_in_blocks(struct rule_context *cx)
{
	const struct access *a = cx->model->access;
	struct prefix *p =
		ARENA_ARRAY(cx->arena, struct prefix, a->block_count);

	for (size_t i = 0; i < a->block_count; i++)
		p[i] = a->blocks[i].prefix;
	return clients_of(cx->arena, p, a->block_count);
}

/* Clients who may ask there: a device has addresses of both families. */
static struct client_set
clients_at(struct rule_context *cx, struct slice interface)
{
	struct addr a;

	if (!type_ub_parse_address(interface, &a, NULL))
		return clients_all(cx->arena);
	return clients_of_family(cx->arena, a.family);
}

static void
report(struct rule_context *cx, const struct node *line, bool declared)
{
	struct diag *d = rule_report(
		cx, line->span,
		declared ? "'%.*s' holds for no declared client: each of them "
			   "is in a netblock of access-control"
			 : "'%.*s' holds for nobody: every client is in a "
			   "netblock of access-control",
		SLICE(node_text(line->first)));

	diag_remark(cx->diags, d,
		    "action, view and tags of a client all come from the most "
		    "specific netblock, and from the interface only where "
		    "there is none");
	diag_help(cx->diags, d,
		  "write the access-control line of the netblock, or remove "
		  "the netblocks that are wider than they need to be");
}

/* What an interface turns away is for others than the declared clients. */
static bool
is_for_declared(const char *option)
{
	return !slice_is(slice_of(option), "interface-action");
}

struct search {
	struct rule_context *cx;
	bool looked; /* the sets are made for the first line there is */
	struct client_set in;  /* in some netblock */
	struct client_set own; /* declared */
};

static void
check_line(struct search *s, const struct node *line, bool for_declared)
{
	struct rule_context *cx = s->cx;

	if (!s->looked) {
		s->looked = true;
		s->in = clients_in_blocks(cx);
		s->own = rule_own_clients(cx);
	}
	struct client_set at = clients_minus(
		cx->arena, clients_at(cx, rule_value(line, 0)), s->in);

	if (clients_empty(at))
		report(cx, line, false);
	else if (for_declared && !clients_empty(s->own) &&
		 clients_empty(clients_and(cx->arena, at, s->own)))
		report(cx, line, true);
}

static void
check(struct rule_context *cx)
{
	static const char *const options[] = { "interface-action",
					       "interface-view",
					       "interface-tag",
					       "interface-tag-action" };
	struct search s = { .cx = cx };

	CONFIG_EACH(clause, cx->config, "server")
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		NODE_EACH(line, node_block(clause), options[i])
	check_line(&s, line, is_for_declared(options[i]));
}

const struct rule rule_interface_action_dead = {
	.id = "interface-action-dead",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "an interface line that applies to no client",
	.explain = "What is said of an interface holds for clients that are in "
		   "no netblock of access-control. With a line for 0.0.0.0/0 "
		   "there is no such client of IPv4, and interface-action, "
		   "interface-view and interface-tag lines have no effect.",
	.source = "unbound.conf(5), interface-action; Unbound "
		  "daemon/acl_list.c",
	.bad_unbound = "server: interface: 10.0.0.1\n"
		       "access-control: 0.0.0.0/0 refuse\n"
		       "interface-action: 10.0.0.1 allow",
	.good_unbound = "server: interface: 10.0.0.1\n"
			"access-control: 192.168.0.0/16 refuse\n"
			"interface-action: 10.0.0.1 allow",
	.check = check,
};
