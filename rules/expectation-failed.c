#include <string.h>

#include "model/access.h"
#include "model/views.h"
#include "rules/rule.h"

enum {
	SHOWN_MAX = 6, /* networks in a message */
	WRITTEN_MAX = 3, /* networks in a piece of advice */
	OPENED_MAX = 8,
	PROBED_MAX = 100, /* addresses asked for the element that decides */
};

/* One expectation, and those clients who get one other thing. */
struct failure {
	struct rule_context *cx;
	const struct expectation *e;
	const struct question *q;
	struct client_set clients;
	struct decision d; /* of the first of them */
	bool one_element; /* it decides for all of them */
};

static struct question
question_for(const struct rule_context *cx, const struct expectation *e)
{
	struct question q = question_of(e->qname, e->qtype);

	if (question_is_about_server(e->qname))
		q.qclass = CLASS_CH;
	q.rd = !e->no_rd;
	q.tcp = e->tcp;
	q.to = e->to;
	q.to_known = e->to_known;
	q.is_signed = e->key != NULL;
	q.key = e->key == NULL ? KEY_NONE
			       : model_key(cx->model, slice_of(e->key));
	return q;
}

static bool
is_turned_away(const struct decision *d)
{
	return d->outcome == OUTCOME_REFUSED || d->outcome == OUTCOME_DROPPED;
}

static bool
expects(const struct failure *f, enum outcome o)
{
	return strcmp(f->e->outcome, outcome_name(o)) == 0;
}

/* The networks, each with `before` and `behind`; NULL where they are many. */
static const char *
written(const struct failure *f, const char *before, const char *behind)
{
	struct arena *a = f->cx->arena;
	const char *text = "";
	char buf[ADDR_TEXT_MAX];

	if (clients_prefix_count(f->clients) > WRITTEN_MAX)
		return NULL;
	for (size_t i = 0; i < f->clients.count; i++) {
		struct addr at = f->clients.at[i].first;
		struct addr last = f->clients.at[i].last;

		for (bool done = false; !done;) {
			struct prefix p = prefix_cover(at, last);

			text = arena_printf(a, "%s%s%s%s%s", text,
					    *text == '\0' ? "" : " ", before,
					    prefix_format(p, buf), behind);
			done = addr_cmp(prefix_last(p), last) == 0;
			if (!done)
				at = addr_next(prefix_last(p));
		}
	}
	return text;
}

/* What those who recurse are by default; all other lists have nobody then. */
static const char *
written_default(const char *option)
{
	struct slice o = slice_of(option);

	return slice_has_prefix(o, "allow-recursion") ||
			       slice_has_prefix(o, "allow-query-cache")
		       ? " localhost; localnets;"
		       : "";
}

/*
 * What makes a list take the clients, or keeps them out: the first element that
 * matches decides, so it stands first.
 */
static const char *
first_in(const struct failure *f, const struct origin *o, const char *networks)
{
	if (origin_is_default(o))
		return arena_printf(f->cx->arena, "write '%s { %s%s };'",
				    o->option, networks,
				    written_default(o->option));
	return arena_printf(f->cx->arena, "write '%s' first in '%s'", networks,
			    o->option);
}

/* Lists that are opened one after the other, and what to write for that. */
struct opening {
	const struct address_list *lists[OPENED_MAX];
	size_t count;
	const struct origin *last;
	const char *text; /* NULL: nothing yet */
};

static void
open_list(const struct failure *f, struct opening *o,
	  const struct address_list *list, const struct origin *origin)
{
	struct arena *a = f->cx->arena;
	const char *networks = written(f, "", ";");

	o->lists[o->count++] = list;
	if (origin == o->last)
		return;
	o->last = origin;
	if (o->text != NULL && !origin_is_default(origin))
		o->text = arena_printf(a, "%s and in '%s'", o->text,
				       origin->option);
	else if (o->text == NULL)
		o->text = first_in(f, origin,
				   networks == NULL ? "NETWORKS;" : networks);
}

static const struct view *
find_view(const struct model *m, const char *name)
{
	for (size_t i = 0; i < m->views->count; i++)
		if (strcmp(m->views->list[i]->name, name) == 0)
			return m->views->list[i];
	return NULL;
}

/*
 * Open the lists that turn them away, if that leads to the outcome. Who may
 * read the cache may still not recurse.
 */
