#include "decide/clients.h"

#include "base/strmap.h"
#include "base/vec.h"
#include "model/access.h"
#include "model/rrtype.h"
#include "model/views.h"

typedef VEC(struct span_of_clients) span_vec;

static struct client_set
set_of(const span_vec *v)
{
	return (struct client_set){ v->at, v->len };
}

/* Add what follows all that is there; adjacent spans become one. */
static void
append(struct arena *a, span_vec *v, struct addr first, struct addr last)
{
	struct span_of_clients *tail = v->len == 0 ? NULL : &v->at[v->len - 1];

	if (tail != NULL && tail->last.family == first.family &&
	    (addr_cmp(first, tail->last) <= 0 ||
	     addr_cmp(addr_prev(first), tail->last) == 0)) {
		if (addr_cmp(last, tail->last) > 0)
			tail->last = last;
		return;
	}
	*VEC_PUSH(a, v) = (struct span_of_clients){ first, last };
}

struct client_set
clients_of_family(struct arena *a, enum family family)
{
	span_vec v = { 0 };

	append(a, &v, addr_first(family), addr_last(family));
	return set_of(&v);
}

struct client_set
clients_all(struct arena *a)
{
	span_vec v = { 0 };

	append(a, &v, addr_first(FAMILY_IPV4), addr_last(FAMILY_IPV4));
	append(a, &v, addr_first(FAMILY_IPV6), addr_last(FAMILY_IPV6));
	return set_of(&v);
}

struct client_set
clients_union(struct arena *a, struct client_set x, struct client_set y)
{
	span_vec v = { 0 };
	size_t i = 0, k = 0;

	while (i < x.count || k < y.count) {
		bool from_x = k == y.count ||
			      (i < x.count &&
			       addr_cmp(x.at[i].first, y.at[k].first) <= 0);
		const struct span_of_clients *s = from_x ? &x.at[i++]
							 : &y.at[k++];

		append(a, &v, s->first, s->last);
	}
	return set_of(&v);
}

struct client_set
clients_of(struct arena *a, const struct prefix *prefixes, size_t count)
{
	struct client_set s = { NULL, 0 };
	span_vec one = { 0 };

	if (count == 0)
		return s;
	if (count == 1) {
		append(a, &one, prefix_first(prefixes[0]),
		       prefix_last(prefixes[0]));
		return set_of(&one);
	}
	/* Halves, so that many prefixes in any order stay cheap. */
	return clients_union(a, clients_of(a, prefixes, count / 2),
			     clients_of(a, prefixes + count / 2,
					count - count / 2));
}

struct client_set
clients_and(struct arena *a, struct client_set x, struct client_set y)
{
	span_vec v = { 0 };

	for (size_t i = 0, k = 0; i < x.count && k < y.count;) {
		const struct span_of_clients *s = &x.at[i], *t = &y.at[k];
		struct addr first = addr_cmp(s->first, t->first) > 0 ? s->first
								     : t->first;
		struct addr last = addr_cmp(s->last, t->last) < 0 ? s->last
								  : t->last;

		if (addr_cmp(first, last) <= 0)
			append(a, &v, first, last);
		if (addr_cmp(s->last, t->last) < 0)
			i++;
		else
			k++;
	}
	return set_of(&v);
}

/* What is not in `y`. */
static struct client_set
complement(struct arena *a, struct client_set y)
{
	span_vec v = { 0 };
	size_t k = 0;

	for (int f = 0; f < FAMILY_COUNT; f++) {
		struct addr at = addr_first((enum family)f);
		struct addr end = addr_last((enum family)f);
		bool done = false;

		for (; k < y.count && y.at[k].first.family == (enum family)f;
		     k++) {
			if (addr_cmp(at, y.at[k].first) < 0)
				append(a, &v, at, addr_prev(y.at[k].first));
			done = addr_cmp(y.at[k].last, end) == 0;
			if (!done)
				at = addr_next(y.at[k].last);
		}
		if (!done)
			append(a, &v, at, end);
	}
	return set_of(&v);
}

struct client_set
clients_minus(struct arena *a, struct client_set x, struct client_set y)
{
	return clients_and(a, x, complement(a, y));
}

static struct client_set
parse_all(struct arena *a, const char *const *texts, size_t count)
{
	struct prefix *p = ARENA_ARRAY(a, struct prefix, count);

	for (size_t i = 0; i < count; i++)
		prefix_parse(slice_of(texts[i]), &p[i]);
	return clients_of(a, p, count);
}

