#include "base/addr.h"
#include "rules/rule.h"

/* Does an `interface:` value reach beyond this host? */
static bool
is_public(struct slice value)
{
	struct slice text = slice_split(&value, '@');
	struct addr a;

	if (!addr_parse(text, &a))
		return !slice_is(text, "lo"); /* a device */
	if (a.family == FAMILY_IPV4)
		return a.lo >> 24 != 127;
	return a.hi != 0 || a.lo != 1;
}

static bool
is_loopback_block(struct slice text)
{
	struct prefix p;

	if (!prefix_parse(text, &p))
		return false;
	if (p.addr.family == FAMILY_IPV4)
		return p.len >= 8 && p.addr.lo >> 24 == 127;
	return (p.addr.hi == 0 && p.addr.lo == 1 && p.len == 128) ||
	       (addr_is_mapped(p.addr) && p.len >= 104 &&
		(p.addr.lo >> 24 & 0xff) == 127);
}

static bool
admits(struct slice action)
{
	return slice_has_prefix(action, "allow") ||
	       slice_is(action, "deny_non_local") ||
	       slice_is(action, "refuse_non_local");
}

/* The listener that strangers reach, or NULL. */
static const struct node *
find_public_listener(const struct node *server)
{
	static const char *const names[] = { "interface", "ip-address" };
	const struct node *found = NULL;

	for (size_t i = 0; i < 2; i++)
		NODE_EACH(s, server, names[i])
			if (found == NULL && s->len == 2 &&
			    is_public(node_text(s->first->next)))
				found = s;
	NODE_EACH(s, server, "interface-automatic")
		if (node_is(node_term(s, 1), "yes"))
			found = s;
	return found;
}

/* Does any line of the clause let somebody but this host in? */
static bool
admits_somebody(const struct node *server)
{
	static const char *const opening[] = { "access-control-view",
					       "access-control-tag",
					       "access-control-tag-action",
					       "access-control-tag-data" };

	NODE_EACH(s, server, "access-control")
		if (s->len == 3 && admits(node_text(node_term(s, 2))) &&
		    !is_loopback_block(node_text(node_term(s, 1))))
			return true;
	NODE_EACH(s, server, "interface-action")
		if (s->len == 3 && admits(node_text(node_term(s, 2))))
			return true;
	/* A netblock that is named only here is admitted. */
	for (size_t i = 0; i < sizeof(opening) / sizeof(*opening); i++)
		if (node_find(server, opening[i]) != NULL)
			return true;
	return false;
}

static void
check(struct rule_context *cx)
{
	const struct node *listener = NULL;

	NODE_EACH(server, cx->config->root, "server") {
		const struct node *block = node_block(server);

		if (admits_somebody(block))
			return;
		if (listener == NULL)
			listener = find_public_listener(block);
	}
	if (listener == NULL)
		return;
	struct diag *d = rule_report(cx, listener->span,
				     "the server listens here, but refuses "
				     "everybody except this host itself");

	diag_remark(cx->diags, d,
		    "without an access-control line for a client the answer "
		    "is REFUSED");
	diag_help(cx->diags, d,
		  "name the clients that may ask, such as 'access-control: "
		  "10.0.0.0/8 allow'");
}

const struct rule rule_default_refuse = {
	.id = "default-refuse",
	.family = "refused",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_LOAD,
	.summary = "listens on the network and admits nobody but localhost",
	.explain =
		"Unbound refuses every client that no access-control line "
		"admits, and only 127.0.0.0/8 and ::1 are admitted without "
		"one. A server that listens on other addresses and names no "
		"clients answers REFUSED to all of them.",
	.source = "unbound.conf(5), access-control",
	.bad_unbound = "server: interface: 0.0.0.0",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
