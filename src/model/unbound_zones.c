/*
 * Local zones and their data (Unbound services/localzone.c, services/view.c).
 * Of two zones of one name the last counts. Data lie in the closest zone around
 * them; what lies in none gets one transparent zone, at the longest name that
 * is above all of it.
 */
#include "model/name.h"
#include "model/rrtype.h"
#include "model/unbound_lower.h"
#include "schema/types_unbound.h"

/* A zone and its names while they are gathered. */
struct draft_name {
	VEC(uint16_t) types;
};

struct draft_zone {
	struct local_zone zone;
	struct strmap *names; /* struct draft_name, then struct local_name */
	VEC(struct slice) list; /* of the names */
	VEC(struct local_override) overrides;
	bool has_tags;
};

struct tree {
	struct lower_unbound *l;
	struct strmap *zones[2]; /* struct draft_zone; by class */
	VEC(struct draft_zone *) list[2];
	struct strmap *nodefault; /* by name: no zone of the server's own */
	VEC(struct slice) homeless[2]; /* data in no zone */
	VEC(const struct node *) data;
	bool written; /* there is a zone or data */
};

enum { IN, CH };

static struct draft_zone *
make_zone(struct tree *t, int class, struct slice name, enum local_type type,
	  const struct origin *origin)
{
	void **at = strmap_at(t->zones[class], name);
	struct draft_zone *d = *at;

	if (d == NULL) {
		d = ARENA_NEW(t->l->arena, struct draft_zone);
		d->names = strmap_new(t->l->arena, false);
		d->zone.id = t->l->access->zone_count++;
		*VEC_PUSH(t->l->arena, &t->list[class]) = d;
		*at = d;
	}
	d->zone.name = name;
	d->zone.type = type;
	d->zone.origin = origin;
	return d;
}

static struct draft_zone *
closest(struct tree *t, int class, struct slice name)
{
	do {
		struct draft_zone *d = strmap_get(t->zones[class], name);

		if (d != NULL)
			return d;
	} while (name_parent(name, &name));
	return NULL;
}

static struct draft_name *
make_name(struct tree *t, struct draft_zone *d, struct slice name)
{
	void **at = strmap_at(d->names, name);

	if (*at == NULL) {
		*at = ARENA_NEW(t->l->arena, struct draft_name);
		*VEC_PUSH(t->l->arena, &d->list) = name;
	}
	return *at;
}

/* Data at `name`; the names above it, up to the zone's own, come to be. */
static void
put_type(struct tree *t, struct draft_zone *d, struct slice name,
	 uint16_t type)
{
	struct draft_name *n = make_name(t, d, name);

	*VEC_PUSH(t->l->arena, &n->types) = type;
	while (!slice_equal(name, d->zone.name) && name_parent(name, &name))
		make_name(t, d, name);
}

static void
put_types(struct tree *t, struct draft_zone *d, const char *name,
	  const uint16_t *types, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_type(t, d, slice_of(name), types[i]);
}

static void
add_built_in(struct tree *t, struct built_in_zone b)
{
	static const uint16_t apex[] = { RRTYPE_SOA, RRTYPE_NS };
	static const uint16_t host[] = { RRTYPE_SOA, RRTYPE_NS, RRTYPE_A,
					 RRTYPE_AAAA };
	static const uint16_t ptr[] = { RRTYPE_PTR };
	struct slice name =
		arena_slice(t->l->arena, slice_of(b.name));
	bool localhost = slice_is(name, "localhost");
	struct draft_zone *d =
		make_zone(t, IN, name, localhost ? LOCAL_REDIRECT : LOCAL_STATIC,
			  unbound_default(t->l, "local-zone"));

	d->zone.built_in = true;
	if (localhost) {
		put_types(t, d, name.data, host, 4);
		return;
	}
	put_types(t, d, name.data, apex, 2);
	if (slice_is(name, "127.in-addr.arpa"))
		put_types(t, d, "1.0.0.127.in-addr.arpa", ptr, 1);
	else if (name.data[0] == '1' && name.data[1] == '.' && name.len > 60)
		put_types(t, d, name.data, ptr, 1);
}

/* Those that nobody has written or ruled out. */
static void
add_built_ins(struct tree *t, bool lan)
{
	struct built_in_zone b;
	char buf[96];

	for (size_t i = 0; unbound_built_in(i, &b, buf); i++) {
		struct slice name = slice_of(b.name);

		if ((b.lan && !lan) || !unbound_since(t->l, b.since) ||
		    strmap_get(t->zones[IN], name) != NULL ||
		    strmap_get(t->nodefault, name) != NULL)
			continue;
		add_built_in(t, b);
	}
}

