/*
 * unbound.conf: what unbound-checkconf refuses beyond the grammar (Unbound
 * smallapp/unbound-checkconf.c and what it calls; every check was tried on
 * 1.17.1).
 */
#include "check/unbound.h"

struct slice
unbound_value(const struct node *option, size_t i)
{
	return node_text(node_term(option, i + 1));
}

const struct node *
unbound_last(const struct unbound_check *u, const char *name)
{
	const struct node *last = NULL;

	UNBOUND_EACH(u, name, option)
		last = option;
	return last;
}

static bool
is_no(const struct unbound_check *u, const char *name)
{
	const struct node *o = unbound_last(u, name);

	return o != NULL && slice_is(unbound_value(o, 0), "no");
}

static bool
is_yes(const struct unbound_check *u, const char *name)
{
	const struct node *o = unbound_last(u, name);

	return o != NULL && slice_is(unbound_value(o, 0), "yes");
}

struct contradiction {
	const char *one, *one_value, *other, *other_value, *message;
};

static const struct contradiction contradictions[] = {
	{ "do-ip4", "no", "do-ip6", "no",
	  "IPv4 and IPv6 are both turned off" },
	{ "do-ip4", "no", "prefer-ip4", "yes",
	  "IPv4 is preferred and turned off" },
	{ "do-ip6", "no", "prefer-ip6", "yes",
	  "IPv6 is preferred and turned off" },
	{ "do-udp", "no", "do-tcp", "no", "UDP and TCP are both turned off" },
};

static void
check_contradictions(const struct unbound_check *u)
{
	for (size_t i = 0;
	     i < sizeof(contradictions) / sizeof(*contradictions); i++) {
		const struct contradiction *c = &contradictions[i];
		bool both = is_no(u, c->one) &&
			    (*c->other_value == 'n' ? is_no(u, c->other)
						    : is_yes(u, c->other));

		if (!both)
			continue;
		struct diag *d = diag_add(u->check->diags, SEV_ERROR,
					  RULE_CONFLICTING_OPTIONS,
					  unbound_last(u, c->other)->span, "%s",
					  c->message);

		diag_note(u->check->diags, d, unbound_last(u, c->one)->span,
			  "the other one");
	}
}

static void
check_buffers(const struct unbound_check *u)
{
	enum { MSG_BUFFER = 65552, EDNS_BUFFER = 1232, UDP_MAX = 65535 };
	const struct node *edns = unbound_last(u, "edns-buffer-size");
	const struct node *msg = unbound_last(u, "msg-buffer-size");
	unsigned long long edns_size = EDNS_BUFFER, msg_size = MSG_BUFFER;

	if (edns != NULL)
		slice_to_uint(unbound_value(edns, 0), UINT32_MAX, &edns_size);
	if (msg != NULL)
		slice_to_uint(unbound_value(msg, 0), UINT32_MAX, &msg_size);
	if (edns_size > UDP_MAX)
		edns_size = UDP_MAX;
	if (msg != NULL && edns_size > msg_size)
		diag_add(u->check->diags, SEV_ERROR, RULE_CONFLICTING_OPTIONS,
			 msg->span,
			 "msg-buffer-size is less than edns-buffer-size: "
			 "answers do not fit");
}

static void
check_chroot(const struct unbound_check *u)
{
	const struct node *o = unbound_last(u, "chroot");
	struct slice dir = { "", 0 };

	if (o != NULL)
		dir = unbound_value(o, 0);
	if (dir.len > 0 && dir.data[dir.len - 1] == '/')
		diag_add(u->check->diags, SEV_ERROR, "bad-value", o->span,
			 "the server takes no chroot that ends with '/'");
}

/* The same text twice; the server does not look at what it means. */
static void
check_interface(const struct unbound_check *u, struct strmap *seen,
		const struct node *option)
{
	void **at = strmap_at(seen, unbound_value(option, 0));
	const struct node *first = *at;

	if (first == NULL) {
		*at = (void *)(uintptr_t)option;
		return;
	}
	struct diag *d = diag_add(u->check->diags, SEV_ERROR,
				  RULE_CONFLICTING_OPTIONS, option->span,
				  "'%.*s' stands twice; a port can be bound "
				  "once only",
				  SLICE(unbound_value(option, 0)));

	diag_note(u->check->diags, d, first->span, "it stands here already");
}

