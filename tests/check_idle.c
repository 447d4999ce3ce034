/*
 * Elements that are said to decide nothing can be taken out of their list:
 * compared on random lists, address by address, for every key and for hosts
 * that were not known when it was said.
 */
#include "decide/idle.h"

#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

enum {
	LISTS = 4,
	ELEMENTS = 5,
	ADDRESSES = 8,
	KEYS = 3, /* KEY_NONE and two more */
	HOSTS = 4,
	ROUNDS = 400,
};

struct lab {
	struct arena *arena;
	struct address_list lists[LISTS];
	const struct address_list *table[LISTS];
	struct element elements[LISTS][ELEMENTS];
	struct model model;
};

static uint32_t seed;

static unsigned
below(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static struct element
random_element(size_t list)
{
	struct element e = { .negated = below(4) == 0 };

	switch (below(12)) {
	case 0:
		e.kind = below(3) == 0 ? ELEMENT_NONE : ELEMENT_ANY;
		break;
	case 1:
		e.kind = ELEMENT_KEY;
		e.lo = 1 + below(KEYS - 1);
		break;
	case 2:
		e.kind = below(2) == 0 ? ELEMENT_LOCALHOST : ELEMENT_LOCALNETS;
		break;
	case 3:
	case 4:
	case 5:
		/* A list refers to earlier ones alone, so none is endless. */
		if (list > 0) {
			e.kind = ELEMENT_LIST;
			e.lo = below((unsigned)list);
			break;
		}
		/* fallthrough */
	default:
		e.kind = ELEMENT_PREFIX;
		e.len = (uint8_t)(29 + below(4));
		e.lo = below(ADDRESSES) & ~((1u << (32 - e.len)) - 1);
	}
	return e;
}

static void
fill(struct lab *lab)
{
	static const char *const keys[KEYS] = { "", "one", "two" };

	*lab = (struct lab){ .arena = arena_new() };
	for (uint32_t i = 0; i < LISTS; i++) {
		struct address_list *l = &lab->lists[i];

		l->id = i;
		l->name = "named";
		l->origin = (struct origin){ "acl", { 1, 2 } };
		l->elements = lab->elements[i];
		l->count = 1 + below(ELEMENTS);
		for (size_t k = 0; k < l->count; k++)
			lab->elements[i][k] = random_element(i);
		lab->table[i] = l;
	}
	lab->model = (struct model){ .arena = lab->arena,
				     .lists = lab->table,
				     .list_count = LISTS,
				     .keys = keys,
				     .key_count = KEYS };
}

static const struct host *
host_of(unsigned number)
{
	static const struct host_address addresses[HOSTS] = {
		{ { { 0, 1, FAMILY_IPV4 }, 30 }, { "", 0 } },
		{ { { 0, 5, FAMILY_IPV4 }, 31 }, { "", 0 } },
		{ { { 0, 6, FAMILY_IPV4 }, 29 }, { "", 0 } },
	};
	static const struct host hosts[HOSTS] = {
		{ true, &addresses[0], 1, false },
		{ true, &addresses[1], 1, false },
		{ true, &addresses[2], 1, false },
		{ true, NULL, 0, false },
	};

	return &hosts[number];
}

/* Whether the list matches each address, with each key. */
static void
record(const struct model *m, const struct address_list *list,
       enum verdict out[KEYS][ADDRESSES])
{
	struct acls *acls = acls_new(m->arena, m);

	for (uint32_t key = 0; key < KEYS; key++)
		for (uint32_t a = 0; a < ADDRESSES; a++)
			out[key][a] = acl_match(acls, list, addr_ipv4(a), key)
					      .verdict;
}

/* The same lists without one element. */
static struct model
without(struct lab *lab, const struct idle *idle)
{
	struct model m = lab->model;
	const struct address_list **table =
		ARENA_ARRAY(lab->arena, const struct address_list *, LISTS);
	struct address_list *list = ARENA_NEW(lab->arena, struct address_list);
	struct element *e = ARENA_ARRAY(lab->arena, struct element, ELEMENTS);

	*list = *idle->list;
	list->count = 0;
	for (size_t i = 0; i < idle->list->count; i++)
		if (&idle->list->elements[i] != idle->element)
			e[list->count++] = idle->list->elements[i];
	list->elements = e;
	memcpy(table, lab->table, sizeof(lab->table));
	table[list->id] = list;
	m.lists = table;
	return m;
}

/* Its own list stays the same; all do where it is said to be removable. */
static void
compare(struct lab *lab, const struct idle *idle)
{
	struct model less = without(lab, idle);

	for (unsigned h = 0; h < HOSTS; h++) {
		enum verdict before[KEYS][ADDRESSES], after[KEYS][ADDRESSES];

		lab->model.host = less.host = host_of(h);
		for (uint32_t i = 0; i < LISTS; i++) {
			if (i != idle->list->id && !idle->removable)
				continue;
			record(&lab->model, lab->table[i], before);
			record(&less, less.lists[i], after);
			ck_assert_mem_eq(before, after, sizeof(before));
		}
	}
}

START_TEST(idle_elements_can_go)
{
	static const struct host unknown[] = { { .few = false },
					       { .few = true } };
	size_t found = 0;

	seed = (uint32_t)_i;
	for (int round = 0; round < ROUNDS; round++) {
		struct lab lab;
		size_t count;

		fill(&lab);
		lab.model.host = &unknown[round % 2];
		struct acls *acls = acls_new(lab.arena, &lab.model);
		const struct idle *idle = idle_find(lab.arena, acls,
						    &lab.model, &count);

		for (size_t i = 0; i < count; i++)
			compare(&lab, &idle[i]);
		found += count;
		arena_free(lab.arena);
	}
	ck_assert_uint_gt(found, ROUNDS / 4);
}
END_TEST

/* Does it decide for anybody? IPv6 counts, where only `any` reaches. */
static bool
decides(const struct model *m, const struct address_list *list,
	const struct element *e)
{
	struct acls *acls = acls_new(m->arena, m);
	struct addr v6 = addr_last(FAMILY_IPV6);

	for (uint32_t key = 0; key < KEYS; key++) {
		if (acl_match(acls, list, v6, key).element == e)
			return true;
		for (uint32_t a = 0; a < ADDRESSES; a++)
			if (acl_match(acls, list, addr_ipv4(a), key).element ==
			    e)
				return true;
	}
	return false;
}

static bool
is_idle(const struct idle *idle, size_t count, const struct element *e)
{
	for (size_t i = 0; i < count; i++)
		if (idle[i].element == e)
			return true;
	return false;
}

/* Prefixes that are found to decide nowhere are all reported, and no others. */
START_TEST(prefixes_are_idle_or_decide)
{
	seed = (uint32_t)_i;
	for (int round = 0; round < ROUNDS; round++) {
		struct lab lab;
		size_t count;

		fill(&lab);
		lab.model.host = host_of(below(HOSTS));
		/* Negated lists turn earlier elements: another matter. */
		for (size_t i = 0; i < LISTS; i++)
			for (size_t k = 0; k < lab.lists[i].count; k++)
				if (lab.elements[i][k].kind == ELEMENT_LIST)
					lab.elements[i][k].negated = false;
		struct acls *acls = acls_new(lab.arena, &lab.model);
		const struct idle *idle = idle_find(lab.arena, acls,
						    &lab.model, &count);

		for (size_t i = 0; i < LISTS; i++)
			for (size_t k = 0; k < lab.lists[i].count; k++) {
				const struct element *e = &lab.elements[i][k];

				if (e->kind == ELEMENT_PREFIX)
					ck_assert_int_ne(
						decides(&lab.model,
							&lab.lists[i], e),
						is_idle(idle, count, e));
			}
		arena_free(lab.arena);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("idle");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, idle_elements_can_go, 1, 11);
	tcase_add_loop_test(tc, prefixes_are_idle_or_decide, 1, 11);
	return run_tests(tc, "idle");
}
