#include "lint/infer.h"

#include "decide/clients.h"
#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/views.h"

/* Zones in a row may each have a list of their own; enough is enough. */
enum { ASKED_MAX = 500 };

struct guess {
	struct arena *arena;
	const struct config *config;
	const struct model *model;
	struct predict *predict;
	struct client_set public;
	struct slice public_zone; /* one that the Internet may ask for */
	struct slice any_zone;
	bool recurses;
	const char *forwards; /* what sends everything to others, or NULL */
};

/*
 * Names that mean something at home only: special use (RFC 6761, RFC 8375),
 * what people invent, and reverse zones of private space (RFC 6303).
 */
static const char *const home[] = {
	"localhost",	     "local",		  "internal",
	"intranet",	     "private",		  "corp",
	"home",		     "home.arpa",	  "lan",
	"test",		     "invalid",		  "onion",
	"localdomain",	     "0.in-addr.arpa",	  "10.in-addr.arpa",
	"127.in-addr.arpa",  "255.in-addr.arpa",  "168.192.in-addr.arpa",
	"254.169.in-addr.arpa",
	"16.172.in-addr.arpa", "17.172.in-addr.arpa", "18.172.in-addr.arpa",
	"19.172.in-addr.arpa", "20.172.in-addr.arpa", "21.172.in-addr.arpa",
	"22.172.in-addr.arpa", "23.172.in-addr.arpa", "24.172.in-addr.arpa",
	"25.172.in-addr.arpa", "26.172.in-addr.arpa", "27.172.in-addr.arpa",
	"28.172.in-addr.arpa", "29.172.in-addr.arpa", "30.172.in-addr.arpa",
	"31.172.in-addr.arpa", "0.ip6.arpa",	      "c.f.ip6.arpa",
	"d.f.ip6.arpa",	       "e.f.ip6.arpa",
};

/* Names of one label, too, and lists of names to block. */
static bool
is_of_home(struct slice name)
{
	if (name_labels(name) < 2 || slice_has_prefix(name, "rpz."))
		return true;
	for (size_t i = 0; i < sizeof(home) / sizeof(*home); i++)
		if (name_is_within(name, slice_of(home[i])))
			return true;
	return false;
}

/* What may be, for all that is known, counts. */
static bool
may_recurse(const struct decision *d)
{
	return decision_recurses(d) || decision_is_unknown(d);
}

/* A zone whose data are not at hand is a zone, too. */
static bool
is_let_in(const struct decision *d)
{
	return !decision_turns_away(d);
}

static bool
answers_strangers(const struct guess *g, struct slice zone)
{
	struct question q = question_of(zone, RRTYPE_SOA);

	return !clients_empty(clients_where(g->arena, g->predict, &q,
					    g->public, is_let_in));
}

static bool
is_own(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY;
}

/* Zones one after another with the same list get the same answer. */
static void
look_at_zones(struct guess *g, const struct view *v, size_t *asked)
{
	const struct zone *last = NULL;

	for (size_t i = 0; i < v->zone_count; i++) {
		const struct zone *z = v->zone_list[i];

		if (!is_own(z))
			continue;
		g->any_zone = z->name;
		if (is_of_home(z->name) ||
		    (last != NULL &&
		     last->allow_query.list == z->allow_query.list &&
		     last->allow_query_on.list == z->allow_query_on.list))
			continue;
		last = z;
		if (++*asked > ASKED_MAX)
			return;
		if (answers_strangers(g, z->name)) {
			g->public_zone = z->name;
			return;
		}
	}
}

static void
look_at_views(struct guess *g, const struct views *s)
{
	size_t asked = 0;

	for (size_t i = 0; i < s->count && g->public_zone.len == 0; i++) {
		const struct view *v = s->list[i];

		if (v->built_in || v->qclass != CLASS_IN)
			continue;
		const struct forwarding *f =
			strmap_get(v->forwards, SLICE_LITERAL(""));

		if (f != NULL && f->only && !f->none)
			g->forwards = "forward only";
		look_at_zones(g, v, &asked);
	}
}

static bool
canonical_name(const struct guess *g, const struct node *clause,
	       struct slice *name)
{
	const struct node *block = node_block(clause);
	const struct node *s = block == NULL ? NULL : node_find(block, "name");

	return s != NULL &&
	       name_canonical(g->arena, node_text(node_term(s, 1)), name);
}

static void
look_at_clauses(struct guess *g, const struct access *s)
{
	const struct node *root = g->config->root;
	struct slice name;

	NODE_EACH(clause, root, "forward-zone")
		if (canonical_name(g, clause, &name) && name.len == 0)
			g->forwards = "forward-zone '.'";
	NODE_EACH(clause, root, "auth-zone") {
		if (!canonical_name(g, clause, &name))
			continue;
		const struct auth_zone *z = strmap_get(s->auth_zones, name);

		if (z == NULL || !z->downstream || is_of_home(name))
			continue;
		g->any_zone = name;
		if (answers_strangers(g, name)) {
			g->public_zone = name;
			return;
		}
	}
}

static void
conclude(const struct guess *g, struct intent *in)
{
	struct arena *a = g->arena;

	if (g->recurses && g->public_zone.len > 0) {
		in->role = ROLE_MIXED;
		in->role_reason = arena_printf(
			a, "it recurses, and serves zones to everybody, such "
			"as '%.*s'", SLICE(g->public_zone));
	} else if (g->recurses && g->forwards != NULL) {
		in->role = ROLE_FORWARDER;
		in->role_reason = arena_printf(
			a, "it asks others for everything ('%s')", g->forwards);
	} else if (g->recurses) {
		in->role = ROLE_RESOLVER;
		in->role_reason = "it recurses, and serves no zone of its own "
				  "to everybody";
	} else if (g->any_zone.len > 0) {
		in->role = ROLE_AUTHORITATIVE;
		in->role_reason = arena_printf(
			a, "it recurses for nobody, and serves zones such as "
			"'%.*s'", SLICE(g->any_zone));
	} else if (g->model->access != NULL) {
		in->role = ROLE_RESOLVER;
		in->role_reason = "it serves no zone of its own";
	}
}

void
infer_role(struct arena *a, const struct config *c, const struct model *m,
	   struct predict *p, struct intent *intent)
{
	struct guess g = { .arena = a, .config = c, .model = m, .predict = p };
	struct question q = question_foreign(m);

	g.public = clients_public(a);
	g.recurses = !clients_empty(
		clients_where(a, p, &q, clients_all(a), may_recurse));
	if (m->views != NULL)
		look_at_views(&g, m->views);
	else
		look_at_clauses(&g, m->access);
	conclude(&g, intent);
}
