/*
 * What lists match, against the walk of tests/acl_walk.h: random lists in
 * lists, every address of a small window, every key, and hosts of which
 * everything, little or nothing is known.
 */
#include "decide/acl.h"

#include "decide/acl_unit.h"
#include "tests/acl_walk.h"
#include "tests/check.h"
#include "tests/dice.h"
#include "tests/window.h"

enum {
	LISTS = 6,
	ELEMENTS = 6,
	KEYS_USED = 2,
	KEYS = KEYS_USED + 2, /* KEY_NONE, and one that no list mentions */
	HOST_ADDRESSES = 3,
	ROUNDS = 60,
	DEPTH = 1000, /* of lists in lists, more than are followed */
};

struct lab {
	struct arena *arena;
	struct dice dice;
	struct window windows[FAMILY_COUNT];
	struct element elements[LISTS][ELEMENTS];
	struct address_list lists[LISTS];
	const struct address_list *table[LISTS];
	struct host_address addresses[HOST_ADDRESSES];
	struct host host;
	struct model model;
	struct acls *acls;
	struct walk *walk;
	size_t unknown; /* results that are */
};

static struct prefix
random_prefix(struct lab *lab)
{
	const struct window *w = &lab->windows[dice_below(&lab->dice, 2)];
	unsigned bits = family_bits(w->family);
	unsigned host_bits =
		dice_once_in(&lab->dice, 12) ? bits : dice_below(&lab->dice, 5);

	return (struct prefix){ w->at[dice_below(&lab->dice, WINDOW_SIZE)],
				bits - host_bits };
}

/* A list refers to earlier ones alone, so none is endless. */
static struct element
random_element(struct lab *lab, uint32_t list)
{
	static const enum element_kind kinds[] = {
		ELEMENT_ANY,	    ELEMENT_NONE,      ELEMENT_KEY,
		ELEMENT_KEY,	    ELEMENT_LOCALHOST, ELEMENT_LOCALNETS,
		ELEMENT_UNKNOWABLE,
	};
	struct dice *d = &lab->dice;
	struct element e = { .kind = ELEMENT_PREFIX };
	struct prefix p;

	if (dice_once_in(d, 3))
		e.kind = (uint8_t)kinds[dice_below(d, COUNT(kinds))];
	else if (list > 0 && dice_once_in(d, 3))
		e.kind = ELEMENT_LIST;
	switch ((enum element_kind)e.kind) {
	case ELEMENT_KEY:
		e.lo = 1 + dice_below(d, KEYS_USED);
		break;
	case ELEMENT_UNKNOWABLE:
		e.lo = dice_below(d, FACTS - FACT_UNKNOWABLE);
		break;
	case ELEMENT_LIST:
		e.lo = dice_below(d, list);
		break;
	case ELEMENT_PREFIX:
		p = prefix_network(random_prefix(lab));
		e.hi = p.addr.hi;
		e.lo = p.addr.lo;
		e.family = (uint8_t)p.addr.family;
		e.len = (uint8_t)p.len;
		break;
	default:
		break;
	}
	return e;
}

static void
fill_lists(struct lab *lab)
{
	struct dice *d = &lab->dice;

	for (uint32_t i = 0; i < LISTS; i++) {
		uint32_t count = dice_below(d, ELEMENTS + 1);
		/* Lists without a negation must not be rare. */
		uint32_t rarity = dice_once_in(d, 2) ? 3 : 20;

		for (uint32_t k = 0; k < count; k++) {
			lab->elements[i][k] = random_element(lab, i);
			lab->elements[i][k].negated = dice_once_in(d, rarity);
		}
		lab->lists[i] = (struct address_list){
			.id = i,
			.elements = lab->elements[i],
			.count = count,
			.apart = dice_once_in(d, 12),
		};
		lab->table[i] = &lab->lists[i];
	}
}

