#include "tests/acl_walk.h"

#include "base/vec.h"

/* An entry of a list in memory, in the order they are tried. */
struct entry {
	bool is_prefix; /* else `element` is looked at */
	bool negative;
	struct prefix prefix;
	const struct element *element;
	const struct address_list *list;
};

struct compiled {
	VEC(struct entry) entries;
	bool has_negatives;
};

struct walk {
	struct arena *arena;
	struct compiled *lists; /* by id */
};

static struct entry *
find_prefix(struct compiled *c, struct prefix p)
{
	for (size_t i = 0; i < c->entries.len; i++) {
		struct entry *e = &c->entries.at[i];

		if (e->is_prefix && e->prefix.len == p.len &&
		    addr_cmp(e->prefix.addr, p.addr) == 0)
			return e;
	}
	return NULL;
}

/* A prefix that is there already stays as it is (dns_iptable_addprefix). */
static void
enter_prefix(struct arena *a, struct compiled *c, struct entry e,
	     struct prefix p)
{
	e.is_prefix = true;
	e.prefix = prefix_network(p);
	if (find_prefix(c, e.prefix) == NULL)
		*VEC_PUSH(a, &c->entries) = e;
}

static void
enter_all(struct arena *a, struct compiled *c, struct entry e)
{
	for (int f = 0; f < FAMILY_COUNT; f++)
		enter_prefix(a, c, e,
			     (struct prefix){ addr_first((enum family)f), 0 });
}

/* Negating turns prefixes that were there before (dns_iptable_merge). */
static void
merge(struct arena *a, struct compiled *to, const struct compiled *from,
      bool negated)
{
	for (size_t i = 0; i < from->entries.len; i++) {
		struct entry e = from->entries.at[i];
		struct entry *old =
			e.is_prefix ? find_prefix(to, e.prefix) : NULL;

		if (old != NULL && negated && !e.negative)
			old->negative = true;
		e.negative |= negated;
		if (old == NULL)
			*VEC_PUSH(a, &to->entries) = e;
	}
}

static void
enter(struct walk *w, struct compiled *c, struct entry e)
{
	const struct element *x = e.element;

	switch ((enum element_kind)x->kind) {
	case ELEMENT_PREFIX:
		enter_prefix(w->arena, c, e, element_prefix(x));
		return;
	case ELEMENT_NONE:
		e.negative = !e.negative;
		enter_all(w->arena, c, e);
		return;
	case ELEMENT_ANY:
		enter_all(w->arena, c, e);
		return;
	case ELEMENT_LIST:
		if (!w->lists[x->lo].has_negatives) {
			merge(w->arena, c, &w->lists[x->lo], x->negated);
			return;
		}
		break;
	default:
		break;
	}
	*VEC_PUSH(w->arena, &c->entries) = e;
}

/* cfg_acl_fromconfig() */
static void
compile(struct walk *w, const struct address_list *l)
{
	struct compiled *c = &w->lists[l->id];

	c->has_negatives = l->apart;
	for (size_t i = 0; i < l->count; i++) {
		const struct element *x = &l->elements[i];

		c->has_negatives |= x->negated || x->kind == ELEMENT_NONE;
		enter(w, c,
		      (struct entry){ .negative = x->negated,
				      .element = x,
				      .list = l });
	}
}

struct walk *
walk_new(struct arena *a, const struct model *m)
{
	struct walk *w = ARENA_NEW(a, struct walk);

	w->arena = a;
	w->lists = ARENA_ARRAY(a, struct compiled, m->list_count);
	for (size_t i = 0; i < m->list_count; i++)
		compile(w, m->lists[i]);
	return w;
}

static const struct entry *
first_match(const struct walk *w, const struct compiled *c,
	    const struct walk_client *who);