static void
check_interfaces(const struct unbound_check *u)
{
	struct strmap *seen = strmap_new(u->check->arena, false);

	UNBOUND_EACH(u, "interface", option)
		check_interface(u, seen, option);
	UNBOUND_EACH(u, "ip-address", option)
		check_interface(u, seen, option);
}

/* Clauses that are about one name each. */
struct named_clause {
	const char *clause;
	const char *rule; /* of a missing name; NULL: the server only warns */
};

static const struct named_clause named_clauses[] = {
	{ "stub-zone", RULE_MISSING_ZONE_STATEMENT },
	{ "forward-zone", RULE_MISSING_ZONE_STATEMENT },
	{ "view", RULE_MISSING_STATEMENT },
	{ "auth-zone", NULL },
	{ "rpz", NULL },
};

static void
check_clause_name(const struct unbound_check *u, const struct named_clause *c,
		  const struct node *clause)
{
	const struct node *first = node_find(node_block(clause), "name");
	struct diag *d;

	if (first == NULL) {
		if (c->rule != NULL)
			diag_add(u->check->diags, SEV_ERROR, c->rule,
				 clause->first->span,
				 "this '%s:' has no name", c->clause);
		return;
	}
	const struct node *second = node_find_next(first, "name");

	if (second == NULL)
		return;
	d = diag_add(u->check->diags, SEV_ERROR, RULE_CONFLICTING_OPTIONS,
		     second->span, "a '%s:' has one name", c->clause);
	diag_note(u->check->diags, d, first->span, "it is named here already");
}

static void
check_clause_names(const struct unbound_check *u)
{
	for (size_t i = 0; i < sizeof(named_clauses) / sizeof(*named_clauses);
	     i++)
		NODE_EACH(clause, u->check->config->root,
			  named_clauses[i].clause)
			check_clause_name(u, &named_clauses[i], clause);
}

const struct unbound_group *
unbound_group(const struct unbound_check *u, const char *name)
{
	static const struct unbound_group none;
	const struct unbound_group *g = strmap_get(u->groups, slice_of(name));

	return g == NULL ? &none : g;
}

static struct unbound_group *
group_of(struct unbound_check *u, struct slice name)
{
	void **at = strmap_at(u->groups, name);

	if (*at == NULL)
		*at = ARENA_NEW(u->check->arena, struct unbound_group);
	return *at;
}

const struct node *
unbound_next(const struct unbound_group *g, struct unbound_cursor *at)
{
	if (at->node != NULL && ++at->in_run < g->runs.at[at->run].count)
		return at->node = at->node->next;
	if (at->node != NULL)
		at->run++;
	at->in_run = 0;
	at->node = at->run < g->runs.len ? g->runs.at[at->run].first : NULL;
	return at->node;
}

/* Cut the options of a clause into runs. */
static void
gather_clause(struct unbound_check *u, const struct node *o, size_t *order)
{
	struct unbound_run *run = NULL;
	struct slice name = { "", 0 };

	for (; o != NULL; o = o->next, (*order)++) {
		if (o->kind != NODE_STATEMENT) {
			run = NULL;
			continue;
		}
		if (run != NULL && slice_equal(node_text(o->first), name)) {
			run->count++;
			continue;
		}
		name = node_text(o->first);
		run = VEC_PUSH(u->check->arena, &group_of(u, name)->runs);
		*run = (struct unbound_run){ o, 1, *order };
	}
}

static void
gather(struct unbound_check *u)
{
	size_t order = 0;

	u->groups = strmap_new(u->check->arena, false);
	NODE_EACH(clause, u->check->config->root, "server")
		gather_clause(u, node_first(node_block(clause)), &order);
}

void
check_unbound(const struct check *c)
{
	struct unbound_check u = { .check = c };

	gather(&u);
	check_contradictions(&u);
	check_buffers(&u);
	check_chroot(&u);
	check_interfaces(&u);
	check_clause_names(&u);
	check_unbound_pairs(&u);
	check_unbound_tags(&u);
	check_unbound_views(&u);
	check_unbound_local_zones(&u);
	check_unbound_response_ip(&u);
}
