#include "roots/roots.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/strmap.h"
#include "lint/policies.h"
#include "roots/candidate.h"
#include "roots/listing.h"
#include "roots/resemblance.h"
#include "source/path.h"

/* Of all configurations together: includes may well double. */
enum { READS_MAX = 200000 };

/* A change may be of a hundred files that are none of ours. */
enum { NAMED_MAX = 5 };

struct argument {
	const char *name;
	bool expanded; /* stands below what was named */
	struct candidate *candidate; /* NULL: it is gone */
};

struct search {
	struct arena *arena;
	struct lint_options options;
	struct listing listing;
	VEC(struct argument) arguments;
	VEC(struct candidate *) candidates;
	struct strmap *by_name; /* struct candidate */
	struct strmap *included; /* struct file_id, as bytes */
	size_t reads;
	VEC(const struct candidate *) chosen;
	VEC(const char *) notes;
	size_t foreign; /* arguments that are no configurations */
};

static struct slice
id_bytes(const struct file_id *id)
{
	return (struct slice){ (const char *)id, sizeof(*id) };
}

static bool
is_below(struct search *s, const char *dir, const char *path)
{
	const char *rest = path_relative(s->arena, dir, path);

	return strcmp(rest, "..") != 0 && strncmp(rest, "../", 3) != 0;
}

static void
add_argument(struct search *s, const char *name, bool expanded)
{
	*VEC_PUSH(s->arena, &s->arguments) =
		(struct argument){ .name = name, .expanded = expanded };
}

static void
expand(struct search *s, const char *dir)
{
	for (size_t i = 0; i < s->listing.count; i++) {
		const char *name = s->listing.names[i];

		if (is_below(s, dir, path_absolute(s->arena, name)))
			add_argument(s, name, true);
	}
}

static bool
is_intent_file(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash == NULL ? path : slash + 1, ".dnslint.yaml") == 0;
}

static bool
take_argument(struct search *s, const char *name, const char **why)
{
	const char *path = path_absolute(s->arena, name);
	struct stat st;

	if (!is_below(s, s->listing.root, path)) {
		*why = arena_printf(s->arena,
				    "%s: not in the repository %s, as the first "
				    "file is",
				    name, s->listing.root);
		return false;
	}
	if (is_intent_file(path)) {
		expand(s, path_directory(s->arena, path));
		add_argument(s, name, true);
	} else if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		expand(s, path);
	} else {
		add_argument(s, name, false);
	}
	return true;
}

static struct candidate *
read_candidate(struct search *s, const char *name)
{
	void **place = strmap_at(s->by_name,
				 slice_of(path_absolute(s->arena, name)));
	struct candidate *c = *place;

	if (c != NULL)
		return c;
	*place = c = ARENA_NEW(s->arena, struct candidate);
	candidate_read(s->arena, &s->options, name, c);
	for (size_t i = 0; i < c->read_count; i++)
		*strmap_at(s->included, id_bytes(&c->reads[i])) = c;
	s->reads += c->read_count + 1;
	*VEC_PUSH(s->arena, &s->candidates) = c;
	return c;
}

/* What is included already is no root, and says nothing new. */
static bool
is_included(struct search *s, const char *name)
{
	struct file_id id = { 0 };
	struct stat st;

	if (stat(name, &st) != 0)
		return true;
	id.dev = st.st_dev;
	id.ino = st.st_ino;
	return strmap_get(s->included, id_bytes(&id)) != NULL;
}

static bool
read_all(struct search *s, const char **why)
{
	for (size_t i = 0; i < s->arguments.len && s->reads < READS_MAX; i++) {
		struct argument *arg = &s->arguments.at[i];
		struct stat st;

		if (lstat(arg->name, &st) == 0)
			arg->candidate = read_candidate(s, arg->name);
	}
	for (size_t i = 0; i < s->listing.count && s->reads < READS_MAX; i++) {
		const char *name = s->listing.names[i];

		if (!is_included(s, name) &&
		    candidate_is_likely(&s->options, name))
			read_candidate(s, name);
	}
	*why = "the configurations of the repository include too many files";
	return s->reads < READS_MAX;
}

static void
choose(struct search *s, const struct candidate *c)
{
	for (size_t i = 0; i < s->chosen.len; i++) {
		const struct candidate *other = s->chosen.at[i];

		if (other == c || (c->id.ino != 0 && other->id.ino == c->id.ino &&
				   other->id.dev == c->id.dev))
			return;
	}
	*VEC_PUSH(s->arena, &s->chosen) = c;
}

/* Where the intent file is wrong, it may have an entry for any part. */
static bool
may_be_declared(const struct candidate *c)
{
	return c->undeclared && c->kind == CANDIDATE_PART;
}

/* Is it what a server would be started with? */
static bool
may_be_top(const struct candidate *c)
{
	return c->declared || may_be_declared(c) ||
	       (c->kind == CANDIDATE_WHOLE && !c->left_out);
}

static bool
is_top(const struct search *s, const struct candidate *c)
{
	return c->declared ||
	       (may_be_top(c) &&
		strmap_get(s->included, id_bytes(&c->id)) == NULL);
}

