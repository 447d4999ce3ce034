#include <stdlib.h>

#include "base/vec.h"
#include "rules/rule.h"

/* Lines that contain each other, the widest first; all families and lengths. */
enum { DEPTH_MAX = 129 };

struct chain {
	const struct rule_netblock *at[DEPTH_MAX];
	size_t len;
};

static bool
admits(const struct rule_netblock *b)
{
	return slice_has_prefix(rule_value(b->line, 1), "allow");
}

/* deny and refuse, also those that leave local data to be seen. */
static bool
turns_away(const struct rule_netblock *b)
{
	return !admits(b);
}

/*
 * A hole in a wide line is an ordinary thing, and mostly written behind it. Who
 * writes the hole first and the wide line last may believe that the last line
 * counts. What is declared tells for sure.
 */
static bool
is_surprising(const struct rule_context *cx, struct client_set own,
	      const struct rule_netblock *wide,
	      const struct rule_netblock *hole)
{
	if (!admits(wide) || !turns_away(hole))
		return false;
	if (cx->intent->clients_declared)
		return clients_meet(own, hole->prefix);
	return hole->order < wide->order && wide->prefix.len > 0;
}

static void
report(struct rule_context *cx, const struct rule_netblock *wide,
       const struct rule_netblock *hole)
{
	char buf[ADDR_TEXT_MAX];
	struct slice action = rule_value(hole->line, 1);
	struct diag *d = rule_report(
		cx, wide->line->span,
		"this line does not let %s in: a more specific line says "
		"'%.*s'",
		prefix_format(hole->prefix, buf), SLICE(action));

	diag_note(cx->diags, d, hole->line->span,
		  "the most specific netblock decides, wherever it stands");
	diag_help(cx->diags, d,
		  "remove the more specific line if these clients are to be "
		  "let in; if not, %s",
		  cx->intent->clients_declared
			  ? "declare them no longer"
			  : "write it behind the wider one, as an exception");
}

static void
check(struct rule_context *cx)
{
	size_t n;
	struct rule_netblock *v = rule_netblocks(cx, "access-control", &n);
	struct client_set own = rule_own_clients(cx);
	struct chain chain = { .len = 0 };

	if (n > 1)
		qsort(v, n, sizeof(*v), rule_netblock_cmp);
	for (size_t i = 0; i < n; i++) {
		const struct rule_netblock *b = &v[i];

		/* Of equal ones the last counts. */
		if (i + 1 < n && v[i + 1].prefix.len == b->prefix.len &&
		    addr_cmp(v[i + 1].prefix.addr, b->prefix.addr) == 0)
			continue;
		while (chain.len > 0 &&
		       !prefix_contains(chain.at[chain.len - 1]->prefix,
					b->prefix.addr))
			chain.len--;
		if (chain.len > 0 &&
		    is_surprising(cx, own, chain.at[chain.len - 1], b))
			report(cx, chain.at[chain.len - 1], b);
		chain.at[chain.len++] = b;
	}
}

const struct rule rule_access_control_overtaken = {
	.id = "access-control-overtaken",
	.family = "acl",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a netblock is allowed, but a more specific line decides",
	.explain =
		"Unbound follows the most specific netblock that a client is "
		"in, not the first line and not the last. A wider line that "
		"is added behind a narrower one does not change what happens "
		"to the narrower netblock. Where clients are declared, only "
		"those who are lost are reported.",
	.source = "unbound.conf(5), access-control",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.1.0.0/16 refuse\n"
		       "access-control: 10.0.0.0/8 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 10.1.0.0/16 refuse",
	.check = check,
};
