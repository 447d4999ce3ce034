#include "model/views.h"
#include "rules/rule.h"

/* More work than this is not done; see struct search. */
enum { WORK_MAX = 4000000 };

/* Views of one class, in order. `work` counts the spans of sets made. */
struct search {
	struct rule_context *cx;
	unsigned qclass;
	struct client_set taken; /* of unsigned questions, by views so far */
	size_t work;
};

/* Does it take whom its list of clients takes, whatever is asked and where? */
static bool
is_unconditional(struct rule_context *cx, const struct view *v)
{
	struct client_set all = clients_all(cx->arena);

	return !v->match_recursive_only.on &&
	       (v->match_destinations.list == NULL ||
		clients_equal(clients_matched(cx->arena,
					      predict_acls(cx->predict),
					      v->match_destinations.list,
					      KEY_NONE, false),
			      all));
}

static struct client_set
taken(struct rule_context *cx, const struct view *v, uint32_t key, bool maybe)
{
	if (!view_has_key(cx->model, v, key))
		key = KEY_NONE;
	return clients_matched(cx->arena, predict_acls(cx->predict),
			       v->match_clients.list, key, maybe);
}

/* Does a question signed with this key reach view number `n`? */
static bool
key_reaches(struct search *s, size_t n, uint32_t key)
{
	struct rule_context *cx = s->cx;
	const struct views *views = cx->model->views;
	struct client_set left = taken(cx, views->list[n], key, true);

	for (size_t i = 0; i < n && !clients_empty(left); i++) {
		s->work += left.count + 1;
		if (views->list[i]->qclass == s->qclass &&
		    is_unconditional(cx, views->list[i]))
			left = clients_minus(cx->arena, left,
					     taken(cx, views->list[i], key,
						   false));
	}
	return !clients_empty(left);
}

/* Whom a view takes, and by which key where nobody gets there without. */
static struct client_set
own_clients(struct rule_context *cx, const struct view *v, uint32_t *key)
{
	struct client_set own = taken(cx, v, KEY_NONE, true);

	*key = KEY_NONE;
	for (uint32_t k = 1; k < cx->model->key_count && clients_empty(own);
	     k++) {
		own = taken(cx, v, k, true);
		*key = k;
	}
	return own;
}

/* Of the views before number `n`, one that takes all or some of its clients. */
static const struct view *
find_taker(struct rule_context *cx, size_t n)
{
	const struct views *views = cx->model->views;
	const struct view *some = NULL;
	uint32_t key;
	struct client_set own = own_clients(cx, views->list[n], &key);

	for (size_t i = 0; i < n && !clients_empty(own); i++) {
		const struct view *v = views->list[i];

		if (v->qclass != views->list[n]->qclass ||
		    !is_unconditional(cx, v))
			continue;
		struct client_set at = taken(cx, v, key, false);

		if (clients_empty(clients_minus(cx->arena, own, at)))
			return v;
		if (some == NULL &&
		    !clients_empty(clients_and(cx->arena, own, at)))
			some = v;
	}
	return some;
}

static void
report(struct rule_context *cx, const struct view *v, const struct view *by)
{
	struct diag *d = rule_report(cx, rule_heading(cx, v->origin.span),
				     "view '%s' is never chosen: earlier views "
				     "take all of its clients",
				     v->name);

	diag_note(cx->diags, d, rule_heading(cx, by->origin.span),
		  "view '%s' comes first", by->name);
	diag_help(cx->diags, d,
		  "write view '%s' before view '%s', or take its clients out "
		  "of the match-clients of the latter",
		  v->name, by->name);
}

/* Is 'match-destinations' of a view without an address of the server? */
static bool
is_elsewhere(struct rule_context *cx, const struct view *v)
{
	const struct address_list *list = v->match_destinations.list;
	struct client_set listens = predict_listens(cx->predict);

	if (list == NULL || list->count == 0 ||
	    list->elements[0].kind == ELEMENT_NONE || clients_empty(listens) ||
	    rule_listens_otherwise(cx, FAMILY_IPV4) ||
	    rule_listens_otherwise(cx, FAMILY_IPV6))
		return false;
	struct client_set at = clients_matched(
		cx->arena, predict_acls(cx->predict), list, KEY_NONE, true);

	return clients_empty(clients_and(cx->arena, at, listens));
}

static void
report_elsewhere(struct rule_context *cx, const struct view *v)
{
	struct diag *d = rule_report(
		cx, v->match_destinations.origin->span,
		"view '%s' is never chosen: the server listens on none of "
		"these addresses",
		v->name);

	diag_remark(cx->diags, d, "it listens on %s",
		    clients_text(cx->arena, predict_listens(cx->predict), 4));
	diag_help(cx->diags, d,
		  "name the addresses of this server that clients of the view "
		  "send their questions to");
}

static bool
is_reached(struct search *s, size_t n)
{
	struct rule_context *cx = s->cx;
	struct client_set own = taken(cx, cx->model->views->list[n], KEY_NONE,
				      true);
	bool reached = !clients_empty(clients_minus(cx->arena, own, s->taken));

	for (uint32_t key = 1; key < cx->model->key_count && !reached; key++)
		reached = s->work > WORK_MAX || key_reaches(s, n, key);
	return reached;
}

static void
check_view(struct search *s, size_t n)
{
	struct rule_context *cx = s->cx;
	const struct view *v = cx->model->views->list[n];

	if (is_elsewhere(cx, v)) {
		report_elsewhere(cx, v);
		return;
	}
	if (!clients_empty(s->taken) && !is_reached(s, n)) {
		const struct view *by = find_taker(cx, n);

		if (by != NULL) /* else its own list is empty */
			report(cx, v, by);
	}
	if (!is_unconditional(cx, v))
		return;
	s->taken = clients_union(cx->arena, s->taken,
				 taken(cx, v, KEY_NONE, false));
	s->work += s->taken.count;
}

static void
check(struct rule_context *cx)
{
	static const unsigned classes[] = { CLASS_IN, CLASS_CH, CLASS_HS };
	const struct views *views = cx->model->views;

	for (size_t c = 0; c < sizeof(classes) / sizeof(*classes); c++) {
		struct search s = { .cx = cx, .qclass = classes[c] };

		for (size_t i = 0; i < views->count; i++)
			if (views->list[i]->qclass == s.qclass &&
			    !views->list[i]->built_in && s.work <= WORK_MAX)
				check_view(&s, i);
	}
}

const struct rule rule_view_unreachable = {
	.id = "view-unreachable",
	.family = "view",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a view whose clients are all taken by earlier views",
	.explain =
		"The first view that matches a question answers it, and no "
		"later one is looked at. A view behind one with 'match-clients "
		"{ any; }', or without match-clients, never answers anything: "
		"its clients get other data than was meant, or REFUSED. Write "
		"the most special views first. A view whose "
		"'match-destinations' names no address of the server is never "
		"chosen either.",
	.source = "BIND 9 ARM, view statement",
	.bad = "view all { match-clients { any; }; };\n"
	       "view lan { match-clients { 10.0.0.0/8; }; };",
	.good = "view lan { match-clients { 10.0.0.0/8; }; };\n"
		"view all { match-clients { any; }; };",
	.check = check,
};
