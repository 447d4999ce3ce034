#include <string.h>

#include "intent/expect.h"
#include "rules/rule.h"

enum {
	SHOWN_MAX = 6, /* networks in a message */
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

static bool
expects(const struct failure *f, enum outcome o)
{
	return strcmp(f->e->outcome, outcome_name(o)) == 0;
}

/* What keeps the clients out of the list that lets them in. */
static const char *
how_to_close(const struct failure *f)
{
	const struct origin *o = f->d.reason;
	const char *networks = rule_written(f->cx, f->clients, "!", ";");

	if (!slice_has_prefix(slice_of(o->option), "allow-"))
		return NULL;
	if (networks == NULL || origin_is_default(o))
		return arena_printf(f->cx->arena,
				    "name in '%s' only those who may",
				    o->option);
	return rule_first_in(f->cx, o, networks);
}

/* Without RD, `allow` gives local data alone. */
static const char *
action_wanted(const struct failure *f)
{
	if (expects(f, OUTCOME_REFUSED))
		return "refuse";
	if (expects(f, OUTCOME_DROPPED))
		return "deny";
	if (f->e->no_rd && expects(f, OUTCOME_CACHE))
		return "allow_snoop";
	if (f->e->no_rd && expects(f, OUTCOME_RECURSION))
		return "allow_setrd";
	return "allow";
}

/* All clients of the expectation, unless some of their networks are not. */
static struct client_set
meant_by(const struct failure *f)
{
	if (f->e->except.count > 0)
		return (struct client_set){ NULL, 0 };
	return clients_of(f->cx->arena, f->e->clients.at, f->e->clients.count);
}

static const char *
how_to_mend(const struct failure *f)
{
	const struct rule_case c = {
		.cx = f->cx,
		.q = f->q,
		.clients = f->clients,
		.d = f->d,
		.meant = meant_by(f),
	};
	bool away = expects(f, OUTCOME_REFUSED) || expects(f, OUTCOME_DROPPED);

	if (f->d.reason == NULL)
		return NULL;
	if (f->cx->model->access != NULL)
		return rule_how_to_change_access(&c, action_wanted(f));
	if (decision_turns_away(&f->d))
		return away ? NULL
			    : rule_unless_meant(
				      &c, "expect another outcome",
				      rule_how_to_open(&c, f->e->outcome));
	if (away)
		return how_to_close(f);
	return f->d.outcome == OUTCOME_CACHE
		       ? rule_how_to_open(&c, f->e->outcome)
		       : NULL;
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
	const struct rule_case c = {
		.cx = cx, .q = f->q, .clients = f->clients, .d = shown
	};

	if (f->d.reason != NULL && origin_is_default(f->d.reason))
		diag_remark(cx->diags, d, "the default of '%s' decides",
			    f->d.reason->option);
	rule_note_route(cx, d, &shown);
	if (decision_turns_away(&shown) && f->one_element)
		rule_note_exclusion(&c, d);
	say_place(f, d);
	if (help != NULL)
		diag_help(cx->diags, d, "%s", help);
	return d;
}

/* Nothing is known to be wrong, and that is all that is known. */
static void
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
}

static void
check_one(struct rule_context *cx, const struct expectation *e)
{
	struct question q = expectation_question(cx->model, e);
	struct diag *last = NULL;
	size_t n;
	const struct unmet *u =
		expectation_check(cx->arena, cx->predict, e, &q, &n);

	for (size_t i = 0; i < n; i++) {
		struct failure f = { .cx = cx, .e = e, .q = &q,
				     .clients = u[i].clients };

		if (!u[i].unknown)
			last = report_failure(&f);
		else if (last == NULL)
			report_unknown(&f);
		else
			diag_remark(cx->diags, last,
				    "for %s it cannot be told: it depends on "
				    "%s",
				    clients_text(cx->arena, f.clients,
						 SHOWN_MAX),
				    what_is_missing(cx));
	}
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
