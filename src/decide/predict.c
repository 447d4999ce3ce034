#include "decide/predict.h"

#include "decide/access.h"
#include "decide/views.h"

struct predict {
	struct arena *arena;
	const struct model *model;
	struct acls *acls;
	struct zones *zones;
	struct access_index *access;
	procedure_fn *procedure;
	VEC(const struct decision *) decisions; /* of all sets so far */
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

const struct client_range *
predict_all(struct predict *p, const struct question *q, enum family family,
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
