#include "predict/ask.h"

#include <stdio.h>
#include <string.h>

#include "model/name.h"
#include "model/rrtype.h"
#include "report/printable.h"

static bool
complain(const char *before, const char *text, const char *after)
{
	fprintf(stderr, "dnslint: %s'", before);
	print_safely(stderr, slice_of(text));
	fprintf(stderr, "'%s\n", after);
	return false;
}

bool
ask_name(struct arena *a, struct slice text, struct question *q)
{
	if (!name_canonical(a, text, &q->qname))
		return false;
	q->qclass = question_is_about_server(q->qname) ? CLASS_CH : CLASS_IN;
	return true;
}

bool
ask_type(struct slice text, struct question *q)
{
	if (slice_is_nocase(text, "update"))
		q->opcode = OPCODE_UPDATE;
	else if (slice_is_nocase(text, "notify"))
		q->opcode = OPCODE_NOTIFY;
	else
		return rrtype_parse(text, &q->qtype);
	q->qtype = RRTYPE_SOA;
	return true;
}

const char *
ask_type_text(struct arena *a, const struct question *q)
{
	return q->opcode == OPCODE_UPDATE   ? "UPDATE"
	       : q->opcode == OPCODE_NOTIFY ? "NOTIFY"
					    : rrtype_text(a, q->qtype);
}

bool
ask_key(const struct model *m, struct arena *a, struct slice text,
	struct question *q)
{
	struct slice name;

	if (slice_is(text, "-") || text.len == 0)
		return true;
	if (!name_canonical(a, text, &name))
		return false;
	q->is_signed = true;
	q->key = model_key(m, name);
	return true;
}

/* The type is what follows the last '/'. */
static bool
read_query(struct arena *a, const char *text, struct question *q)
{
	const char *slash = strrchr(text, '/');
	struct slice name = slice_of(text);

	q->qtype = RRTYPE_A;
	if (slash != NULL) {
		name.len = (size_t)(slash - text);
		if (!ask_type(slice_of(slash + 1), q))
			return complain("there is no type ", slash + 1, "");
	}
	return ask_name(a, name, q) ||
	       complain("", text, " is no domain name");
}

bool
ask_question(struct arena *a, const struct model *m,
	     const struct ask_options *o, struct question *q)
{
	*q = (struct question){ .rd = !o->no_rd, .tcp = o->tcp,
				.qclass = CLASS_IN };
	if (o->to != NULL) {
		q->to_known = true;
		if (!addr_parse(slice_of(o->to), &q->to))
			return complain("", o->to, " is no address");
	}
	if (o->key != NULL && !ask_key(m, a, slice_of(o->key), q))
		return complain("", o->key, " is no name of a key");
	return o->query == NULL || read_query(a, o->query, q);
}

bool
ask_client(const struct ask_options *o, struct addr *client)
{
	return addr_parse(slice_of(o->client), client) ||
	       complain("", o->client, " is no address");
}
