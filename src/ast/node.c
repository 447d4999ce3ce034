#include "ast/node.h"

struct node *
node_new(struct arena *a, enum node_kind kind, struct span span)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	*n = (struct node){ .span = span, .kind = (uint8_t)kind };
	return n;
}

void
node_append(struct node_list *list, struct node *node)
{
	if (list->last == NULL)
		list->first = node;
	else
		list->last->next = node;
	list->last = node;
	list->count++;
}

bool
node_is(const struct node *n, const char *text)
{
	return node_is_text(n) && slice_is_nocase(node_text(n), text);
}

const struct node *
node_term(const struct node *statement, size_t i)
{
	const struct node *term = node_first(statement);

	while (term != NULL && i-- > 0)
		term = term->next;
	return term;
}

const struct node *
node_block(const struct node *statement)
{
	for (const struct node *t = node_first(statement); t != NULL;
	     t = t->next)
		if (t->kind == NODE_BLOCK)
			return t;
	return NULL;
}

static const struct node *
find_from(const struct node *statement, const char *name)
{
	struct slice want = slice_of(name);

	for (; statement != NULL; statement = statement->next) {
		const struct node *first = statement->first;

		/* The length rules out most of them. */
		if (statement->kind == NODE_STATEMENT &&
		    first->len == want.len && node_is_text(first) &&
		    slice_equal_nocase(node_text(first), want))
			return statement;
	}
	return NULL;
}

const struct node *
node_find(const struct node *block, const char *name)
{
	return block == NULL ? NULL : find_from(node_first(block), name);
}

const struct node *
node_find_next(const struct node *statement, const char *name)
{
	return find_from(statement->next, name);
}
