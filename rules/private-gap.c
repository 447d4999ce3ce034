#include "rules/rule.h"

enum { BLOCK_COUNT = 3 };

static const struct {
	struct prefix prefix;
	const char *text;
} blocks[BLOCK_COUNT] = {
	{ { { 0, 0x0a000000, FAMILY_IPV4 }, 8 }, "10.0.0.0/8" },
	{ { { 0, 0xac100000, FAMILY_IPV4 }, 12 }, "172.16.0.0/12" },
	{ { { 0, 0xc0a80000, FAMILY_IPV4 }, 16 }, "192.168.0.0/16" },
};

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set served, away;
	int whole = 0, missing = BLOCK_COUNT;

	served = clients_where(cx->arena, cx->predict, &q,
			       clients_private(cx->arena), decision_recurses);
	away = clients_where(cx->arena, cx->predict, &q,
			     clients_private(cx->arena), decision_turns_away);
	for (int i = 0; i < BLOCK_COUNT; i++) {
		if (clients_cover(served, blocks[i].prefix))
			whole++;
		else if (clients_cover(away, blocks[i].prefix))
			missing = i;
	}
	if (whole != BLOCK_COUNT - 1 || missing == BLOCK_COUNT)
		return;
	struct decision d = predict_at(
		cx->predict, &q, prefix_first(blocks[missing].prefix), NULL);
	struct diag *diag = rule_report(
		cx, rule_place(cx, &d),
		"two of the three private networks of RFC 1918 are served, and "
		"%s is turned away",
		blocks[missing].text);

	rule_note_route(cx, diag, &d);
	diag_help(cx->diags, diag,
		  "add '%s' if any of your clients have such addresses",
		  blocks[missing].text);
}

const struct rule rule_private_gap = {
	.id = "private-gap",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.optional = true,
	.summary = "two of the three private networks of IPv4 are served",
	.explain =
		"Lists that are meant to take all private addresses name three "
		"networks: 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16. The "
		"second is the one that is forgotten, and it is where "
		"containers have their addresses. Where the third is left out "
		"on purpose there is nothing to do.",
	.source = "RFC 1918, section 3",
	.bad = "options { allow-recursion { 10.0.0.0/8; 192.168.0.0/16; }; };",
	.good = "options { allow-recursion {\n"
		"\t10.0.0.0/8; 172.16.0.0/12; 192.168.0.0/16; }; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 192.168.0.0/16 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 172.16.0.0/12 allow\n"
			"access-control: 192.168.0.0/16 allow",
	.check = check,
};
