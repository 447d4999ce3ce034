#include "decide/predict.h"

#include "decide/access.h"
#include "decide/clients.h"
#include "decide/views.h"

/* A question that was asked of all clients of a family. */
struct asked {
	struct question question;
	enum family family;
	const struct client_range *ranges;
	size_t count;
};

/* So many are remembered; rules ask the same few again and again. */
enum { ASKED_MAX = 64 };

struct predict {
	struct arena *arena;
	const struct model *model;
	struct acls *acls;
	struct zones *zones;
	struct access_index *access;
	procedure_fn *procedure;
	VEC(const struct decision *) decisions; /* of all sets so far */
	VEC(struct asked) asked;
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

/* There are few that differ, and the latest is the likeliest. */
static const struct decision *
intern(struct predict *p, const struct decision *d)
{
	for (size_t i = p->decisions.len; i-- > 0;)
		if (decision_alike(p->decisions.at[i], d))
			return p->decisions.at[i];
	struct decision *copy = ARENA_NEW(p->arena, struct decision);

	*copy = *d;
	return *VEC_PUSH(p->arena, &p->decisions) = copy;
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

static const struct asked *
find_asked(const struct predict *p, const struct question *q,
	   enum family family)
{
	for (size_t i = p->asked.len; i-- > 0;)
		if (p->asked.at[i].family == family &&
		    same_question(&p->asked.at[i].question, q))
			return &p->asked.at[i];
	return NULL;
}

static const struct client_range *
ask_all(struct predict *p, const struct question *q, enum family family,
	size_t *count)
{
	VEC(struct client_range) v = { 0 };
	struct trial t = trial_of(p, q, NULL);
	struct addr at = addr_first(family);

	for (;;) {
		struct decision d = trial_run(&t, p->procedure, at);
		const struct decision *kept;

		if (v.len > 0 && decision_alike(v.at[v.len - 1].decision, &d)) {
			v.at[v.len - 1].last = t.until;
		} else {
			kept = intern(p, &d);
			*VEC_PUSH(p->arena, &v) =
				(struct client_range){ at, t.until, kept };
		}
		if (addr_cmp(t.until, addr_last(family)) == 0)
			break;
		at = addr_next(t.until);
	}
	*count = v.len;
	return v.at;
}

const struct client_range *
predict_all(struct predict *p, const struct question *q, enum family family,
	    size_t *count)
{
	const struct asked *known = find_asked(p, q, family);
	struct asked fresh = { *q, family, NULL, 0 };

	if (known != NULL) {
		*count = known->count;
		return known->ranges;
	}
	fresh.ranges = ask_all(p, q, family, &fresh.count);
	if (p->asked.len < ASKED_MAX)
		*VEC_PUSH(p->arena, &p->asked) = fresh;
	*count = fresh.count;
	return fresh.ranges;
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
