#include "roots/candidate.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "intent/policy.h"
#include "lint/lint.h"
#include "schema/option.h"
#include "source/path.h"

bool
candidate_is_document(const char *name)
{
	static const char *const suffixes[] = {
		".adoc", ".c",	".css", ".h",	".html", ".js", ".json", ".md",
		".pl",	 ".py", ".rst", ".sh",	".tf",	 ".toml",
		".txt",	 ".xml", ".yaml", ".yml",
	};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (dot != NULL && strcmp(dot, suffixes[i]) == 0)
			return true;
	return false;
}

bool
candidate_is_likely(const struct lint_options *o, const char *name)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, o->policy);
	const struct source *src;
	const char *why;
	struct span nowhere = { 0, 0 };
	bool likely = !candidate_is_document(name) &&
		      sources_load(s, name, NULL, nowhere, &src, &why) ==
			      SOURCE_OK &&
		      strcasestr(src->text.data, "include") != NULL;

	arena_free(a);
	return likely;
}

static bool
has_name(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash == NULL ? path : slash + 1, name) == 0;
}

static bool
stands_alone(enum dialect dialect, const struct node *statement)
{
	const struct node *first = statement->first;

	if (dialect == DIALECT_UNBOUND)
		return (first->flags & NODE_CLAUSE) != 0;
	return node_is(first, "options") || node_is(first, "view") ||
	       node_is(first, "include");
}

/* One language may have been asked for, and this be the other. */
static bool
is_of_other(const struct lint_result *r, const struct source *own)
{
	enum dialect guess = config_guess_dialect(own->text);

	return guess != 0 && guess != r->dialect;
}

/*
 * By the file's own statements: most of them have names that the server knows,
 * and one is of a kind that fragments have no use for. A fragment of zones or
 * ACLs would load by itself, and a server started with it would be nothing that
 * anybody runs.
 */
static enum candidate_kind
judge(const struct lint_result *r, const char *name)
{
	const struct source *own = sources_at(r->sources, 0);
	size_t known = 0, unknown = 0;
	bool alone = false;

	if (has_name(name, r->dialect == DIALECT_NAMED ? "named.conf"
						       : "unbound.conf"))
		return CANDIDATE_WHOLE;
	if (candidate_is_document(name) || is_of_other(r, own))
		return CANDIDATE_FOREIGN;
	for (const struct node *s = node_first(r->config->root); s != NULL;
	     s = s->next) {
		if (s->kind != NODE_STATEMENT ||
		    sources_find(r->sources, s->span) != own)
			continue;
		if (schema_find_any(r->schema, node_text(s->first)) != NULL ||
		    node_is(s->first, "include"))
			known++;
		else
			unknown++;
		alone |= stands_alone(r->dialect, s);
	}
	if (known <= unknown)
		return CANDIDATE_FOREIGN;
	return alone ? CANDIDATE_WHOLE : CANDIDATE_PART;
}

static int
compare_ids(const void *a, const void *b)
{
	const struct file_id *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return x->ino < y->ino ? -1 : x->ino > y->ino;
}

static void
note_reads(struct arena *a, const struct lint_result *r, struct candidate *c)
{
	size_t count = sources_count(r->sources);
	struct file_id *ids = ARENA_ARRAY(a, struct file_id, count);

	for (size_t i = 0; i < count; i++) {
		const struct source *s = sources_at(r->sources, i);

		ids[i] = (struct file_id){ s->dev, s->ino };
	}
	c->id = ids[0];
	c->reads = ids + 1;
	c->read_count = count - 1;
	qsort(ids + 1, count - 1, sizeof(*ids), compare_ids);
}

/* The names, as written in the include statements. */
static void
note_missed(struct arena *a, const struct lint_result *r, struct candidate *c)
{
	size_t count = diags_count(r->diags);
	const char **names = ARENA_ARRAY(a, const char *, count);

	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags_at(r->diags, i);
		struct slice text = sources_text(r->sources, d->span);

		if (strcmp(d->rule, RULE_INCLUDE_MISSING) != 0 &&
		    strcmp(d->rule, RULE_INCLUDE_OUTSIDE_ROOT) != 0)
			continue;
		if (text.len > 1 && text.data[0] == '"')
			text = slice_sub(text, 1, text.len - 2);
		names[c->missed_count++] = arena_strdup(a, text);
	}
	c->missed = names;
}

static void
note_sought(struct arena *a, const struct lint_result *r, struct candidate *c)
{
	size_t count;
	const char *const *paths = sources_sought(r->sources, &count);
	const char **sought = ARENA_ARRAY(a, const char *, count);

	for (size_t i = 0; i < count; i++)
		sought[i] = path_absolute(a, paths[i]);
	c->sought = sought;
	c->sought_count = count;
}

void
candidate_read(struct arena *a, const struct lint_options *o, const char *name,
	       struct candidate *out)
{
	struct lint_options plain = *o;
	struct lint_result r = lint_read(name, o);
	const struct policy *policy = r.policy;

	*out = (struct candidate){ .name = name,
				   .kind = CANDIDATE_UNREADABLE,
				   .undeclared = r.intent_is_wrong };
	if (r.intent_is_wrong) {
		lint_free(&r);
		plain.policies = NULL;
		r = lint_read(name, &plain);
	} else if (policy != NULL && policy_has_servers(policy)) {
		out->declared = policy_speaks_of(policy, name);
		out->left_out = !out->declared;
	}
	if (sources_count(r.sources) > 0) {
		note_reads(a, &r, out);
		if (r.status == LINT_OK) {
			out->kind = judge(&r, name);
			note_missed(a, &r, out);
			note_sought(a, &r, out);
		} else {
			out->kind = CANDIDATE_FOREIGN;
		}
	}
	lint_free(&r);
}

bool
candidate_reads(const struct candidate *c, struct file_id id)
{
	return c->read_count > 0 &&
	       bsearch(&id, c->reads, c->read_count, sizeof(id), compare_ids) !=
		       NULL;
}

/*
 * Which of the words in braces may be meant does not matter here. With a
 * directory, such as a submodule, all goes that is sought below it.
 */
static bool
fits(const char *sought, const char *path)
{
	const char *brace = strchr(sought, '{');
	size_t len = strlen(path);

	if (strncmp(sought, path, len) == 0 && sought[len] == '/')
		return true;

	if (brace != NULL)
		return strncmp(sought, path, (size_t)(brace - sought)) == 0;
	return strcmp(sought, path) == 0 ||
	       fnmatch(sought, path, FNM_PATHNAME | FNM_PERIOD) == 0;
}

bool
candidate_seeks(const struct candidate *c, const char *path)
{
	for (size_t i = 0; i < c->sought_count; i++)
		if (fits(c->sought[i], path))
			return true;
	return false;
}