static void
take_zone(void *context, const struct node *option)
{
	struct tree *t = context;
	struct slice name;
	enum local_type type;

	if (!name_canonical(t->l->arena, unbound_term(option, 0), &name) ||
	    !local_type_parse(unbound_term(option, 1), &type))
		return;
	if (type == LOCAL_NODEFAULT) {
		*strmap_at(t->nodefault, name) = (void *)(uintptr_t)option;
		return;
	}
	t->written = true;
	make_zone(t, IN, name, type, unbound_origin(t->l, option));
}

static void
take_data(void *context, const struct node *option)
{
	struct tree *t = context;

	t->written = true;
	*VEC_PUSH(t->l->arena, &t->data) = option;
}

bool
unbound_record_type(struct slice text, bool *chaos, uint16_t *type)
{
	struct slice word = type_ub_word(&text);

	if (word.len > 0 && ascii_is_digit(word.data[0]))
		word = type_ub_word(&text);
	*chaos = slice_is_nocase(word, "CH");
	if (*chaos || slice_is_nocase(word, "IN"))
		word = type_ub_word(&text);
	return rrtype_parse(word, type);
}

/* The reverse name of an address, in the text of a record. */
static struct slice
reverse_record(struct tree *t, struct slice text)
{
	struct slice rest = text;
	struct addr a;
	struct arena *arena = t->l->arena;

	if (!addr_parse(type_ub_word(&rest), &a))
		return (struct slice){ "", 0 };
	if (a.family == FAMILY_IPV4)
		return slice_of(arena_printf(
			arena, "%u.%u.%u.%u.in-addr.arpa PTR x",
			(unsigned)(a.lo & 255), (unsigned)(a.lo >> 8 & 255),
			(unsigned)(a.lo >> 16 & 255),
			(unsigned)(a.lo >> 24 & 255)));
	char *out = arena_strdup(arena, (struct slice){ "", 0 });

	for (int i = 0; i < 32; i++) {
		uint64_t half = i < 16 ? a.lo : a.hi;

		out = arena_printf(arena, "%s%x.", out,
				   (unsigned)(half >> 4 * (i % 16) & 15));
	}
	return slice_of(arena_printf(arena, "%sip6.arpa PTR x", out));
}

/* Name, class and type of a record's text. */
static bool
read_record(struct tree *t, const struct node *option, struct slice *name,
	    int *class, uint16_t *type)
{
	struct slice text = unbound_term(option, 0);

	if (slice_is(node_text(option->first), "local-data-ptr"))
		text = reverse_record(t, text);
	if (!name_canonical(t->l->arena, type_ub_word(&text), name))
		return false;
	bool chaos = false;
	bool found = unbound_record_type(text, &chaos, type);

	*class = chaos ? CH : IN;
	return found;
}

/* The longest name that is at or above both. */
static struct slice
common_ancestor(struct slice a, struct slice b)
{
	while (!name_is_within(b, a) && name_parent(a, &a))
		;
	return a;
}

static void
house_the_homeless(struct tree *t, int class)
{
	struct slice above;

	if (t->homeless[class].len == 0)
		return;
	above = t->homeless[class].at[0];
	for (size_t i = 1; i < t->homeless[class].len; i++)
		above = common_ancestor(above, t->homeless[class].at[i]);
	make_zone(t, class, above, LOCAL_TRANSPARENT,
		  unbound_default(t->l, "local-data"));
}

/*
 * Data of another class than IN: in a zone like the one that would hold them in
 * class IN, or homeless.
 */
static void
find_home(struct tree *t, int class, struct slice name)
{
	struct draft_zone *d = closest(t, IN, name);

	if (class != IN && d != NULL)
		make_zone(t, class, d->zone.name, d->zone.type, d->zone.origin);
	else
		*VEC_PUSH(t->l->arena, &t->homeless[class]) = name;
}

static void
place_data(struct tree *t)
{
	struct slice name;
	uint16_t type;
	int class;

	for (size_t i = 0; i < t->data.len; i++)
		if (read_record(t, t->data.at[i], &name, &class, &type) &&
		    closest(t, class, name) == NULL)
			find_home(t, class, name);
	house_the_homeless(t, IN);
	house_the_homeless(t, CH);
	for (size_t i = 0; i < t->data.len; i++)
		if (read_record(t, t->data.at[i], &name, &class, &type))
			put_type(t, closest(t, class, name), name, type);
}

