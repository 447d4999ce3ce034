#include "model/unbound.h"

#include "model/name.h"
#include "model/unbound_lower.h"
#include "schema/release.h"
#include "schema/types_unbound.h"

const struct origin *
unbound_origin(struct lower_unbound *l, const struct node *statement)
{
	struct origin *o = ARENA_NEW(l->arena, struct origin);
	struct slice name = node_text(statement->first);

	if (l->option == NULL || !slice_is(name, l->option))
		l->option = arena_strdup(l->arena, name);
	o->option = l->option;
	o->span = statement->span;
	return o;
}

const struct origin *
unbound_default(struct lower_unbound *l, const char *option)
{
	struct origin *o = ARENA_NEW(l->arena, struct origin);

	o->option = option;
	return o;
}

struct slice
unbound_term(const struct node *option, size_t i)
{
	return node_text(node_term(option, i + 1));
}

const struct node *
unbound_scalar(const struct lower_unbound *l, const char *name)
{
	return strmap_get(l->scalars, slice_of(name));
}

bool
unbound_flag(const struct lower_unbound *l, const char *name, bool initial)
{
	const struct node *s = unbound_scalar(l, name);

	return s == NULL ? initial : slice_is(unbound_term(s, 0), "yes");
}

bool
unbound_since(const struct lower_unbound *l, const char *release)
{
	return *release == '\0' ||
	       l->facts.target >= release_parse(slice_of(release), 0);
}

void
unbound_each(struct lower_unbound *l, const char *name, unbound_take_fn *take,
	     void *context)
{
	/* An option that is nowhere is not looked for. */
	if (unbound_scalar(l, name) == NULL)
		return;
	CONFIG_EACH(clause, l->config, "server")
		NODE_EACH(option, node_block(clause), name)
			take(context, option);
}

static const struct strmap *
index_scalars(struct lower_unbound *l)
{
	struct strmap *m = strmap_new(l->arena, false);
	struct slice last = { "", 0 };
	void **at = NULL;

	CONFIG_EACH(clause, l->config, "server")
		for (const struct node *o = node_first(node_block(clause));
		     o != NULL; o = o->next) {
			if (o->kind != NODE_STATEMENT)
				continue;
			if (at == NULL ||
			    !slice_equal(node_text(o->first), last)) {
				last = node_text(o->first);
				at = strmap_at(m, last);
			}
			*at = (void *)(uintptr_t)o;
		}
	return m;
}

static void
define_tags(void *context, const struct node *option)
{
	struct lower_unbound *l = context;
	struct slice rest = unbound_term(option, 0);

	for (struct slice tag; (tag = type_ub_word(&rest)).len > 0;) {
		void **at = strmap_at(l->tags, tag);

		if (*at == NULL)
			*at = (void *)(uintptr_t)++l->tag_count;
	}
}

struct tag_set
unbound_tags(struct lower_unbound *l, struct slice list)
{
	VEC(uint16_t) v = { 0 };

	for (struct slice tag; (tag = type_ub_word(&list)).len > 0;) {
		uintptr_t n = (uintptr_t)strmap_get(l->tags, tag);

		if (n > 0)
			*VEC_PUSH(l->arena, &v) = (uint16_t)(n - 1);
	}
	return (struct tag_set){ v.at, v.len };
}

bool
unbound_tag_datum(struct lower_unbound *l, const struct node *option,
		  struct tag_datum *datum)
{
	struct tag_set tag = unbound_tags(l, unbound_term(option, 1));
	bool chaos;

	if (tag.count == 0 ||
	    !unbound_record_type(unbound_term(option, 2), &chaos, &datum->type))
		return false;
	datum->tag = tag.numbers[0];
	return true;
}

