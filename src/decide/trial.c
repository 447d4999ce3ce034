#include "decide/trial.h"

#include "decide/reach.h"
#include "model/views.h"

static void
limit(struct trial *t, struct addr last)
{
	if (addr_cmp(last, t->until) < 0)
		t->until = last;
}

static bool
same_network(struct prefix x, struct prefix y)
{
	return x.len == y.len && x.addr.family == y.addr.family &&
	       addr_cmp(x.addr, y.addr) == 0;
}

/* Each look once; maps that say the same everywhere are none. */
static void
note_look(struct trial *t, struct look look)
{
	if (t->looks == NULL || t->looks->len > LOOKS_MAX ||
	    (look.map != NULL && rangemap_count(look.map) == 1))
		return;
	for (size_t i = 0; i < t->looks->len; i++) {
		const struct look *known = &t->looks->at[i];

		if (known->map == look.map &&
		    known->verdicts == look.verdicts &&
		    (look.map != NULL ||
		     same_network(known->network, look.network)))
			return;
	}
	*VEC_PUSH(t->scratch, t->looks) = look;
}

static void
trace_answer(struct trial *t, enum subject subject, const char *what,
	     const struct origin *origin, const struct acl_result *r)
{
	if (t->trace == NULL)
		return;
	*VEC_PUSH(t->trace->arena, &t->trace->steps) = (struct trace_step){
		.what = what,
		.origin = origin,
		.element = r->element,
		.list = r->list,
		.asked = true,
		.verdict = r->verdict,
		.subject = subject,
	};
}

void
trial_note(struct trial *t, const char *what, const struct origin *origin)
{
	if (t->trace != NULL)
		*VEC_PUSH(t->trace->arena, &t->trace->steps) =
			(struct trace_step){ .what = what, .origin = origin };
}

bool
trial_assume(struct trial *t, const void *which)
{
	for (unsigned i = 0; i < t->fact_count; i++)
		if (t->facts[i].which == which)
			return t->facts[i].value;
	if (t->fact_count == FACTS_MAX) {
		t->too_many = true;
		return false;
	}
	t->facts[t->fact_count++] = (struct fact){ which, false };
	return false;
}

/*
 * A destination that is not said may be any that the source can send to; where
 * the list says the same of all of them it need not be.
 */
static enum verdict
match_anywhere(struct trial *t, const struct address_list *list, uint32_t key)
{
	enum family family = t->source.family;
	enum verdict own =
		reach_verdict(t->reach, t->acls, list, family, key, false);
	enum verdict guests =
		reach_verdict(t->reach, t->acls, list, family, key, true);

	return own == guests || trial_is_local(t) ? own : guests;
}

static struct acl_result
match_destination(struct trial *t, const struct address_list *list,
		  uint32_t key)
{
	if (t->q->to_known)
		return acl_match(t->acls, list, t->q->to, key);
	return (struct acl_result){ .verdict = match_anywhere(t, list, key),
				    .list = list };
}

enum verdict
trial_destination(struct trial *t, const struct address_list *list,
		  enum family family, uint32_t key)
{
	enum verdict own, guests;

	if (list == NULL)
		return VERDICT_YES;
	if (t->q->to_known)
		return acl_match(t->acls, list, t->q->to, key).verdict;
	own = reach_verdict(t->reach, t->acls, list, family, key, false);
	guests = reach_verdict(t->reach, t->acls, list, family, key, true);
	return own == guests ? own : VERDICT_UNKNOWN;
}

uint32_t
trial_key(const struct trial *t, const struct view *v)
{
	return t->q->is_signed && view_has_key(t->model, v, t->q->key)
		       ? t->q->key
		       : KEY_NONE;
}

static bool
is_opened(const struct trial *t, const struct address_list *list)
{
	for (size_t i = 0; i < t->opened_count; i++)
		if (t->opened[i] == list)
			return true;
	return false;
}

