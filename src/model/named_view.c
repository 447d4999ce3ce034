#include "model/named_lower.h"

#include "model/name.h"

static unsigned
class_of(const struct node *n)
{
	if (node_is(n, "CH") || node_is(n, "CHAOS"))
		return CLASS_CH;
	if (node_is(n, "HS") || node_is(n, "HESIOD"))
		return CLASS_HS;
	return CLASS_IN;
}

static void
add_key(struct lower *l, struct strmap *keys, const struct node *s)
{
	uint32_t number = lower_key(l, node_text(node_term(s, 1)));

	*strmap_at(keys, slice_of(l->keys.at[number])) = (void *)1;
}

/* The keys of everybody; there may be as many as there are views. */
static void
lower_common_keys(struct lower *l)
{
	l->views->keys = strmap_new(l->arena, true);
	CONFIG_EACH(s, l->config, "key")
		add_key(l, l->views->keys, s);
}

/* With its own keys, where it has a body. */
static struct view *
new_view(struct lower *l, const char *name, unsigned qclass,
	 const struct node *body)
{
	struct view *v = ARENA_NEW(l->arena, struct view);

	v->name = name;
	v->qclass = qclass;
	v->zones = strmap_new(l->arena, false);
	v->forwards = strmap_new(l->arena, false);
	NODE_EACH(s, body, "key") {
		if (v->keys == NULL)
			v->keys = strmap_new(l->arena, true);
		add_key(l, v->keys, s);
	}
	*VEC_PUSH(l->arena, &l->view_list) = v;
	return v;
}

/* A list that may be unset, which is not the same as a default. */
struct setting {
	bool set;
	struct policy policy;
};

static struct setting
setting(struct lower *l, const struct scopes *s, const char *name)
{
	if (scopes_find(s, name) == NULL)
		return (struct setting){ .set = false };
	return (struct setting){ true, lower_policy(l, s, name, NULL) };
}

static struct setting
first_set(struct setting a, struct setting b)
{
	return a.set ? a : b;
}

static struct policy
or_default(struct lower *l, struct setting s, const char *name,
	   const struct address_list *list)
{
	if (s.set)
		return s.policy;
	return (struct policy){ list, origin_default(l, name) };
}

/*
 * The recursion family feeds each other, and allow-query feeds them all:
 * bin/named/server.c, configure_view; 9.21: lib/isccfg/namedconf.c, setacls.
 */
static void
lower_recursion(struct lower *l, struct view *v, const struct scopes *s)
{
	struct setting query = setting(l, s, "allow-query");
	struct setting cache = setting(l, s, "allow-query-cache");
	struct setting rec = setting(l, s, "allow-recursion");
	struct setting cache_on = setting(l, s, "allow-query-cache-on");
	struct setting rec_on = setting(l, s, "allow-recursion-on");

	v->recursion = lower_flag(l, s, "recursion", v->qclass == CLASS_IN);
	/* There is none in other classes, whatever is written. */
	if (v->qclass != CLASS_IN)
		v->recursion = (struct flag){ false, &v->origin };
	if (v->recursion.on) {
		if (!cache.set)
			cache = first_set(rec, query);
		if (!rec.set)
			rec = first_set(cache, query);
		if (!cache_on.set)
			cache_on = rec_on;
		if (!rec_on.set)
			rec_on = cache_on;
	}
	v->allow_query = or_default(l, query, "allow-query", NULL);
	v->allow_query_cache =
		or_default(l, cache, "allow-query-cache", l->local);
	v->allow_recursion = or_default(l, rec, "allow-recursion", l->local);
	v->allow_query_cache_on =
		or_default(l, cache_on, "allow-query-cache-on", NULL);
	v->allow_recursion_on =
		or_default(l, rec_on, "allow-recursion-on", NULL);
}

/* The first of `names` that some scope writes, or NULL. */
static const struct origin *
any_of(struct lower *l, const struct scopes *s, const char *const *names)
{
	for (; *names != NULL; names++) {
		const struct node *at = scopes_find(s, *names);

		if (at != NULL)
			return origin_at(l, *names, at);
	}
	return NULL;
}

/* Zones that the configuration does not show: they come at run time. */
static const struct origin *
find_unknown_zones(struct lower *l, const struct scopes *s)
{
	static const char *const sources[] = { "catalog-zones", "dlz", "dyndb",
					       NULL };
	struct scopes root = *s;
	const struct node *at = scopes_find(s, "allow-new-zones");

	if (at != NULL && lower_is_yes(node_term(at, 1)))
		return origin_at(l, "allow-new-zones", at);
	if (root.view == NULL)
		root.view = l->config->root;
	return any_of(l, &root, sources);
}

/*
 * `response-policy { zone "x" ...; } ... recursive-only no`: policies apply to
 * questions for recursion alone unless that is said.
 */