bool
local_type_parse(struct slice word, enum local_type *type)
{
	static const char *const names[] = {
		[LOCAL_ALWAYS_DENY] = "always_deny",
		[LOCAL_ALWAYS_NODATA] = "always_nodata",
		[LOCAL_ALWAYS_NULL] = "always_null",
		[LOCAL_ALWAYS_NXDOMAIN] = "always_nxdomain",
		[LOCAL_ALWAYS_REFUSE] = "always_refuse",
		[LOCAL_ALWAYS_TRANSPARENT] = "always_transparent",
		[LOCAL_BLOCK_A] = "block_a",
		[LOCAL_BLOCK_A_WDATA] = "block_a_wdata",
		[LOCAL_BLOCK_AAAA] = "block_aaaa",
		[LOCAL_BLOCK_AAAA_WDATA] = "block_aaaa_wdata",
		[LOCAL_DENY] = "deny",
		[LOCAL_INFORM] = "inform",
		[LOCAL_INFORM_DENY] = "inform_deny",
		[LOCAL_INFORM_REDIRECT] = "inform_redirect",
		[LOCAL_IPSET] = "ipset",
		[LOCAL_NODEFAULT] = "nodefault",
		[LOCAL_NOVIEW] = "noview",
		[LOCAL_REDIRECT] = "redirect",
		[LOCAL_REFUSE] = "refuse",
		[LOCAL_STATIC] = "static",
		[LOCAL_TRANSPARENT] = "transparent",
		[LOCAL_TRUNCATE] = "truncate",
		[LOCAL_TYPETRANSPARENT] = "typetransparent",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (slice_is(word, names[i])) {
			*type = (enum local_type)i;
			return true;
		}
	}
	return false;
}

/* Relative names of files are taken from `directory`. */
static const char *
resolve_file(struct lower_unbound *l, struct slice file)
{
	const struct node *dir = unbound_scalar(l, "directory");

	if (file.len == 0)
		return NULL;
	if (dir == NULL || file.data[0] == '/' ||
	    unbound_term(dir, 0).len == 0)
		return arena_strdup(l->arena, file);
	return arena_printf(l->arena, "%.*s/%.*s",
			    SLICE(unbound_term(dir, 0)), SLICE(file));
}

/* A statement that names somebody who may send NOTIFY; names are not known. */
static void
add_notifier(struct lower_unbound *l, struct auth_zone *z,
	     const struct node *s)
{
	struct slice rest = unbound_term(s, 0);
	struct slice text = slice_split(&rest, '@');
	struct prefix *more;
	struct prefix p;

	rest = text;
	text = slice_split(&rest, '#');
	if (!prefix_parse(text, &p)) {
		z->notifiers_unknown = true;
		return;
	}
	more = ARENA_ARRAY(l->arena, struct prefix, z->notifier_count + 1);
	for (size_t i = 0; i < z->notifier_count; i++)
		more[i] = z->notifiers[i];
	more[z->notifier_count++] = p;
	z->notifiers = more;
}

/* Only what is fetched from others is told of by NOTIFY. */
static void
lower_notifiers(struct lower_unbound *l, struct auth_zone *z,
		const struct node *block)
{
	static const char *const names[] = { "primary", "master",
					     "allow-notify" };

	if (node_find(block, "primary") == NULL &&
	    node_find(block, "master") == NULL)
		return;
	for (size_t i = 0; i < 3; i++)
		NODE_EACH(s, block, names[i])
			add_notifier(l, z, s);
}

/* Of two clauses for one zone the first has the say. */
static void
lower_auth_zone(struct lower_unbound *l, struct strmap *zones,
		const struct node *clause)
{
	const struct node *block = node_block(clause);
	const struct node *name = node_find(block, "name");
	const struct node *file = node_find(block, "zonefile");
	const struct node *s;
	struct slice canonical;

	if (name == NULL ||
	    !name_canonical(l->arena, unbound_term(name, 0), &canonical))
		return;
	void **at = strmap_at(zones, canonical);

	if (*at != NULL)
		return;
	struct auth_zone *z = ARENA_NEW(l->arena, struct auth_zone);

	z->name = canonical;
	z->origin = *unbound_origin(l, clause);
	z->origin.span = name->span;
	s = node_find(block, "for-downstream");
	z->downstream = s == NULL || slice_is(unbound_term(s, 0), "yes");
	s = node_find(block, "fallback-enabled");
	z->fallback = s != NULL && slice_is(unbound_term(s, 0), "yes");
	z->transferred = node_find(block, "primary") != NULL ||
			 node_find(block, "master") != NULL ||
			 node_find(block, "url") != NULL;
	if (file != NULL)
		z->file = resolve_file(l, unbound_term(file, 0));
	lower_notifiers(l, z, block);
	*at = z;
}

static void
lower_auth_zones(struct lower_unbound *l)
{
	struct strmap *zones = strmap_new(l->arena, false);

	CONFIG_EACH(clause, l->config, "auth-zone")
		lower_auth_zone(l, zones, clause);
	l->access->auth_zones = zones;
}