static void
fill_host(struct lab *lab)
{
	struct dice *d = &lab->dice;

	lab->host = (struct host){ .known = dice_once_in(d, 2),
				   .few = dice_once_in(d, 3),
				   .addresses = lab->addresses };
	if (lab->host.known)
		lab->host.count = dice_below(d, HOST_ADDRESSES + 1);
	for (size_t i = 0; i < lab->host.count; i++)
		lab->addresses[i].prefix = random_prefix(lab);
}

/* `lab` must stay where it is: the model points into it. */
static void
lab_fill(struct lab *lab)
{
	struct dice *d = &lab->dice;

	lab->arena = arena_new();
	lab->windows[FAMILY_IPV4] =
		window_number((int)dice_below(d, WINDOWS_OF_IPV4));
	lab->windows[FAMILY_IPV6] = window_number(
		(int)(WINDOWS_OF_IPV4 +
		      dice_below(d, WINDOW_COUNT - WINDOWS_OF_IPV4)));
	fill_lists(lab);
	fill_host(lab);
	lab->model = (struct model){ .arena = lab->arena,
				     .lists = lab->table,
				     .list_count = LISTS,
				     .key_count = KEYS,
				     .host = &lab->host };
	lab->acls = acls_new(lab->arena, &lab->model);
	lab->walk = walk_new(lab->arena, &lab->model);
}

/* A list of nothing but the name of another is looked at as that one. */
static const struct address_list *
resolve(const struct lab *lab, const struct address_list *l)
{
	while (l->count == 1 && l->elements->kind == ELEMENT_LIST &&
	       !l->elements->negated)
		l = &lab->lists[l->elements->lo];
	return l;
}

/* What walks come to, whatever is not known. */
struct expected {
	enum verdict verdict;
	bool decided; /* by the same element each time: */
	struct walk_result last;
};

static struct expected
expect(const struct lab *lab, const struct address_list *l, struct addr a,
       uint32_t key)
{
	struct expected x = { .decided = true };
	bool found[2] = { false };

	for (unsigned facts = 0; facts < 1u << FACTS; facts++) {
		struct walk_client who = { a, key, facts };
		struct walk_result r;

		if (walk_facts_at(&lab->host, a, facts) != facts)
			continue;
		r = walk_match(lab->walk, resolve(lab, l), &who);
		if ((found[0] || found[1]) && r.element != x.last.element)
			x.decided = false;
		found[r.positive] = true;
		x.last = r;
	}
	x.verdict = found[0] && found[1] ? VERDICT_UNKNOWN
		    : found[1]		 ? VERDICT_YES
					 : VERDICT_NO;
	return x;
}

/*
 * `once`: no unknown fact is looked at twice. Else it counts as another one
 * each time, and more may be unknown than must be.
 */
static void
compare(struct lab *lab, const struct address_list *l, bool once, struct addr a,
	uint32_t key, const struct acl_result *r)
{
	struct expected x = expect(lab, l, a, key);
	bool same = r->verdict == x.verdict ||
		    (r->verdict == VERDICT_UNKNOWN && !once);
	char buf[ADDR_TEXT_MAX];

	if (x.decided && once &&
	    (r->element != x.last.element ||
	     (r->element != NULL && r->list != x.last.list)))
		same = false;
	if (!same)
		ck_abort_msg("%s with key %u: verdict %d is not %d, in %s",
			     addr_format(a, buf), (unsigned)key,
			     (int)r->verdict, (int)x.verdict,
			     walk_describe(lab->arena, &lab->model, l));
	lab->unknown += x.verdict == VERDICT_UNKNOWN;
}

/* A result holds up to where it says, and the next one is another. */
static void
expect_range(const struct acl_result *r, const struct acl_result *before,
	     struct addr a, struct addr last)
{
	bool same =
		r->verdict == before->verdict && r->element == before->element;

	if (addr_cmp(a, before->last) <= 0) {
		if (!same || addr_cmp(r->last, before->last) != 0)
			ck_abort_msg("the result ends too early");
	} else if (same && addr_cmp(addr_next(before->last), a) == 0) {
		ck_abort_msg("two ranges are one");
	}
	if (addr_cmp(r->last, a) < 0 || addr_cmp(r->last, last) > 0)
		ck_abort_msg("the result ends nowhere");
}

