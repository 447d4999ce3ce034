/*
 * named.conf: an include stands wherever a statement may, and its statements
 * take its place. The `directory` option of `options` changes the working
 * directory at once, for the includes after it (BIND bin/named/server.c,
 * directory_callback; observed on 9.18).
 */
#include "ast/load.h"

struct walk {
	struct loader *loader;
	const struct source *source;
	unsigned depth; /* of blocks, through all files */
};

static void splice(struct walk w, struct node *block, bool in_options);

static bool
is_include(const struct node *statement)
{
	const struct node *first = statement->first;

	return statement->len == 2 && node_is(first, "include") &&
	       first->next->kind == NODE_STRING;
}

/* Put the statements of `src` behind `at`; returns the last of them. */
static struct node *
splice_file(struct walk w, const struct source *src, struct node *block,
	    struct node *at, bool in_options)
{
	struct parse p = load_parse(w.loader, src);
	struct node_list list = p.items;
	struct node inner = { .kind = NODE_BLOCK, .first = list.first };

	w.source = src;
	splice(w, &inner, in_options);
	if (inner.first == NULL)
		return at;
	struct node *last = inner.first;

	block->len++;
	while (last->next != NULL) {
		last = last->next;
		block->len++;
	}
	last->next = at->next;
	at->next = inner.first;
	return last;
}

static struct node *
splice_include(struct walk w, struct node *block, struct node *at,
	       bool in_options)
{
	const struct source **files;
	size_t count;
	struct node *last = at;

	at->flags |= NODE_INCLUDE;
	load_include(w.loader, w.source, at, &files, &count);
	for (size_t i = 0; i < count; i++)
		last = splice_file(w, files[i], block, last, in_options);
	return last;
}

static void
drop_too_deep(struct walk w, struct node *block)
{
	diag_add(w.loader->diags, SEV_ERROR, RULE_SYNTAX, block->span,
		 "blocks nest deeper than %d here, counting those around the "
		 "include", NODE_DEPTH_MAX);
	block->kind = NODE_BAD;
}

/* The tree stays within NODE_DEPTH_MAX whatever files it comes from. */
static void
splice(struct walk w, struct node *block, bool in_options)
{
	if (w.depth++ > NODE_DEPTH_MAX) {
		drop_too_deep(w, block);
		return;
	}
	for (struct node *s = block->first; s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT)
			continue;
		if (is_include(s)) {
			s = splice_include(w, block, s, in_options);
			continue;
		}
		if (in_options && s->len == 2 && node_is(s->first, "directory"))
			load_change_directory(w.loader, s->first->next);
		bool options = node_is(s->first, "options");

		for (struct node *t = s->first; t != NULL; t = t->next)
			if (t->kind == NODE_BLOCK)
				splice(w, t, options);
	}
}

struct node *
load_named(struct loader *l, const struct source *source)
{
	struct parse p = load_parse(l, source);
	struct span span = { source->base,
			     source->base + (uint32_t)source->text.len };
	struct node *root = parse_parent(&p, NODE_BLOCK, span, p.items);

	if (p.has_include)
		splice((struct walk){ l, source, 0 }, root, false);
	return root;
}
