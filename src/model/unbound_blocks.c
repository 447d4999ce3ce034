/*
 * The netblocks of access-control and its kin. Host bits do not count. Of
 * access-control lines for one netblock the last one counts, of views, tags
 * and tag actions the first; a netblock that only these name is allowed
 * (Unbound daemon/acl_list.c; observed on 1.13 to 1.26).
 */
#include "model/unbound_lower.h"
#include "schema/types_unbound.h"

/* What tags bring to a block, which few have. */
struct tagged {
	bool has_tags;
	VEC(struct tag_rule) rules;
	VEC(struct tag_datum) data;
};

/* A place in a hash table by prefix. */
struct slot {
	uint32_t hash;
	uint32_t number; /* of the block, from 1 on; 0: it is free */
};

struct blocks {
	const struct origin *initial; /* of what is built in */
	struct lower_unbound *l;
	VEC(struct access_block) list; /* with room for all: none moves */
	struct tagged **tagged; /* by number of the block; or NULL */
	struct slot *slots;
	size_t slot_count; /* a power of two */
};

/* As in base/strmap.c, the start differs from run to run. */
static uint32_t
hash_prefix(const struct blocks *b, struct prefix p)
{
	uint64_t h = p.addr.hi ^ (uintptr_t)b->slots;

	h = (h ^ h >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32 ^ p.addr.lo) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32 ^ p.len << 1 ^ p.addr.family) *
	    UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> 32);
}

static bool
same_prefix(struct prefix x, struct prefix y)
{
	return x.len == y.len && addr_cmp(x.addr, y.addr) == 0;
}

/* The block of a netblock, new where there was none. */
static struct access_block *
find_block(struct blocks *b, struct prefix p)
{
	struct prefix net = prefix_network(p);
	uint32_t hash = hash_prefix(b, net);
	size_t i = hash & (b->slot_count - 1);
	struct access_block *block;

	for (; b->slots[i].number != 0; i = (i + 1) & (b->slot_count - 1)) {
		if (b->slots[i].hash != hash)
			continue;
		block = &b->list.at[b->slots[i].number - 1];
		if (same_prefix(block->prefix, net))
			return block;
	}
	block = VEC_PUSH(b->l->arena, &b->list);
	*block = (struct access_block){ .prefix = net,
					.policy.action = ACCESS_ALLOW };
	b->slots[i] = (struct slot){ hash, (uint32_t)b->list.len };
	return block;
}

static struct access_block *
block_of(struct blocks *b, const struct node *option)
{
	struct prefix p;

	if (!type_ub_parse_netblock(unbound_term(option, 0), &p))
		return NULL;
	return find_block(b, p);
}

/* The same of an option that makes a block, and says nothing of its action. */
static struct access_block *
made_block(struct blocks *b, const struct node *option)
{
	struct access_block *block = block_of(b, option);

	if (block != NULL && block->policy.origin == NULL)
		block->policy.origin = unbound_origin(b->l, option);
	return block;
}

static struct tagged *
tagged_of(struct blocks *b, const struct access_block *block)
{
	struct tagged **at;

	if (b->tagged == NULL)
		b->tagged = ARENA_ARRAY(b->l->arena, struct tagged *,
					b->list.cap);
	at = &b->tagged[block - b->list.at];
	if (*at == NULL)
		*at = ARENA_NEW(b->l->arena, struct tagged);
	return *at;
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
	struct access_block *block = block_of(b, option);

	if (block == NULL)
		return;
	if (access_action_parse(unbound_term(option, 1),
				&block->policy.action) ||
	    block->policy.origin == NULL)
		block->policy.origin = unbound_origin(b->l, option);
}

static void
take_view(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct access_block *block = made_block(b, option);

	if (block != NULL && block->policy.view == NULL)
		block->policy.view =
			strmap_get(b->l->views, unbound_term(option, 1));
}

static void
take_tags(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct access_block *block = made_block(b, option);

	if (block == NULL || tagged_of(b, block)->has_tags)
		return;
	tagged_of(b, block)->has_tags = true;
	block->policy.tags = unbound_tags(b->l, unbound_term(option, 1));
}

static void
take_tag_action(void *context, const struct node *option)
{
	struct blocks *b = context;
	const struct access_block *block = made_block(b, option);
	struct tag_set tag = unbound_tags(b->l, unbound_term(option, 1));
	struct tag_rule rule = { .has_type = true };

	if (block == NULL || tag.count == 0 ||
	    !local_type_parse(unbound_term(option, 2), &rule.type))
		return;
	struct tagged *t = tagged_of(b, block);

	for (size_t i = 0; i < t->rules.len; i++)
		if (t->rules.at[i].tag == tag.numbers[0])
			return;
	rule.tag = tag.numbers[0];
	rule.origin = unbound_origin(b->l, option);
	*VEC_PUSH(b->l->arena, &t->rules) = rule;
}

static void
take_tag_data(void *context, const struct node *option)
{
	struct blocks *b = context;
	struct access_block *block = made_block(b, option);
	struct tag_datum datum;

	if (block != NULL && unbound_tag_datum(b->l, option, &datum))
		*VEC_PUSH(b->l->arena, &tagged_of(b, block)->data) = datum;
}

static void
add_built_in(struct blocks *b, const char *text)
{
	struct prefix p;
	struct access_block *block;

	prefix_parse(slice_of(text), &p);
	block = find_block(b, p);
	if (block->policy.origin == NULL)
		block->policy.origin = b->initial;
}

static const struct {
	const char *option;
	unbound_take_fn *take;
} takers[] = {
	{ "access-control", take_action },
	{ "access-control-view", take_view },
	{ "access-control-tag", take_tags },
	{ "access-control-tag-action", take_tag_action },
	{ "access-control-tag-data", take_tag_data },
};

enum { TAKERS = sizeof(takers) / sizeof(*takers), BUILT_IN_MAX = 3 };

static void
count_option(void *context, const struct node *option)
{
	(void)option;
	++*(size_t *)context;
}

/* Room for a block for each option. */
static struct blocks
new_blocks(struct lower_unbound *l)
{
	struct blocks b = { .initial = unbound_default(l, "access-control"),
			    .l = l,
			    .slot_count = 1 };
	size_t most = BUILT_IN_MAX;

	for (size_t i = 0; i < TAKERS; i++)
		unbound_each(l, takers[i].option, count_option, &most);
	VEC_RESERVE(l->arena, &b.list, most);
	while (b.slot_count < 2 * most)
		b.slot_count *= 2;
	b.slots = ARENA_ARRAY(l->arena, struct slot, b.slot_count);
	return b;
}

void
lower_unbound_blocks(struct lower_unbound *l)
{
	struct blocks b = new_blocks(l);

	for (size_t i = 0; i < TAKERS; i++)
		unbound_each(l, takers[i].option, takers[i].take, &b);
	add_built_in(&b, "127.0.0.0/8");
	if (unbound_flag(l, "do-ip6", true)) {
		add_built_in(&b, "::1");
		add_built_in(&b, "::ffff:127.0.0.1");
	}
	for (size_t i = 0; b.tagged != NULL && i < b.list.len; i++) {
		if (b.tagged[i] == NULL)
			continue;
		b.list.at[i].policy.rules = b.tagged[i]->rules.at;
		b.list.at[i].policy.rule_count = b.tagged[i]->rules.len;
		b.list.at[i].policy.data = b.tagged[i]->data.at;
		b.list.at[i].policy.datum_count = b.tagged[i]->data.len;
	}
	l->access->blocks = b.list.at;
	l->access->block_count = b.list.len;
}
