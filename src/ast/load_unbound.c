/*
 * unbound.conf: files are read one after another where they are included,
 * and each option belongs to the clause opened last, in whatever file. The
 * `directory:` option changes the working directory as it is read (Unbound
 * util/configparser.y; observed on 1.17).
 */
#include "ast/load.h"

#include <string.h>

struct grouper {
	struct loader *loader;
	struct node *root;
	struct node_list clauses; /* children of the root */
	struct node *clause; /* the open one, or NULL */
	struct node *block; /* its block */
	struct node_list options; /* children of that block */
	const struct source *clause_source;
};

static void
close_clause(struct grouper *g)
{
	if (g->block != NULL) {
		g->block->first = g->options.first;
		g->block->len = g->options.count;
	}
	g->clause = g->block = NULL;
	g->options = (struct node_list){ 0 };
}

static void
open_clause(struct grouper *g, const struct source *src, struct node *item)
{
	struct node *block = node_new(g->loader->arena, NODE_BLOCK,
				      span_at_end(item->span));

	close_clause(g);
	item->first->next = block;
	item->len = 2;
	node_append(&g->clauses, item);
	g->clause = item;
	g->block = block;
	g->clause_source = src;
}

static void
add_option(struct grouper *g, const struct source *src, struct node *item)
{
	if (g->clause == NULL) {
		node_append(&g->clauses, item);
		return;
	}
	node_append(&g->options, item);
	if (src == g->clause_source)
		g->clause->span.end = g->block->span.end = item->span.end;
}

static void group_file(struct grouper *g, const struct source *src);

static bool
is_single_quoted(const struct grouper *g, const struct node *n)
{
	struct slice text = sources_text(g->loader->sources, n->span);

	return n->kind == NODE_STRING && text.len > 0 && text.data[0] == '\'';
}

static void
include(struct grouper *g, const struct source *src, struct node *item,
	bool toplevel)
{
	const struct source **files;
	size_t count;

	if (toplevel)
		close_clause(g);
	add_option(g, src, item);
	if (is_single_quoted(g, item->first->next)) {
		diag_add(g->loader->diags, SEV_ERROR, RULE_SYNTAX,
			 item->first->next->span,
			 "a file name stands bare or in double quotes");
		return;
	}
	item->flags |= NODE_INCLUDE;
	load_include(g->loader, src, item, &files, &count);
	for (size_t i = 0; i < count; i++)
		group_file(g, files[i]);
	if (toplevel)
		close_clause(g);
}

static void
group_item(struct grouper *g, const struct source *src, struct node *item)
{
	struct loader *l = g->loader;
	struct slice name;

	if (item->kind != NODE_STATEMENT) {
		add_option(g, src, item);
		return;
	}
	name = node_text(item->first);
	bool toplevel = slice_is(name, "include-toplevel");

	if (item->len == 2 && (toplevel || slice_is(name, "include")))
		include(g, src, item, toplevel);
	else if ((item->first->flags & NODE_CLAUSE) != 0)
		open_clause(g, src, item);
	else {
		if (item->len == 2 && slice_is(name, "directory"))
			load_change_directory(l, item->first->next);
		add_option(g, src, item);
	}
}

static void
group_file(struct grouper *g, const struct source *src)
{
	struct parse p = load_parse(g->loader, src);

	for (struct node *item = p.items.first, *next; item != NULL;
	     item = next) {
		next = item->next;
		item->next = NULL;
		group_item(g, src, item);
	}
}

struct node *
load_unbound(struct loader *l, const struct source *source)
{
	struct span span = { source->base,
			     source->base + (uint32_t)source->text.len };
	struct grouper g = { .loader = l };

	g.root = node_new(l->arena, NODE_BLOCK, span);
	group_file(&g, source);
	close_clause(&g);
	g.root->first = g.clauses.first;
	g.root->len = g.clauses.count;
	return g.root;
}
