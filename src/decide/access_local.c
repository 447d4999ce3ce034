/* Local zones: which one answers, and what (services/localzone.c). */
#include "base/strmap.h"
#include "decide/access.h"
#include "model/name.h"
#include "model/rrtype.h"

/* What stands at a name of a zone. */
enum presence {
	MISS, /* no such name */
	EMPTY, /* only names below it */
	NODATA, /* other types */
	HIT, /* the type, or an alias */
};

static bool
has_type(const struct local_name *n, uint16_t type)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->types[i] == type)
			return true;
	return false;
}

static enum presence
look(const struct local_zone *z, struct slice name, uint16_t type)
{
	const struct local_name *n = strmap_get(z->names, name);

	if (n == NULL)
		return MISS;
	if (has_type(n, type) || has_type(n, RRTYPE_CNAME))
		return HIT;
	return n->count == 0 ? EMPTY : NODATA;
}

/* Tags in both; the lowest one, which alone has a say. */
static bool
common_tag(struct tag_set a, struct tag_set b, uint16_t *tag)
{
	*tag = UINT16_MAX;
	for (size_t i = 0; i < a.count; i++)
		for (size_t j = 0; j < b.count; j++)
			if (a.numbers[i] == b.numbers[j] &&
			    a.numbers[i] < *tag)
				*tag = a.numbers[i];
	return *tag != UINT16_MAX;
}

static const struct strmap *
zones_of(const struct local_tree *tree, uint16_t qclass)
{
	return qclass == CLASS_IN   ? tree->in
	       : qclass == CLASS_CH ? tree->ch
				    : NULL;
}

/* A question for DS belongs to the zone above. */
static struct slice
zone_name(const struct trial *t, const struct strmap *zones)
{
	struct slice name = t->q->qname, parent;
	const struct local_zone *own = strmap_get(zones, name);

	if (t->q->qtype != RRTYPE_DS || !name_parent(name, &parent))
		return name;
	if (t->model->access->ds_of_refused_apex && own != NULL &&
	    own->type == LOCAL_ALWAYS_REFUSE)
		return name;
	return parent;
}

/*
 * The closest zone at or above the question that the client may see: one
 * without tags, or with one of the client's. `tags` NULL: tags do not count.
 */
static const struct local_zone *
closest(const struct trial *t, const struct local_tree *tree,
	const struct tag_set *tags)
{
	const struct strmap *zones = zones_of(tree, t->q->qclass);
	struct slice name;
	uint16_t tag;

	if (zones == NULL)
		return NULL;
	name = zone_name(t, zones);
	do {
		const struct local_zone *z = strmap_get(zones, name);

		if (z != NULL && (tags == NULL || z->tags.count == 0 ||
				  common_tag(z->tags, *tags, &tag)))
			return z;
	} while (name_parent(name, &name));
	return NULL;
}

struct answer {
	const struct local_zone *zone;
	enum local_type type;
	const struct origin *origin;
	int tag; /* that the client and the zone have in common, or -1 */
};

/* Overrides first, then the action of the tag in common. */
static void
choose_type(struct trial *t, const struct access_policy *p, struct answer *a)
{
	uint16_t tag;

	a->type = a->zone->type;
	a->origin = a->zone->origin;
	if (access_override(t, a->zone, &a->type, &a->origin) ||
	    !common_tag(a->zone->tags, p->tags, &tag))
		return;
	a->tag = tag;
	for (size_t i = 0; i < p->rule_count; i++) {
		if (p->rules[i].tag == tag && p->rules[i].has_type) {
			a->type = p->rules[i].type;
			a->origin = p->rules[i].origin;
			return;
		}
	}
}

static int
answer(struct decision *d, const struct answer *a, enum rcode rcode)
{
	*d = (struct decision){
		.rcode = rcode,
		.outcome = rcode == RCODE_REFUSED ? OUTCOME_REFUSED
			   : rcode == RCODE_DROP  ? OUTCOME_DROPPED
						  : OUTCOME_LOCAL,
		.aa = BIT_SET,
		.ra = BIT_SET,
		.view = "",
		.reason = a->origin,
	};
	return LOCAL_ANSWERS;
}

/* What types do with names that are not there, and with types that are not. */
struct manner {
	int miss, nodata, empty; /* an enum rcode, or PASS */
	bool ignores_data;
};
enum { PASS = -1 };

static const struct manner manners[] = {
	[LOCAL_ALWAYS_DENY] = { RCODE_DROP, RCODE_DROP, RCODE_DROP, true },
	[LOCAL_ALWAYS_NODATA] = { RCODE_NOERROR, RCODE_NOERROR, RCODE_NOERROR,
				  true },
	[LOCAL_ALWAYS_NULL] = { RCODE_NOERROR, RCODE_NOERROR, RCODE_NOERROR,
				false },
	[LOCAL_ALWAYS_NXDOMAIN] = { RCODE_NXDOMAIN, RCODE_NXDOMAIN,
				    RCODE_NXDOMAIN, true },
	[LOCAL_ALWAYS_REFUSE] = { RCODE_REFUSED, RCODE_REFUSED, RCODE_REFUSED,
				  true },
	[LOCAL_ALWAYS_TRANSPARENT] = { PASS, PASS, PASS, true },
	[LOCAL_BLOCK_A] = { PASS, PASS, PASS, true },
	[LOCAL_BLOCK_A_WDATA] = { PASS, PASS, PASS, false },
	[LOCAL_BLOCK_AAAA] = { PASS, PASS, PASS, true },
	[LOCAL_BLOCK_AAAA_WDATA] = { PASS, PASS, PASS, false },
	[LOCAL_DENY] = { RCODE_DROP, RCODE_DROP, RCODE_DROP, false },
	[LOCAL_INFORM] = { PASS, RCODE_NOERROR, PASS, false },
	[LOCAL_INFORM_DENY] = { RCODE_DROP, RCODE_DROP, RCODE_DROP, false },
	[LOCAL_INFORM_REDIRECT] = { RCODE_NOERROR, RCODE_NOERROR,
				    RCODE_NOERROR, false },
	[LOCAL_IPSET] = { PASS, PASS, PASS, true },
	[LOCAL_NODEFAULT] = { PASS, RCODE_NOERROR, PASS, false },
	[LOCAL_NOVIEW] = { PASS, RCODE_NOERROR, PASS, false },
	[LOCAL_REDIRECT] = { RCODE_NOERROR, RCODE_NOERROR, RCODE_NOERROR,
			     false },
	[LOCAL_REFUSE] = { RCODE_REFUSED, RCODE_REFUSED, RCODE_REFUSED,
			   false },
	[LOCAL_STATIC] = { RCODE_NXDOMAIN, RCODE_NOERROR, RCODE_NOERROR,
			   false },
	[LOCAL_TRANSPARENT] = { PASS, RCODE_NOERROR, PASS, false },
	[LOCAL_TRUNCATE] = { PASS, RCODE_NOERROR, PASS, false },
	[LOCAL_TYPETRANSPARENT] = { PASS, PASS, PASS, false },
};

