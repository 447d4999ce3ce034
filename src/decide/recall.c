#include "decide/recall.h"

#include <string.h>

/*
 * Ways longer than LOOKS_MAX are not kept, and no more nodes than these: where
 * clients differ so much nothing would be gained.
 */
enum { NODES_MAX = 1 << 14, RECENT = 4 };

#define NO_NODE UINT32_MAX

struct node {
	struct look look;
	bool decided; /* it is an end: nothing more is looked at */
	uint32_t value;
	size_t hint; /* for the map of the look */
	/* Where some answers lead, by their lowest bits. */
	uint32_t answers[RECENT];
	uint32_t nexts[RECENT];
};

/* Where an answer leads from a node. */
struct branch {
	uint32_t node;
	uint32_t answer;
	uint32_t next; /* 0: the slot is free, as nothing leads to the root */
};

struct recall {
	struct arena *arena;
	look_vec looks;
	VEC(struct node) nodes; /* the first one is the root */
	struct branch *branches; /* a hash table */
	size_t slots; /* a power of two */
	size_t used;
};

struct recall *
recall_new(struct arena *a)
{
	struct recall *r = ARENA_NEW(a, struct recall);

	r->arena = a;
	r->slots = 64;
	r->branches = ARENA_ARRAY(a, struct branch, r->slots);
	return r;
}

look_vec *
recall_looks(struct recall *r)
{
	return &r->looks;
}

static struct branch *
find_branch(struct recall *r, uint32_t node, uint32_t answer)
{
	uint64_t h = ((uint64_t)node << 32 | answer) *
		     UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (h >> 32) & (r->slots - 1);

	while (r->branches[i].next != 0 && (r->branches[i].node != node ||
					    r->branches[i].answer != answer))
		i = (i + 1) & (r->slots - 1);
	return &r->branches[i];
}

static void
more_slots(struct recall *r)
{
	struct branch *old = r->branches;
	size_t count = r->slots;

	r->slots *= 2;
	r->branches = ARENA_ARRAY(r->arena, struct branch, r->slots);
	for (size_t i = 0; i < count; i++)
		if (old[i].next != 0)
			*find_branch(r, old[i].node, old[i].answer) = old[i];
}

static uint32_t
next_node(struct recall *r, uint32_t number, uint32_t answer)
{
	struct node *n = &r->nodes.at[number];
	uint32_t i = answer % RECENT;

	if (n->nexts[i] != 0 && n->answers[i] == answer)
		return n->nexts[i];
	n->answers[i] = answer;
	n->nexts[i] = find_branch(r, number, answer)->next;
	return n->nexts[i];
}

bool
recall_find(struct recall *r, struct trial *t, uint32_t *value)
{
	uint32_t i = 0;

	if (r->nodes.len == 0)
		return false;
	while (!r->nodes.at[i].decided) {
		struct node *n = &r->nodes.at[i];

		i = next_node(r, i, trial_look(t, &n->look, &n->hint));
		if (i == 0)
			return false;
	}
	*value = r->nodes.at[i].value;
	return true;
}

static uint32_t
add_node(struct recall *r)
{
	*VEC_PUSH(r->arena, &r->nodes) = (struct node){ 0 };
	return (uint32_t)r->nodes.len - 1;
}

/* The node that an answer leads to, new where none was. */
static uint32_t
follow(struct recall *r, uint32_t node, uint32_t answer)
{
	struct branch *b = find_branch(r, node, answer);
	uint32_t next = b->next;

	if (next != 0)
		return next;
	next = add_node(r);
	*b = (struct branch){ node, answer, next };
	if (++r->used * 2 > r->slots)
		more_slots(r);
	/* It may be known there that nothing led on. */
	r->nodes.at[node].nexts[answer % RECENT] = 0;
	return next;
}

void
recall_keep(struct recall *r, uint32_t value)
{
	uint32_t node = 0;

	if (r->looks.len > LOOKS_MAX || r->nodes.len > NODES_MAX)
		return;
	if (r->nodes.len == 0)
		add_node(r);
	for (size_t i = 0; i < r->looks.len; i++) {
		r->nodes.at[node].look = r->looks.at[i];
		node = follow(r, node, r->looks.at[i].answer);
	}
	r->nodes.at[node].decided = true;
	r->nodes.at[node].value = value;
}
