#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

static bool
is_declared_authority(const struct intent *in)
{
	return in->role_place.file != NULL &&
	       (in->role == ROLE_AUTHORITATIVE ||
		in->role == ROLE_HIDDEN_PRIMARY);
}

/* The host itself may use its server, that is nobody's business. */
static struct client_set
others(const struct rule_context *cx)
{
	const struct prefix own[] = {
		{ addr_ipv4(0x7f000000), 8 },
		{ { 0, 1, FAMILY_IPV6 }, 128 },
	};

	return clients_minus(cx->arena, clients_all(cx->arena),
			     clients_of(cx->arena, own, 2));
}

static bool
is_list_of_recursion(const struct node *s)
{
	return node_is(s->first, "allow-recursion") ||
	       node_is(s->first, "allow-recursion-on");
}

static void
turn_off(struct rule_context *cx, struct diag *d, const struct node *first)
{
	const struct node *written = rule_option(cx, NULL, "recursion");
	struct span at = first->span;
	const char *text = "recursion no;";

	if (written != NULL) {
		at = node_term(written, 1)->span;
		text = "no";
	} else if (!is_list_of_recursion(first)) {
		at.end = at.begin;
		text = rule_insertion(cx, first, text);
	}
	diag_fix_narrowing(cx->diags, d, at, text);
}

/* Without views it is done in one place; the lists play no part then. */
static void
fix(struct rule_context *cx, struct diag *d)
{
	const struct node *options = config_find(cx->config, "options");
	const struct node *first =
		options == NULL ? NULL : node_first(node_block(options));
	bool written = rule_option(cx, NULL, "recursion") != NULL;

	if (first == NULL || config_find(cx->config, "view") != NULL)
		return;
	turn_off(cx, d, first);
	for (const struct node *s = first; s != NULL; s = s->next)
		if (is_list_of_recursion(s) && (s != first || written))
			rule_fix_cut(cx, d, s->span);
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;

	if (!is_declared_authority(cx->intent))
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, others(cx),
			      decision_recurses, &n);

	for (size_t i = 0; i < n; i++) {
		struct diag *d = rule_report(
			cx, rule_place(cx, g[i].decision),
			"an authoritative server recurses for %s",
			clients_equal(g[i].clients, others(cx))
				? "everybody"
				: clients_text(cx->arena, g[i].clients,
					       SHOWN_MAX));

		rule_note_route(cx, d, g[i].decision);
		diag_help(cx->diags, d,
			  "write 'recursion no;' and give these clients a "
			  "resolver of their own");
		fix(cx, d);
	}
}

const struct rule rule_recursion_on_authoritative = {
	.id = "recursion-on-authoritative",
	.family = "recursion",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "an authoritative server recurses",
	.explain =
		"A server that is declared authoritative answers for its zones "
		"and nothing else. Recursion on it opens its cache to "
		"poisoning, its answers to abuse and its zones to the failures "
		"of others; in BIND it is on unless 'recursion no' is written.",
	.source = "NIST SP 800-81-2; BIND 9 ARM, recursion",
	.bad = "// dnslint: role=authoritative\n"
	       "options { allow-recursion { 192.0.2.0/24; }; };",
	.good = "// dnslint: role=authoritative\n"
		"options { recursion no; };",
	.check = check,
};
