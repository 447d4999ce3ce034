#include "model/named_lower.h"

#include <string.h>

#include "model/name.h"

static struct address_list *
new_list(struct lower *l, const char *name, struct origin origin)
{
	struct address_list *list = ARENA_NEW(l->arena, struct address_list);

	list->id = (uint32_t)l->lists.len;
	list->name = name;
	list->origin = origin;
	*VEC_PUSH(l->arena, &l->lists) = list;
	return list;
}

uint32_t
lower_key(struct lower *l, struct slice name)
{
	struct slice canonical;

	if (!name_canonical(l->arena, name, &canonical))
		canonical = name;
	uintptr_t *at = (uintptr_t *)strmap_at(l->key_numbers, canonical);

	if (*at == 0) {
		*VEC_PUSH(l->arena, &l->keys) =
			arena_strdup(l->arena, canonical);
		*at = l->keys.len;
	}
	return (uint32_t)*at - 1;
}

/* "10.1/16": the octets that are not written are zero. */
static bool
parse_short(struct slice text, struct addr *out)
{
	uint32_t value = 0;
	unsigned shift = 32;

	while (text.len > 0 && shift > 0) {
		unsigned long long part;

		if (!slice_to_uint(slice_split(&text, '.'), 255, &part))
			return false;
		shift -= 8;
		value |= (uint32_t)part << shift;
	}
	*out = addr_ipv4(value);
	return text.len == 0 && shift < 32;
}

/* A prefix as the typed pass has found it to be one; scopes are ignored. */
static bool
read_prefix(const struct node *n, struct prefix *p)
{
	struct slice rest = node_text(n);
	struct slice head = slice_split(&rest, '/');
	unsigned long long len;

	if (n->kind != NODE_WORD)
		return false;
	if (rest.len == 0 && node_is(n->next, "/"))
		rest = node_text(n->next->next);
	if (!addr_parse(head, &p->addr)) {
		struct slice scope = head;
		struct slice bare = slice_split(&scope, '%');

		if (scope.len > 0 ? !addr_parse(bare, &p->addr)
				  : rest.len == 0 ||
					    !parse_short(head, &p->addr))
			return false;
	}
	p->len = family_bits(p->addr.family);
	if (rest.len > 0 && slice_to_uint(rest, p->len, &len))
		p->len = (unsigned)len;
	return true;
}

static void
set_prefix(struct element *e, struct prefix p)
{
	e->kind = ELEMENT_PREFIX;
	e->hi = p.addr.hi;
	e->lo = p.addr.lo;
	e->family = (uint8_t)p.addr.family;
	e->len = (uint8_t)p.len;
}

static void
set_name(struct lower *l, struct element *e, struct slice name)
{
	static const struct {
		const char *name;
		enum element_kind kind;
	} words[] = {
		{ "any", ELEMENT_ANY },
		{ "none", ELEMENT_NONE },
		{ "localhost", ELEMENT_LOCALHOST },
		{ "localnets", ELEMENT_LOCALNETS },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (slice_is_nocase(name, words[i].name)) {
			e->kind = (uint8_t)words[i].kind;
			return;
		}
	}
	const struct address_list *named = strmap_get(l->acls, name);

	e->kind = named == NULL ? ELEMENT_UNKNOWABLE : ELEMENT_LIST;
	if (named != NULL)
		e->lo = named->id;
}

/* Where the databases are, if that is written. */
static const char *
geo_directory(struct lower *l)
{
	const struct node *options = config_find(l->config, "options");
	const struct node *s = options == NULL
				       ? NULL
				       : node_find(node_block(options),
						   "geoip-directory");

	return s == NULL ? NULL
			 : arena_strdup(l->arena, node_text(node_term(s, 1)));
}

/* The networks of a place become a list of their own. */
static const struct address_list *
geo_list(struct lower *l, const struct prefix *p, size_t count,
	 struct origin origin)
{
	struct address_list *list = new_list(l, NULL, origin);
	struct element *e = ARENA_ARRAY(l->arena, struct element, count);

	for (size_t i = 0; i < count; i++) {
		set_prefix(&e[i], p[i]);
		e[i].begin = origin.span.begin;
	}
	list->elements = e;
	list->count = count;
	list->apart = true;
	return list;
}

