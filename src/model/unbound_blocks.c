/*
 * The netblocks of access-control and its kin. Host bits do not count. Of
 * access-control lines for one netblock the last one counts, of views, tags
 * and tag actions the first; a netblock that only these name is allowed
 * (Unbound daemon/acl_list.c; observed on 1.13 to 1.26).
 */
#include "model/unbound_lower.h"
#include "schema/types_unbound.h"

struct draft {
	struct access_block block;
	bool has_tags;
	VEC(struct tag_rule) rules;
	VEC(struct tag_datum) data;
};

struct blocks {
	const struct origin *initial; /* of what is built in */
	struct lower_unbound *l;
	struct strmap *by_prefix; /* struct draft */
	VEC(struct draft *) list;
};

static struct draft *
find_block(struct blocks *b, struct prefix p, const struct node *option)
{
	struct prefix net = prefix_network(p);
	char buf[ADDR_TEXT_MAX];
	struct slice key = slice_of(prefix_format(net, buf));
	struct draft *d = strmap_get(b->by_prefix, key);

	if (d != NULL)
		return d;
	d = ARENA_NEW(b->l->arena, struct draft);
	d->block.prefix = net;
	d->block.policy.action = ACCESS_ALLOW;
	if (option != NULL)
		d->block.policy.origin = unbound_origin(b->l, option);
	*strmap_at(b->by_prefix, arena_slice(b->l->arena, key)) = d;
	*VEC_PUSH(b->l->arena, &b->list) = d;
	return d;
}

static struct draft *
block_of(struct blocks *b, const struct node *option)
{
	struct prefix p;

	if (!type_ub_parse_netblock(unbound_term(option, 0), &p))
		return NULL;
	return find_block(b, p, option);
}

bool
access_action_parse(struct slice word, enum access_action *action)
{
	static const char *const names[] = {
		[ACCESS_DENY] = "deny",
		[ACCESS_DENY_NON_LOCAL] = "deny_non_local",
		[ACCESS_REFUSE] = "refuse",
		[ACCESS_REFUSE_NON_LOCAL] = "refuse_non_local",
		[ACCESS_ALLOW] = "allow",
		[ACCESS_ALLOW_SETRD] = "allow_setrd",
		[ACCESS_ALLOW_SNOOP] = "allow_snoop",
		[ACCESS_ALLOW_COOKIE] = "allow_cookie",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (slice_is(word, names[i])) {
			*action = (enum access_action)i;
			return true;
		}
	}
	return false;
}

static void
take_action(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct draft *d = block_of(b, option);

	if (d == NULL || !access_action_parse(unbound_term(option, 1),
					      &d->block.policy.action))
		return;
	d->block.policy.origin = unbound_origin(b->l, option);
}

static void
take_view(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct draft *d = block_of(b, option);

	if (d != NULL && d->block.policy.view == NULL)
		d->block.policy.view =
			strmap_get(b->l->views, unbound_term(option, 1));
}

static void
take_tags(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct draft *d = block_of(b, option);

	if (d == NULL || d->has_tags)
		return;
	d->has_tags = true;
	d->block.policy.tags = unbound_tags(b->l, unbound_term(option, 1));
}

static void
take_tag_action(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct draft *d = block_of(b, option);
	struct tag_set tag = unbound_tags(b->l, unbound_term(option, 1));
	struct tag_rule rule = { .has_type = true };

	if (d == NULL || tag.count == 0 ||
	    !local_type_parse(unbound_term(option, 2), &rule.type))
		return;
	for (size_t i = 0; i < d->rules.len; i++)
		if (d->rules.at[i].tag == tag.numbers[0])
			return;
	rule.tag = tag.numbers[0];
	rule.origin = unbound_origin(b->l, option);
	*VEC_PUSH(b->l->arena, &d->rules) = rule;
}

static void
take_tag_data(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct draft *d = block_of(b, option);
	struct tag_datum datum;

	if (d != NULL && unbound_tag_datum(b->l, option, &datum))
		*VEC_PUSH(b->l->arena, &d->data) = datum;
}

static void
add_built_in(struct blocks *b, const char *text)
{
	struct prefix p;
	struct draft *d;

	prefix_parse(slice_of(text), &p);
	d = find_block(b, p, NULL);
	if (d->block.policy.origin == NULL)
		d->block.policy.origin = b->initial;
}

void
lower_unbound_blocks(struct lower_unbound *l)
{
	struct blocks b = {
		.initial = unbound_default(l, "access-control"),
		.l = l,
		.by_prefix = strmap_new(l->arena, false),
	};

	unbound_each(l, "access-control", take_action, &b);
	unbound_each(l, "access-control-view", take_view, &b);
	unbound_each(l, "access-control-tag", take_tags, &b);
	unbound_each(l, "access-control-tag-action", take_tag_action, &b);
	unbound_each(l, "access-control-tag-data", take_tag_data, &b);
	add_built_in(&b, "127.0.0.0/8");
	if (unbound_flag(l, "do-ip6", true)) {
		add_built_in(&b, "::1");
		add_built_in(&b, "::ffff:127.0.0.1");
	}
	struct access_block *blocks =
		ARENA_ARRAY(l->arena, struct access_block, b.list.len);

	for (size_t i = 0; i < b.list.len; i++) {
		blocks[i] = b.list.at[i]->block;
		blocks[i].policy.rules = b.list.at[i]->rules.at;
		blocks[i].policy.rule_count = b.list.at[i]->rules.len;
		blocks[i].policy.data = b.list.at[i]->data.at;
		blocks[i].policy.datum_count = b.list.at[i]->data.len;
	}
	l->access->blocks = blocks;
	l->access->block_count = b.list.len;
}
