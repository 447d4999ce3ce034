#include "ast/load.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/strmap.h"

/* How many of the includes that led to a file are told. */
enum { CHAIN_MAX = 10 };

/*
 * In two bytes a character: with its mark, or with every other byte a NUL, for
 * which a source has 1.
 */
static bool
is_utf16(const struct source *source)
{
	struct slice text = source->text;
	static const char nul[] = { 1, 1 };

	if (text.len < 4 || !source->has_nul)
		return false;
	if (memcmp(text.data, "\xff\xfe", 2) == 0 ||
	    memcmp(text.data, "\xfe\xff", 2) == 0)
		return memchr(text.data, nul[0], 4) != NULL;
	const char both[2][2] = { { text.data[0], text.data[2] },
				  { text.data[1], text.data[3] } };

	return (memcmp(both[0], nul, 2) == 0) != (memcmp(both[1], nul, 2) == 0);
}

struct parse
load_parse(struct loader *l, const struct source *source)
{
	struct parse p = {
		.arena = l->arena,
		.diags = l->diags,
		.sources = l->sources,
		.options = &l->options,
		.source = source,
		.comments = &l->comments,
	};

	if (is_utf16(source)) {
		struct diag *d = parse_error(
			&p, (struct span){ source->base, source->base },
			"this file is in UTF-16; the server reads UTF-8 alone");

		diag_help(l->diags, d,
			  "write it anew: 'iconv -f UTF-16 -t UTF-8 FILE'");
	} else if (l->options.dialect == DIALECT_NAMED)
		named_parse_file(&p);
	else
		unbound_parse_file(&p);
	return p;
}

static const char *
resolve_name(struct loader *l, struct slice name)
{
	if (l->directory == NULL || (name.len > 0 && name.data[0] == '/'))
		return arena_strdup(l->arena, name);
	return arena_printf(l->arena, "%s/%.*s", l->directory, SLICE(name));
}

void
load_change_directory(struct loader *l, const struct node *value)
{
	struct slice name = node_text(value);

	if (name.len > 0)
		l->directory = resolve_name(l, name);
}

/* A name beside the including file is what people expected to be read. */
static void
hint_at_sibling(struct loader *l, struct diag *d, const struct source *from,
		struct slice name)
{
	const char *slash = strrchr(from->name, '/');

	if (slash == NULL || name.len == 0 || name.data[0] == '/')
		return;
	const char *beside =
		arena_printf(l->arena, "%.*s/%.*s", (int)(slash - from->name),
			     from->name, SLICE(name));

	if (access(beside, F_OK) == 0)
		diag_help(l->diags, d,
			  "'%s' exists, but the server takes a relative name "
			  "from its working directory, not from this file",
			  beside);
}

static void
note_chain(struct loader *l, struct diag *d, const struct source *from)
{
	for (int i = 0; from->parent != NULL && i < CHAIN_MAX;
	     i++, from = from->parent)
		diag_note(l->diags, d, from->included_at,
			  "'%s' is included here", from->name);
}

static void
report(struct loader *l, enum source_status status, const struct source *from,
       const struct node *name, const char *path, const char *why)
{
	struct diags *ds = l->diags;
	struct diag *d;

	switch (status) {
	case SOURCE_LOOP:
		d = diag_add(ds, SEV_ERROR, RULE_INCLUDE_LOOP, name->span,
			     "'%s' includes itself", path);
		break;
	case SOURCE_TOO_DEEP:
		d = diag_add(ds, SEV_ERROR, RULE_INCLUDE_LOOP, name->span,
			     "includes nest too deep or are too many to read "
			     "'%s'", path);
		break;
	case SOURCE_OUTSIDE_ROOT:
		d = diag_add(ds, SEV_ERROR, RULE_INCLUDE_OUTSIDE_ROOT,
			     name->span,
			     "'%s' lies outside of the include root and is "
			     "not read", path);
		break;
	case SOURCE_TOO_LARGE:
		d = diag_add(ds, SEV_ERROR, RULE_INCLUDE_MISSING, name->span,
			     "'%s' is too large: a configuration may have %d "
			     "MiB", path, SOURCE_BYTES_MAX / 1024 / 1024);
		d->fatal = true;
		break;
	default:
		d = diag_add(ds, SEV_ERROR, RULE_INCLUDE_MISSING, name->span,
			     "cannot read '%s': %s", path, why);
		/* Without a name there is no file that could be there. */
		d->fatal = name->len > 0;
		hint_at_sibling(l, d, from, node_text(name));
		break;
	}
	note_chain(l, d, from);
}