/* "geoip [ db NAME ] SUBTYPE VALUE" */
static void
read_geoip(struct lower *l, const struct node *n, struct element *e)
{
	struct geo_query q = { .directory = geo_directory(l) };
	const struct prefix *networks;
	const struct node *at = n->next;
	size_t count;

	e->kind = ELEMENT_UNKNOWABLE;
	if (node_is(at, "db") && at->next != NULL) {
		q.database = node_text(at->next);
		at = at->next->next;
	}
	if (at == NULL || at->next == NULL || l->facts.geo == NULL)
		return;
	q.subtype = node_text(at);
	q.value = node_text(at->next);
	if (!l->facts.geo(l->arena, &l->facts.policy, &q, &networks, &count))
		return;
	e->kind = ELEMENT_LIST;
	e->lo = geo_list(l, networks, count,
			 (struct origin){ "geoip", n->span })
			->id;
}

static void
read_element(struct lower *l, const struct node *s, struct element *e)
{
	const struct node *n = s->first;
	struct prefix p;

	e->begin = s->span.begin;
	for (; n != NULL && n->kind == NODE_NOT; n = n->next)
		e->negated = true;
	if (n == NULL) {
		e->kind = ELEMENT_UNKNOWABLE;
	} else if (n->kind == NODE_BLOCK) {
		struct origin o = { "a nested list", n->span };

		e->lo = lower_list(l, n, NULL, o)->id;
		e->kind = ELEMENT_LIST;
	} else if (read_prefix(n, &p)) {
		set_prefix(e, p);
	} else if (n->kind == NODE_WORD && node_is(n, "key") &&
		   n->next != NULL) {
		e->kind = ELEMENT_KEY;
		e->lo = lower_key(l, node_text(n->next));
	} else if (n->kind == NODE_WORD && node_is(n, "geoip")) {
		read_geoip(l, n, e);
	} else {
		set_name(l, e, node_text(n));
	}
}

static void
fill_list(struct lower *l, struct address_list *list, const struct node *block)
{
	struct element *elements = ARENA_ARRAY(l->arena, struct element,
					       block->len);

	for (const struct node *s = block->first; s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT && list->count < block->len)
			read_element(l, s, &elements[list->count++]);
	list->elements = elements;
}

/* Nests no deeper than the tree: NODE_DEPTH_MAX. */
const struct address_list *
lower_list(struct lower *l, const struct node *block, const char *name,
	   struct origin origin)
{
	struct address_list *list = new_list(l, name, origin);

	if (block != NULL)
		fill_list(l, list, block);
	return list;
}

static const struct address_list *
make_list(struct lower *l, const enum element_kind *kinds, size_t n)
{
	struct address_list *list = new_list(
		l, NULL, (struct origin){ "a default", { 0, 0 } });
	struct element *e = ARENA_ARRAY(l->arena, struct element, n);

	for (size_t i = 0; i < n; i++)
		e[i].kind = (uint8_t)kinds[i];
	list->elements = e;
	list->count = n;
	return list;
}

/* Names first, then bodies: a list may be used before it is defined. */
void
lower_acls(struct lower *l)
{
	static const enum element_kind none[] = { ELEMENT_NONE };
	static const enum element_kind local[] = { ELEMENT_LOCALNETS,
						   ELEMENT_LOCALHOST };

	l->none = make_list(l, none, 1);
	l->local = make_list(l, local, 2);
	CONFIG_EACH(s, l->config, "acl") {
		struct slice name = node_text(node_term(s, 1));
		void **at = strmap_at(l->acls, name);

		if (*at == NULL)
			*at = new_list(l, arena_strdup(l->arena, name),
				       (struct origin){ "acl", s->span });
	}
	CONFIG_EACH(s, l->config, "acl") {
		struct address_list *list =
			strmap_get(l->acls, node_text(node_term(s, 1)));

		if (list->elements == NULL && node_block(s) != NULL)
			fill_list(l, list, node_block(s));
	}
}

static struct policy
make_policy(struct lower *l, const char *name, const struct node *at)
{
	const struct address_list *list = lower_list(
		l, node_block(at), NULL, (struct origin){ name, at->span });

	return (struct policy){ list, &list->origin };
}

/* A statement that many zones inherit is one list. */
struct policy
lower_policy(struct lower *l, const struct scopes *s, const char *name,
	     const struct address_list *initial)
{
	const struct node *at = scopes_find(s, name);

	if (at == NULL)
		return (struct policy){ initial, origin_default(l, name) };
	if (s->zone != NULL && node_find(s->zone, name) == at)
		return make_policy(l, name, at);
	struct slice key = { (const char *)&at->span, sizeof(at->span) };
	struct policy **known = (struct policy **)strmap_at(l->policies, key);

	if (*known == NULL) {
		*known = ARENA_NEW(l->arena, struct policy);
		**known = make_policy(l, name, at);
	}
	return **known;
}
