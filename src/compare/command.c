#include "compare/command.h"

#include <string.h>

#include "compare/render.h"
#include "model/name.h"
#include "report/printable.h"

/* What is asked, as far as it does not hang on one of the two. */
static bool
read_options(struct arena *a, const struct model *m,
	     const struct ask_options *ask, struct comparison_options *o)
{
	struct ask_options plain = *ask;
	struct addr *client = ARENA_NEW(a, struct addr);

	/* The other one may not have the key. */
	plain.key = NULL;
	if (!ask_question(a, m, &plain, &o->base))
		return false;
	o->one_question = ask->query != NULL;
	if (o->one_question)
		o->title = make_printable(a, slice_of(ask->query));
	if (ask->client == NULL)
		return true;
	o->client = client;
	return ask_client(ask, client);
}

/* A key that neither of the two has is misspelt. */
static bool
read_key(struct arena *a, const struct side sides[2], const char *text,
	 const char **key)
{
	struct slice name;

	if (text == NULL)
		return true;
	if (name_canonical(a, slice_of(text), &name) &&
	    (model_key(sides[BEFORE].model, name) != KEY_NONE ||
	     model_key(sides[AFTER].model, name) != KEY_NONE)) {
		*key = arena_strdup(a, name);
		return true;
	}
	fputs("dnslint: neither configuration has a key '", stderr);
	print_safely(stderr, slice_of(text));
	fputs("'\n", stderr);
	return false;
}

static bool
is_asked_for(const struct comparison *c, enum diff_on on)
{
	switch (on) {
	case DIFF_ON_NARROWED:
		return comparison_has(c, EFFECT_NARROWED);
	case DIFF_ON_WIDENED:
		return comparison_has(c, EFFECT_WIDENED);
	default:
		for (int e = 0; e < EFFECT_COUNT; e++)
			if (comparison_has(c, (enum effect)e))
				return true;
		return false;
	}
}

/* Does a list that somebody wrote name the host's addresses? */
static bool
names_localhost(const struct model *m)
{
	for (size_t i = 0; i < m->list_count; i++) {
		const struct address_list *list = m->lists[i];

		for (size_t k = 0; k < list->count; k++)
			if (list->elements[k].kind == ELEMENT_LOCALHOST &&
			    list->elements[k].begin > 0)
				return true;
	}
	return false;
}

static void
print_notes(const struct comparison *c)
{
	const struct model *after = c->sides[AFTER].model;

	if (!after->host->known &&
	    (names_localhost(c->sides[BEFORE].model) || names_localhost(after)))
		fputs("dnslint: note: 'localhost' is taken for the loopback "
		      "addresses alone, as the host's were not given\n",
		      stderr);
	if (c->keys_left > 0)
		fprintf(stderr,
			"dnslint: note: questions signed with %zu of the keys "
			"were not compared, there are too many; --key NAME "
			"asks for one\n",
			c->keys_left);
}

enum diff_status
diff_command(struct arena *a, const struct lint_result *before,
	     const struct lint_result *after, const struct diff_options *o)
{
	static void (*const renderers[])(const struct rendering *) = {
		[DIFF_TEXT] = render_text,
		[DIFF_JSON] = render_json,
		[DIFF_MARKDOWN] = render_markdown,
	};
	struct side sides[2] = { { before->predict, before->model },
				 { after->predict, after->model } };
	struct comparison_options options = { 0 };

	if (!read_options(a, after->model, &o->ask, &options) ||
	    !read_key(a, sides, o->ask.key, &options.key))
		return DIFF_FAILED;
	struct comparison c = comparison_make(a, sides, &options);
	struct rendering r = {
		.arena = a,
		.comparison = &c,
		.names = { sources_at(before->sources, 0)->name,
			   sources_at(after->sources, 0)->name },
		.releases = { o->releases[0], o->releases[1] },
		.upgrade = before->target != after->target,
		.out = stdout,
	};

	renderers[o->format](&r);
	print_notes(&c);
	return is_asked_for(&c, o->on) ? DIFF_FOUND : DIFF_QUIET;
}