struct client_set
clients_private(struct arena *a)
{
	static const char *const texts[] = {
		"10.0.0.0/8",	"172.16.0.0/12", "192.168.0.0/16",
		"100.64.0.0/10", "fc00::/7",
	};

	return parse_all(a, texts, sizeof(texts) / sizeof(*texts));
}

struct client_set
clients_public(struct arena *a)
{
	static const char *const special[] = {
		"0.0.0.0/8",	   "127.0.0.0/8",     "169.254.0.0/16",
		"192.0.0.0/24",	   "192.0.2.0/24",    "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24",  "224.0.0.0/3",
		"::/3",		   "3fff::/20",	      "2001:db8::/32",
		"4000::/2",	   "8000::/1",
	};
	struct client_set no = parse_all(a, special,
					 sizeof(special) / sizeof(*special));

	no = clients_union(a, no, clients_private(a));
	return complement(a, no);
}

bool
clients_have(struct client_set s, struct addr x)
{
	for (size_t i = 0; i < s.count; i++)
		if (addr_cmp(s.at[i].first, x) <= 0 &&
		    addr_cmp(x, s.at[i].last) <= 0)
			return true;
	return false;
}

bool
clients_equal(struct client_set x, struct client_set y)
{
	if (x.count != y.count)
		return false;
	for (size_t i = 0; i < x.count; i++)
		if (addr_cmp(x.at[i].first, y.at[i].first) != 0 ||
		    addr_cmp(x.at[i].last, y.at[i].last) != 0)
			return false;
	return true;
}

/* The first span that ends at `x` or behind it; NULL: all end before. */
static const struct span_of_clients *
span_reaching(struct client_set s, struct addr x)
{
	size_t low = 0, high = s.count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (addr_cmp(s.at[mid].last, x) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s.count ? &s.at[low] : NULL;
}

bool
clients_cover(struct client_set s, struct prefix p)
{
	const struct span_of_clients *x = span_reaching(s, prefix_first(p));

	return x != NULL && addr_cmp(x->first, prefix_first(p)) <= 0 &&
	       addr_cmp(prefix_last(p), x->last) <= 0;
}

bool
clients_meet(struct client_set s, struct prefix p)
{
	const struct span_of_clients *x = span_reaching(s, prefix_first(p));

	return x != NULL && addr_cmp(x->first, prefix_last(p)) <= 0;
}

const struct client_range *
clients_ask(struct arena *a, struct predict *p, const struct question *q,
	    struct client_set s, size_t *count)
{
	VEC(struct client_range) v = { 0 };
	size_t k = 0;

	for (int f = 0; f < FAMILY_COUNT; f++) {
		size_t n, i = 0;
		const struct client_range *all;

		if (k == s.count || s.at[k].first.family != (enum family)f)
			continue;
		all = predict_all(p, q, (enum family)f, &n);
		while (i < n && k < s.count &&
		       s.at[k].first.family == (enum family)f) {
			struct addr first = s.at[k].first, last = s.at[k].last;

			if (addr_cmp(first, all[i].first) < 0)
				first = all[i].first;
			if (addr_cmp(last, all[i].last) > 0)
				last = all[i].last;
			if (addr_cmp(first, last) <= 0)
				*VEC_PUSH(a, &v) = (struct client_range){
					first, last, all[i].decision
				};
			if (addr_cmp(all[i].last, s.at[k].last) < 0)
				i++;
			else
				k++;
		}
	}
	*count = v.len;
	return v.at;
}

struct client_set
clients_where(struct arena *a, struct predict *p, const struct question *q,
	      struct client_set s, decision_test *test)
{
	span_vec v = { 0 };
	size_t n;
	const struct client_range *r = clients_ask(a, p, q, s, &n);

	for (size_t i = 0; i < n; i++)
		if (test(r[i].decision))
			append(a, &v, r[i].first, r[i].last);
	return set_of(&v);
}

/* A group while ranges are added to it. */
struct pile {
	const struct decision *decision;
	span_vec spans;
};

typedef VEC(struct pile) pile_vec;

/* There are few decisions, and the latest is the likeliest. */
static struct pile *
pile_of(struct arena *a, pile_vec *piles, const struct decision *d)
{
	for (size_t i = piles->len; i-- > 0;)
		if (piles->at[i].decision == d)
			return &piles->at[i];
	struct pile *p = VEC_PUSH(a, piles);

	*p = (struct pile){ .decision = d };
	return p;
}

const struct client_group *
clients_group(struct arena *a, struct predict *p, const struct question *q,
	      struct client_set s, decision_test *test, size_t *count)
{
	pile_vec piles = { 0 };
	size_t n;
	const struct client_range *r = clients_ask(a, p, q, s, &n);

	for (size_t i = 0; i < n; i++)
		if (test == NULL || test(r[i].decision))
			append(a, &pile_of(a, &piles, r[i].decision)->spans,
			       r[i].first, r[i].last);
	struct client_group *groups = ARENA_ARRAY(a, struct client_group,
						  piles.len);

	for (size_t i = 0; i < piles.len; i++)
		groups[i] = (struct client_group){ piles.at[i].decision,
						   set_of(&piles.at[i].spans) };
	*count = piles.len;
	return groups;
}

bool
clients_may_match(struct acls *acls, const struct address_list *list)
{
	const uint32_t *keys;

	if (list == NULL || acl_keys(acls, list, &keys) > 0)
		return true;
	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct rangemap *m =
			acl_map(acls, list, (enum family)f, KEY_NONE);

		for (size_t i = 0; i < rangemap_count(m); i++)
			if (acl_verdict(rangemap_steps(m)[i].value) !=
			    VERDICT_NO)
				return true;
	}
	return false;
}

