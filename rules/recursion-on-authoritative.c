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
