#include "model/named_lower.h"

#include "model/name.h"
#include "schema/types_named.h"

static const struct {
	const char *name;
	enum zone_type type;
} types[] = {
	{ "primary", ZONE_PRIMARY },
	{ "master", ZONE_PRIMARY },
	{ "secondary", ZONE_SECONDARY },
	{ "slave", ZONE_SECONDARY },
	{ "mirror", ZONE_MIRROR },
	{ "stub", ZONE_STUB },
	{ "static-stub", ZONE_STATIC_STUB },
	{ "forward", ZONE_FORWARD },
	{ "hint", ZONE_HINT },
	{ "redirect", ZONE_REDIRECT },
	{ "delegation-only", ZONE_DELEGATION_ONLY },
};

static bool
type_of(const struct node *body, enum zone_type *type)
{
	const struct node *s = node_find(body, "type");

	for (size_t i = 0; s != NULL && i < sizeof(types) / sizeof(*types);
	     i++) {
		if (node_is(node_term(s, 1), types[i].name)) {
			*type = types[i].type;
			return true;
		}
	}
	return false;
}

/* allow-transfer [ port N ] [ transport T ] { ... } */
void
lower_transfer_way(const struct node *at, int *to, enum transport *by)
{
	static const struct {
		const char *name;
		enum transport transport;
	} transports[] = {
		{ "udp", TRANSPORT_UDP },
		{ "tcp", TRANSPORT_TCP },
		{ "tls", TRANSPORT_TLS },
		{ "http", TRANSPORT_HTTP },
	};
	unsigned long long port;

	*to = ON_ANY_PORT;
	*by = TRANSPORT_ANY;
	for (const struct node *n = at == NULL ? NULL : node_term(at, 1);
	     n != NULL && n->next != NULL && n->kind != NODE_BLOCK;
	     n = n->next) {
		if (node_is(n, "port") &&
		    slice_to_uint(node_text(n->next), UINT16_MAX, &port))
			*to = (int)port;
		for (size_t i = 0; node_is(n, "transport") && i < 4; i++)
			if (node_is(n->next, transports[i].name))
				*by = transports[i].transport;
	}
}

typedef VEC(struct prefix) prefix_vec;

/* Addresses of a list of servers, named lists within it followed. */
static void
add_remotes(struct lower *l, const struct node *block, prefix_vec *out,
	    bool *known, unsigned depth)
{
	static const char *const names[] = { "primaries", "masters",
					     "remote-servers",
					     "parental-agents" };

	for (const struct node *s = block == NULL ? NULL : block->first;
	     s != NULL && depth < 16; s = s->next) {
		struct prefix p;

		if (s->kind != NODE_STATEMENT || s->first == NULL)
			continue;
		if (addr_parse(node_text(s->first), &p.addr)) {
			p.len = family_bits(p.addr.family);
			*VEC_PUSH(l->arena, out) = p;
			continue;
		}
		const struct node *found = NULL;

		for (int i = 0; i < 4 && found == NULL; i++)
			CONFIG_EACH(r, l->config, names[i])
				if (slice_equal_nocase(
					    node_text(node_term(r, 1)),
					    node_text(s->first)))
					found = r;
		if (found == NULL)
			*known = false;
		else
			add_remotes(l, node_block(found), out, known,
				    depth + 1);
	}
}

static void
lower_primaries(struct lower *l, struct zone *z, const struct node *body)
{
	const struct node *s = node_find(body, "primaries");
	prefix_vec v = { 0 };

	if (s == NULL)
		s = node_find(body, "masters");
	z->primaries_known = true;
	const struct node *block = s == NULL ? NULL : node_block(s);

	if (block != NULL) {
		VEC_RESERVE(l->arena, &v, block->len);
		add_remotes(l, block, &v, &z->primaries_known, 0);
	}
	z->primaries = v.at;
	z->primary_count = v.len;
}

/* What a zone has that says nothing of its own: the same all over a view. */
struct inherited {
	struct zone zone; /* its lists */
	const struct node *format; /* masterfile-format, or NULL */
	const struct node *check_names; /* for primaries, or NULL */
	const struct node *ttl_max; /* max-zone-ttl, or NULL */
	bool targets_checked;
};

static const struct node *
find_check_names(const struct scopes *s)
{
	const struct node *blocks[] = { s->zone, s->view, s->options };
	const struct node *check = NULL;

	for (int i = 0; i < 3 && check == NULL; i++) {
		if (blocks[i] == NULL)
			continue;
		NODE_EACH(c, blocks[i], "check-names")
			if (blocks[i] == s->zone ||
			    node_is(node_term(c, 1), "primary") ||
			    node_is(node_term(c, 1), "master"))
				check = c;
	}
	return check;
}