static void
lower_response_policy(struct lower *l, struct view *v, const struct scopes *s)
{
	const struct node *at = scopes_find(s, "response-policy");

	if (at == NULL || v->qclass != CLASS_IN)
		return;
	v->response_policy = origin_at(l, "response-policy", at);
	v->response_policy_everybody.origin = v->response_policy;
	for (const struct node *n = at->first; n != NULL; n = n->next)
		if (node_is(n, "recursive-only") && n->next != NULL)
			v->response_policy_everybody.on =
				!lower_is_yes(n->next);
	const struct node *block = node_block(at);
	VEC(struct slice) names = { 0 };

	NODE_EACH(zone, block, "zone") {
		struct slice *name = VEC_PUSH(l->arena, &names);

		if (!name_canonical(l->arena, node_text(node_term(zone, 1)),
				    name))
			names.len--;
	}
	v->policy_zones = names.at;
	v->policy_zone_count = names.len;
}

static const struct node *
find_check_names(const struct node *block)
{
	const struct node *s =
		block == NULL ? NULL : node_find(block, "check-names");

	while (s != NULL && !node_is(node_term(s, 1), "response"))
		s = node_find_next(s, "check-names");
	return s;
}

static void
lower_features(struct lower *l, struct view *v, const struct scopes *s)
{
	const struct node *redirect = scopes_find(s, "nxdomain-redirect");

	if (redirect != NULL && v->qclass == CLASS_IN) {
		v->redirect = origin_at(l, "nxdomain-redirect", redirect);
		v->redirects_by_name = true;
	}
	v->denies_answers = scopes_find(s, "deny-answer-addresses") != NULL ||
			    scopes_find(s, "deny-answer-aliases") != NULL;
	v->translates = scopes_find(s, "dns64") != NULL;
	v->claims_absence = lower_flag(l, s, "auth-nxdomain", false).on;
	v->unknown_zones = find_unknown_zones(l, s);
	lower_response_policy(l, v, s);
	struct flag cookies = lower_flag(l, s, "require-server-cookie", false);

	if (cookies.on)
		v->wants_cookies = cookies.origin;
	const struct node *names = find_check_names(s->view);

	if (names == NULL)
		names = find_check_names(s->options);
	if (names != NULL && node_is(node_term(names, 2), "fail"))
		v->host_names = origin_at(l, "check-names", names);
}

/* Every zone looks at the options of its view: not at all zones again. */
static const struct node *
without_zones(struct lower *l, const struct node *body)
{
	struct node *copy;
	struct node_list list = { 0 };

	if (body == NULL)
		return NULL;
	for (const struct node *s = node_first(body); s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT || node_is(s->first, "zone"))
			continue;
		copy = node_new(l->arena, NODE_STATEMENT, s->span);
		*copy = *s;
		copy->next = NULL;
		node_append(&list, copy);
	}
	copy = node_new(l->arena, NODE_BLOCK, body->span);
	copy->first = list.first;
	copy->len = list.count;
	return copy;
}

static void
lower_view_body(struct lower *l, struct view *v, const struct node *body,
		const struct node *zones)
{
	const struct node *options = without_zones(l, body);
	struct scopes s = { .view = options, .options = l->options };
	struct scopes own = { .view = options };
	static const char *const matches[] = { "match-clients",
					       "match-destinations" };
	struct policy *into[] = { &v->match_clients, &v->match_destinations };

	for (int i = 0; i < 2; i++)
		*into[i] = lower_policy(l, &own, matches[i], NULL);
	v->match_recursive_only =
		lower_flag(l, &own, "match-recursive-only", false);
	lower_recursion(l, v, &s);
	v->allow_query_on = lower_policy(l, &s, "allow-query-on", NULL);
	v->allow_transfer = lower_policy(
		l, &s, "allow-transfer",
		lower_since(l, "9.20") ? l->none : NULL);
	lower_transfer_way(scopes_find(&s, "allow-transfer"), &v->transfer_port,
			   &v->transfer_transport);
	lower_features(l, v, &s);
	if (zones != NULL)
		lower_zones(l, v, &s, zones);
	if (v->qclass == CLASS_IN)
		lower_empty_zones(l, v, &s, zones);
}

/*
 * The view that answers version.bind and the like: after all others, without
 * conditions, with the lists of the options (bin/named/config.c).
 */
static void
lower_built_in_view(struct lower *l)
{
	static const char *const names[] = { "version.bind", "hostname.bind",
					     "authors.bind", "id.server" };
	struct view *v = new_view(l, "_bind", CLASS_CH, NULL);

	v->built_in = true;
	v->origin = (struct origin){ "the built-in view", { 0, 0 } };
	lower_view_body(l, v, NULL, NULL);
	v->recursion = (struct flag){ false, origin_default(l, "recursion") };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		lower_built_in_zone(l, v, ZONE_BUILT_IN, names[i]);
}

void
lower_views(struct lower *l)
{
	bool any = false;

	lower_common_keys(l);
	CONFIG_EACH(s, l->config, "view") {
		const struct node *body = node_block(s);
		struct view *v = new_view(
			l, arena_strdup(l->arena, node_text(node_term(s, 1))),
			class_of(node_term(s, 2)), body);

		any = true;
		v->origin = (struct origin){ "view", s->span };
		if (body != NULL)
			lower_view_body(l, v, body, body);
	}
	if (!any) {
		struct view *v = new_view(l, "_default", CLASS_IN, NULL);

		v->origin = (struct origin){ "the default view", { 0, 0 } };
		lower_view_body(l, v, NULL, l->config->root);
	}
	lower_built_in_view(l);
}
