#include "decide/clients.h"
#include "intent/policy_read.h"
#include "model/name.h"
#include "model/rrtype.h"

/* What is being read, and which keys were there. */
struct entry {
	struct expectation e;
	bool tcp_read;
};

static void
read_client(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;

	x->e.clients = field_networks(f, y);
}

static void
read_except(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;

	x->e.except = field_networks(f, y);
}

/* "NAME" or "NAME/TYPE"; the type is what follows the last '/'. */
static void
read_query(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;
	struct slice name;

	if (!field_text(f, y, &name))
		return;
	size_t len = name.len;

	while (len > 0 && name.data[len - 1] != '/')
		len--;
	x->e.qtype = RRTYPE_A;
	if (len > 0) {
		struct slice type = slice_sub(name, len, name.len);

		name.len = len - 1;
		if (!rrtype_parse(type, &x->e.qtype))
			field_fault(f, y, "there is no type '%s'",
				    fault_quote(f->arena, type));
	}
	if (name.len == 0 || !name_canonical(f->arena, name, &x->e.qname))
		field_fault(f, y, "'%s' is no domain name",
			    fault_quote(f->arena, name));
	x->e.query = arena_strdup(f->arena, y->text);
}

/* What nobody can know cannot be expected. */
static void
read_outcome(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;
	const char *words[OUTCOME_COUNT] = { NULL };

	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (i != OUTCOME_UNKNOWN)
			words[i] = outcome_name((enum outcome)i);
	size_t i = field_choice(f, y, "outcome", words, OUTCOME_COUNT);

	if (i < OUTCOME_COUNT)
		x->e.outcome = words[i];
}

static void
read_to(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;
	struct slice text;

	if (!field_text(f, y, &text))
		return;
	x->e.to_known = addr_parse(text, &x->e.to);
	if (!x->e.to_known)
		field_fault(f, y, "'%s' is no address of a server",
			    field_quote(f, y));
}

static void
read_key(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;
	struct slice text, name;

	if (!field_text(f, y, &text))
		return;
	if (name_canonical(f->arena, text, &name))
		x->e.key = arena_strdup(f->arena, name);
	else
		field_fault(f, y, "'%s' is no name of a key",
			    field_quote(f, y));
}

static void
read_tcp(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;

	field_bool(f, y, &x->e.tcp);
	x->tcp_read = true;
}

static void
read_rd(struct fields *f, const struct yaml *y, void *target)
{
	struct entry *x = target;
	bool rd = true;

	field_bool(f, y, &rd);
	x->e.no_rd = !rd;
}

static const struct field table[] = {
	{ "client", true, read_client },
	{ "except", false, read_except },
	{ "query", true, read_query },
	{ "outcome", true, read_outcome },
	{ "to", false, read_to },
	{ "key", false, read_key },
	{ "tcp", false, read_tcp },
	{ "rd", false, read_rd },
	{ NULL, false, NULL },
};

/* An expectation of nobody holds whatever the server does. */
static void
check_somebody(struct fields *f, const struct yaml *y,
	       const struct expectation *e)
{
	struct client_set all =
		clients_of(f->arena, e->clients.at, e->clients.count);
	struct client_set except =
		clients_of(f->arena, e->except.at, e->except.count);

	if (!clients_empty(all) &&
	    clients_empty(clients_minus(f->arena, all, except)))
		field_fault(f, y, "'except' leaves nobody of 'client'");
}

static void
read_entry(struct fields *f, const struct yaml *y, struct expectation *out)
{
	struct entry x = { .e.place = field_place(f, y) };

	fields_read(f, y, "an entry of 'expect'", table, &x);
	/* Zones are transferred over TCP. */
	if (x.e.qtype == RRTYPE_AXFR && !x.tcp_read)
		x.e.tcp = true;
	check_somebody(f, y, &x.e);
	*out = x.e;
}

void
policy_read_expectations(struct fields *f, const struct yaml *y,
			 struct intent *intent)
{
	VEC(struct expectation) list = { 0 };

	if (y->kind != YAML_SEQUENCE) {
		field_fault(f, y, "'expect' is a list; this is %s",
			    yaml_kind_name(y));
		return;
	}
	for (const struct yaml *v = y->first; v != NULL; v = v->next)
		read_entry(f, v, VEC_PUSH(f->arena, &list));
	intent->expectations = list.at;
	intent->expectation_count = list.len;
}
