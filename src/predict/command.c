#include "predict/command.h"

#include <string.h>
#include <unistd.h>

#include "predict/explain.h"
#include "predict/probes.h"
#include "predict/sections_json.h"
#include "predict/table.h"
#include "report/printable.h"
#include "source/source.h"

struct command {
	struct arena *arena;
	const struct lint_result *lint;
	const struct predict_options *o;
};

static bool
complain(const char *before, const char *text, const char *after)
{
	fprintf(stderr, "dnslint: %s", before);
	print_safely(stderr, slice_of(text));
	fprintf(stderr, "%s\n", after);
	return false;
}

/* A file that is no part of the configuration; "-" is standard input. */
static bool
read_text(struct command *c, const char *what, const char *path,
	  struct slice *text)
{
	struct sources *s = sources_new(c->arena, (struct source_policy){ 0 });
	struct span nowhere = { 0, 0 };
	const struct source *src;
	const char *why = "";
	enum source_status status =
		strcmp(path, "-") == 0
			? sources_add_fd(s, "<stdin>", STDIN_FILENO, &src, &why)
			: sources_load(s, path, NULL, nowhere, &src, &why);

	if (status != SOURCE_OK)
		return complain(what, path, "");
	*text = src->text;
	return true;
}

static bool
answer_probes(struct command *c)
{
	struct slice text;

	if (c->o->format == PREDICT_JSON)
		return complain("--probes", "", " is answered as tsv, not json");
	return read_text(c, "cannot read the probes ", c->o->probes, &text) &&
	       probes_answer(c->arena, c->lint->predict, c->lint->model,
			     c->o->probes, text, stdout);
}

static bool
print_sections(struct command *c, const section_vec *v)
{
	if (c->o->format == PREDICT_JSON) {
		sections_print_json(c->arena, c->lint->model, v, stdout);
		return true;
	}
	for (size_t i = 0; i < v->len; i++)
		table_print(c->lint->model, &v->at[i], &v->at[0], stdout);
	return true;
}

/* Zones of which it is for their data that nobody gets an answer. */
static void
note_zones_without_data(const struct command *c)
{
	const struct views *v = c->lint->model->views;
	const struct zone *first = NULL;
	size_t count = 0;

	for (size_t i = 0; v != NULL && i < v->count; i++)
		for (size_t k = 0; k < v->list[i]->zone_count; k++) {
			const struct zone *z = v->list[i]->zone_list[k];

			if (z->view != v->list[i] ||
			    predict_no_data(c->lint->predict, z) == NULL)
				continue;
			if (count++ == 0)
				first = z;
		}
	if (count == 0)
		return;
	fputs("dnslint: note: the zone ", stderr);
	print_safely(stderr, slice_of(first->text));
	if (count > 1)
		fprintf(stderr, ", like %zu more,", count - 1);
	fputs(" has no data here, hence SERVFAIL: ", stderr);
	print_safely(stderr, slice_of(predict_no_data(c->lint->predict, first)));
	fputs("\n", stderr);
}

static bool
answer_networks(struct command *c, const struct question *q)
{
	section_vec v = { 0 };

	if (c->o->ask.query == NULL) {
		v = sections_all(c->arena, c->lint->predict, c->lint->model,
				 q);
		note_zones_without_data(c);
	} else {
		*VEC_PUSH(c->arena, &v) = section_of(
			c->arena, c->lint->predict, q, "question",
			make_printable(c->arena, slice_of(c->o->ask.query)));
	}
	return print_sections(c, &v);
}

static bool
answer_client(struct command *c, const struct question *q, struct addr client)
{
	section_vec v = { 0 };

	*VEC_PUSH(c->arena, &v) = section_of_client(
		c->arena, c->lint->predict, q, client,
		make_printable(c->arena, slice_of(c->o->ask.query)));
	return print_sections(c, &v);
}

bool
predict_command(struct arena *a, struct lint_result *r,
		const struct lint_options *lint,
		const struct predict_options *o)
{
	struct command c = { a, r, o };
	struct question q;
	struct addr client;

	lint_decide(r, lint);
	if (o->probes != NULL)
		return answer_probes(&c);
	if (o->format == PREDICT_TSV)
		return complain("--format tsv goes with --probes", "", "");
	if (!ask_question(a, r->model, &o->ask, &q))
		return false;
	if (o->ask.client == NULL)
		return answer_networks(&c, &q);
	if (o->ask.query == NULL)
		return complain("--client asks for --query NAME as well", "",
				"");
	return ask_client(&o->ask, &client) && answer_client(&c, &q, client);
}

