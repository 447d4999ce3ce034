/*
 * The zones that the server makes by itself: private address space and other
 * names that have no business in the Internet (bin/named/server.c,
 * configure_view and create_empty_zone).
 */
#include "model/name.h"
#include "model/named_lower.h"

#define NIBBLES_15 "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."

static const char *const empty_names[] = {
	"10.in-addr.arpa",
	"168.192.in-addr.arpa",
	"0.in-addr.arpa",
	"127.in-addr.arpa",
	"254.169.in-addr.arpa",
	"2.0.192.in-addr.arpa",
	"100.51.198.in-addr.arpa",
	"113.0.203.in-addr.arpa",
	"255.255.255.255.in-addr.arpa",
	"0.0." NIBBLES_15 NIBBLES_15 "ip6.arpa",
	"1.0." NIBBLES_15 NIBBLES_15 "ip6.arpa",
	"d.f.ip6.arpa",
	"8.e.f.ip6.arpa",
	"9.e.f.ip6.arpa",
	"a.e.f.ip6.arpa",
	"b.e.f.ip6.arpa",
	"8.b.d.0.1.0.0.2.ip6.arpa",
	"empty.as112.arpa",
	"home.arpa",
};

/* Whole runs of names: `first` to `last` below `base`. */
static const struct {
	unsigned first, last;
	const char *base;
} empty_runs[] = {
	{ 16, 31, "172.in-addr.arpa" },
	{ 64, 127, "100.in-addr.arpa" },
};

static const struct forwarding *
deepest_forwarding(const struct view *v, struct slice name)
{
	const struct forwarding *f = strmap_get(v->forwards, name);

	while (f == NULL && name_parent(name, &name))
		f = strmap_get(v->forwards, name);
	return f;
}

struct empties {
	struct lower *l;
	struct view *v;
	const struct node *zones; /* the block with the zone statements */
	struct policy query_on;
	const struct origin *enabled; /* who says that there are any */
	struct strmap *disabled;
};

/* Zone statements that get a cut in the empty zone around them. */
static bool
makes_cut(const struct node *s)
{
	const struct node *body = node_block(s);
	const struct node *type =
		body == NULL ? NULL : node_find(body, "type");
	const struct node *forward =
		body == NULL ? NULL : node_find(body, "forward");

	return type == NULL || !node_is(node_term(type, 1), "forward") ||
	       (forward != NULL && node_is(node_term(forward, 1), "only"));
}

/* Nothing but forwarding, here or above? */
static bool
is_forwarded(const struct empties *e, struct slice name)
{
	const struct forwarding *f = deepest_forwarding(e->v, name);

	return f != NULL && f->only;
}

static void
add_empty(struct empties *e, const char *text)
{
	struct slice name = slice_of(text);

	if (strmap_get(e->disabled, name) != NULL ||
	    view_get_zone(e->v, name) != NULL || is_forwarded(e, name))
		return;
	struct zone *z =
		lower_built_in_zone(e->l, e->v, ZONE_EMPTY, text);

	z->allow_query_on = e->query_on;
	if (!origin_is_default(e->enabled))
		z->origin = *e->enabled;
}

/* The deepest empty zone strictly above `name`, or NULL. */
static struct zone *
empty_above(const struct view *v, struct slice name)
{
	while (name_parent(name, &name)) {
		struct zone *z = strmap_get(v->zones, name);

		if (z != NULL && z->type == ZONE_EMPTY)
			return z;
	}
	return NULL;
}

/* Room is doubled: a provider's reverse zones may be many. */
static void
add_cut(struct arena *a, struct zone *z, struct slice name)
{
	size_t n = z->cut_count;

	if ((n & (n - 1)) == 0)
		z->cuts = arena_grow(a, z->cuts, n * sizeof(*z->cuts),
				     (n == 0 ? 1 : 2 * n) * sizeof(*z->cuts));
	z->cuts[z->cut_count++] = name;
}

static void
add_cuts(struct empties *e)
{
	if (e->zones == NULL)
		return;
	NODE_EACH(s, e->zones, "zone") {
		struct slice name;
		struct zone *z;

		if (!makes_cut(s) ||
		    !name_canonical(e->l->arena, node_text(node_term(s, 1)),
				    &name) ||
		    (z = empty_above(e->v, name)) == NULL)
			continue;
		add_cut(e->l->arena, z, name);
	}
}

/* The lists of the view and of the options are not combined. */
static void
read_disabled(struct empties *e, const struct scopes *s)
{
	const struct node *at = scopes_find(s, "disable-empty-zone");

	for (; at != NULL; at = node_find_next(at, "disable-empty-zone")) {
		struct slice name;

		if (name_canonical(e->l->arena, node_text(node_term(at, 1)),
				   &name))
			*strmap_at(e->disabled, name) = e;
	}
}

