#include "model/access.h"
#include "rules/rule.h"

/* The list that says so may be one that was written for something else. */
static void
say_why(struct rule_context *cx, struct diag *d, const struct decision *by)
{
	const struct origin *o = by->reason;

	rule_note_route(cx, d, by);
	rule_note_ipv6_default(cx, d);
	if (cx->config->dialect == DIALECT_NAMED && !origin_is_default(o) &&
	    !slice_is(slice_of(o->option), "allow-recursion"))
		diag_remark(cx->diags, d,
			    "recursion takes its clients from '%s', since "
			    "'allow-recursion' is not written",
			    o->option);
	diag_help(cx->diags, d,
		  cx->config->dialect == DIALECT_NAMED
			  ? "name your own clients in 'allow-recursion', or "
			    "write 'recursion no' on a server that is "
			    "authoritative only"
			  : "allow your own networks and leave the rest "
			    "refused");
}

/* Devices that lead to no other hosts of the Internet. */
static bool
is_inner_device(struct slice name)
{
	static const char *const inner[] = { "lo",    "lan",	"br-lan",
					     "wg",    "tun",	"tap",
					     "tailscale", "docker", "podman",
					     "veth",  "virbr",	"lxc" };

	for (size_t i = 0; i < sizeof(inner) / sizeof(*inner); i++)
		if (slice_has_prefix(name, inner[i]))
			return true;
	return false;
}

/* As it is written, without a port. */
static const char *
device_name(const struct rule_context *cx, const struct access_listener *l)
{
	static const char *const options[] = { "interface", "ip-address" };

	for (size_t i = 0; i < 2; i++)
		CONFIG_EACH(server, cx->config, "server")
	NODE_EACH(line, node_block(server), options[i]) {
		struct slice text = rule_value(line, 0);

		if (line->span.begin == l->origin.span.begin)
			return arena_strdup(cx->arena, slice_split(&text, '@'));
	}
	return "";
}

/*
 * unbound.conf: how strangers can come. `*device` is set where that is by
 * devices alone, whose addresses are not known.
 */
static bool
can_be_reached(struct rule_context *cx, const char **device)
{
	const struct access *s = cx->model->access;

	*device = NULL;
	for (size_t i = 0; s != NULL && i < s->listener_count; i++) {
		const struct access_listener *l = &s->listeners[i];
		const char *name = l->supposed ? device_name(cx, l) : NULL;

		if (!l->unknown &&
		    (l->wildcard ||
		     clients_have(clients_public(cx->arena), l->addr))) {
			*device = NULL;
			return true;
		}
		if (name != NULL && !is_inner_device(slice_of(name)))
			*device = name;
	}
	/* Behind a proxy it is the proxy that is reached. */
	return s == NULL ||
	       (*device != NULL &&
		rule_server(cx, "proxy-protocol-port") == NULL);
}

static void
report(struct rule_context *cx, struct client_set open,
       const struct decision *by, const char *device)
{
	struct diag *d;

	if (device != NULL)
		d = rule_report(cx, rule_place(cx, by),
				"whoever reaches the server by '%s' may "
				"recurse here: an open resolver, if that has a "
				"public address",
				device);
	else if (cx->intent->clients_declared && !rule_is_internet(open))
		d = rule_report(cx, rule_place(cx, by),
				"%s may recurse here, and are no declared "
				"clients",
				clients_text(cx->arena, open, 4));
	else
		d = rule_report(cx, rule_place(cx, by),
				"the whole Internet may recurse here: an open "
				"resolver");
	if (device != NULL)
		rule_weaken(cx, d, SEV_WARNING);
	say_why(cx, d, by);
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set s = clients_where(cx->arena, cx->predict, &q,
					    rule_reachable_strangers(cx),
					    decision_recurses);
	const char *device;
	size_t n;

	if (clients_empty(s) || !can_be_reached(cx, &device) ||
	    (!cx->intent->clients_declared && !rule_is_internet(s)))
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, s, NULL, &n);

	for (size_t i = 0; i < n; i++)
		report(cx, g[i].clients, g[i].decision, device);
}

const struct rule rule_open_resolver = {
	.id = "open-resolver",
	.family = "recursion",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "anybody on the Internet may recurse",
	.explain =
		"An open resolver is abused to amplify attacks and to poison "
		"caches. In BIND, 'allow-query { any; }' alone opens it: "
		"recursion inherits that list when neither 'allow-recursion' "
		"nor 'allow-query-cache' is written. Where Unbound listens on "
		"devices alone, whose addresses are not given, it is a "
		"warning.",
	.source = "RFC 5358 (BCP 140)",
	.bad = "options { allow-query { any; }; };",
	.good = "options { allow-query { any; }; recursion no; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