static const char *
how_to_open(const struct failure *f)
{
	struct opening o = { .text = NULL };
	struct decision d = f->d;
	bool recursion_open = false;

	while (o.count < OPENED_MAX) {
		const struct view *v = find_view(f->cx->model, d.view);

		if (is_turned_away(&d) && d.closed != NULL) {
			open_list(f, &o, d.closed, d.reason);
		} else if (d.outcome == OUTCOME_CACHE && v != NULL &&
			   v->allow_recursion.list != NULL && !recursion_open) {
			open_list(f, &o, v->allow_recursion.list,
				  v->allow_recursion.origin);
			recursion_open = true;
		} else {
			break;
		}
		d = predict_opened(f->cx->predict, f->q,
				   f->clients.at[0].first, o.lists, o.count);
	}
	return expects(f, d.outcome) ? o.text : NULL;
}

/* What keeps the clients out of the list that lets them in. */
static const char *
how_to_close(const struct failure *f)
{
	const struct origin *o = f->d.reason;
	const char *networks = written(f, "!", ";");

	if (!slice_has_prefix(slice_of(o->option), "allow-"))
		return NULL;
	if (networks == NULL || origin_is_default(o))
		return arena_printf(f->cx->arena,
				    "name in '%s' only those who may",
				    o->option);
	return first_in(f, o, networks);
}

/* The block that the statement of `o` makes, or NULL. */
static const struct access_block *
find_block(const struct access *s, const struct origin *o)
{
	for (size_t i = 0; i < s->block_count; i++)
		if (s->blocks[i].policy.origin == o)
			return &s->blocks[i];
	return NULL;
}

/* The most specific block decides: one for these clients, or another action. */
static const char *
how_to_change_access(const struct failure *f, const char *action)
{
	struct arena *a = f->cx->arena;
	const struct access_block *b =
		find_block(f->cx->model->access, f->d.reason);
	const char *lines = written(f, "access-control: ",
				    arena_printf(a, " %s", action));

	if (!slice_is(slice_of(f->d.reason->option), "access-control"))
		return NULL;
	if (b != NULL && !origin_is_default(f->d.reason) &&
	    clients_empty(clients_minus(a, clients_of(a, &b->prefix, 1),
					f->clients)))
		return arena_printf(a, "write '%s' for the action there",
				    action);
	if (lines == NULL)
		return NULL;
	return arena_printf(a, "add '%s': the most specific block decides",
			    lines);
}

static const char *
how_to_mend(const struct failure *f)
{
	bool away = expects(f, OUTCOME_REFUSED) || expects(f, OUTCOME_DROPPED);

	if (f->d.reason == NULL)
		return NULL;
	if (f->cx->model->access != NULL)
		return how_to_change_access(
			f, expects(f, OUTCOME_REFUSED)	 ? "refuse"
			   : expects(f, OUTCOME_DROPPED) ? "deny"
							 : "allow");
	if (is_turned_away(&f->d))
		return away ? NULL : how_to_open(f);
	if (away)
		return how_to_close(f);
	return f->d.outcome == OUTCOME_CACHE ? how_to_open(f) : NULL;
}

/*
 * The decision of the first client, and whether one element of its list decides
 * for all of them. Ends of ranges are asked; within a range of one element
 * others do not stand alone.
 */
static void
find_element(struct failure *f)
{
	struct predict *p = f->cx->predict;

	f->d = predict_at(p, f->q, f->clients.at[0].first, NULL);
	f->one_element = f->clients.count <= PROBED_MAX;
	for (size_t i = 0; i < f->clients.count && f->one_element; i++) {
		const struct span_of_clients *s = &f->clients.at[i];
		struct decision x = predict_at(p, f->q, s->first, NULL);
		struct decision y = predict_at(p, f->q, s->last, NULL);

		f->one_element = x.element == f->d.element &&
				 y.element == f->d.element;
	}
}

static void
say_place(const struct failure *f, struct diag *d)
{
	diag_remark(f->cx->diags, d, "the expectation is in %s:%zu",
		    f->e->place.file, f->e->place.line);
	if (f->q->is_signed && f->q->key == KEY_NONE)
		diag_remark(f->cx->diags, d,
			    "no key '%s' is defined here that could sign the "
			    "question",
			    f->e->key);
}