/*
 * Until 9.20 allow-query-on of the view or options reaches empty zones only
 * when some zone has inherited it before.
 */
static struct policy
query_on(struct empties *e)
{
	struct policy none = { NULL, origin_default(e->l, "allow-query-on") };

	if (lower_since(e->l, "9.21"))
		return e->v->allow_query_on;
	for (size_t i = 0; i < e->v->zone_count; i++) {
		const struct zone *z = e->v->zone_list[i];

		if (z->view == e->v && z->type != ZONE_HINT &&
		    z->type != ZONE_FORWARD && z->type != ZONE_DELEGATION_ONLY &&
		    z->allow_query_on.list == e->v->allow_query_on.list)
			return e->v->allow_query_on;
	}
	return none;
}

/* Anybody may try to copy it. */
static struct zone *
add_open(struct empties *e, const char *name, const struct origin *origin)
{
	struct zone *z = lower_built_in_zone(e->l, e->v, ZONE_BUILT_IN, name);

	z->origin = *origin;
	z->allow_query_on = e->query_on;
	z->allow_transfer =
		(struct policy){ NULL, origin_default(e->l, "allow-transfer") };
	z->transfer_port = ON_ANY_PORT;
	z->transfer_transport = TRANSPORT_ANY;
	return z;
}

/* The reverse zone of each prefix (bin/named/server.c, dns64_reverse). */
static void
add_reverse(struct empties *e, const struct node *dns64)
{
	struct prefix p;

	if (!prefix_parse(node_text(node_term(dns64, 1)), &p) ||
	    p.addr.family != FAMILY_IPV6 || p.len % 8 != 0 || p.len == 0)
		return;
	const char *name = "ip6.arpa";

	for (unsigned i = 0; i < p.len / 4; i++) {
		uint64_t half = i < 16 ? p.addr.hi : p.addr.lo;

		name = arena_printf(e->l->arena, "%x.%s",
				    (unsigned)(half >> 4 * (15 - i % 16) & 15),
				    name);
	}
	const struct origin *here = origin_at(e->l, "dns64", dns64);
	const struct zone *there = view_get_zone(e->v, slice_of(name));

	if (there == NULL) {
		add_open(e, name, here)->translated = (uint8_t)p.len;
	} else if (e->v->reverse_twice == NULL) {
		e->v->reverse_twice = here;
		e->v->reverse_first = &there->origin;
	}
}

/* Translation of IPv6 clients brings zones of its own (RFC 7050, RFC 8880). */
static void
add_translation(struct empties *e, const struct scopes *s)
{
	static const char *const names[] = { "ipv4only.arpa",
					     "170.0.0.192.in-addr.arpa",
					     "171.0.0.192.in-addr.arpa" };
	const struct node *dns64 = scopes_find(s, "dns64");
	struct flag only =
		lower_flag(e->l, s, "ipv4only-enable", dns64 != NULL);
	const struct origin *why = origin_is_default(only.origin) && only.on
					   ? origin_at(e->l, "dns64", dns64)
					   : only.origin;

	for (size_t i = 0; i < 3 && only.on; i++) {
		struct slice name = slice_of(names[i]);

		if (view_get_zone(e->v, name) == NULL &&
		    !is_forwarded(e, name))
			add_open(e, names[i], why);
	}
	for (; dns64 != NULL; dns64 = node_find_next(dns64, "dns64"))
		add_reverse(e, dns64);
}

void
lower_empty_zones(struct lower *l, struct view *v, const struct scopes *s,
		  const struct node *zones)
{
	struct empties e = { .l = l, .v = v, .zones = zones,
			     .disabled = strmap_new(l->arena, false) };
	struct flag enable =
		lower_flag(l, s, "empty-zones-enable", v->recursion.on);

	e.query_on = query_on(&e);
	add_translation(&e, s);
	if (!enable.on)
		return;
	e.enabled = enable.origin;
	read_disabled(&e, s);
	for (size_t i = 0; i < sizeof(empty_names) / sizeof(*empty_names); i++)
		add_empty(&e, empty_names[i]);
	for (size_t i = 0; i < sizeof(empty_runs) / sizeof(*empty_runs); i++)
		for (unsigned n = empty_runs[i].first; n <= empty_runs[i].last;
		     n++)
			add_empty(&e, arena_printf(l->arena, "%u.%s", n,
						   empty_runs[i].base));
	if (lower_since(l, "9.18.26"))
		add_empty(&e, "resolver.arpa");
	add_cuts(&e);
}
