#include "intent/expect.h"

#include <string.h>

#include "model/views.h"

struct question
expectation_question(const struct model *m, const struct expectation *e)
{
	struct question q = question_of(e->qname, e->qtype);

	if (question_is_about_server(e->qname))
		q.qclass = CLASS_CH;
	q.rd = !e->no_rd;
	q.tcp = e->tcp;
	q.to = e->to;
	q.to_known = e->to_known;
	q.is_signed = e->key != NULL;
	q.key = e->key == NULL ? KEY_NONE : model_key(m, slice_of(e->key));
	return q;
}

/* Whatever else differs, one statement and one outcome are one failure. */
static bool
is_alike(const struct decision *x, const struct decision *y)
{
	return x->outcome == y->outcome && x->reason == y->reason;
}

static size_t
join_groups(struct arena *a, struct client_group *to,
	    const struct client_group *from, size_t count)
{
	size_t n = 0;

	for (size_t i = 0, k; i < count; i++) {
		for (k = 0; k < n; k++)
			if (is_alike(to[k].decision, from[i].decision))
				break;
		if (k == n)
			to[n++] = from[i];
		else
			to[k].clients = clients_union(a, to[k].clients,
						      from[i].clients);
	}
	return n;
}

const struct unmet *
expectation_check(struct arena *a, struct predict *p,
		  const struct expectation *e, const struct question *q,
		  size_t *count)
{
	struct client_set s = clients_minus(
		a, clients_of(a, e->clients.at, e->clients.count),
		clients_of(a, e->except.at, e->except.count));
	struct unmet unknown = { .unknown = true };
	size_t n, kept = 0;
	const struct client_group *all = clients_group(a, p, q, s, NULL, &n);
	struct client_group *g = ARENA_ARRAY(a, struct client_group, n);
	struct unmet *list = ARENA_ARRAY(a, struct unmet, n + 1);

	n = join_groups(a, g, all, n);
	for (size_t i = 0; i < n; i++) {
		const struct decision *d = g[i].decision;

		if (decision_is_unknown(d)) {
			unknown.clients = clients_union(a, unknown.clients,
							g[i].clients);
			unknown.decision = d;
		} else if (strcmp(e->outcome, outcome_name(d->outcome)) != 0) {
			list[kept++] = (struct unmet){ g[i].clients, d, false };
		}
	}
	if (unknown.decision != NULL)
		list[kept++] = unknown;
	*count = kept;
	return list;
}
