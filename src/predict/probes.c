#include "predict/probes.h"

#include "base/strmap.h"
#include "predict/ask.h"
#include "report/printable.h"

enum column { CLIENT, DEST, QNAME, QTYPE, RD, TSIG, PROTO, COLUMNS };

static const char *const column_names[COLUMNS] = {
	"client", "dest", "qname", "qtype", "rd", "tsig", "proto",
};

struct probe {
	struct slice line;
	struct addr client;
	struct question question;
};

struct reader {
	struct arena *arena;
	const struct model *model;
	const char *name;
	size_t line;
	bool ok;
};

static bool
complain(struct reader *r, const char *what, struct slice text)
{
	fprintf(stderr, "dnslint: %s:%zu: %s '%.*s'\n", r->name, r->line, what,
		SLICE(text));
	return r->ok = false;
}

static bool
read_probe(struct reader *r, struct slice line, struct probe *probe)
{
	struct slice rest = line, col[COLUMNS] = { 0 };
	struct question *q = &probe->question;
	size_t n = 0;

	*probe = (struct probe){ .line = line };
	for (const char *end = line.data + line.len;
	     n < COLUMNS && rest.data <= end; n++) {
		col[n] = slice_split(&rest, '\t');
		if (rest.len == 0 && n + 1 < COLUMNS && rest.data >= end)
			break;
	}
	if (n < COLUMNS)
		return complain(r, "seven columns are wanted, not", line);
	if (!addr_parse(col[CLIENT], &probe->client))
		return complain(r, "the client is no address:", col[CLIENT]);
	if (!addr_parse(col[DEST], &q->to))
		return complain(r, "the destination is no address:",
				col[DEST]);
	q->to_known = true;
	if (!ask_name(r->arena, col[QNAME], q))
		return complain(r, "this is no domain name:", col[QNAME]);
	if (!ask_type(col[QTYPE], q))
		return complain(r, "there is no type", col[QTYPE]);
	if (!slice_is(col[RD], "0") && !slice_is(col[RD], "1"))
		return complain(r, "rd is 0 or 1, not", col[RD]);
	q->rd = slice_is(col[RD], "1");
	if (!ask_key(r->model, r->arena, col[TSIG], q))
		return complain(r, "this is no key:", col[TSIG]);
	if (!slice_is(col[PROTO], "udp") && !slice_is(col[PROTO], "tcp"))
		return complain(r, "proto is udp or tcp, not", col[PROTO]);
	q->tcp = slice_is(col[PROTO], "tcp");
	return true;
}

static bool
check_header(struct reader *r, struct slice line)
{
	for (int i = 0; i < COLUMNS; i++)
		if (!slice_is(slice_split(&line, '\t'), column_names[i]))
			return complain(r,
					"the first line names the columns "
					"client, dest, qname, qtype, rd, tsig, "
					"proto; there is no",
					slice_of(column_names[i]));
	return true;
}

void
print_reason(FILE *out, const struct model *m, const struct decision *d)
{
	const struct origin *o = d->reason;

	if (o == NULL) {
		fputc('-', out);
		return;
	}
	if (origin_is_default(o)) {
		fprintf(out, "default:%s", o->option);
		return;
	}
	struct position at = sources_position(m->sources, o->span.begin);

	fprintf(out, "%s@", o->option);
	print_safely(out, slice_of(at.source->name));
	fprintf(out, ":%zu", at.line);
}

void
print_errors(FILE *out, const struct decision *d)
{
	if (d->ede_count == 0)
		fputc('-', out);
	for (int i = 0; i < d->ede_count; i++)
		fprintf(out, "%s%u", i == 0 ? "" : ",", d->ede[i]);
}

static void
print_answer(FILE *out, const struct model *m, const struct probe *probe,
	     const struct decision *d)
{
	fprintf(out, "%.*s\t%s\t%c\t%c\t", SLICE(probe->line),
		rcode_name(d->rcode), "01?"[d->aa], "01?"[d->ra]);
	print_errors(out, d);
	fprintf(out, "\t%s\t%s\t", *d->view == '\0' ? "-" : d->view,
		outcome_name(d->outcome));
	print_reason(out, m, d);
	fputc('\n', out);
}

bool
probes_answer(struct arena *a, struct predict *p, const struct model *m,
	      const char *name, struct slice text, FILE *out)
{
	struct reader r = { a, m, name, 0, true };
	VEC(struct probe) probes = { 0 };

	while (text.len > 0) {
		struct slice line = slice_split(&text, '\n');
		struct probe probe;

		if (line.len > 0 && line.data[line.len - 1] == '\r')
			line.len--;
		if (++r.line == 1)
			check_header(&r, line);
		else if (line.len > 0 && read_probe(&r, line, &probe))
			*VEC_PUSH(a, &probes) = probe;
	}
	if (r.line == 0)
		return complain(&r, "there is no header line in", slice_of(name));
	if (!r.ok)
		return false;
	for (int i = 0; i < COLUMNS; i++)
		fprintf(out, "%s\t", column_names[i]);
	fputs("rcode\taa\tra\tede\tview\toutcome\treason\n", out);
	for (size_t i = 0; i < probes.len; i++) {
		struct decision d = predict_at(p, &probes.at[i].question,
					       probes.at[i].client, NULL);

		print_answer(out, m, &probes.at[i], &d);
	}
	return true;
}