static bool
looks_once(const struct lab *lab, const struct address_list *l)
{
	const struct host *h = &lab->host;
	unsigned times[FACTS] = { 0 };

	walk_count_facts(&lab->model, l, times);
	if (h->known || h->few)
		times[FACT_LOCALHOST] = 0;
	if (h->known)
		times[FACT_LOCALNETS] = 0;
	for (int i = 0; i < FACTS; i++)
		if (times[i] > 1)
			return false;
	return true;
}

static void
compare_list(struct lab *lab, const struct address_list *l, uint32_t key)
{
	bool once = looks_once(lab, l);

	for (int f = 0; f < FAMILY_COUNT; f++) {
		const struct addr *probes = lab->windows[f].probes;
		struct acl_result before = { .verdict = VERDICT_NO };

		for (int i = 0; i < PROBE_COUNT; i++) {
			struct acl_result r =
				acl_match(lab->acls, l, probes[i], key);

			compare(lab, l, once, probes[i], key, &r);
			if (i > 0)
				expect_range(&r, &before, probes[i],
					     addr_last((enum family)f));
			before = r;
		}
	}
}

START_TEST(lists_match_as_a_walk_does)
{
	struct lab lab = { .dice = { (uint64_t)_i } };

	for (int round = 0; round < ROUNDS; round++) {
		lab_fill(&lab);
		/* Compiled in any order, the results are the same. */
		uint32_t start = dice_below(&lab.dice, LISTS * KEYS);

		for (uint32_t i = 0; i < LISTS * KEYS; i++) {
			uint32_t n = (start + i * 5) % (LISTS * KEYS);

			compare_list(&lab, &lab.lists[n % LISTS], n / LISTS);
		}
		arena_free(lab.arena);
	}
	ck_assert_uint_gt(lab.unknown, ROUNDS);
}
END_TEST

/* The steps of a map say what acl_match() says, and so do their elements. */
START_TEST(maps_are_made_of_the_same_results)
{
	struct lab lab = { .dice = { (uint64_t)_i } };

	for (int round = 0; round < ROUNDS; round++) {
		lab_fill(&lab);
		uint32_t key = dice_below(&lab.dice, KEYS);
		enum family f = (enum family)dice_below(&lab.dice, 2);
		const struct address_list *l = &lab.lists[LISTS - 1], *in;
		const struct rangemap *m = acl_map(lab.acls, l, f, key);

		for (size_t i = 0; i < rangemap_count(m); i++) {
			const struct step *s = &rangemap_steps(m)[i];
			struct acl_result r = acl_match(
				lab.acls, l, point_addr(s->first, f), key);

			ck_assert_int_eq(r.verdict, acl_verdict(s->value));
			ck_assert_ptr_eq(r.element, acl_element(lab.acls, l,
								s->value, &in));
			ck_assert(r.element == NULL || r.list == in);
			ck_assert(addr_cmp(r.last, rangemap_last(m, i)) == 0);
		}
		arena_free(lab.arena);
	}
}
END_TEST

static bool
mentions(const struct lab *lab, const struct address_list *l, uint32_t key)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct element *e = &l->elements[i];

		if (e->kind == ELEMENT_KEY && e->lo == key)
			return true;
		if (e->kind == ELEMENT_LIST &&
		    mentions(lab, &lab->lists[e->lo], key))
			return true;
	}
	return false;
}

static bool
has_key(const uint32_t *keys, size_t count, uint32_t key)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i] == key)
			return true;
	return false;
}

/* Keys that a list does not mention share the map of questions unsigned. */
START_TEST(keys_are_those_mentioned)
{
	struct lab lab = { .dice = { (uint64_t)_i } };

	for (int round = 0; round < ROUNDS; round++) {
		lab_fill(&lab);
		const struct address_list *l =
			&lab.lists[dice_below(&lab.dice, LISTS)];
		const struct rangemap *plain =
			acl_map(lab.acls, l, FAMILY_IPV4, KEY_NONE);
		const uint32_t *keys;
		size_t count = acl_keys(lab.acls, l, &keys);

		ck_assert(!has_key(keys, count, KEY_NONE));
		for (uint32_t key = 1; key < KEYS; key++) {
			bool shared =
				acl_map(lab.acls, l, FAMILY_IPV4, key) == plain;

			ck_assert_int_eq(has_key(keys, count, key),
					 mentions(&lab, l, key));
			ck_assert_int_ne(shared, mentions(&lab, l, key));
		}
		arena_free(lab.arena);
	}
}
END_TEST

