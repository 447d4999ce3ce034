#include "rules/rule.h"
#include "schema/types_named.h"
#include "schema/types_unbound.h"

enum {
	UDP_SAFE = 1232
};

static void
report(struct rule_context *cx, const struct node *s, long long size)
{
	struct diag *d =
		rule_report(cx, s->span,
			    "answers of up to %lld bytes may be cut into "
			    "fragments on the way, which get lost or forged",
			    size);

	diag_help(cx->diags, d, "write %d", UDP_SAFE);
	diag_fix(cx->diags, d, node_term(s, 1)->span, "1232");
}

static void
check_size(struct rule_context *cx, const struct node *s)
{
	unsigned long long size;

	if (type_integer_value(node_term(s, 1), &size) && size > UDP_SAFE)
		report(cx, s, (long long)size);
}

static void
check(struct rule_context *cx)
{
	static const char *const names[] = { "edns-buffer-size",
					     "max-udp-size" };

	if (cx->config->dialect == DIALECT_NAMED) {
		rule_each_option(cx, "edns-udp-size", check_size);
		rule_each_option(cx, "max-udp-size", check_size);
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		const struct node *s = rule_server(cx, names[i]);
		long long size =
			s == NULL ? 0
				  : type_ub_atoi(node_text(node_term(s, 1)));

		if (size > UDP_SAFE)
			report(cx, s, size);
	}
}

const struct rule rule_large_udp = {
	.id = "large-udp",
	.family = "amplification",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.summary = "UDP answers larger than packets commonly are",
	.explain = "Answers that do not fit into a packet travel in fragments, "
		   "which firewalls drop and attackers replace. 1232 bytes fit "
		   "everywhere; larger answers go over TCP. Within a network "
		   "of your own that carries larger packets, more is fine.",
	.source = "RFC 9715; DNS flag day 2020",
	.bad = "options { edns-udp-size 4096; };",
	.good = "options { edns-udp-size 1232; };",
	.bad_unbound = "server: edns-buffer-size: 4096",
	.good_unbound = "server: edns-buffer-size: 1232",
	.check = check,
};