/* Of several for one name the last counts. */
static void
lower_upstreams_of(struct lower_unbound *l, struct strmap *upstreams,
		   const char *kind, const char *option)
{
	CONFIG_EACH(clause, l->config, kind)
	{
		const struct node *block = node_block(clause);
		const struct node *name = node_find(block, "name");
		const struct node *uncached = node_find(block, option);
		struct upstream *u;
		struct slice canonical;

		if (name == NULL ||
		    !name_canonical(l->arena, unbound_term(name, 0),
				    &canonical))
			continue;
		u = ARENA_NEW(l->arena, struct upstream);
		u->uncached = uncached != NULL &&
			      slice_is(unbound_term(uncached, 0), "yes");
		*strmap_at(upstreams, canonical) = u;
	}
}

/* A forward-zone stands before a stub-zone of its name. */
static void
lower_upstreams(struct lower_unbound *l)
{
	struct strmap *upstreams = strmap_new(l->arena, false);

	lower_upstreams_of(l, upstreams, "stub-zone", "stub-no-cache");
	lower_upstreams_of(l, upstreams, "forward-zone", "forward-no-cache");
	l->access->upstreams = upstreams;
}

/* What the module respip does: policy zones, and addresses in answers. */
static void
lower_response_policies(struct lower_unbound *l)
{
	const struct node *ip = unbound_scalar(l, "response-ip");
	VEC(struct auth_zone) zones = { 0 };

	if (ip != NULL)
		l->access->response_ip = unbound_origin(l, ip);
	CONFIG_EACH(clause, l->config, "rpz") {
		struct strmap *one = strmap_new(l->arena, false);
		size_t count;

		lower_auth_zone(l, one, clause);
		const struct slice *names = strmap_keys(l->arena, one, &count);

		if (count == 1)
			*VEC_PUSH(l->arena, &zones) =
				*(const struct auth_zone *)strmap_get(one,
								      names[0]);
	}
	l->access->policy_zones = zones.at;
	l->access->policy_zone_count = zones.len;
}

/* Modules that decide by what the configuration does not show. */
static void
lower_modules(struct lower_unbound *l)
{
	const struct node *s = unbound_scalar(l, "module-config");
	struct slice rest = s == NULL ? (struct slice){ "", 0 }
				      : unbound_term(s, 0);

	for (struct slice w; (w = type_ub_word(&rest)).len > 0;) {
		if (slice_is(w, "python") || slice_is(w, "dynlib"))
			l->access->modules = unbound_origin(l, s);
		if (slice_is(w, "respip"))
			lower_response_policies(l);
	}
}

static void
lower_flags(struct lower_unbound *l)
{
	struct access *a = l->access;
	const struct node *any = unbound_scalar(l, "deny-any");

	a->ede = unbound_flag(l, "ede", false);
	a->deny_any = unbound_flag(l, "deny-any", false);
	a->deny_any_origin = any == NULL ? unbound_default(l, "deny-any")
					 : unbound_origin(l, any);
	a->hide_identity = unbound_flag(l, "hide-identity", false);
	a->hide_version = unbound_flag(l, "hide-version", false);
	a->hide_trustanchor = unbound_flag(l, "hide-trustanchor", false);
	/* Releases: see doc/semantics.md */
	a->refusal_is_malformed = a->ede && unbound_since(l, "1.16") &&
				  !unbound_since(l, "1.19.3");
	a->ds_of_refused_apex = unbound_since(l, "1.25");
	a->policy = l->facts.policy;
}

const struct model *
model_from_unbound(struct arena *a, const struct config *c,
		   struct model_facts facts)
{
	static const char *const keys[] = { "" };
	struct model *m = ARENA_NEW(a, struct model);
	struct lower_unbound l = {
		.arena = a,
		.config = c,
		.facts = facts,
		.access = ARENA_NEW(a, struct access),
		.views = strmap_new(a, false),
		.tags = strmap_new(a, false),
	};

	l.scalars = index_scalars(&l);
	unbound_each(&l, "define-tag", define_tags, &l);
	lower_flags(&l);
	lower_unbound_views(&l);
	lower_unbound_zones(&l);
	lower_unbound_blocks(&l);
	lower_unbound_listeners(&l);
	lower_auth_zones(&l);
	lower_upstreams(&l);
	lower_modules(&l);
	*m = (struct model){
		.arena = a,
		.sources = c->sources,
		.host = facts.host,
		.keys = keys,
		.key_count = 1,
		.key_numbers = strmap_new(a, true),
		.access = l.access,
	};
	return m;
}
