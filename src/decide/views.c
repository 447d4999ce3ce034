#include "decide/views.h"

#include "base/strmap.h"
#include "decide/view_choice.h"
#include "decide/views_ask.h"

static const struct origin by_protocol = { "protocol", { 0, 0 } };
static const struct origin by_signature = { "key", { 0, 0 } };

bool
ask_allows(struct ask *a, const struct policy *p, enum subject subject,
	   const char *what)
{
	return trial_allows(a->t, p->list, subject, a->key, what, p->origin);
}

void
ask_note_error(struct ask *a, uint8_t ede)
{
	for (int i = 0; i < a->ede_count; i++)
		if (a->ede[i] == ede)
			return;
	if (a->ede_count < EDE_MAX)
		a->ede[a->ede_count++] = ede;
}

bool
ask_has_data(struct ask *a, const struct zone *z)
{
	enum data_state state = zones_state(a->t->zones, z);

	return state == DATA_LOADED ||
	       (state == DATA_UNKNOWN && trial_assume(a->t, z));
}

void
ask_note_no_data(struct ask *a, const struct zone *z)
{
	if (a->t->trace != NULL)
		trial_note(a->t,
			   arena_printf(a->t->trace->arena,
					"the zone has no data: %s",
					zones_why(a->t->zones, z)),
			   &z->origin);
}

struct decision
ask_decide(const struct ask *a, enum rcode rcode, enum outcome outcome,
	   enum bit aa, const struct origin *reason)
{
	struct decision d = {
		.rcode = rcode,
		.outcome = outcome,
		.aa = aa,
		.ra = a->ra ? BIT_SET : BIT_CLEAR,
		.ede_count = a->ede_count,
		.view = a->view == NULL ? "" : a->view->name,
		.reason = reason,
	};

	for (int i = 0; i < a->ede_count; i++)
		d.ede[i] = a->ede[i];
	return d;
}

struct decision
ask_decide_by(const struct ask *a, enum rcode rcode, enum outcome outcome,
	      enum bit aa, const struct origin *reason)
{
	struct decision d = ask_decide(a, rcode, outcome, aa, reason);

	d.element = a->t->element;
	d.list = a->t->list;
	d.closed = a->t->closed;
	return d;
}

/*
 * Is anything listening where the question goes to? Lists of listen-on are
 * held against the addresses of the host, without a key
 * (lib/ns/interfacemgr.c, do_scan).
 */
static bool
is_heard(struct trial *t, const struct origin **reason)
{
	const struct views *v = t->model->views;
	struct addr to = t->q->to;

	*reason = NULL;
	if (!t->q->to_known)
		return true;
	for (size_t i = 0; i < v->listener_count; i++) {
		const struct listener *x = &v->listeners[i];

		if (x->family != to.family)
			continue;
		if (*reason == NULL)
			*reason = x->addresses.origin;
		if (!x->plain || x->port != v->port)
			continue;
		*reason = x->addresses.origin;
		if (t->model->host->known && !host_has(t->model->host, to))
			continue;
		if (trial_allows(t, x->addresses.list, SUBJECT_DESTINATION,
				 KEY_NONE, "the addresses listened on",
				 x->addresses.origin))
			return true;
	}
	return false;
}

static bool
is_blackholed(struct trial *t)
{
	const struct policy *p = &t->model->views->blackhole;

	return p->list != NULL &&
	       trial_allows(t, p->list, SUBJECT_SOURCE, KEY_NONE,
			    "the addresses never answered", p->origin);
}

/* Does the view take the question? `*why` is the condition that fails. */
static bool
takes(struct ask *a, const struct view *v, const struct origin **why)
{
	a->view = v;
	a->key = trial_key(a->t, v);
	if (!origin_is_default(&v->origin))
		trial_note(a->t, "the view", &v->origin);
	*why = v->match_clients.origin;
	if (!ask_allows(a, &v->match_clients, SUBJECT_SOURCE,
			"the clients of the view"))
		return false;
	*why = v->match_destinations.origin;
	if (!ask_allows(a, &v->match_destinations, SUBJECT_DESTINATION,
			"the destinations of the view"))
		return false;
	*why = v->match_recursive_only.origin;
	if (!v->match_recursive_only.on || a->t->q->rd)
		return true;
	trial_note(a->t, "the view takes recursive questions only",
		   v->match_recursive_only.origin);
	a->t->closed = NULL;
	return false;
}

/*
 * Views whose answer is not known for all clients are asked, up to the one that
 * is certain to take this one. Where none does, the last one says why.
 */
