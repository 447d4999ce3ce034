/*
 * Response-ip blocks, of the server and of each view: data is for a block whose
 * action is to redirect (Unbound respip/respip.c).
 */
#include <stdint.h>

#include "check/unbound.h"
#include "schema/types_unbound.h"

/* The blocks of one place, by netblock, and the first data of each. */
struct response {
	const struct unbound_check *u;
	struct strmap *blocks;
	struct strmap *data;
};

static struct response
new_response(const struct unbound_check *u)
{
	return (struct response){
		.u = u,
		.blocks = strmap_new(u->check->arena, false),
		.data = strmap_new(u->check->arena, false),
	};
}

static void
add_block(struct response *r, const struct node *option)
{
	*strmap_at(r->blocks, unbound_value(option, 0)) =
		(void *)(uintptr_t)option;
}

static bool
is_address_type(struct slice type, enum family family)
{
	return family == FAMILY_IPV4
		       ? slice_is_nocase(type, "A") ||
				 slice_is_nocase(type, "TYPE1")
		       : slice_is_nocase(type, "AAAA") ||
				 slice_is_nocase(type, "TYPE28");
}

/* A CNAME stands alone; addresses are of the netblock's family. */
static void
check_type(struct response *r, const struct node *option)
{
	struct slice netblock = unbound_value(option, 0);
	void **at = strmap_at(r->data, netblock);
	const struct node *first = *at;
	struct slice type, first_type = { "", 0 };
	struct prefix p;

	if (first == NULL)
		*at = (void *)(uintptr_t)option;
	else
		type_ub_rdata_fault(unbound_value(first, 1), &first_type);
	if (type_ub_rdata_fault(unbound_value(option, 1), &type) != NULL ||
	    !type_ub_parse_netblock(netblock, &p))
		return;
	bool is_alias = slice_is_nocase(type, "CNAME");

	if (first != NULL &&
	    (is_alias || slice_is_nocase(first_type, "CNAME"))) {
		struct diag *d = diag_add(r->u->check->diags, SEV_ERROR,
					  RULE_CONFLICTING_OPTIONS,
					  option->span,
					  "a CNAME is all the data that "
					  "'%.*s' can have",
					  SLICE(netblock));

		diag_note(r->u->check->diags, d, first->span, "the other data");
	} else if (!is_alias && !is_address_type(type, p.addr.family)) {
		diag_add(r->u->check->diags, SEV_ERROR, RULE_BAD_VALUE,
			 node_term(option, 2)->span,
			 "data for '%.*s' is of type %s or CNAME",
			 SLICE(netblock),
			 p.addr.family == FAMILY_IPV4 ? "A" : "AAAA");
	}
}

static void
check_data(struct response *r, const struct node *option)
{
	struct slice netblock = unbound_value(option, 0);
	const struct node *block = strmap_get(r->blocks, netblock);

	if (block == NULL)
		diag_add(r->u->check->diags, SEV_ERROR,
			 RULE_UNDEFINED_REFERENCE, option->span,
			 "there is no response-ip for '%.*s'",
			 SLICE(netblock));
	else if (!slice_is(unbound_value(block, 1), "redirect"))
		diag_add(r->u->check->diags, SEV_ERROR,
			 RULE_CONFLICTING_OPTIONS, option->span,
			 "data for '%.*s', whose action is not redirect",
			 SLICE(netblock));
	else
		check_type(r, option);
}

void
check_unbound_response_ip(const struct unbound_check *u)
{
	struct response server = new_response(u);

	UNBOUND_EACH(u, "response-ip", option)
		add_block(&server, option);
	UNBOUND_EACH(u, "response-ip-data", option)
		check_data(&server, option);
	NODE_EACH(view, u->check->config->root, "view") {
		struct response own = new_response(u);

		NODE_EACH(option, node_block(view), "response-ip")
			add_block(&own, option);
		NODE_EACH(option, node_block(view), "response-ip-data")
			check_data(&own, option);
	}
}
