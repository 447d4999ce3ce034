/* How includes become part of the tree: what the two languages share. */
#pragma once

#include "ast/parse.h"

struct loader {
	struct arena *arena;
	struct sources *sources;
	struct diags *diags;
	struct config_options options;
	span_vec comments;
	bool gave_up; /* too many files were included */
	const char *directory; /* what relative names are relative to, or NULL */
};

/* The statements of one file, includes not yet resolved. */
struct parse load_parse(struct loader *l, const struct source *source);

/*
 * The files that include statement `at` names, in the order the server reads
 * them; what cannot be had is reported. `from` is the file it stands in.
 */
void load_include(struct loader *l, const struct source *from,
		  const struct node *at, const struct source ***out,
		  size_t *count);

/* The server enters this directory while it reads its configuration. */
void load_change_directory(struct loader *l, const struct node *value);

/* The two front ends: make the root block. */
struct node *load_named(struct loader *l, const struct source *source);
struct node *load_unbound(struct loader *l, const struct source *source);