/* The maps of drafts become maps of the model's own structures. */
static const struct strmap *
finish_class(struct tree *t, int class)
{
	struct strmap *out = strmap_new(t->l->arena, false);

	for (size_t i = 0; i < t->list[class].len; i++) {
		struct draft_zone *d = t->list[class].at[i];
		struct strmap *names = strmap_new(t->l->arena, false);

		for (size_t j = 0; j < d->list.len; j++) {
			struct draft_name *from =
				strmap_get(d->names, d->list.at[j]);
			struct local_name *n =
				ARENA_NEW(t->l->arena, struct local_name);

			n->types = from->types.at;
			n->count = from->types.len;
			*strmap_at(names, d->list.at[j]) = n;
		}
		d->zone.names = names;
		d->zone.overrides = d->overrides.at;
		d->zone.override_count = d->overrides.len;
		*strmap_at(out, d->zone.name) = &d->zone;
	}
	return out;
}

static struct tree
tree_new(struct lower_unbound *l)
{
	struct tree t = { .l = l };

	for (int class = IN; class <= CH; class++)
		t.zones[class] = strmap_new(l->arena, false);
	t.nodefault = strmap_new(l->arena, false);
	return t;
}

static struct draft_zone *
zone_of(struct tree *t, const struct node *option)
{
	struct slice name;

	if (!name_canonical(t->l->arena, unbound_term(option, 0), &name))
		return NULL;
	return strmap_get(t->zones[IN], name);
}

/* Two lines for one zone do not add up: the first counts. */
static void
take_zone_tags(void *context, const struct node *option)
{
	struct tree *t = context;
	struct draft_zone *d = zone_of(t, option);

	if (d == NULL || d->has_tags)
		return;
	d->has_tags = true;
	d->zone.tags = unbound_tags(t->l, unbound_term(option, 1));
}

/* Of two for one netblock the last counts. */
static void
take_override(void *context, const struct node *option)
{
	struct tree *t = context;
	struct draft_zone *d = zone_of(t, option);
	struct local_override o = { .origin = unbound_origin(t->l, option) };

	if (d == NULL ||
	    !type_ub_parse_netblock(unbound_term(option, 1), &o.prefix) ||
	    !local_type_parse(unbound_term(option, 2), &o.type))
		return;
	o.prefix = prefix_network(o.prefix);
	*VEC_PUSH(t->l->arena, &d->overrides) = o;
}

void
lower_unbound_zones(struct lower_unbound *l)
{
	struct tree t = tree_new(l);

	unbound_each(l, "local-zone", take_zone, &t);
	unbound_each(l, "local-data", take_data, &t);
	unbound_each(l, "local-data-ptr", take_data, &t);
	add_built_ins(&t, !unbound_flag(l, "unblock-lan-zones", false));
	place_data(&t);
	unbound_each(l, "local-zone-tag", take_zone_tags, &t);
	unbound_each(l, "local-zone-override", take_override, &t);
	l->access->tree.in = finish_class(&t, IN);
	l->access->tree.ch = finish_class(&t, CH);
}

/* A nodefault zone of a view that comes first hides the one outside. */
static void
add_nodefaults(struct tree *t, const struct node *block)
{
	NODE_EACH(option, block, "local-zone") {
		struct slice name;

		if (slice_is(unbound_term(option, 1), "nodefault") &&
		    name_canonical(t->l->arena, unbound_term(option, 0),
				   &name) &&
		    strmap_get(t->zones[IN], name) == NULL) {
			t->written = true;
			make_zone(t, IN, name, LOCAL_NODEFAULT,
				  unbound_origin(t->l, option));
		}
	}
}

static void
lower_view(struct lower_unbound *l, const struct node *clause)
{
	const struct node *block = node_block(clause);
	const struct node *name = node_find(block, "name");
	const struct node *first = NULL;
	struct local_view *v = ARENA_NEW(l->arena, struct local_view);
	struct tree t = tree_new(l);

	if (name == NULL)
		return;
	NODE_EACH(option, block, "view-first")
		first = option;
	v->name = arena_strdup(l->arena, unbound_term(name, 0));
	v->origin = *unbound_origin(l, name);
	v->first = first != NULL && slice_is(unbound_term(first, 0), "yes");
	NODE_EACH(option, block, "local-zone")
		take_zone(&t, option);
	NODE_EACH(option, block, "local-data")
		take_data(&t, option);
	NODE_EACH(option, block, "local-data-ptr")
		take_data(&t, option);
	if (v->first)
		add_nodefaults(&t, block);
	else if (t.written)
		add_built_ins(&t, true);
	place_data(&t);
	v->has_tree = t.written;
	const struct node *response_ip = node_find(block, "response-ip");

	if (response_ip != NULL)
		v->response_ip = unbound_origin(l, response_ip);
	v->tree.in = finish_class(&t, IN);
	v->tree.ch = finish_class(&t, CH);
	*strmap_at(l->views, slice_of(v->name)) = v;
}

void
lower_unbound_views(struct lower_unbound *l)
{
	CONFIG_EACH(clause, l->config, "view")
		lower_view(l, clause);
}
