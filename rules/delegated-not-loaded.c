#include "model/views.h"
#include "rules/rule.h"

/* The first zone of this name that has to have data, or NULL. */
static const struct zone *
find_zone(const struct rule_context *cx, struct slice name)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->count; i++) {
		const struct zone *z = view_get_zone(v->list[i], name);

		if (z != NULL &&
		    (z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY))
			return z;
	}
	return NULL;
}

/* Until the transfer is done nobody is answered, after each start anew. */
static void
check_secondary(struct rule_context *cx, const struct zone *z)
{
	struct diag *d;

	if (z->file != NULL)
		return;
	d = rule_report(cx, rule_heading(cx, z->origin.span),
			"'%s' is delegated to this server, and has no data "
			"after a start until it is transferred: SERVFAIL",
			z->text);
	diag_help(cx->diags, d,
		  "write 'file' with a name, so that the server keeps what it "
		  "was given");
}

static void
check_primary(struct rule_context *cx, const struct zone *z)
{
	const char *why = predict_no_data(cx->predict, z);
	struct diag *d;

	if (why == NULL)
		return;
	d = rule_report(cx, rule_heading(cx, z->origin.span),
			"'%s' is delegated to this server, and does not load: "
			"SERVFAIL to everybody",
			z->text);
	diag_remark(cx->diags, d, "%s", why);
	diag_help(cx->diags, d,
		  "mend the data, until 'named-checkzone %s FILE' takes them",
		  z->text);
}

static void
check(struct rule_context *cx)
{
	const struct intent *in = cx->intent;

	for (size_t i = 0; i < in->delegated_count; i++) {
		const struct zone *z = find_zone(cx, in->delegated[i].name);

		if (z == NULL)
			continue;
		if (z->type == ZONE_PRIMARY)
			check_primary(cx, z);
		else
			check_secondary(cx, z);
	}
}

const struct rule rule_delegated_not_loaded = {
	.id = "delegated-not-loaded",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a zone is delegated here and has no data",
	.explain =
		"The server knows the zone but not what is in it: the file is "
		"faulty, or nothing was transferred yet. Whoever follows the "
		"delegation gets SERVFAIL, whatever the lists of clients say, "
		"and no error keeps the server from starting. A secondary zone "
		"without 'file' is in that state after each start. A file that "
		"is not here is no finding: the zones of a server are often "
		"not where its configuration is checked.",
	.source = "BIND 9 ARM, zone statement, file; RFC 1912, section 2.8",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type secondary;\n"
	       "\tprimaries { 192.0.2.1; }; };",
	.good = "options { recursion no; };\n"
		"zone \"example.com\" { type secondary;\n"
		"\tprimaries { 192.0.2.1; }; file \"e.db\"; };",
	.policy = "version: 1\n"
		  "servers:\n"
		  "  - files: [\"**\"]\n"
		  "    delegated: [example.com]\n",
	.check = check,
};