/* Checks of what records lead to, which by default only warn. */
static bool
checks_targets(const struct scopes *s, bool inherited)
{
	static const char *const names[] = { "check-mx", "check-mx-cname",
					     "check-srv-cname" };
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct node *at = scopes_find(s, names[i]);

		any |= at == NULL ? inherited : node_is(node_term(at, 1), "fail");
	}
	return any;
}

/*
 * How its data are kept: masterfile-format is raw by default for zones that
 * are copied from elsewhere (bin/named/zoneconf.c).
 */
static void
lower_data(struct lower *l, struct zone *z, const struct node *body,
	   const struct inherited *inherited)
{
	const struct node *file = node_find(body, "file");
	const struct node *format = node_find(body, "masterfile-format");
	const struct node *check =
		find_check_names(&(struct scopes){ .zone = body });
	const struct node *ttl = node_find(body, "max-zone-ttl");
	unsigned long long seconds;

	if (format == NULL)
		format = inherited->format;
	if (check == NULL)
		check = inherited->check_names;
	if (ttl == NULL)
		ttl = inherited->ttl_max;
	if (ttl != NULL && type_duration_value(node_term(ttl, 1), &seconds))
		z->ttl_max = (uint32_t)seconds;
	if (file != NULL)
		z->file = arena_strdup(l->arena,
				       node_text(node_term(file, 1)));
	z->file_is_text = z->type != ZONE_SECONDARY && z->type != ZONE_MIRROR;
	if (format != NULL)
		z->file_is_text = node_is(node_term(format, 1), "text");
	z->file_is_enough = node_find(body, "database") == NULL &&
			    node_find(body, "dlz") == NULL;
	z->targets_checked =
		z->type == ZONE_PRIMARY &&
		checks_targets(&(struct scopes){ .zone = body },
			       inherited->targets_checked);
	z->names_checked =
		z->type == ZONE_PRIMARY &&
		(check == NULL || node_is(node_term(check, 1), "fail") ||
		 node_is(node_term(check, 2), "fail"));
}

static struct inherited
lower_inherited(struct lower *l, const struct scopes *s)
{
	struct inherited in = {
		.format = scopes_find(s, "masterfile-format"),
		.check_names = find_check_names(s),
		.ttl_max = scopes_find(s, "max-zone-ttl"),
		.targets_checked = checks_targets(s, false),
	};
	struct zone *z = &in.zone;

	z->allow_query = lower_policy(l, s, "allow-query", NULL);
	z->allow_query_on = lower_policy(l, s, "allow-query-on", NULL);
	z->allow_transfer =
		lower_policy(l, s, "allow-transfer",
			     lower_since(l, "9.20") ? l->none : NULL);
	lower_transfer_way(scopes_find(s, "allow-transfer"), &z->transfer_port,
			   &z->transfer_transport);
	z->allow_notify = lower_policy(l, s, "allow-notify", l->none);
	z->allow_update = lower_policy(l, s, "allow-update", l->none);
	z->allow_forwarding =
		lower_policy(l, s, "allow-update-forwarding", l->none);
	return in;
}

static void
lower_own(struct lower *l, const struct node *body, const char *name,
	  struct policy *p)
{
	const struct scopes own = { .zone = body };

	if (node_find(body, name) != NULL)
		*p = lower_policy(l, &own, name, NULL);
}

static void
lower_zone_lists(struct lower *l, struct zone *z, const struct node *body)
{
	const struct node *transfer = node_find(body, "allow-transfer");
	const struct node *update = node_find(body, "update-policy");

	lower_own(l, body, "allow-query", &z->allow_query);
	lower_own(l, body, "allow-query-on", &z->allow_query_on);
	/* Mirrors inherit nothing (bin/named/zoneconf.c). */
	if (z->type == ZONE_MIRROR)
		z->allow_transfer = (struct policy){
			l->none, origin_default(l, "allow-transfer")
		};
	if (z->type == ZONE_MIRROR || transfer != NULL)
		lower_transfer_way(transfer, &z->transfer_port,
				   &z->transfer_transport);
	lower_own(l, body, "allow-transfer", &z->allow_transfer);
	lower_own(l, body, "allow-notify", &z->allow_notify);
	lower_own(l, body, "allow-update", &z->allow_update);
	lower_own(l, body, "allow-update-forwarding", &z->allow_forwarding);
	if (update != NULL)
		z->update_policy = origin_at(l, "update-policy", update);
}