/* What was said on the command line comes before what dig printed. */
static struct ask_options
merge(const struct ask_options *given, const struct ask_options *read)
{
	struct ask_options o = *read;

	if (given->client != NULL)
		o.client = given->client;
	if (given->query != NULL)
		o.query = given->query;
	if (given->to != NULL)
		o.to = given->to;
	if (given->key != NULL)
		o.key = given->key;
	o.tcp |= given->tcp;
	o.no_rd |= given->no_rd;
	return o;
}

static bool
read_dig(struct command *c, struct ask_options *ask, struct dig *dig)
{
	struct slice text;
	const char *why;

	if (!read_text(c, "cannot read dig's output ", c->o->dig, &text))
		return false;
	if (!dig_read(c->arena, text, dig, &why))
		return complain(c->o->dig, ": ", why);
	*ask = merge(ask, &dig->ask);
	return true;
}

/* Who asks on the server's host asks from the address it asks at. */
static bool
is_loopback(const char *text)
{
	struct addr a;

	return text != NULL && addr_parse(slice_of(text), &a) &&
	       addr_is_loopback(a);
}

/*
 * Whether a client is one of the server's own addresses, or on its networks,
 * can only be told when those are known. One answer is worth more than none:
 * suppose the host has no others than loopback and where the question went.
 */
static void
suppose_host(struct lint_options *lint, struct arena *a,
	     const struct ask_options *ask)
{
	struct host_address *at = ARENA_ARRAY(a, struct host_address, 3);
	struct addr to;
	size_t n = 0;

	at[n++].prefix = (struct prefix){ addr_ipv4(0x7f000001), 8 };
	at[n++].prefix = (struct prefix){ { 0, 1, FAMILY_IPV6 }, 128 };
	if (ask->to != NULL && addr_parse(slice_of(ask->to), &to))
		at[n++].prefix = (struct prefix){ to, family_bits(to.family) };
	lint->host = (struct host){ .known = true, .addresses = at, .count = n };
}

/* Is the answer unknown, and would the host's addresses tell? */
static bool
hangs_on_host(const struct explanation *e)
{
	if (e->situation.decision.rcode != RCODE_UNKNOWN &&
	    e->situation.decision.outcome != OUTCOME_UNKNOWN)
		return false;
	return !e->situation.model->host->known;
}

bool
explain_command(struct arena *a, struct lint_result *r,
		const struct lint_options *lint,
		const struct predict_options *o)
{
	struct command c = { a, r, o };
	struct ask_options ask = o->ask;
	struct dig dig = { 0 };
	struct question q;
	struct situation s = { .arena = a, .question = &q };

	if (o->dig != NULL && !read_dig(&c, &ask, &dig))
		return false;
	if (ask.client == NULL && is_loopback(ask.to))
		ask.client = ask.to;
	if (ask.query == NULL)
		return complain("explain asks for --query NAME, or --dig FILE",
				"", "");
	if (ask.client == NULL)
		return complain("explain asks for --client ADDR, the address "
				"the question comes from",
				"", "");
	lint_decide(r, lint);
	if (!ask_client(&ask, &s.client) ||
	    !ask_question(a, r->model, &ask, &q))
		return false;
	s.model = r->model;
	s.predict = r->predict;
	s.intent = &r->intent;
	const struct dig *seen = o->dig != NULL ? &dig : NULL;
	struct explanation e = explain(s, seen);

	if (hangs_on_host(&e)) {
		struct lint_options supposed = *lint;

		suppose_host(&supposed, a, &ask);
		r->model = NULL;
		lint_decide(r, &supposed);
		s.model = r->model;
		s.predict = r->predict;
		if (!ask_question(a, r->model, &ask, &q))
			return false;
		e = explain(s, seen);
		e.supposed = true;
	}
	if (o->format == PREDICT_JSON)
		explain_print_json(&e, stdout);
	else
		explain_print(&e, stdout, o->color);
	return true;
}
