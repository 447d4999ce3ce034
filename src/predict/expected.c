#include "predict/expected.h"

#include "intent/expect.h"
#include "report/printable.h"

enum { SHOWN_MAX = 3 };

static void
complain(struct arena *a, const struct expectation *e, const struct unmet *u)
{
	const char *line = arena_printf(
		a,
		"%s:%zu: an expectation fails: for %s the outcome of '%s' is "
		"%s, not %s",
		e->place.file, e->place.line,
		clients_text(a, u->clients, SHOWN_MAX), e->query,
		outcome_name(u->decision->outcome), e->outcome);

	fputs("dnslint: ", stderr);
	print_safely(stderr, slice_of(line));
	fputc('\n', stderr);
}

static bool
holds(const struct lint_result *r, const struct expectation *e)
{
	struct question q = expectation_question(r->model, e);
	size_t n;
	const struct unmet *u =
		expectation_check(r->arena, r->predict, e, &q, &n);

	if (n == 0 || u[0].unknown)
		return true;
	complain(r->arena, e, &u[0]);
	return false;
}

bool
expectations_hold(const struct lint_result *r, const struct lint_options *lint)
{
	struct lint_result own = *r;
	struct lint_options few = *lint;
	bool all = true;

	if (r->intent.expectation_count == 0)
		return true;
	/* Not what was supposed to explain one answer. */
	own.model = NULL;
	few.host.few = true;
	few.data_supposed = true;
	few.wrapped = true;
	lint_decide(&own, &few);
	for (size_t i = 0; i < own.intent.expectation_count; i++)
		all &= holds(&own, &own.intent.expectations[i]);
	return all;
}