static bool
answers(enum zone_type type)
{
	return type <= ZONE_STATIC_STUB || type == ZONE_EMPTY ||
	       type == ZONE_BUILT_IN;
}

/*
 * An entry for forwarding, if the statement has `forwarders`. A zone does not
 * inherit `forward only`; a view does (bin/named/server.c,
 * configure_forward).
 */
static void
lower_forwarding(struct lower *l, struct view *v, struct slice name,
		 const struct node *forwarders, const struct node *forward)
{
	if (forwarders == NULL)
		return;
	struct forwarding *f = ARENA_NEW(l->arena, struct forwarding);
	const struct node *block = node_block(forwarders);

	f->name = name;
	f->none = block == NULL || node_first(block) == NULL;
	f->only = !f->none && forward != NULL &&
		  node_is(node_term(forward, 1), "only");
	f->origin = *origin_at(l, "forwarders", forwarders);
	*strmap_at(v->forwards, name) = f;
}

static void
put_zone(struct view *v, struct slice name, const struct zone *z)
{
	*(const struct zone **)strmap_at(v->zones, name) = z;
}

struct zone *
lower_built_in_zone(struct lower *l, struct view *v, enum zone_type type,
		    const char *name)
{
	struct zone *z = ARENA_NEW(l->arena, struct zone);

	z->id = l->zone_count++;
	z->text = name;
	if (!name_canonical(l->arena, slice_of(name), &z->name))
		return NULL; /* the names are literals */
	z->type = type;
	z->view = v;
	z->origin = (struct origin){ type == ZONE_EMPTY ? "empty-zones-enable"
							: "zone",
				     { 0, 0 } };
	z->allow_query = v->allow_query;
	z->allow_query_on = v->allow_query_on;
	z->allow_transfer = v->allow_transfer;
	z->allow_update.origin = origin_default(l, "allow-update");
	z->qclass = v->qclass;
	z->transfer_port = v->transfer_port;
	z->transfer_transport = v->transfer_transport;
	put_zone(v, z->name, z);
	return z;
}

/* The zone of an earlier view that `in-view` names. */
static void
lower_in_view(struct lower *l, struct view *v, struct slice name,
	      const struct node *in_view)
{
	for (size_t i = 0; i < l->view_list.len; i++) {
		const struct view *other = l->view_list.at[i];
		const struct zone *z;

		if (other == v ||
		    !slice_is(node_text(node_term(in_view, 1)), other->name))
			continue;
		z = view_get_zone(other, name);
		if (z != NULL)
			put_zone(v, name, z);
	}
}

typedef VEC(const struct zone *) zone_vec;

static void
lower_zone(struct lower *l, struct view *v, const struct inherited *inherited,
	   const struct node *s, zone_vec *all)
{
	const struct node *body = node_block(s);
	const char *text = arena_strdup(l->arena, node_text(node_term(s, 1)));
	struct zone *z = arena_alloc(l->arena, sizeof(*z));

	*z = inherited->zone;
	if (body == NULL || !name_canonical(l->arena, slice_of(text), &z->name))
		return;
	const struct node *in_view = node_find(body, "in-view");

	if (in_view != NULL)
		lower_in_view(l, v, z->name, in_view);
	if (in_view != NULL || !type_of(body, &z->type))
		return;
	lower_forwarding(l, v, z->name, node_find(body, "forwarders"),
			 node_find(body, "forward"));
	z->id = l->zone_count++;
	z->text = text;
	z->view = v;
	z->qclass = v->qclass;
	z->origin = (struct origin){ "zone", s->span };
	lower_zone_lists(l, z, body);
	lower_primaries(l, z, body);
	lower_data(l, z, body, inherited);
	if (z->type == ZONE_REDIRECT)
		v->redirect = &z->origin;
	if (answers(z->type))
		put_zone(v, z->name, z);
	*VEC_PUSH(l->arena, all) = z;
}

void
lower_zones(struct lower *l, struct view *v, const struct scopes *s,
	    const struct node *block)
{
	zone_vec all = { 0 };
	const struct inherited inherited = lower_inherited(l, s);
	size_t count = 0;

	NODE_EACH(z, block, "zone")
		count++;
	strmap_reserve(v->zones, count);
	VEC_RESERVE(l->arena, &all, count);
	lower_forwarding(l, v, SLICE_LITERAL(""),
			 scopes_find(s, "forwarders"),
			 scopes_find(s, "forward"));
	NODE_EACH(z, block, "zone")
		lower_zone(l, v, &inherited, z, &all);
	v->zone_list = all.at;
	v->zone_count = all.len;
}