/* DEPTH lists, each of one network and the next: { !127.0.0.N; next; } */
struct chain {
	struct element elements[DEPTH][2];
	struct address_list lists[DEPTH];
	const struct address_list *table[DEPTH];
	struct model model;
};

static struct chain *
chain_new(struct arena *a, bool negated, uint32_t behind_the_last)
{
	static const struct host host = { .known = true };
	struct chain *c = ARENA_NEW(a, struct chain);

	for (uint32_t i = 0; i < DEPTH; i++) {
		uint32_t next = i + 1 < DEPTH ? i + 1 : behind_the_last;

		c->elements[i][0] = (struct element){ .kind = ELEMENT_PREFIX,
						      .lo = 0x7f000000 + i,
						      .len = 32,
						      .negated = negated };
		c->elements[i][1] =
			(struct element){ .kind = ELEMENT_LIST, .lo = next };
		c->lists[i] = (struct address_list){
			.id = i,
			.elements = c->elements[i],
			.count = next < DEPTH ? 2 : 1,
		};
		c->table[i] = &c->lists[i];
	}
	c->model = (struct model){ .arena = a,
				   .host = &host,
				   .lists = c->table,
				   .list_count = DEPTH };
	return c;
}

/* Of what is too deep nothing is said, and of the rest what is so. */
START_TEST(depth_is_bounded)
{
	struct arena *a = arena_new();
	bool negated = _i % 2 == 1, endless = _i / 2 == 1;
	struct chain *c = chain_new(a, negated, endless ? 0 : DEPTH);
	struct acls *acls = acls_new(a, &c->model);
	struct addr last = addr_ipv4(0x7f000000 + DEPTH - 1);
	struct acl_result deep = acl_match(acls, &c->lists[0], last, KEY_NONE);
	struct acl_result near =
		acl_match(acls, &c->lists[DEPTH - 2], last, KEY_NONE);
	enum verdict found = negated ? VERDICT_NO : VERDICT_YES;

	ck_assert_int_eq(deep.verdict, VERDICT_UNKNOWN);
	if (!endless)
		ck_assert_int_eq(near.verdict, found);
	arena_free(a);
}
END_TEST

/* Each list stands in the next, and each is asked before it. */
START_TEST(depth_does_not_hang_on_order)
{
	struct arena *a = arena_new();
	struct chain *c = chain_new(a, _i == 1, DEPTH);

	for (uint32_t i = 0; i < DEPTH; i++) {
		c->elements[i][1].lo = i - 1;
		c->lists[i].count = i == 0 ? 1 : 2;
	}
	struct acls *acls = acls_new(a, &c->model);
	struct addr first = addr_ipv4(0x7f000000);
	enum verdict found = _i == 1 ? VERDICT_NO : VERDICT_YES;

	for (uint32_t i = 0; i < DEPTH; i++) {
		struct acl_result r =
			acl_match(acls, &c->lists[i], first, KEY_NONE);

		ck_assert_int_eq(r.verdict,
				 i < LIST_DEPTH_MAX ? found : VERDICT_UNKNOWN);
	}
	arena_free(a);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("acl");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, lists_match_as_a_walk_does, 0, 8);
	tcase_add_loop_test(tc, maps_are_made_of_the_same_results, 0, 4);
	tcase_add_loop_test(tc, keys_are_those_mentioned, 0, 4);
	tcase_add_loop_test(tc, depth_is_bounded, 0, 4);
	tcase_add_loop_test(tc, depth_does_not_hang_on_order, 0, 2);
	return run_tests(tc, "acl");
}
