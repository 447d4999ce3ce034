#include "tests/lab.h"

#include "check/check.h"
#include "model/name.h"
#include "model/named.h"
#include "model/unbound.h"
#include "schema/release.h"
#include "schema/typed.h"
#include "tests/check.h"

static void
expect_no_error(struct diags *diags, const char *text)
{
	for (size_t i = 0; i < diags_count(diags); i++) {
		const struct diag *d = diags_at(diags, i);

		if (d->severity == SEV_ERROR)
			ck_abort_msg("%s [%s]\n%s", d->message, d->rule, text);
	}
}

struct lab
lab_open(enum dialect dialect, const char *text, const struct host *host)
{
	struct lab lab = { .arena = arena_new() };
	struct source_policy policy = { 0 };
	struct sources *sources = sources_new(lab.arena, policy);
	uint32_t target = release_newest(dialect);
	struct schema *schema = schema_new(lab.arena, dialect, target);
	struct diags *diags = diags_new(lab.arena);
	const struct config *c = config_read(
		lab.arena, sources, diags,
		sources_add_text(sources, "test.conf", slice_of(text)),
		(struct config_options){ .dialect = dialect,
					 .lookup = schema_keyword,
					 .lookup_context = schema });
	struct model_facts facts = { .host = host, .target = target };

	typed_pass(c, schema);
	if (!diags_have_error(diags))
		check_load(&(struct check){ lab.arena, c, schema, diags });
	expect_no_error(diags, text);
	lab.model = dialect == DIALECT_NAMED
			    ? model_from_named(lab.arena, c, facts)
			    : model_from_unbound(lab.arena, c, facts);
	lab.predict = predict_new(lab.arena, lab.model);
	return lab;
}

struct question
lab_question(struct lab *lab, const char *name, uint16_t type)
{
	struct question q = { .qclass = CLASS_IN, .qtype = type };

	ck_assert(name_canonical(lab->arena, slice_of(name), &q.qname));
	return q;
}

struct addr
lab_middle(struct addr a, struct addr b)
{
	struct addr m = a;

	if (a.hi == b.hi)
		m.lo = a.lo + (b.lo - a.lo) / 2;
	else
		m.hi = a.hi + (b.hi - a.hi) / 2;
	return m;
}
