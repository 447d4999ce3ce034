#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "base/vec.h"
#include "rules/rule.h"

/* One prefix of a list; `position` counts the elements of the list. */
struct entry {
	struct addr first;
	unsigned len;
	uint32_t position;
	const struct node *node;
};
typedef VEC(struct entry) entry_vec;

/* "10/8" leaves out octets that are zero. */
static bool
parse_element(struct slice text, struct prefix *p)
{
	struct slice rest = text, head = slice_split(&rest, '/');
	unsigned dots = 0;
	char full[ADDR_TEXT_MAX];

	if (prefix_parse(text, p))
		return true;
	for (size_t i = 0; i < head.len; i++)
		dots += head.data[i] == '.';
	if (rest.len == 0 || dots > 2 || text.len > 20)
		return false;
	memcpy(full, head.data, head.len);
	size_t used = head.len;

	for (; dots < 3; dots++, used += 2)
		memcpy(full + used, ".0", 2);
	full[used++] = '/';
	memcpy(full + used, rest.data, rest.len);
	return prefix_parse((struct slice){ full, used + rest.len }, p);
}

static void
add(struct rule_context *cx, entry_vec *v, struct prefix p, uint32_t position,
    const struct node *node)
{
	*VEC_PUSH(cx->arena, v) = (struct entry){ prefix_first(p), p.len,
						  position, node };
}

/* The element's prefixes; other kinds of elements decide nothing for sure. */
static void
collect(struct rule_context *cx, entry_vec *v, const struct node *statement,
	uint32_t position)
{
	const struct node *n = statement->first;
	struct prefix p;

	if (n != NULL && n->kind == NODE_NOT)
		n = n->next;
	if (n == NULL || n->kind != NODE_WORD || n->next != NULL)
		return;
	if (node_is(n, "any") || node_is(n, "none")) {
		add(cx, v, (struct prefix){ addr_first(FAMILY_IPV4), 0 },
		    position, n);
		add(cx, v, (struct prefix){ addr_first(FAMILY_IPV6), 0 },
		    position, n);
	} else if (parse_element(node_text(n), &p)) {
		add(cx, v, p, position, n);
	}
}

/* Wider before narrower, earlier before later. */
static int
by_extent(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = addr_cmp(x->first, y->first);

	if (order != 0)
		return order;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return (x->position > y->position) - (x->position < y->position);
}

static void
report(struct rule_context *cx, const struct entry *e, const struct entry *by)
{
	struct diag *d = rule_report(cx, e->node->span,
				     "'%.*s' never decides anything",
				     SLICE(node_text(e->node)));

	diag_note(cx->diags, d, by->node->span,
		  "every address in it is matched here first");
}

/*
 * Walk prefixes in order with the chain of those around the current one; each
 * of the chain knows the earliest position from itself outwards.
 */
static void
sweep(struct rule_context *cx, struct entry *v, size_t count)
{
	const struct entry *chain[129], *earliest[129];
	size_t depth = 0;

	qsort(v, count, sizeof(*v), by_extent);
	for (size_t i = 0; i < count; i++) {
		const struct entry *e = &v[i];

		while (depth > 0 &&
		       !prefix_contains((struct prefix){ chain[depth - 1]->first,
							 chain[depth - 1]->len },
					e->first))
			depth--;
		const struct entry *first = depth > 0 ? earliest[depth - 1]
						      : NULL;
		bool any = e->len == 0; /* counted once for each family */

		if (first != NULL && first->position < e->position && !any)
			report(cx, e, first);
		if (depth > 0 && chain[depth - 1]->len == e->len)
			continue; /* the same prefix again */
		chain[depth] = e;
		earliest[depth++] =
			first != NULL && first->position < e->position ? first
								       : e;
	}
}

static void
check_list(struct rule_context *cx, const struct node *block)
{
	entry_vec v = { 0 };
	uint32_t position = 0;

	for (const struct node *s = block->first; s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT)
			collect(cx, &v, s, position++);
	if (v.len > 1)
		sweep(cx, v.at, v.len);
}

static bool
is_list_option(const struct node *name)
{
	static const char *const names[] = {
		"acl", "match-clients", "match-destinations", "blackhole",
		"listen-on", "listen-on-v6",
	};
	struct slice text = node_text(name);

	if (slice_has_prefix(text, "allow-"))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is_nocase(text, names[i]))
			return true;
	return false;
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static void
walk(struct rule_context *cx, const struct node *block)
{
	for (const struct node *s = block->first; s != NULL; s = s->next) {
		const struct node *inner;

		if (s->kind != NODE_STATEMENT ||
		    (inner = node_block(s)) == NULL)
			continue;
		if (is_list_option(s->first))
			check_list(cx, inner);
		else
			walk(cx, inner);
	}
}

static void
check(struct rule_context *cx)
{
	walk(cx, cx->config->root);
}

const struct rule rule_acl_shadowed_entry = {
	.id = "acl-shadowed-entry",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "address list entry that can never decide",
	.explain =
		"The first entry that matches decides, not the most specific "
		"one. An entry whose whole range is covered by an earlier "
		"entry has no effect, and an exception that comes too late "
		"excepts nothing.",
	.source = "BIND 9 ARM, address match lists",
	.bad = "acl a { 10/8; !10.1/16; };",
	.good = "acl a { !10.1/16; 10/8; };",
	.check = check,
};
