#include "decide/predict.h"

#include "decide/access.h"
#include "decide/clients.h"
#include "decide/views.h"

/* A question that was asked of all clients of a family. */
struct asked {
	struct question question;
	enum family family;
	const struct rangemap *map;
	const struct client_range *ranges; /* of the map; NULL: not yet made */
};

/* So many are remembered; rules ask the same few again and again. */
enum { ASKED_MAX = 64, STOCK = 32 };

struct predict {
	struct arena *arena;
	const struct model *model;
	struct acls *acls;
	struct zones *zones;
	struct access_index *access;
	procedure_fn *procedure;
	VEC(const struct decision *) decisions; /* of all sets so far */
	struct decision *stock;
	size_t stock_left;
	VEC(struct asked) asked;
	size_t oldest; /* of `asked`, the next to be forgotten */
};

struct predict *
predict_new(struct arena *a, const struct model *m)
{
	struct predict *p = ARENA_NEW(a, struct predict);

	p->arena = a;
	p->model = m;
	if (m->access != NULL) {
		p->access = access_index_new(a, m);
		p->procedure = access_decide;
	} else {
		p->acls = acls_new(a, m);
		p->zones = zones_new(a, m->views);
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

/*
 * From a stock, so that the arena's end stays with the steps that are being
 * added while decisions come up.
 */
static struct decision *
make_decision(struct predict *p)
{
	if (p->stock_left == 0) {
		p->stock_left = STOCK;
		p->stock = ARENA_ARRAY(p->arena, struct decision, STOCK);
	}
	return &p->stock[--p->stock_left];
}

/* There are few that differ, and the latest is the likeliest. */
static uint32_t
intern(struct predict *p, const struct decision *d)
{
	for (size_t i = p->decisions.len; i-- > 0;)
		if (decision_alike(p->decisions.at[i], d))
			return (uint32_t)i;
	struct decision *copy = make_decision(p);

	*copy = *d;
	*VEC_PUSH(p->arena, &p->decisions) = copy;
	return (uint32_t)(p->decisions.len - 1);
}

const struct decision *
predict_decision(const struct predict *p, uint32_t value)
{
	return p->decisions.at[value];
}

static bool
same_question(const struct question *x, const struct question *y)
{
	return slice_equal(x->qname, y->qname) && x->qtype == y->qtype &&
	       x->qclass == y->qclass && x->rd == y->rd && x->tcp == y->tcp &&
	       x->is_signed == y->is_signed && x->key == y->key &&
	       x->to_known == y->to_known &&
	       (!x->to_known || addr_cmp(x->to, y->to) == 0);
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

/* Most questions hang on one list: about as many steps as it has elements. */
enum { STEPS_MAX = 1 << 22 };

static size_t
likely_steps(const struct predict *p)
{
	size_t n = 64;

	for (size_t i = 0; i < p->model->list_count && n < STEPS_MAX; i++)
		n += 2 * p->model->lists[i]->count;
	return n < STEPS_MAX ? n : STEPS_MAX;
}

/* Ask at the first address, and then behind the last that the answer is for. */
static const struct rangemap *
ask_all(struct predict *p, const struct question *q, enum family family)
{
	VEC(struct step) steps = { 0 };
	struct trial t = trial_of(p, q, NULL);
	struct addr at = addr_first(family);

	VEC_RESERVE(p->arena, &steps, likely_steps(p));
	for (;;) {
		struct decision d = trial_run(&t, p->procedure, at);
		uint32_t value = intern(p, &d);

		if (steps.len == 0 || steps.at[steps.len - 1].value != value)
			*VEC_PUSH(p->arena, &steps) =
				(struct step){ point_of(at), value };
		if (addr_cmp(t.until, addr_last(family)) == 0)
			break;
		at = addr_next(t.until);
	}
	steps.at = arena_grow(p->arena, steps.at,
			      steps.cap * sizeof(*steps.at),
			      steps.len * sizeof(*steps.at));
	return rangemap_adopt(p->arena, family, steps.at, steps.len);
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
	a->map = ask_all(p, q, family);
	return a;
}

const struct rangemap *
predict_map(struct predict *p, const struct question *q, enum family family)
{
	return ask(p, q, family)->map;
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

struct client_set
predict_listens(struct predict *p)
{
	return listens_on(p->arena, p->acls, p->model);
}
