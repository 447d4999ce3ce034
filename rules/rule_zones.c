/* What rules about the zones and views of named.conf share. */
#include <string.h>

#include "base/vec.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "rules/rule.h"

static const struct node *
options_of(const struct rule_context *cx)
{
	const struct node *s = config_find(cx->config, "options");

	return s == NULL ? NULL : node_block(s);
}

/* As Debian calls the parts of named.conf: "named.conf.options". */
static bool
is_called_part(const struct rule_context *cx)
{
	const char *name = sources_at(cx->config->sources, 0)->name;
	const char *slash = strrchr(name, '/');

	return strstr(slash == NULL ? name : slash, ".conf.") != NULL;
}

bool
rule_is_whole(const struct rule_context *cx)
{
	/*
	 * One of them is in any configuration that is complete. Modules, trust
	 * anchors and access-control lines are often kept in files of their
	 * own.
	 */
	static const char *const setup[] = {
		"interface",  "ip-address", "port",	      "do-ip4",
		"do-ip6",     "directory",  "num-threads",    "chroot",
		"username",   "use-syslog", "verbosity",      "logfile",
		"root-hints", "pidfile",    "outgoing-range", "do-daemonize",
	};

	if (cx->config->dialect == DIALECT_NAMED)
		return config_find(cx->config, "options") != NULL &&
		       !is_called_part(cx);
	for (size_t i = 0; i < sizeof(setup) / sizeof(*setup); i++)
		if (rule_server(cx, setup[i]) != NULL)
			return true;
	return false;
}

const struct node *
rule_option(const struct rule_context *cx, const struct node *view,
	    const char *name)
{
	const struct node *s = node_find(view, name);

	return s != NULL ? s : node_find(options_of(cx), name);
}

const struct node *
rule_view_block(const struct rule_context *cx, const char *name)
{
	CONFIG_EACH(v, cx->config, "view")
		if (slice_is(node_text(node_term(v, 1)), name))
			return node_block(v);
	return NULL;
}

void
rule_each_option(struct rule_context *cx, const char *name, rule_take_fn *take)
{
	CONFIG_EACH(options, cx->config, "options")
		NODE_EACH(s, node_block(options), name)
			take(cx, s);
	CONFIG_EACH(view, cx->config, "view")
		NODE_EACH(s, node_block(view), name)
			take(cx, s);
}

const struct node *
rule_zone_option(const struct rule_context *cx, const struct rule_zone *z,
		 const char *name)
{
	const struct node *s = node_find(z->body, name);

	if (s == NULL)
		s = strmap_get(z->view, slice_of(name));
	return s != NULL ? s : node_find(options_of(cx), name);
}

/* Among many zones the options of a view are not searched for. */
static const struct strmap *
index_view(const struct rule_context *cx, const struct node *block)
{
	struct strmap *m = strmap_new(cx->cache->arena, true);

	for (const struct node *s = block == NULL ? NULL : node_first(block);
	     s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT || node_is(s->first, "zone"))
			continue;
		void **at = strmap_at(m, node_text(s->first));

		if (*at == NULL)
			*at = (void *)(uintptr_t)s;
	}
	return m;
}

typedef VEC(struct rule_zone) zone_vec;

/* Statements and the zones that were made of them are in the same order. */
static void
add_zones(const struct rule_context *cx, zone_vec *out, const struct view *v,
	  const struct node *block, const struct node *view)
{
	const struct strmap *options = index_view(cx, view);
	size_t i = 0;

	NODE_EACH(s, block, "zone") {
		if (i == v->zone_count)
			break;
		if (v->zone_list[i]->origin.span.begin != s->span.begin)
			continue;
		*VEC_PUSH(cx->cache->arena, out) =
			(struct rule_zone){ v->zone_list[i++], node_block(s),
					    options };
	}
}

