#include "decide/predict.h"

#include "decide/access.h"
#include "decide/clients.h"
#include "decide/reach.h"
#include "decide/recall.h"
#include "decide/view_choice.h"
#include "decide/views.h"

/* A question that was asked of all clients of a family. */
struct asked {
	struct question question;
	enum family family;
	const struct rangemap *map;
	const struct client_range *ranges; /* of the map; NULL: not yet made */
};

/* Questions that differ in nothing but the name and the type. */
struct kind {
	struct question question;
	enum family family;
	size_t times; /* it was asked */
	struct approaches *approaches; /* NULL: not worth it yet */
};

/* From so many names on, what they have in common is worked out once. */
enum { TIMES_WORTH = 8, KINDS_MAX = 16 };

/* So many are remembered; rules ask the same few again and again. */
enum { ASKED_MAX = 64 };

struct predict {
	struct arena *arena;
	struct arena *kept; /* for decisions; part of the above */
	const struct model *model;
	size_t likely_steps; /* of a map */
	struct acls *acls;
	struct zones *zones;
	struct access_index *access;
	const struct reach *reach;
	struct view_choices *choices;
	procedure_fn *procedure;
	VEC(const struct decision *) decisions; /* of all sets so far */
	uint32_t *slots; /* of a hash table: number of a decision + 1 */
	size_t slot_count; /* a power of two */
	VEC(struct asked) asked;
	struct kind kinds[KINDS_MAX];
	size_t kind_count;
	size_t oldest; /* of `asked`, the next to be forgotten */
	const struct idle *idle; /* when `idle_known` */
	size_t idle_count;
	bool idle_known;
};

/* Most questions hang on one list: about as many steps as it has elements. */
enum { STEPS_MIN = 64 };

static size_t
likely_steps(const struct model *m)
{
	size_t most = 0;

	for (size_t i = 0; i < m->list_count; i++)
		if (m->lists[i]->count > most)
			most = m->lists[i]->count;
	return 2 * most + STEPS_MIN;
}

struct predict *
predict_new(struct arena *a, const struct model *m)
{
	struct predict *p = ARENA_NEW(a, struct predict);

	p->arena = a;
	p->kept = arena_child(a);
	p->model = m;
	p->likely_steps = likely_steps(m);
	if (m->access != NULL) {
		p->access = access_index_new(a, m);
		p->procedure = access_decide;
	} else {
		p->acls = acls_new(a, m);
		p->zones = zones_new(a, m->views);
		p->reach = reach_new(a, p->acls, m);
		p->choices = view_choices_new(a);
		p->procedure = views_decide;
	}
	return p;
}

static struct trial
trial_of(struct predict *p, const struct question *q, struct trace *trace)
{
	return (struct trial){
		.model = p->model,
		.acls = p->acls,
		.access = p->access,
		.reach = p->reach,
		.scratch = p->arena,
		.zones = p->zones,
		.q = q,
		.trace = trace,
	};
}

struct decision
predict_at(struct predict *p, const struct question *q, struct addr client,
	   struct trace *trace)
{
	struct trial t = trial_of(p, q, trace);

	return trial_run(&t, p->procedure, client);
}

struct decision
predict_opened(struct predict *p, const struct question *q, struct addr client,
	       const struct address_list *const *opened, size_t count)
{
	struct trial t = trial_of(p, q, NULL);

	t.opened = opened;
	t.opened_count = count;
	return trial_run(&t, p->procedure, client);
}