/*
 * An include that cannot be had here and whose file has the same name may well
 * mean this one: better to fail with the reason than to pass it unseen.
 */
static bool
reaches(const struct candidate *c, const struct candidate *file)
{
	return c != file && (candidate_reads(c, file->id) ||
			     (!file->declared &&
			      file->kind != CANDIDATE_FOREIGN &&
			      resemblance_with_missed(c, file->name)));
}

/* The same of a file that is gone, at this absolute path. */
static bool
misses(const struct candidate *c, const char *name, const char *path)
{
	return candidate_seeks(c, path) || resemblance_with_missed(c, name);
}

/* Those that include it and are not included; without them any, as in loops. */
static bool
choose_including(struct search *s, const struct argument *arg, bool tops)
{
	const char *path = path_absolute(s->arena, arg->name);
	bool found = false;

	for (size_t i = 0; i < s->candidates.len; i++) {
		const struct candidate *c = s->candidates.at[i];

		if ((tops ? is_top(s, c) : may_be_top(c)) &&
		    (arg->candidate == NULL ? misses(c, arg->name, path)
					    : reaches(c, arg->candidate))) {
			choose(s, c);
			found = true;
		}
	}
	return found;
}

static void
note(struct search *s, const struct argument *arg, const char *what)
{
	if (!arg->expanded)
		*VEC_PUSH(s->arena, &s->notes) =
			arena_printf(s->arena, "%s: %s", arg->name, what);
}

/* The first few by name, the others by their number. */
static void
note_foreign(struct search *s, const struct argument *arg)
{
	if (candidate_is_document(arg->name) || arg->expanded)
		return;
	if (++s->foreign > NAMED_MAX)
		return;
	if (s->options.dialect == DIALECT_NAMED)
		note(s, arg, "no named.conf, nor included by one; it is not "
			     "checked");
	else if (s->options.dialect == DIALECT_UNBOUND)
		note(s, arg, "no unbound.conf, nor included by one; it is not "
			     "checked");
	else
		note(s, arg, "neither named.conf nor unbound.conf, nor included "
			     "by one; it is not checked");
}

static void
choose_for(struct search *s, const struct argument *arg)
{
	const struct candidate *file = arg->candidate;
	bool found = choose_including(s, arg, true);

	if (file == NULL && !found && !choose_including(s, arg, false) &&
	    !candidate_is_document(arg->name))
		note(s, arg, "it is not there, and no configuration of the "
			     "repository looks for it");
	else if (file == NULL)
		return;
	else if (file->declared)
		choose(s, file);
	else if (file->kind == CANDIDATE_UNREADABLE && !arg->expanded)
		choose(s, file);
	else if (file->undeclared && is_intent_file(file->name))
		choose(s, file);
	else if (found || choose_including(s, arg, false))
		return;
	else if (file->kind == CANDIDATE_WHOLE &&
		 !(file->left_out && arg->expanded))
		choose(s, file);
	else if (may_be_declared(file))
		choose(s, file);
	else if (file->kind == CANDIDATE_PART)
		note(s, arg, "no configuration of the repository includes it, "
			     "so it is not checked");
	else
		note_foreign(s, arg);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
finish(struct search *s, struct roots *out)
{
	const char **files =
		ARENA_ARRAY(s->arena, const char *, s->chosen.len);
	struct strmap *seen = strmap_new(s->arena, false);

	for (size_t i = 0; i < s->chosen.len; i++)
		files[i] = s->chosen.at[i]->name;
	qsort(files, s->chosen.len, sizeof(*files), by_name);
	for (size_t i = 0; i < s->chosen.len; i++)
		for (size_t j = 0; j < s->chosen.at[i]->missed_count; j++) {
			const char *advice = resemblance_advice(
				s->arena, s->chosen.at[i], j, s->listing.names,
				s->listing.count, seen);

			if (advice != NULL)
				*VEC_PUSH(s->arena, &s->notes) = advice;
		}
	*out = (struct roots){ files, s->chosen.len, s->notes.at, s->notes.len,
			       s->listing.root };
}

bool
roots_find(struct arena *a, const struct lint_options *o,
	   const char *policy_path, const char *const *files, size_t count,
	   struct roots *out, const char **why)
{
	struct search s = {
		.arena = a,
		.options = *o,
		.by_name = strmap_new(a, false),
		.included = strmap_new(a, false),
	};

	if (!listing_make(a, files[0], &s.listing, why))
		return false;
	if (s.options.policy.include_root == NULL)
		s.options.policy.include_root = s.listing.root;
	if (s.options.policies != NULL)
		s.options.policies =
			policies_new(a, policy_path, s.options.policy);
	for (size_t i = 0; i < count; i++)
		if (!take_argument(&s, files[i], why))
			return false;
	if (!read_all(&s, why))
		return false;
	for (size_t i = 0; i < s.arguments.len; i++)
		choose_for(&s, &s.arguments.at[i]);
	if (s.foreign > NAMED_MAX)
		*VEC_PUSH(a, &s.notes) = arena_printf(
			a, "nor are %zu more files", s.foreign - NAMED_MAX);
	finish(&s, out);
	return true;
}