static bool
look_up_view(struct ask *a, const struct origin **why)
{
	const struct view *const *list = a->t->model->views->list;
	struct view_choice *c = a->t->choice;
	uint32_t certain = trial_value(a->t, c->certain, &c->hint);

	for (size_t i = 0; i < c->open_count && c->open[i] < certain; i++)
		if (takes(a, list[c->open[i]], why))
			return true;
	if (certain != RANGEMAP_NONE)
		return takes(a, list[certain], why);
	return c->last != SIZE_MAX && takes(a, list[c->last], why);
}

static bool
try_views(struct ask *a, const struct origin **why)
{
	const struct views *v = a->t->model->views;

	for (size_t i = 0; i < v->count; i++)
		if (v->list[i]->qclass == a->t->q->qclass &&
		    takes(a, v->list[i], why))
			return true;
	return false;
}

static bool
choose_view(struct ask *a, const struct origin **why)
{
	*why = &by_protocol;
	if (a->t->choice != NULL && a->t->trace == NULL
		    ? look_up_view(a, why)
		    : try_views(a, why))
		return true;
	a->view = NULL;
	trial_note(a->t, "no view takes the question", NULL);
	return false;
}

/*
 * The order of lib/ns/client.c, ns__client_request: all of it holds for every
 * answer to this client, whatever is asked.
 */
static bool
may_recurse(struct ask *a)
{
	const struct view *v = a->view;
	const struct {
		const struct policy *policy;
		enum subject subject;
		const char *what;
	} conditions[] = {
		{ &v->allow_recursion, SUBJECT_SOURCE,
		  "who may have names looked up" },
		{ &v->allow_query_cache, SUBJECT_SOURCE,
		  "who may see the cache" },
		{ &v->allow_recursion_on, SUBJECT_DESTINATION,
		  "where names are looked up" },
		{ &v->allow_query_cache_on, SUBJECT_DESTINATION,
		  "where the cache is seen" },
	};

	a->ra_reason = v->recursion.origin;
	if (!v->recursion.on) {
		trial_note(a->t, "recursion is off", v->recursion.origin);
		return false;
	}
	for (size_t i = 0; i < 4; i++) {
		a->ra_reason = conditions[i].policy->origin;
		if (!ask_allows(a, conditions[i].policy,
				conditions[i].subject, conditions[i].what))
			return false;
		if (i == 0) {
			a->ra_element = a->t->element;
			a->ra_list = a->t->list;
		}
	}
	a->ra_reason = v->allow_recursion.origin;
	return true;
}

static struct decision
by_type(struct ask *a)
{
	uint16_t type = a->t->q->qtype;

	if (a->t->q->opcode != OPCODE_QUERY && a->view->qclass != CLASS_IN) {
		a->ra = false;
		return ask_decide(a, RCODE_NOTIMP, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &by_protocol);
	}
	if (a->t->q->opcode == OPCODE_UPDATE)
		return ask_update(a);
	if (a->t->q->opcode == OPCODE_NOTIFY)
		return ask_notify(a);
	if (type == RRTYPE_AXFR || type == RRTYPE_IXFR)
		return ask_transfer(a);
	if (type == RRTYPE_MAILA || type == RRTYPE_MAILB)
		return ask_decide(a, RCODE_NOTIMP, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &by_protocol);
	if (type == RRTYPE_OPT || type == RRTYPE_TSIG || type == RRTYPE_TKEY)
		return ask_decide(a, RCODE_FORMERR, OUTCOME_SERVER_FAILURE,
				  BIT_CLEAR, &by_protocol);
	return ask_answer(a);
}

/*
 * From packet to view, in the order of lib/ns/client.c, ns__client_request.
 * True: `*d` is all that the client gets.
 */
