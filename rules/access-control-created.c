#include <stdlib.h>

#include "model/access.h"
#include "rules/rule.h"

/* Netblocks that contain each other, the widest first. */
enum { DEPTH_MAX = 129 };

static int
by_extent(const void *a, const void *b)
{
	const struct prefix *x = &(*(const struct access_block *const *)a)
					  ->prefix;
	const struct prefix *y = &(*(const struct access_block *const *)b)
					  ->prefix;
	int cmp = addr_cmp(x->addr, y->addr);

	return cmp != 0 ? cmp : (x->len > y->len) - (x->len < y->len);
}

/* Does nothing but a line for something else name this netblock? */
static bool
is_created(const struct access_block *b)
{
	return slice_has_prefix(slice_of(b->policy.origin->option),
				"access-control-");
}

static bool
admits(enum access_action action)
{
	return action >= ACCESS_ALLOW;
}

/* What holds for those who are in no netblock. */
static bool
listeners_admit(const struct access *a, enum family family)
{
	bool all = a->listener_count > 0;

	for (size_t i = 0; i < a->listener_count; i++)
		if (a->listeners[i].addr.family == family)
			all &= admits(a->listeners[i].policy.action);
	return all;
}

/* The server admits its own host without being told. */
static bool
is_of_host(struct prefix p)
{
	if (p.addr.family == FAMILY_IPV4)
		return p.len >= 8 && p.addr.lo >> 24 == 127;
	return p.len == 128 && p.addr.hi == 0 &&
	       (p.addr.lo == 1 || p.addr.lo == 0xffff7f000001);
}

static void
report(struct rule_context *cx, const struct access_block *b,
       const struct access_block *around)
{
	const struct origin *o = b->policy.origin;
	char buf[ADDR_TEXT_MAX];
	struct diag *d;

	prefix_format(b->prefix, buf);
	d = rule_report(cx, o->span,
			"this line lets %s in: '%s' for a netblock that no "
			"access-control line names allows it",
			buf, o->option);
	if (around != NULL && !origin_is_default(around->policy.origin))
		diag_note(cx->diags, d, around->policy.origin->span,
			  "without it these clients would be turned away here");
	if (around == NULL || origin_is_default(around->policy.origin)) {
		diag_remark(cx->diags, d,
			    "without it these clients would be refused, since "
			    "no line names them");
		rule_weaken(cx, d, SEV_WARNING);
	}
	diag_help(cx->diags, d,
		  "write 'access-control: %s allow' as well if that is meant, "
		  "or else 'access-control: %s refuse'",
		  buf, buf);
}

static const struct access_block **
sort_blocks(struct rule_context *cx, const struct access *a)
{
	const struct access_block **v = arena_alloc(
		cx->arena, a->block_count * sizeof(*v));

	for (size_t i = 0; i < a->block_count; i++)
		v[i] = &a->blocks[i];
	qsort(v, a->block_count, sizeof(*v), by_extent);
	return v;
}

/* `around`: the netblock that would decide without `b`, or NULL. */
static bool
is_let_in(const struct rule_context *cx, const struct access_block *b,
	  const struct access_block *around)
{
	if (is_of_host(b->prefix))
		return false;
	return around != NULL ? !admits(around->policy.action)
			      : !listeners_admit(cx->model->access,
						 b->prefix.addr.family);
}

static void
check(struct rule_context *cx)
{
	const struct access *a = cx->model->access;
	const struct access_block **v = sort_blocks(cx, a);
	const struct access_block *chain[DEPTH_MAX];
	struct client_set own = rule_own_clients(cx);
	size_t depth = 0;

	for (size_t i = 0; i < a->block_count; i++) {
		while (depth > 0 && !prefix_contains(chain[depth - 1]->prefix,
						     v[i]->prefix.addr))
			depth--;
		const struct access_block *around =
			depth > 0 ? chain[depth - 1] : NULL;

		if (!is_created(v[i]))
			chain[depth++] = v[i];
		else if (is_let_in(cx, v[i], around) &&
			 !clients_cover(own, v[i]->prefix))
			report(cx, v[i], around);
	}
}

const struct rule rule_access_control_created = {
	.id = "access-control-created",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a view or tag line that lets its netblock in",
	.explain =
		"A netblock that only access-control-view or access-control-"
		"tag lines name gets the action 'allow', even within a wider "
		"netblock that is refused. A line that is meant to choose "
		"answers opens the resolver. Always write an access-control "
		"line for the same netblock as well.",
	.source = "Unbound daemon/acl_list.c",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 refuse\n"
		       "access-control-view: 203.0.113.0/24 guests\n"
		       "view:\n"
		       "name: guests\n"
		       "view-first: yes",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 203.0.113.0/24 refuse\n"
			"access-control-view: 203.0.113.0/24 guests\n"
			"view:\n"
			"name: guests\n"
			"view-first: yes",
	.check = check,
};