const struct rule_zone *
rule_zones(const struct rule_context *cx, size_t *count)
{
	const struct views *views = cx->model->views;
	const struct node *root = cx->config->root;
	const struct node *s = config_find(cx->config, "view");
	zone_vec out = { 0 };

	*count = cx->cache->zone_count;
	if (cx->cache->zones_known)
		return cx->cache->zones;
	VEC_RESERVE(cx->cache->arena, &out, views->zone_count);
	for (size_t i = 0; i < views->count && !views->list[i]->built_in; i++) {
		if (s == NULL) {
			add_zones(cx, &out, views->list[i], root, NULL);
			break;
		}
		add_zones(cx, &out, views->list[i], node_block(s),
			  node_block(s));
		s = node_find_next(s, "view");
	}
	*count = cx->cache->zone_count = out.len;
	cx->cache->zones_known = true;
	return cx->cache->zones = out.at;
}

/* Words that take longer to compare than the address of a list. */
enum { LONG_TEXT = 256 };

struct grouping {
	const struct rule_context *cx;
	const struct view *view; /* the one that the maps are for */
	struct strmap *by_list; /* number + 1, by the address of the list */
	struct strmap *by_text; /* the same, by the words */
	size_t last; /* the same of the last one; 0: none */
	VEC(struct rule_zone_group) groups;
};

static struct slice
text_of(const struct grouping *g, const struct policy *p)
{
	if (origin_is_default(p->origin))
		return SLICE_LITERAL("(default)");
	return sources_text(g->cx->config->sources, p->origin->span);
}

/* Where the number of the policy's group is, by its words. */
static void **
group_by_text(struct grouping *g, const struct rule_zone *z,
	      const struct policy *p)
{
	void **at = strmap_at(g->by_text, text_of(g, p));

	if (*at == NULL) {
		*VEC_PUSH(g->cx->arena, &g->groups) =
			(struct rule_zone_group){ z, p, 0 };
		*at = (void *)(uintptr_t)g->groups.len;
	}
	return at;
}

/* Most zones say what the one before them says. */
static bool
same_policy(const struct grouping *g, const struct policy *x,
	    const struct policy *y)
{
	struct slice a = text_of(g, x), b = text_of(g, y);

	return x->list == y->list ||
	       (a.len < LONG_TEXT && slice_equal(a, b));
}

/* Many zones have one list, and a list may be long: its words come second. */
static void
add_to_group(struct grouping *g, const struct rule_zone *z,
	     const struct policy *p)
{
	struct slice key = { (const char *)&p->list, sizeof(p->list) };
	void **at;

	if (g->view != z->zone->view) {
		g->view = z->zone->view;
		g->by_list = strmap_new(g->cx->arena, false);
		g->by_text = strmap_new(g->cx->arena, false);
		g->last = 0;
	}
	if (g->last > 0 && same_policy(g, g->groups.at[g->last - 1].policy, p)) {
		g->groups.at[g->last - 1].count++;
		return;
	}
	at = text_of(g, p).len < LONG_TEXT ? group_by_text(g, z, p)
					   : strmap_at(g->by_list, key);
	if (*at == NULL)
		*at = *group_by_text(g, z, p);
	g->last = (uintptr_t)*at;
	g->groups.at[g->last - 1].count++;
}

const struct rule_zone_group *
rule_zone_groups(const struct rule_context *cx, rule_policy_of *policy,
		 void *context, size_t *count)
{
	struct grouping g = { .cx = cx };
	size_t n;
	const struct rule_zone *zones = rule_zones(cx, &n);

	for (size_t i = 0; i < n; i++) {
		const struct policy *p = policy(context, &zones[i]);

		if (p != NULL)
			add_to_group(&g, &zones[i], p);
	}
	*count = g.groups.len;
	return g.groups.at;
}

const char *
rule_group_text(const struct rule_context *cx, const struct rule_zone_group *g)
{
	const char *name = g->zone->zone->text;

	if (g->count == 1)
		return arena_printf(cx->arena, "'%s'", name);
	return arena_printf(cx->arena, "'%s' and %zu other zone%s", name,
			    g->count - 1, g->count == 2 ? "" : "s");
}

