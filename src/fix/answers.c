#include "fix/answers.h"

#include <string.h>

#include "compare/comparison.h"
#include "report/printable.h"

/* What one of the clients that something changes for would get. */
static const char *
describe(struct arena *a, const struct change *c)
{
	const struct pair *p = c->pair;
	const struct decision *was = &c->at[BEFORE], *is = &c->at[AFTER];
	const char *name = p->names.len > 0 ? p->names.at[0]
					    : arena_strdup(a, p->question.qname);
	const char *old = rcode_name(was->rcode), *new = rcode_name(is->rcode);
	char buf[ADDR_TEXT_MAX];

	if (was->rcode == is->rcode) {
		old = outcome_name(was->outcome);
		new = outcome_name(is->outcome);
	}
	return arena_printf(a, "%s would get %s%s instead of %s for '%s' (%s)",
			    addr_format(c->clients.at[0].first, buf),
			    strcmp(old, new) == 0 ? "another " : "", new, old,
			    make_printable(a, slice_of(name)), p->kind);
}

const char *
answers_compare(struct arena *a, const struct lint_result *before,
		const struct lint_result *after)
{
	struct side sides[2] = { { before->predict, before->model },
				 { after->predict, after->model } };
	struct comparison_options o = {
		.base = { .qclass = CLASS_IN, .rd = true },
		.strict = true,
	};
	struct comparison c = comparison_make(a, sides, &o);

	if (c.changes.len > 0)
		return describe(a, &c.changes.at[0]);
	if (!clients_empty(c.silent) || !clients_empty(c.listening))
		return "the server would listen on other addresses";
	return NULL;
}