static bool
is_pattern(const struct loader *l, struct slice name)
{
	const char *magic =
		l->options.dialect == DIALECT_NAMED ? "*?[" : "*?[{~";

	if (l->options.literal_includes)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (ascii_is_one_of(name.data[i], magic))
			return true;
	return false;
}

/*
 * named pushes the files of a pattern on a stack, so that the last is read
 * first; Unbound reads them in order and is content with none.
 */
static bool
expand(struct loader *l, const struct source *from, const struct node *name,
       const char *path, const char ***names, size_t *count)
{
	bool named = l->options.dialect == DIALECT_NAMED;

	if (!sources_glob(l->sources, path, !named, names, count)) {
		report(l, SOURCE_UNREADABLE, from, name, path,
		       errno == E2BIG ? "it stands for too much"
				      : "its directory cannot be read");
		return false;
	}
	if (*count == 0 && named) {
		report(l, SOURCE_UNREADABLE, from, name, path,
		       "no file matches");
		return false;
	}
	for (size_t i = 0; named && i < *count / 2; i++) {
		const char *swap = (*names)[i];

		(*names)[i] = (*names)[*count - 1 - i];
		(*names)[*count - 1 - i] = swap;
	}
	return true;
}

void
load_include(struct loader *l, const struct source *from,
	     const struct node *at, const struct source ***out, size_t *count)
{
	const struct node *name = node_term(at, 1);
	const char *path = resolve_name(l, node_text(name));
	const char **names = &path;
	size_t n = 1, loaded = 0;

	*count = 0;
	if (l->gave_up)
		return;
	if (is_pattern(l, node_text(name)) &&
	    !expand(l, from, name, path, &names, &n))
		return;
	*out = ARENA_ARRAY(l->arena, const struct source *, n);
	for (size_t i = 0; i < n; i++) {
		const char *why;
		const struct source *src;
		enum source_status status = sources_load(
			l->sources, names[i], from, at->span, &src, &why);

		if (status == SOURCE_OK)
			(*out)[loaded++] = src;
		else
			report(l, status, from, name, names[i], why);
		/* It is true of the other files of the pattern, too. */
		if (status == SOURCE_TOO_DEEP)
			break;
	}
	*count = loaded;
	/* Said once is enough: no include is followed from here on. */
	l->gave_up = sources_are_full(l->sources) && loaded < n;
}

/* Where the statements of one name begin and end. */
struct heads {
	const struct node *first;
	const struct node *last;
};

/* By their names, in any case. */
static const struct strmap *
index_heads(struct arena *a, const struct node *root)
{
	struct strmap *index = strmap_new(a, true);
	struct slice name = { NULL, 0 };
	struct heads *h = NULL;

	for (const struct node *s = node_first(root); s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT || !node_is_text(s->first))
			continue;
		/* Mostly one zone after the other. */
		if (h == NULL || !slice_equal(node_text(s->first), name)) {
			void **at = strmap_at(index, node_text(s->first));

			if (*at == NULL)
				*at = ARENA_NEW(a, struct heads);
			h = *at;
			name = node_text(s->first);
		}
		if (h->first == NULL)
			h->first = s;
		h->last = s;
	}
	return index;
}

const struct node *
config_find(const struct config *c, const char *name)
{
	const struct heads *h = strmap_get(c->heads, slice_of(name));

	return h == NULL ? NULL : h->first;
}

const struct node *
config_find_next(const struct config *c, const struct node *statement,
		 const char *name)
{
	const struct heads *h = strmap_get(c->heads, slice_of(name));

	return h == NULL || h->last == statement
		       ? NULL
		       : node_find_next(statement, name);
}

const struct config *
config_read(struct arena *a, struct sources *sources, struct diags *diags,
	    const struct source *source, struct config_options options)
{
	struct config *c = ARENA_NEW(a, struct config);
	struct loader l = {
		.arena = a,
		.sources = sources,
		.diags = diags,
		.options = options,
	};

	c->arena = a;
	c->sources = sources;
	c->diags = diags;
	c->dialect = options.dialect;
	c->root = options.dialect == DIALECT_NAMED ? load_named(&l, source)
						   : load_unbound(&l, source);
	c->heads = index_heads(a, c->root);
	c->comments = l.comments.at;
	c->comment_count = l.comments.len;
	return c;
}