bool
decision_is_refused(const struct decision *d)
{
	return d->outcome == OUTCOME_REFUSED;
}

bool
decision_is_dropped(const struct decision *d)
{
	return d->outcome == OUTCOME_DROPPED;
}

bool
decision_turns_away(const struct decision *d)
{
	return decision_is_refused(d) || decision_is_dropped(d);
}

bool
decision_recurses(const struct decision *d)
{
	return d->outcome == OUTCOME_RECURSION;
}

bool
decision_reads_cache(const struct decision *d)
{
	return d->outcome == OUTCOME_CACHE;
}

bool
decision_serves(const struct decision *d)
{
	return d->outcome == OUTCOME_AUTHORITATIVE ||
	       d->outcome == OUTCOME_LOCAL || d->outcome == OUTCOME_REFERRAL;
}

bool
decision_is_unknown(const struct decision *d)
{
	return d->outcome == OUTCOME_UNKNOWN;
}

struct question
question_of(struct slice qname, uint16_t qtype)
{
	return (struct question){ .qname = qname, .qtype = qtype,
				  .qclass = CLASS_IN, .rd = true };
}

static bool
has_name_above(const struct strmap *names, struct slice name)
{
	for (struct slice rest = name; rest.len > 0;
	     slice_split(&rest, '.'))
		if (names != NULL && strmap_get(names, rest) != NULL)
			return true;
	return false;
}

static bool
is_served(const struct model *m, struct slice name)
{
	if (m->access != NULL)
		return has_name_above(m->access->tree.in, name) ||
		       has_name_above(m->access->auth_zones, name);
	for (size_t i = 0; i < m->views->count; i++)
		if (has_name_above(m->views->list[i]->zones, name) ||
		    has_name_above(m->views->list[i]->forwards, name))
			return true;
	return false;
}

struct question
question_foreign(const struct model *m)
{
	static const char *const names[] = {
		"www.name-of-others.example", "www.name-of-others.com",
		"www.name-of-others.net",     "www.name-of-others.org",
		"www.name-of-others.de",
	};
	size_t i = 0;

	while (i + 1 < sizeof(names) / sizeof(*names) &&
	       is_served(m, slice_of(names[i])))
		i++;
	return question_of(slice_of(names[i]), RRTYPE_A);
}

static void
append_matched(struct arena *a, span_vec *v, const struct rangemap *m,
	       bool maybe)
{
	enum family family = rangemap_family(m);

	for (size_t i = 0; i < rangemap_count(m); i++) {
		const struct step *step = &rangemap_steps(m)[i];
		enum verdict verdict = acl_verdict(step->value);

		if (verdict == VERDICT_YES ||
		    (maybe && verdict == VERDICT_UNKNOWN))
			append(a, v, point_addr(step->first, family),
			       rangemap_last(m, i));
	}
}

struct client_set
clients_matched(struct arena *a, struct acls *acls,
		const struct address_list *list, uint32_t key, bool maybe)
{
	span_vec v = { 0 };

	if (list == NULL)
		return clients_all(a);
	for (int f = 0; f < FAMILY_COUNT; f++)
		append_matched(a, &v, acl_map(acls, list, (enum family)f, key),
			       maybe);
	return set_of(&v);
}