/* The view does not depend on the name: any of its zones will do. */
static struct client_set
ask_view(const struct rule_context *cx, const struct zone *z)
{
	struct question q = question_of(z->name, RRTYPE_SOA);
	struct client_set in = { NULL, 0 };
	size_t n;

	q.qclass = (uint16_t)z->view->qclass;
	struct arena *a = cx->cache->arena;
	const struct client_group *g = clients_group(
		a, cx->predict, &q, clients_all(a), NULL, &n);

	for (size_t i = 0; i < n; i++)
		if (!decision_is_dropped(g[i].decision) &&
		    slice_is(slice_of(g[i].decision->view), z->view->name))
			in = clients_union(a, in, g[i].clients);
	return in;
}

struct client_set
rule_reaching(const struct rule_context *cx, const struct zone *z,
	      struct client_set s)
{
	struct rule_reach *reach = &cx->cache->reach;

	if (reach->view != z->view)
		*reach = (struct rule_reach){ z->view, ask_view(cx, z) };
	return clients_and(cx->arena, reach->clients, s);
}

static const struct policy *
public_policy(void *context, const struct rule_zone *z)
{
	(void)context;
	return (z->zone->type == ZONE_PRIMARY ||
		z->zone->type == ZONE_SECONDARY) &&
			       !rule_is_private_name(z->zone->name)
		       ? &z->zone->allow_query
		       : NULL;
}

static const struct rule_zone *
find_public_zone(const struct rule_context *cx)
{
	enum role role = cx->intent->role;
	size_t n;
	const struct rule_zone_group *g;
	struct client_set strangers;

	/* Without the options it is not known what else holds. */
	if (!rule_is_whole(cx) || role == ROLE_RESOLVER ||
	    role == ROLE_FORWARDER || role == ROLE_HIDDEN_PRIMARY)
		return NULL;
	strangers = rule_reachable_strangers(cx);
	g = rule_zone_groups(cx, public_policy, NULL, &n);
	for (size_t i = 0; i < n; i++) {
		if (!rule_may_be_internet(cx, g[i].policy->list))
			continue;
		struct client_set s = clients_and(
			cx->arena, strangers,
			clients_matched(cx->arena, predict_acls(cx->predict),
					g[i].policy->list, KEY_NONE, false));

		if (rule_is_internet(s) &&
		    rule_is_internet(
			    rule_reaching(cx, g[i].zone->zone, s)))
			return g[i].zone;
	}
	return NULL;
}

const struct rule_zone *
rule_public_zone(const struct rule_context *cx)
{
	if (!cx->cache->public_zone_known)
		cx->cache->public_zone = find_public_zone(cx);
	cx->cache->public_zone_known = true;
	return cx->cache->public_zone;
}

static void
add_quiet(const struct rule_context *cx, struct strmap *quiet,
	  const struct node *option)
{
	for (const struct node *s = node_first(node_block(option)); s != NULL;
	     s = s->next) {
		struct slice name;

		if (node_is(node_first(s), "zone") &&
		    name_canonical(cx->arena, node_text(node_term(s, 1)), &name))
			*strmap_at(quiet, name) = quiet;
	}
}

struct strmap *
rule_quiet_zones(const struct rule_context *cx)
{
	static const char *const options[] = { "response-policy",
					       "catalog-zones" };
	struct strmap *quiet = strmap_new(cx->arena, false);

	for (size_t i = 0; i < 2; i++) {
		add_quiet(cx, quiet, rule_option(cx, NULL, options[i]));
		CONFIG_EACH(v, cx->config, "view")
			add_quiet(cx, quiet,
				  node_find(node_block(v), options[i]));
	}
	return quiet;
}

bool
rule_is_for_everybody(const struct rule_context *cx, const struct strmap *quiet,
		      const struct zone *z)
{
	const struct intent *in = cx->intent;

	return in->role_place.file != NULL &&
	       (in->role == ROLE_AUTHORITATIVE || in->role == ROLE_MIXED) &&
	       (z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY) &&
	       !rule_is_private_name(z->name) &&
	       strmap_get(quiet, z->name) == NULL &&
	       clients_may_match(predict_acls(cx->predict),
				 z->allow_query.list);
}