static uint64_t
mix(uint64_t h, uint64_t x)
{
	return (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
}

static uint64_t
hash_decision(const struct decision *d)
{
	/* Both lie at like distances; together they would be much the same. */
	uint64_t h = mix(mix(0, (uintptr_t)d->reason), (uintptr_t)d->view);

	h = mix(h, (uint64_t)d->rcode << 32 | (uint64_t)d->outcome << 16 |
			   (uint64_t)d->aa << 8 | (uint64_t)d->ra);
	return h ^ h >> 32;
}

/* The slot of a decision that is alike, or a free one. */
static uint32_t *
find_kept(struct predict *p, const struct decision *d)
{
	size_t i = hash_decision(d) & (p->slot_count - 1);

	for (;; i = (i + 1) & (p->slot_count - 1))
		if (p->slots[i] == 0 ||
		    decision_alike(p->decisions.at[p->slots[i] - 1], d))
			return &p->slots[i];
}

/* Twice the slots; they live apart, as do the decisions: see ask_all(). */
static void
more_slots(struct predict *p)
{
	p->slot_count = p->slot_count == 0 ? 64 : 2 * p->slot_count;
	p->slots = ARENA_ARRAY(p->kept, uint32_t, p->slot_count);
	for (size_t i = 0; i < p->decisions.len; i++)
		*find_kept(p, p->decisions.at[i]) = (uint32_t)i + 1;
}

/* The number of the decision that is alike: kept when it is the first. */
static uint32_t
intern(struct predict *p, const struct decision *d)
{
	if (p->decisions.len * 2 >= p->slot_count)
		more_slots(p);
	uint32_t *slot = find_kept(p, d);

	if (*slot == 0) {
		struct decision *copy = ARENA_NEW(p->kept, struct decision);

		*copy = *d;
		*VEC_PUSH(p->kept, &p->decisions) = copy;
		*slot = (uint32_t)p->decisions.len;
	}
	return *slot - 1;
}

const struct decision *
predict_decision(const struct predict *p, uint32_t value)
{
	return p->decisions.at[value];
}

static bool
same_kind(const struct question *x, const struct question *y)
{
	return x->opcode == y->opcode && x->qclass == y->qclass &&
	       x->rd == y->rd && x->tcp == y->tcp &&
	       x->is_signed == y->is_signed && x->key == y->key &&
	       x->to_known == y->to_known &&
	       (!x->to_known || addr_cmp(x->to, y->to) == 0);
}

static bool
same_question(const struct question *x, const struct question *y)
{
	return slice_equal(x->qname, y->qname) && x->qtype == y->qtype &&
	       same_kind(x, y);
}

static struct asked *
find_asked(struct predict *p, const struct question *q, enum family family)
{
	for (size_t i = p->asked.len; i-- > 0;)
		if (p->asked.at[i].family == family &&
		    same_question(&p->asked.at[i].question, q))
			return &p->asked.at[i];
	return NULL;
}

static struct kind *
kind_of(struct predict *p, const struct question *q, enum family family)
{
	for (size_t i = 0; i < p->kind_count; i++)
		if (p->kinds[i].family == family &&
		    same_kind(&p->kinds[i].question, q))
			return &p->kinds[i];
	if (p->kind_count == KINDS_MAX)
		return NULL;
	struct kind *k = &p->kinds[p->kind_count++];

	*k = (struct kind){ .question = *q, .family = family };
	return k;
}

/* What the question has in common with many before it, or NULL. */
static struct approaches *
approaches_for(struct predict *p, struct trial *t, enum family family)
{
	struct kind *k = p->model->views == NULL
				 ? NULL
				 : kind_of(p, t->q, family);

	if (k == NULL || ++k->times < TIMES_WORTH)
		return NULL;
	if (k->approaches == NULL)
		k->approaches = views_approaches(p->arena, t, family);
	return k->approaches;
}

/* One run, or what was found on the same way before. */
static uint32_t
decide_at(struct predict *p, struct trial *t, struct recall *recall,
	  struct addr source)
{
	uint32_t value;

	trial_begin(t, source);
	if (recall_find(recall, t, &value))
		return value;
	struct decision d = trial_run(t, p->procedure, source);

	value = intern(p, &d);
	recall_keep(recall, value);
	return value;
}

/* Ask at the first address, and then behind the last that the answer is for. */
static const struct rangemap *
ask_all(struct predict *p, struct arena *a, const struct question *q,
	enum family family)
{
	VEC(struct step) steps = { 0 };
	struct trial t = trial_of(p, q, NULL);
	struct addr at = addr_first(family);

	t.scratch = arena_new();
	if (p->choices != NULL)
		t.choice = view_choices_get(p->choices, &t, family);
	t.approaches = approaches_for(p, &t, family);
	struct recall *recall = recall_new(t.scratch);

	t.looks = recall_looks(recall);
	VEC_RESERVE(a, &steps, p->likely_steps);
	for (;;) {
		uint32_t value = decide_at(p, &t, recall, at);

		if (steps.len == 0 || steps.at[steps.len - 1].value != value)
			*VEC_PUSH(a, &steps) =
				(struct step){ point_of(at), value };
		if (addr_cmp(t.until, addr_last(family)) == 0)
			break;
		at = addr_next(t.until);
	}
	arena_free(t.scratch);
	steps.at = arena_grow(a, steps.at,
			      steps.cap * sizeof(*steps.at),
			      steps.len * sizeof(*steps.at));
	return rangemap_adopt(a, family, steps.at, steps.len);
}

static struct asked *
ask(struct predict *p, const struct question *q, enum family family)
{
	struct asked *a = find_asked(p, q, family);

	if (a != NULL)
		return a;
	if (p->asked.len < ASKED_MAX)
		a = VEC_PUSH(p->arena, &p->asked);
	else
		a = &p->asked.at[p->oldest++ % ASKED_MAX];
	*a = (struct asked){ .question = *q, .family = family };
	a->map = ask_all(p, p->arena, q, family);
	return a;
}

const struct rangemap *
predict_map(struct predict *p, const struct question *q, enum family family)
{
	return ask(p, q, family)->map;
}

const struct rangemap *
predict_map_in(struct arena *a, struct predict *p, const struct question *q,
	       enum family family)
{
	return ask_all(p, a, q, family);
}

const struct client_range *
predict_all(struct predict *p, const struct question *q, enum family family,
	    size_t *count)
{
	struct asked *a = ask(p, q, family);

	*count = rangemap_count(a->map);
	if (a->ranges != NULL)
		return a->ranges;
	struct client_range *r = ARENA_ARRAY(p->arena, struct client_range,
					     *count);

	for (size_t i = 0; i < *count; i++) {
		const struct step *s = &rangemap_steps(a->map)[i];

		r[i] = (struct client_range){
			point_addr(s->first, family), rangemap_last(a->map, i),
			p->decisions.at[s->value]
		};
	}
	return a->ranges = r;
}

struct acls *
predict_acls(struct predict *p)
{
	return p->acls;
}

struct client_set
predict_listens(struct predict *p)
{
	return listens_on(p->arena, p->acls, p->model);
}

const char *
predict_no_data(struct predict *p, const struct zone *z)
{
	return zones_state(p->zones, z) == DATA_NOT_LOADED
		       ? zones_why(p->zones, z)
		       : NULL;
}

const struct idle *
predict_idle(struct predict *p, size_t *count)
{
	if (!p->idle_known && p->acls != NULL)
		p->idle = idle_find(p->arena, p->acls, p->model,
				    &p->idle_count);
	p->idle_known = true;
	*count = p->idle_count;
	return p->idle;
}
