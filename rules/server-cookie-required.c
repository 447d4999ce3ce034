#include "model/access.h"
#include "model/views.h"
#include "rules/rule.h"

enum {
	SHOWN_MAX = 4
};

static void
report_view(struct rule_context *cx, const struct origin *o)
{
	struct diag *d = rule_report(
		cx, o->span,
		"over UDP a client gets BADCOOKIE until it sends back the "
		"server's cookie");

	rule_weaken(cx, d, SEV_NOTE);
	diag_remark(cx->diags, d,
		    "who sends no cookie at all, or asks over "
		    "TCP, is answered as ever");
	diag_help(cx->diags, d,
		  "remove it unless answers are being sent to the victims of "
		  "forged questions");
}

static void
check_views(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	const struct origin *said = NULL;

	for (size_t i = 0; i < v->count; i++) {
		const struct origin *o = v->list[i]->wants_cookies;

		if (o == NULL || origin_is_default(o) || o == said ||
		    v->list[i]->built_in)
			continue;
		if (said == NULL || o->span.begin != said->span.begin)
			report_view(cx, o);
		said = o;
	}
}

static bool
is_refused_for_cookie(const struct decision *d)
{
	return decision_is_refused(d) && d->ede_count == 1 &&
	       d->ede[0] == EDE_OTHER;
}

static void
check_access(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, rule_guests(cx),
			      is_refused_for_cookie, &n);

	for (size_t i = 0; i < n; i++) {
		bool never = !rule_server_is(cx, "answer-cookie", "yes");
		struct diag *d = rule_report(
			cx, rule_place(cx, g[i].decision),
			"over UDP these get REFUSED with TC set%s: %s",
			never ? ", with a cookie or without"
			      : " unless they send the server's cookie",
			clients_text(cx->arena, g[i].clients, SHOWN_MAX));

		if (!never)
			rule_weaken(cx, d, SEV_NOTE);
		diag_help(
			cx->diags, d,
			never ? "write 'answer-cookie: yes': no client ever "
				"learns a cookie without it"
			      : "write 'allow' where clients cannot be relied "
				"on to ask again over TCP");
	}
}

static void
check(struct rule_context *cx)
{
	if (cx->model->access != NULL)
		check_access(cx);
	else
		check_views(cx);
}

const struct rule rule_server_cookie_required = {
	.id = "server-cookie-required",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "clients without the server's cookie are sent away over UDP",
	.explain = "With 'require-server-cookie' BIND, and with the action "
		   "allow_cookie Unbound, asks for a cookie before it answers "
		   "over UDP. That keeps forged questions from drawing large "
		   "answers. It costs the first question of each client a "
		   "round trip. Unbound does not answer clients that can do "
		   "neither cookies nor TCP; without 'answer-cookie' it hands "
		   "out no cookies, and every client must use TCP.",
	.source = "RFC 7873, section 5.2; BIND 9 ARM, require-server-cookie; "
		  "unbound.conf(5), access-control, allow_cookie",
	.bad = "options { require-server-cookie yes; };",
	.good = "options { require-server-cookie no; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "answer-cookie: yes\n"
		       "access-control: 10.0.0.0/8 allow_cookie",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"answer-cookie: yes\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
