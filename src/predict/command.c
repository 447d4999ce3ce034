#include "predict/command.h"

#include <string.h>

#include "model/rrtype.h"
#include "predict/probes.h"
#include "predict/table.h"
#include "source/source.h"

struct command {
	struct arena *arena;
	const struct predict_options *o;
	const struct model *model;
	struct predict *predict;
};

static bool
complain(const char *format, const char *text)
{
	fputs("dnslint: ", stderr);
	fprintf(stderr, format, text);
	fputc('\n', stderr);
	return false;
}

static bool
answer_probes(struct command *c)
{
	struct sources *s = sources_new(c->arena, (struct source_policy){ 0 });
	struct span nowhere = { 0, 0 };
	const struct source *src;
	const char *why;

	if (sources_load(s, c->o->probes, NULL, nowhere, &src, &why) !=
	    SOURCE_OK)
		return complain("cannot read the probes %s", c->o->probes);
	return probes_answer(c->arena, c->predict, c->model, c->o->probes,
			     src->text, stdout);
}

/* "NAME" or "NAME/TYPE"; the type is what follows the last '/'. */
static bool
read_query(struct command *c, struct question *q)
{
	const char *text = c->o->query;
	const char *slash = strrchr(text, '/');
	struct slice name = slice_of(text);

	q->qtype = RRTYPE_A;
	if (slash != NULL) {
		name.len = (size_t)(slash - text);
		if (!probe_type(slice_of(slash + 1), q))
			return complain("there is no type '%s'", slash + 1);
	}
	return probe_name(c->arena, name, q) ||
	       complain("'%s' is no domain name", text);
}

static bool
read_question(struct command *c, struct question *q)
{
	const struct predict_options *o = c->o;

	*q = (struct question){ .rd = !o->no_rd, .tcp = o->tcp,
				.qclass = CLASS_IN };
	if (o->to != NULL) {
		q->to_known = true;
		if (!addr_parse(slice_of(o->to), &q->to))
			return complain("'%s' is no address", o->to);
	}
	if (o->key != NULL &&
	    !probe_key(c->model, c->arena, slice_of(o->key), q))
		return complain("'%s' is no name of a key", o->key);
	return o->query == NULL || read_query(c, q);
}

static bool
answer_client(struct command *c, const struct question *q)
{
	struct addr client;

	if (c->o->query == NULL)
		return complain("%s asks for --query NAME as well", "--client");
	if (!addr_parse(slice_of(c->o->client), &client))
		return complain("'%s' is no address", c->o->client);
	struct decision d = predict_at(c->predict, q, client, NULL);

	printf("%s, %s, aa=%c ra=%c, EDE ", rcode_name(d.rcode),
	       outcome_name(d.outcome), "01?"[d.aa], "01?"[d.ra]);
	print_errors(stdout, &d);
	fputs(", by ", stdout);
	print_reason(stdout, c->model, &d);
	putchar('\n');
	return true;
}

static bool
answer(struct command *c)
{
	struct question q;

	if (c->o->probes != NULL)
		return answer_probes(c);
	if (c->o->tsv)
		return complain("%s goes with --probes", "--format tsv");
	if (!read_question(c, &q))
		return false;
	if (c->o->client != NULL)
		return answer_client(c, &q);
	if (c->o->query != NULL)
		table_print_question(c->arena, c->predict, c->model, &q,
				     c->o->query, stdout);
	else
		table_print_all(c->arena, c->predict, c->model, &q, stdout);
	return true;
}

bool
predict_command(struct arena *a, struct lint_result *r,
		const struct lint_options *lint,
		const struct predict_options *o)
{
	struct command c = { .arena = a, .o = o };

	lint_decide(r, lint);
	c.model = r->model;
	c.predict = r->predict;
	return answer(&c);
}
