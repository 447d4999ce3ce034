#include "rules/rule.h"

static void
check_answers(struct rule_context *cx, const struct node *s)
{
	if (!rule_is_no(node_term(s, 1)))
		return;
	struct diag *d =
		rule_report(cx, s->span,
			    "clients get no cookies: the server cannot tell "
			    "them from forged addresses");

	diag_help(cx->diags, d,
		  "remove it; servers of several makers behind one address "
		  "share a 'cookie-secret' instead");
	rule_fix_cut(cx, d, s->span);
}

static void
check_questions(struct rule_context *cx, const struct node *s)
{
	if (!rule_is_no(node_term(s, 1)))
		return;
	struct diag *d = rule_report(cx, s->span,
				     "questions go out without cookies: forged "
				     "answers are easier to make");

	diag_help(cx->diags, d,
		  "remove it; write it in a 'server' statement for a server "
		  "that cannot cope");
	rule_fix_cut(cx, d, s->span);
}

static void
check(struct rule_context *cx)
{
	rule_each_option(cx, "answer-cookie", check_answers);
	rule_each_option(cx, "send-cookie", check_questions);
}

const struct rule rule_cookies_off = {
	.id = "cookies-off",
	.family = "amplification",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "DNS cookies are switched off",
	.explain =
		"A cookie shows that a client or server is where its address "
		"says. With it rate limits spare real clients and forged "
		"answers are found out. ISC documents switching them off only "
		"for sets of servers that cannot share a secret.",
	.source = "RFC 7873; RFC 9018; BIND 9 ARM, answer-cookie and "
		  "send-cookie",
	.bad = "options { answer-cookie no; };",
	.good = "options { answer-cookie yes; };",
	.check = check,
};
