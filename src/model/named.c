#include "model/named.h"

#include "model/named_lower.h"
#include "schema/release.h"

bool
lower_since(const struct lower *l, const char *release)
{
	return l->facts.target >= release_parse(slice_of(release), 0);
}

const struct origin *
origin_default(struct lower *l, const char *option)
{
	struct origin *o;

	for (size_t i = 0; i < l->defaults.len; i++)
		if (l->defaults.at[i]->option == option)
			return l->defaults.at[i];
	o = ARENA_NEW(l->arena, struct origin);
	o->option = option;
	*VEC_PUSH(l->arena, &l->defaults) = o;
	return o;
}

const struct origin *
origin_at(struct lower *l, const char *option, const struct node *statement)
{
	struct origin *o = ARENA_NEW(l->arena, struct origin);

	o->option = option;
	o->span = statement->span;
	return o;
}

const struct node *
scopes_find(const struct scopes *s, const char *name)
{
	const struct node *blocks[] = { s->zone, s->view, s->options };

	for (int i = 0; i < 3; i++) {
		const struct node *at =
			blocks[i] == NULL ? NULL : node_find(blocks[i], name);

		if (at != NULL)
			return at;
	}
	return NULL;
}

bool
lower_is_yes(const struct node *value)
{
	return node_is(value, "yes") || node_is(value, "true") ||
	       node_is(value, "1");
}

struct flag
lower_flag(struct lower *l, const struct scopes *s, const char *name,
	   bool initial)
{
	const struct node *at = scopes_find(s, name);

	if (at == NULL)
		return (struct flag){ initial, origin_default(l, name) };
	return (struct flag){ lower_is_yes(node_term(at, 1)),
			      origin_at(l, name, at) };
}

/* EDE 20 came with 9.20.8, EDE 24 with 9.21.15; see lib/ns/query.c there. */
static struct views_manners
manners(const struct lower *l)
{
	return (struct views_manners){
		.ede_prohibited = lower_since(l, "9.18"),
		.ede_not_authoritative = lower_since(l, "9.20.8"),
		.ede_not_loaded = lower_since(l, "9.21.15"),
	};
}

static void
lower_options(struct lower *l)
{
	const struct node *s = config_find(l->config, "options");
	struct scopes scopes;

	l->options = s == NULL ? NULL : node_block(s);
	scopes = (struct scopes){ .options = l->options };
	l->views->manners = manners(l);
	if (scopes_find(&scopes, "blackhole") != NULL)
		l->views->blackhole =
			lower_policy(l, &scopes, "blackhole", NULL);
	const struct node *dir = scopes_find(&scopes, "directory");

	if (dir != NULL)
		l->views->directory =
			arena_strdup(l->arena, node_text(node_term(dir, 1)));
}

const struct model *
model_from_named(struct arena *a, const struct config *c,
		 struct model_facts facts)
{
	struct model *m = ARENA_NEW(a, struct model);
	struct lower l = {
		.arena = a,
		.config = c,
		.facts = facts,
		.model = m,
		.views = ARENA_NEW(a, struct views),
		.key_numbers = strmap_new(a, true),
		.acls = strmap_new(a, true),
		.policies = strmap_new(a, false),
	};

	lower_key(&l, SLICE_LITERAL("")); /* number 0: KEY_NONE */
	lower_acls(&l);
	lower_options(&l);
	lower_listeners(&l);
	lower_channels(&l);
	lower_views(&l);
	l.views->list = l.view_list.at;
	l.views->count = l.view_list.len;
	l.views->zone_count = l.zone_count;
	l.views->policy = facts.policy;
	*m = (struct model){
		.arena = a,
		.sources = c->sources,
		.host = facts.host,
		.lists = l.lists.at,
		.list_count = l.lists.len,
		.keys = l.keys.at,
		.key_count = l.keys.len,
		.key_numbers = l.key_numbers,
		.views = l.views,
	};
	return m;
}