bool
trial_allows(struct trial *t, const struct address_list *list,
	     enum subject subject, uint32_t key, const char *what,
	     const struct origin *origin)
{
	struct acl_result r;

	t->element = NULL;
	t->list = NULL;
	t->closed = NULL;
	if (list == NULL ||
	    (subject == SUBJECT_SOURCE && is_opened(t, list)))
		return true;
	if (subject == SUBJECT_SOURCE) {
		r = acl_match(t->acls, list, t->source, key);
		limit(t, r.last);
		note_look(t, (struct look){ .map = r.map,
					    .verdicts = true,
					    .answer = r.verdict });
	} else {
		r = match_destination(t, list, key);
	}
	trace_answer(t, subject, what, origin, &r);
	t->element = r.element;
	t->list = r.element == NULL ? NULL : r.list;
	if (r.verdict == VERDICT_YES)
		return true;
	t->closed = subject == SUBJECT_SOURCE ? list : NULL;
	if (r.verdict == VERDICT_NO)
		return false;
	/* One list, one fact: of the source, or of the destination. */
	return trial_assume(t, (const char *)list + subject);
}

enum where {
	WHERE_OUTSIDE,
	WHERE_BEFORE, /* addresses behind the source are inside */
	WHERE_INSIDE,
};

static enum where
find_where(struct trial *t, struct prefix p)
{
	struct addr first = prefix_first(p), last = prefix_last(p);

	if (t->source.family != p.addr.family ||
	    addr_cmp(t->source, last) > 0)
		return WHERE_OUTSIDE;
	if (addr_cmp(t->source, first) < 0) {
		limit(t, addr_prev(first));
		return WHERE_BEFORE;
	}
	limit(t, last);
	return WHERE_INSIDE;
}

bool
trial_within(struct trial *t, struct prefix p)
{
	enum where where = find_where(t, p);

	note_look(t, (struct look){ .network = p, .answer = where });
	return where == WHERE_INSIDE;
}

bool
trial_is_local(struct trial *t)
{
	const struct host *h = t->model->host;

	if (trial_within(t, reach_loopback(t->source.family)))
		return true;
	for (size_t i = 0; h != NULL && i < h->count; i++) {
		struct addr a = h->addresses[i].prefix.addr;

		if (trial_within(t,
				 (struct prefix){ a, family_bits(a.family) }))
			return true;
	}
	return false;
}

uint32_t
trial_value(struct trial *t, const struct rangemap *map, size_t *hint)
{
	size_t i = rangemap_find(map, t->source, hint);
	uint32_t value = rangemap_steps(map)[i].value;

	limit(t, rangemap_last(map, i));
	note_look(t, (struct look){ .map = map, .answer = value });
	return value;
}

uint32_t
trial_look(struct trial *t, const struct look *look, size_t *hint)
{
	if (look->map == NULL)
		return find_where(t, look->network);
	size_t i = rangemap_find(look->map, t->source, hint);
	uint32_t value = rangemap_steps(look->map)[i].value;

	limit(t, rangemap_last(look->map, i));
	return look->verdicts ? (uint32_t)acl_verdict(value) : value;
}

/*
 * The next combination of facts: the last one that was taken to be false
 * becomes true, and those behind it are forgotten. False when all were tried.
 */
static bool
next_facts(struct trial *t)
{
	while (t->fact_count > 0 && t->facts[t->fact_count - 1].value)
		t->fact_count--;
	if (t->fact_count == 0)
		return false;
	t->facts[t->fact_count - 1].value = true;
	return true;
}

void
trial_begin(struct trial *t, struct addr source)
{
	t->source = source;
	t->until = addr_last(source.family);
	t->fact_count = 0;
	t->too_many = false;
	if (t->looks != NULL)
		t->looks->len = 0;
}

struct decision
trial_run(struct trial *t, procedure_fn *procedure, struct addr source)
{
	trial_begin(t, source);
	struct decision d = procedure(t);
	struct trace *trace = t->trace;

	t->trace = NULL; /* one path is enough to show */
	while (!t->too_many && next_facts(t)) {
		struct decision other = procedure(t);

		d = decision_merge(&d, &other);
	}
	t->trace = trace;
	if (t->too_many) {
		d.rcode = RCODE_UNKNOWN;
		d.outcome = OUTCOME_UNKNOWN;
		d.aa = d.ra = BIT_UNKNOWN;
	}
	return d;
}