static bool
approach(struct ask *a, struct decision *d)
{
	struct trial *t = a->t;
	const struct origin *why;

	if (!is_heard(t, &why)) {
		*d = ask_decide_by(a, RCODE_DROP, OUTCOME_DROPPED, BIT_CLEAR,
				   why);
		return true;
	}
	if (is_blackholed(t)) {
		*d = ask_decide_by(a, RCODE_DROP, OUTCOME_DROPPED, BIT_CLEAR,
				   t->model->views->blackhole.origin);
		return true;
	}
	if (!choose_view(a, &why)) {
		if (a->manners->ede_prohibited)
			ask_note_error(a, EDE_PROHIBITED);
		*d = ask_decide_by(a, RCODE_REFUSED, OUTCOME_REFUSED, BIT_CLEAR,
				   why);
		return true;
	}
	if (t->q->opcode == OPCODE_UPDATE)
		return false; /* the kind of zone comes first */
	if (t->q->is_signed && a->key == KEY_NONE) {
		*d = ask_decide(a, RCODE_NOTAUTH, OUTCOME_NOT_AUTHORITATIVE,
				BIT_CLEAR, &by_signature);
		return true;
	}
	a->ra = may_recurse(a);
	a->recursive = a->ra && t->q->rd;
	/* Clients that send cookies must first learn the server's. */
	if (a->view->wants_cookies == NULL || t->q->tcp ||
	    !trial_assume(t, a->view->wants_cookies))
		return false;
	*d = ask_decide(a, RCODE_BADCOOKIE, OUTCOME_REFUSED, BIT_CLEAR,
			a->view->wants_cookies);
	return true;
}

/* Of many clients. */
struct shared {
	struct ask ask;
	bool done;
	struct decision early; /* where it is done */
	uint32_t before; /* the latest of the same view before it, + 1 */
};

struct approaches {
	VEC(struct shared) at;
	struct strmap *latest; /* by view: its latest, uint32_t + 1 */
	const struct rangemap *map; /* RANGEMAP_NONE: unknown facts */
	size_t hint;
};

static struct ask
new_ask(struct trial *t)
{
	return (struct ask){ .t = t, .manners = &t->model->views->manners };
}

/* Alike but for the elements that decided. */
static bool
same_approach(const struct shared *x, const struct shared *y)
{
	if (x->done || y->done)
		return x->done && y->done && decision_alike(&x->early,
							    &y->early);
	return x->ask.view == y->ask.view && x->ask.key == y->ask.key &&
	       x->ask.ra == y->ask.ra &&
	       x->ask.ra_reason == y->ask.ra_reason;
}

/* The number of the latest of the view, + 1; 0: there is none yet. */
static uint32_t *
latest_of(struct arena *a, struct approaches *all, const struct view *v)
{
	struct slice key = { (const char *)&v, sizeof(v) };
	void **at;

	if (strmap_get(all->latest, key) == NULL) {
		at = strmap_at(all->latest, arena_slice(a, key));
		*at = ARENA_NEW(a, uint32_t);
	}
	return strmap_get(all->latest, key);
}

/* In one view few differ, and the latest is the likeliest. */
static uint32_t
keep_approach(struct arena *a, struct approaches *all, const struct shared *x)
{
	uint32_t *latest = latest_of(a, all, x->ask.view);

	for (uint32_t i = *latest; i > 0; i = all->at.at[i - 1].before)
		if (same_approach(&all->at.at[i - 1], x))
			return i - 1;
	struct shared *kept = VEC_PUSH(a, &all->at);

	*kept = *x;
	kept->before = *latest;
	*latest = (uint32_t)all->at.len;
	return *latest - 1;
}

struct approaches *
views_approaches(struct arena *a, struct trial *t, enum family family)
{
	struct approaches *all = ARENA_NEW(a, struct approaches);
	struct arena *scratch = arena_new();

	all->latest = strmap_new(a, false);
	VEC(struct step) steps = { 0 };
	struct addr at = addr_first(family);

	for (;; at = addr_next(t->until)) {
		struct shared x = { .ask = new_ask(t) };

		trial_begin(t, at);
		x.done = approach(&x.ask, &x.early);
		*VEC_PUSH(scratch, &steps) = (struct step){
			point_of(at), t->fact_count > 0
					      ? (uint32_t)RANGEMAP_NONE
					      : keep_approach(a, all, &x)
		};
		if (addr_cmp(t->until, addr_last(family)) == 0)
			break;
	}
	all->map = rangemap_from_steps(a, family, steps.at, steps.len);
	arena_free(scratch);
	return all;
}

static const struct shared *
find_approach(struct trial *t)
{
	struct approaches *all = t->approaches;
	uint32_t i;

	if (all == NULL)
		return NULL;
	i = trial_value(t, all->map, &all->hint);
	return i == RANGEMAP_NONE ? NULL : &all->at.at[i];
}

struct decision
views_decide(struct trial *t)
{
	const struct shared *known = find_approach(t);
	struct ask a = new_ask(t);
	struct decision d;

	if (known == NULL)
		return approach(&a, &d) ? d : by_type(&a);
	if (known->done)
		return known->early;
	a = known->ask;
	a.t = t;
	return by_type(&a);
}