static bool
is_redirect(enum local_type type)
{
	return type == LOCAL_REDIRECT || type == LOCAL_INFORM_REDIRECT;
}

static bool
blocks_type(enum local_type type, uint16_t qtype)
{
	if (type == LOCAL_BLOCK_A || type == LOCAL_BLOCK_A_WDATA)
		return qtype == RRTYPE_A;
	if (type == LOCAL_BLOCK_AAAA || type == LOCAL_BLOCK_AAAA_WDATA)
		return qtype == RRTYPE_AAAA;
	return false;
}

/* What the tag in common has of the type, or an alias. */
static const struct tag_datum *
find_tag_datum(const struct access_policy *p, int tag, uint16_t type)
{
	for (size_t i = 0; i < p->datum_count; i++)
		if (p->data[i].tag == tag && (p->data[i].type == type ||
					      p->data[i].type == RRTYPE_CNAME))
			return &p->data[i];
	return NULL;
}

/* An alias is answered with what it leads to (local_data_answer). */
static int
answer_redirect(struct trial *t, const struct access_policy *policy,
		const struct answer *a, struct decision *d)
{
	const struct local_name *apex =
		strmap_get(a->zone->names, a->zone->name);
	const struct tag_datum *own =
		find_tag_datum(policy, a->tag, t->q->qtype);

	answer(d, a, RCODE_NOERROR);
	if (own != NULL)
		return own->type == RRTYPE_CNAME && t->q->qtype != RRTYPE_CNAME
			       ? LOCAL_DEFERS
			       : LOCAL_ANSWERS;
	if (apex != NULL && has_type(apex, RRTYPE_CNAME) &&
	    t->q->qtype != RRTYPE_CNAME)
		return LOCAL_DEFERS;
	return LOCAL_ANSWERS;
}

static int
answer_by_type(struct trial *t, const struct access_policy *policy,
	       const struct answer *a, struct decision *d)
{
	const struct manner *m = &manners[a->type];
	enum presence p = look(a->zone, t->q->qname, t->q->qtype);

	trial_note(t, "the local zone", a->origin);
	if (is_redirect(a->type))
		return answer_redirect(t, policy, a, d);
	if (p == HIT && !m->ignores_data)
		return answer(d, a, RCODE_NOERROR);
	if (blocks_type(a->type, t->q->qtype))
		return answer(d, a, RCODE_NOERROR);
	if (a->type == LOCAL_TRUNCATE && !t->q->tcp)
		return answer(d, a, RCODE_NOERROR);
	int rcode = p == NODATA	 ? m->nodata
		    : p == EMPTY ? m->empty
				 : m->miss;

	if (rcode == PASS) {
		trial_note(t, "the local zone has no answer", a->origin);
		return LOCAL_PASSES_ON;
	}
	return answer(d, a, (enum rcode)rcode);
}

/* Does a zone of a view give way to those outside? */
static bool
is_put_aside(const struct trial *t, const struct local_zone *z)
{
	enum presence p = look(z, t->q->qname, t->q->qtype);

	switch (z->type) {
	case LOCAL_NOVIEW:
	case LOCAL_ALWAYS_TRANSPARENT:
		return true;
	case LOCAL_TYPETRANSPARENT:
		return p != HIT;
	case LOCAL_TRANSPARENT:
	case LOCAL_INFORM:
		return p == MISS;
	default:
		return false;
	}
}

static int
answer_global(struct trial *t, const struct access_policy *p,
	      struct decision *d)
{
	struct answer a = {
		.zone = closest(t, &t->model->access->tree, &p->tags),
		.tag = -1,
	};

	if (a.zone == NULL)
		return LOCAL_PASSES_ON;
	choose_type(t, p, &a);
	return answer_by_type(t, p, &a, d);
}

int
access_local(struct trial *t, const struct access_policy *policy,
	     struct decision *d)
{
	const struct local_view *v = policy->view;
	struct answer a = { .tag = -1 };

	if (v == NULL || !v->has_tree)
		return answer_global(t, policy, d);
	trial_note(t, "the client's view", &v->origin);
	a.zone = closest(t, &v->tree, NULL);
	if (a.zone == NULL || is_put_aside(t, a.zone))
		return v->first ? answer_global(t, policy, d)
				: LOCAL_PASSES_ON;
	a.type = a.zone->type;
	a.origin = a.zone->origin;
	return answer_by_type(t, policy, &a, d);
}
