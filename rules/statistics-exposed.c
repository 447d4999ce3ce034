#include "rules/rule.h"

static void
check(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	struct client_set public = clients_public(cx->arena);

	for (size_t i = 0; i < v->channel_count; i++) {
		const struct channel *c = &v->channels[i];

		if (c->control ||
		    (!c->wildcard && !clients_have(public, c->addr)))
			continue;
		struct client_set who = clients_and(
			cx->arena, public,
			clients_matched(cx->arena, predict_acls(cx->predict),
					c->allow.list, KEY_NONE, false));

		if (!rule_is_internet(who))
			continue;
		struct diag *d = rule_report(cx, c->origin.span,
					     "anybody on the Internet can read "
					     "the statistics");

		if (c->allow.list == NULL)
			diag_remark(cx->diags, d,
				    "without 'allow' everybody may connect");
		diag_help(cx->diags, d,
			  "list the hosts that collect them, such as 'inet "
			  "127.0.0.1 port 8053 allow { 127.0.0.1; };'");
	}
}

const struct rule rule_statistics_exposed = {
	.id = "statistics-exposed",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "strangers can read the statistics channel",
	.explain = "The statistics channel is a small web server without "
		   "passwords. It shows zones, clients and memory, it was not "
		   "made for hostile clients, and without 'allow' it answers "
		   "everybody. Let the hosts that collect statistics connect.",
	.source = "BIND 9 ARM, statistics-channels statement and security "
		  "assumptions",
	.bad = "statistics-channels { inet * port 8053; };",
	.good = "statistics-channels {\n"
		"\tinet 127.0.0.1 port 8053 allow { 127.0.0.1; };\n};",
	.check = check,
};