static bool
matches(const struct walk *w, const struct entry *e,
	const struct walk_client *who)
{
	const struct entry *inner;

	if (e->is_prefix)
		return prefix_contains(e->prefix, who->address);
	switch ((enum element_kind)e->element->kind) {
	case ELEMENT_KEY:
		return who->key == e->element->lo;
	case ELEMENT_LOCALHOST:
		return who->facts >> FACT_LOCALHOST & 1;
	case ELEMENT_LOCALNETS:
		return who->facts >> FACT_LOCALNETS & 1;
	case ELEMENT_UNKNOWABLE:
		return who->facts >> (FACT_UNKNOWABLE + e->element->lo) & 1;
	default:
		inner = first_match(w, &w->lists[e->element->lo], who);
		return inner != NULL && !inner->negative;
	}
}

/* dns_acl_match() */
static const struct entry *
first_match(const struct walk *w, const struct compiled *c,
	    const struct walk_client *who)
{
	for (size_t i = 0; i < c->entries.len; i++)
		if (matches(w, &c->entries.at[i], who))
			return &c->entries.at[i];
	return NULL;
}

struct walk_result
walk_match(const struct walk *w, const struct address_list *list,
	   const struct walk_client *who)
{
	const struct entry *e = first_match(w, &w->lists[list->id], who);

	if (e == NULL)
		return (struct walk_result){ .element = NULL };
	return (struct walk_result){ !e->negative, e->element, e->list };
}

unsigned
walk_facts_at(const struct host *h, struct addr a, unsigned facts)
{
	const unsigned localhost = 1u << FACT_LOCALHOST;
	const unsigned localnets = 1u << FACT_LOCALNETS;

	if (!h->known && !h->few)
		return facts;
	facts &= ~localhost;
	if (!h->known) {
		if (addr_cmp(a, addr_ipv4(0x7f000001)) == 0 ||
		    addr_cmp(a, (struct addr){ 0, 1, FAMILY_IPV6 }) == 0)
			facts |= localhost;
		return facts;
	}
	facts &= ~localnets;
	for (size_t i = 0; i < h->count; i++) {
		struct prefix p = h->addresses[i].prefix;

		if (addr_cmp(p.addr, a) == 0)
			facts |= localhost;
		if (p.len > 0 && prefix_contains(p, a))
			facts |= localnets;
	}
	return facts;
}

void
walk_count_facts(const struct model *m, const struct address_list *list,
		 unsigned times[static FACTS])
{
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_LIST)
			walk_count_facts(m, m->lists[e->lo], times);
		else if (e->kind == ELEMENT_LOCALHOST)
			times[FACT_LOCALHOST]++;
		else if (e->kind == ELEMENT_LOCALNETS)
			times[FACT_LOCALNETS]++;
		else if (e->kind == ELEMENT_UNKNOWABLE)
			times[FACT_UNKNOWABLE + e->lo]++;
	}
}

static const char *
describe_element(struct arena *a, const struct model *m,
		 const struct element *e)
{
	char buf[ADDR_TEXT_MAX];

	switch ((enum element_kind)e->kind) {
	case ELEMENT_PREFIX:
		return arena_printf(a, "%s",
				    prefix_format(element_prefix(e), buf));
	case ELEMENT_LIST:
		return walk_describe(a, m, m->lists[e->lo]);
	case ELEMENT_KEY:
		return arena_printf(a, "key %u", (unsigned)e->lo);
	case ELEMENT_UNKNOWABLE:
		return arena_printf(a, "unknowable %u", (unsigned)e->lo);
	case ELEMENT_ANY:
		return "any";
	case ELEMENT_NONE:
		return "none";
	case ELEMENT_LOCALHOST:
		return "localhost";
	case ELEMENT_LOCALNETS:
		return "localnets";
	}
	return "";
}

const char *
walk_describe(struct arena *a, const struct model *m,
	      const struct address_list *list)
{
	const char *text = list->apart ? "apart {" : "{";

	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		text = arena_printf(a, "%s %s%s;", text, e->negated ? "!" : "",
				    describe_element(a, m, e));
	}
	return arena_printf(a, "%s }", text);
}
