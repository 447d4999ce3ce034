#include "fix/verify.h"

#include <inttypes.h>
#include <string.h>

#include "base/strmap.h"
#include "fix/answers.h"

/* A finding of before. */
struct known {
	const struct diag *diag;
	bool mended; /* it should be gone */
	bool seen; /* one of after is taken to be it */
	struct known *same_place;
	struct known *same_message; /* not those that should be gone */
};

struct comparison {
	struct arena *arena;
	const struct attempt *attempt;
	const struct edited **edited; /* by source of before, or NULL */
	struct strmap *places; /* struct known: rule, source and offset */
	struct strmap *messages; /* struct known: rule and message */
};

/* How far a server gets with the configuration. */
static int
reach(const struct lint_result *r)
{
	return r->parsed + r->typed + r->loads;
}

static size_t
count_errors(const struct lint_result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < diags_count(r->diags); i++)
		n += diags_at(r->diags, i)->severity == SEV_ERROR;
	return n;
}

/*
 * Can findings come up that were there before, but not looked for? A fault of
 * the syntax keeps others from being seen.
 */
static bool
uncovers(const struct lint_result *before, const struct lint_result *after)
{
	return reach(after) > reach(before) ||
	       (!before->parsed && count_errors(after) <= count_errors(before));
}

static struct slice
key_of_file(struct arena *a, dev_t dev, ino_t ino)
{
	return slice_of(arena_printf(a, "%ju %ju", (uintmax_t)dev,
				     (uintmax_t)ino));
}

/* A file that is included twice is two sources with the same edits. */
static void
find_edited(struct comparison *c, const struct sources *s)
{
	size_t count = sources_count(s);
	struct strmap *files = strmap_new(c->arena, false);

	c->edited = ARENA_ARRAY(c->arena, const struct edited *, count);
	for (size_t i = 0; i < c->attempt->file_count; i++) {
		const struct edited *e = &c->attempt->files[i];

		*strmap_at(files, key_of_file(c->arena, e->dev, e->ino)) =
			(void *)(uintptr_t)e;
	}
	for (size_t i = 0; i < count; i++) {
		const struct source *src = sources_at(s, i);

		c->edited[i] = strmap_get(
			files, key_of_file(c->arena, src->dev, src->ino));
	}
}

/* The number of the source of a finding; asked in the order of the text. */
static size_t
source_number(const struct sources *s, struct span span, size_t from)
{
	const struct source *src = sources_find(s, span);

	while (sources_at(s, from) != src)
		from++;
	return from;
}

static struct slice
key_of_place(struct comparison *c, const struct diag *d, size_t source,
	     size_t offset)
{
	return slice_of(arena_printf(c->arena, "%s %zu %zu", d->rule, source,
				     offset));
}

static struct slice
key_of_message(struct comparison *c, const struct diag *d)
{
	return slice_of(arena_printf(c->arena, "%s %s", d->rule, d->message));
}

static void
add_known(struct comparison *c, const struct diag *d, bool mended,
	  size_t source, size_t offset)
{
	const struct edited *e = c->edited[source];
	struct known *k = ARENA_NEW(c->arena, struct known);
	void **head;

	if (e != NULL)
		offset = edits_map(e->edits, e->count, offset);
	k->diag = d;
	k->mended = mended;
	head = strmap_at(c->places, key_of_place(c, d, source, offset));
	k->same_place = *head;
	*head = k;
	if (mended)
		return;
	head = strmap_at(c->messages, key_of_message(c, d));
	k->same_message = *head;
	*head = k;
}

static void
index_known(struct comparison *c, struct lint_result *before)
{
	const struct attempt *t = c->attempt;
	size_t count, source = 0, next = 0;
	const struct diag *const *diags = diags_sorted(before->diags, &count);

	find_edited(c, before->sources);
	c->places = strmap_new(c->arena, false);
	c->messages = strmap_new(c->arena, false);
	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags[i];
		bool mended = next < t->diag_count && t->diags[next] == d;

		next += mended;
		source = source_number(before->sources, d->span, source);
		add_known(c, d, mended, source,
			  d->span.begin -
				  sources_at(before->sources, source)->base);
	}
}

/* One that was there before, at the place where it has to be now. */
static bool
is_at_place(struct known *k)
{
	while (k != NULL && (k->seen || k->mended))
		k = k->same_place;
	return k != NULL && (k->seen = true);
}

/* One that has moved: each of before is taken for one of after. */
static bool
has_moved(struct comparison *c, const struct diag *d)
{
	void **head = strmap_at(c->messages, key_of_message(c, d));
	struct known *k = *head;

	while (k != NULL && k->seen)
		k = k->same_message;
	*head = k == NULL ? NULL : k->same_message;
	return k != NULL;
}

static bool
should_be_gone(const struct known *k, const struct diag *d)
{
	while (k != NULL &&
	       !(k->mended && strcmp(k->diag->message, d->message) == 0))
		k = k->same_place;
	return k != NULL;
}

static const char *
object(struct comparison *c, const struct lint_result *after,
       const struct diag *d, const struct known *at_place)
{
	struct position at = sources_position(after->sources, d->span.begin);

	if (should_be_gone(at_place, d))
		return "it would not help";
	return arena_printf(c->arena,
			    "it would bring up '%s' in line %zu of %s: %s",
			    d->rule, at.line, at.source->name, d->message);
}

/*
 * What is wrong with a finding that was not there before, or NULL. `uncovered`:
 * it may have been there all the same.
 */
static const char *
compare_findings(struct comparison *c, struct lint_result *after, bool uncovered)
{
	size_t count, source = 0;
	const struct diag *const *diags = diags_sorted(after->diags, &count);
	struct known **at_place = ARENA_ARRAY(c->arena, struct known *, count);
	bool *known = ARENA_ARRAY(c->arena, bool, count);

	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags[i];

		source = source_number(after->sources, d->span, source);
		at_place[i] = strmap_get(
			c->places,
			key_of_place(c, d, source,
				     d->span.begin -
					     sources_at(after->sources, source)
						     ->base));
		known[i] = is_at_place(at_place[i]);
	}
	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags[i];

		if (known[i] || has_moved(c, d))
			continue;
		if ((d->severity > SEV_NOTE && !uncovered) ||
		    should_be_gone(at_place[i], d))
			return object(c, after, d, at_place[i]);
	}
	return NULL;
}

const char *
verify_attempt(struct arena *a, struct lint_result *before,
	       struct lint_result *after, const struct attempt *t,
	       const struct lint_options *o)
{
	struct comparison c = { .arena = a, .attempt = t };
	enum severity worst;

	if (after->status != LINT_OK)
		return after->reason;
	if (reach(after) < reach(before))
		return before->loads ? "the server would no longer load it"
				     : "the server would understand less of it";
	if (diags_dropped(after->diags, &worst) > 0)
		return "there are too many findings to tell what it does";
	index_known(&c, before);
	const char *why =
		compare_findings(&c, after, uncovers(before, after));

	if (why != NULL || !before->loads)
		return why;
	return answers_compare(a, before, after, o, t->narrows);
}
