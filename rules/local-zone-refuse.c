#include "model/access.h"
#include "model/rrtype.h"
#include "rules/rule.h"

enum {
	SHOWN_MAX = 4
};

static bool
is_refusing(const struct local_zone *z)
{
	return !z->built_in && !origin_is_default(z->origin) &&
	       (z->type == LOCAL_REFUSE || z->type == LOCAL_ALWAYS_REFUSE);
}

/* The one that is written first, and how many there are. */
static const struct local_zone *
find_first(const struct rule_context *cx, size_t *count)
{
	const struct strmap *tree = cx->model->access->tree.in;
	const struct local_zone *first = NULL;
	size_t n;
	const struct slice *names = strmap_keys(cx->arena, tree, &n);

	*count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct local_zone *z = strmap_get(tree, names[i]);

		if (!is_refusing(z))
			continue;
		++*count;
		if (first == NULL ||
		    z->origin->span.begin < first->origin->span.begin)
			first = z;
	}
	return first;
}

static bool
is_refused_by_zone(const struct decision *d)
{
	return decision_is_refused(d) && d->reason != NULL &&
	       slice_is(slice_of(d->reason->option), "local-zone");
}

static void
check(struct rule_context *cx)
{
	struct question foreign = question_foreign(cx->model);
	size_t count;
	const struct local_zone *z = find_first(cx, &count);

	if (z == NULL)
		return;
	struct question q = question_of(
		slice_of(arena_printf(cx->arena, "name-of-nobody.%.*s",
				      SLICE(z->name))),
		RRTYPE_A);
	struct client_set turned = clients_where(
		cx->arena, cx->predict, &q,
		clients_where(cx->arena, cx->predict, &foreign,
			      clients_all(cx->arena), decision_recurses),
		is_refused_by_zone);

	if (clients_empty(turned))
		return;
	const char *others =
		count == 1
			? ""
			: arena_printf(cx->arena, " and %zu more", count - 1);
	struct diag *d = rule_report(
		cx, z->origin->span,
		"names in '%.*s'%s are REFUSED to clients who may look up all "
		"others: %s",
		SLICE(z->name), others,
		clients_text(cx->arena, turned, SHOWN_MAX));

	diag_help(cx->diags, d,
		  "write 'always_nxdomain' to say that there are no such "
		  "names: a client that is refused asks its other servers");
}

const struct rule rule_local_zone_refuse = {
	.id = "local-zone-refuse",
	.family = "refused",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary =
		"local zones that answer REFUSED to the server's own clients",
	.explain =
		"A local-zone of type refuse turns away clients that may look "
		"up everything else. In a list of blocked names that is seldom "
		"what is meant: REFUSED tells a client to try another server, "
		"NXDOMAIN that the name does not exist. It is reported once, "
		"for "
		"the first of these zones.",
	.source = "unbound.conf(5), local-zone",
	.bad_unbound = "server: interface: 127.0.0.1\n"
		       "local-zone: \"ads.example.\" refuse",
	.good_unbound = "server: interface: 127.0.0.1\n"
			"local-zone: \"ads.example.\" always_nxdomain",
	.check = check,
};