static const char *
what_is_missing(const struct rule_context *cx)
{
	return cx->model->host->known
		       ? "facts that are not in the configuration"
		       : "the addresses of the server's host: give "
			 "--interface";
}

static struct diag *
report_failure(struct failure *f)
{
	struct rule_context *cx = f->cx;
	struct decision shown;

	find_element(f);
	shown = f->d;
	if (!f->one_element)
		shown.element = NULL;
	struct diag *d = rule_report(
		cx, rule_place(cx, &shown),
		"for %s the outcome of '%s' is %s; expected is %s",
		clients_text(cx->arena, f->clients, SHOWN_MAX), f->e->query,
		outcome_name(f->d.outcome), f->e->outcome);
	const char *help = how_to_mend(f);

	if (f->d.reason != NULL && origin_is_default(f->d.reason))
		diag_remark(cx->diags, d, "the default of '%s' decides",
			    f->d.reason->option);
	rule_note_route(cx, d, &shown);
	say_place(f, d);
	if (help != NULL)
		diag_help(cx->diags, d, "%s", help);
	return d;
}

/* Nothing is known to be wrong, and that is all that is known. */
static struct diag *
report_unknown(struct failure *f)
{
	struct rule_context *cx = f->cx;

	find_element(f);
	struct diag *d = diag_add(
		cx->diags, SEV_NOTE, cx->rule->id, rule_place(cx, &f->d),
		"for %s it cannot be told whether the outcome of '%s' is %s",
		clients_text(cx->arena, f->clients, SHOWN_MAX), f->e->query,
		f->e->outcome);

	diag_remark(cx->diags, d, "it depends on %s", what_is_missing(cx));
	say_place(f, d);
	return d;
}

static bool
is_alike(const struct decision *x, const struct decision *y)
{
	return x->outcome == y->outcome && x->reason == y->reason;
}

/* Whatever else differs, one statement and one outcome are one failure. */
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

static void
check_one(struct rule_context *cx, const struct expectation *e)
{
	struct arena *a = cx->arena;
	struct question q = question_for(cx, e);
	struct client_set s = clients_minus(
		a, clients_of(a, e->clients.at, e->clients.count),
		clients_of(a, e->except.at, e->except.count));
	struct client_set unknown = { NULL, 0 };
	struct diag *last = NULL;
	size_t n;
	const struct client_group *all =
		clients_group(a, cx->predict, &q, s, NULL, &n);
	struct client_group *g = ARENA_ARRAY(a, struct client_group, n);

	n = join_groups(a, g, all, n);
	for (size_t i = 0; i < n; i++) {
		struct failure f = { .cx = cx, .e = e, .q = &q,
				     .clients = g[i].clients };

		if (decision_is_unknown(g[i].decision))
			unknown = clients_union(a, unknown, f.clients);
		else if (!expects(&f, g[i].decision->outcome))
			last = report_failure(&f);
	}
	if (clients_empty(unknown))
		return;
	if (last != NULL)
		diag_remark(cx->diags, last,
			    "for %s it cannot be told: it depends on %s",
			    clients_text(a, unknown, SHOWN_MAX),
			    what_is_missing(cx));
	else
		report_unknown(&(struct failure){ .cx = cx, .e = e, .q = &q,
						  .clients = unknown });
}

static void
check(struct rule_context *cx)
{
	for (size_t i = 0; i < cx->intent->expectation_count; i++)
		check_one(cx, &cx->intent->expectations[i]);
}

const struct rule rule_expectation_failed = {
	.id = "expectation-failed",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a client gets something else than the intent file expects",
	.explain =
		"An entry of 'expect' in the intent file names clients, a "
		"question and its outcome. It is held against what the server "
		"would do for each of these clients, whole networks at once; "
		"those that get something else are listed, at the statement "
		"that decides for them.",
	.source = "the intent file",
	.policy = "version: 1\n"
		  "servers:\n"
		  "  - files: [\"**\"]\n"
		  "    expect:\n"
		  "      - client: 10.0.0.0/8\n"
		  "        query: www.example.org\n"
		  "        outcome: recursion\n",
	.bad = "options { allow-recursion { 10.0.0.0/9; }; };",
	.good = "options { allow-recursion { 10.0.0.0/8; }; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/9 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
