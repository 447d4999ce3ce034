#include "base/addr.h"
#include "rules/rule.h"

/*
 * A stranger: a client from anywhere in the Internet, in no list by its own
 * address, with no key. What such a client gets everybody gets.
 */
enum verdict {
	NO_MATCH,
	ADMITTED,
	EXCLUDED,
};

enum { DEPTH_MAX = 32 };

struct finding {
	const struct node *element; /* what admits the stranger */
};

static enum verdict match_list(const struct rule_context *cx,
			       const struct node *block, enum family family,
			       int depth, struct finding *f);

static enum verdict
match_name(const struct rule_context *cx, const struct node *n,
	   enum family family, int depth, struct finding *f)
{
	struct prefix p;
	struct slice text = node_text(n);

	if (slice_is_nocase(text, "any"))
		return ADMITTED;
	if (slice_is_nocase(text, "none"))
		return EXCLUDED;
	if (slice_is(text, "0/0"))
		return family == FAMILY_IPV4 ? ADMITTED : NO_MATCH;
	if (prefix_parse(text, &p))
		return p.len == 0 && p.addr.family == family ? ADMITTED
							     : NO_MATCH;
	NODE_EACH(acl, cx->config->root, "acl")
		if (slice_equal_nocase(node_text(node_term(acl, 1)), text))
			return match_list(cx, node_block(acl), family,
					  depth + 1, f);
	return NO_MATCH;
}

static enum verdict
match_element(const struct rule_context *cx, const struct node *n,
	      enum family family, int depth, struct finding *f)
{
	bool negated = n->kind == NODE_NOT;
	enum verdict inner;

	if (negated)
		n = n->next;
	if (n == NULL || (n->kind == NODE_WORD && n->next != NULL))
		return NO_MATCH; /* key, geoip */
	if (n->kind == NODE_BLOCK)
		inner = match_list(cx, n, family, depth + 1, f);
	else
		inner = match_name(cx, n, family, depth, f);
	/* `none` excludes by itself; a list that excludes does not match. */
	if (inner == EXCLUDED && !node_is(n, "none"))
		return NO_MATCH;
	if (inner == NO_MATCH || !negated)
		return inner;
	return inner == ADMITTED ? EXCLUDED : ADMITTED;
}

static enum verdict
match_list(const struct rule_context *cx, const struct node *block,
	   enum family family, int depth, struct finding *f)
{
	if (block == NULL || depth > DEPTH_MAX)
		return NO_MATCH;
	for (const struct node *s = block->first; s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT)
			continue;
		enum verdict v = match_element(cx, s->first, family, depth, f);

		if (v != NO_MATCH) {
			if (depth == 0)
				f->element = s;
			return v;
		}
	}
	return NO_MATCH;
}

static bool
admits_strangers(const struct rule_context *cx, const struct node *statement,
		 enum family family, struct finding *f)
{
	return match_list(cx, node_block(statement), family, 0, f) == ADMITTED;
}

/* Written in the view, or else in the options; NULL in neither. */
static const struct node *
effective(const struct node *view, const struct node *options,
	  const char *name)
{
	const struct node *s = node_find(view, name);

	return s != NULL ? s : node_find(options, name);
}

static bool
is_off(const struct node *statement)
{
	const struct node *value =
		statement == NULL ? NULL : statement->first->next;

	return node_is(value, "no") || node_is(value, "false") ||
	       node_is(value, "0");
}

/* The list that rules recursion, as the server inherits it. */
static const struct node *
recursion_list(const struct node *view, const struct node *options)
{
	static const char *const names[] = { "allow-recursion",
					     "allow-query-cache",
					     "allow-query" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct node *s = effective(view, options, names[i]);

		if (s != NULL)
			return s;
	}
	return NULL;
}

static void
check_view(struct rule_context *cx, const struct node *view,
	   const struct node *options, enum family family)
{
	const struct node *list = recursion_list(view, options);
	const struct node *cache = effective(view, options,
					     "allow-query-cache");
	struct finding f = { NULL };

	if (list == NULL || is_off(effective(view, options, "recursion")))
		return;
	if (cache != NULL && !admits_strangers(cx, cache, family, &f))
		return;
	if (!admits_strangers(cx, list, family, &f))
		return;
	struct diag *d = rule_report(cx, f.element->span,
				     "the whole Internet may recurse here: an "
				     "open resolver");

	if (!node_is(list->first, "allow-recursion"))
		diag_remark(cx->diags, d,
			    "recursion takes its clients from '%.*s', since "
			    "'allow-recursion' is not written",
			    SLICE(node_text(list->first)));
	diag_help(cx->diags, d,
		  "name your own clients in 'allow-recursion', or write "
		  "'recursion no' on a server that is authoritative only");
}

/* Do the listeners reach beyond this host and private networks? */
static bool
is_reachable(struct addr a)
{
	if (a.family == FAMILY_IPV6)
		return !(a.hi == 0 && a.lo == 1) && a.hi >> 57 != 0xfc >> 1 &&
		       a.hi >> 54 != 0xfe80 >> 6;
	return a.lo >> 24 != 127 && a.lo >> 24 != 10 &&
	       a.lo >> 16 != 0xc0a8 && a.lo >> 20 != 0xac1 &&
	       a.lo >> 22 != 0x6440 >> 6;
}

static bool
listens_to_strangers(const struct node *options, const char *name)
{
	bool written = false;

	NODE_EACH(s, options, name) {
		const struct node *block = node_block(s);

		written = true;
		for (const struct node *e = block == NULL ? NULL : block->first;
		     e != NULL; e = e->next) {
			const struct node *n = node_first(e);
			struct prefix p;

			if (n == NULL || n->kind == NODE_NOT ||
			    node_is(n, "none") || node_is(n, "localhost"))
				continue;
			if (!prefix_parse(node_text(n), &p) ||
			    is_reachable(p.addr))
				return true;
		}
	}
	return !written;
}

static bool
is_view_of_strangers(struct rule_context *cx, const struct node *view,
		     enum family family)
{
	const struct node *clients = node_find(view, "match-clients");
	struct finding f;

	return node_find(view, "match-destinations") == NULL &&
	       (clients == NULL || admits_strangers(cx, clients, family, &f));
}

static void
check_named(struct rule_context *cx, enum family family)
{
	const struct node *root = cx->config->root;
	const struct node *options = node_find(root, "options");
	const struct node *block = options == NULL ? NULL
						   : node_block(options);

	if (!listens_to_strangers(block, family == FAMILY_IPV4
						 ? "listen-on"
						 : "listen-on-v6"))
		return;
	if (node_find(root, "view") == NULL)
		check_view(cx, NULL, block, family);
	NODE_EACH(view, root, "view") {
		if (!is_view_of_strangers(cx, node_block(view), family))
			continue;
		check_view(cx, node_block(view), block, family);
		return; /* the first view that fits takes them all */
	}
}

/* unbound.conf: the last line for exactly 0.0.0.0/0 or ::/0 counts. */
static const struct node *
last_open_line(const struct rule_context *cx, enum family family)
{
	const struct node *open = NULL;

	NODE_EACH(server, cx->config->root, "server")
		NODE_EACH(s, node_block(server), "access-control") {
			struct slice action = node_text(node_term(s, 2));
			struct prefix p;

			if (!prefix_parse(node_text(node_term(s, 1)), &p) ||
			    p.len != 0 || p.addr.family != family)
				continue;
			open = slice_is(action, "allow") ||
					       slice_is(action, "allow_snoop") ||
					       slice_is(action, "allow_setrd")
				       ? s
				       : NULL;
		}
	return open;
}

static bool
unbound_is_reachable(const struct rule_context *cx)
{
	static const char *const names[] = { "interface", "ip-address" };

	NODE_EACH(server, cx->config->root, "server") {
		const struct node *block = node_block(server);

		if (node_find(block, "interface-automatic") != NULL)
			return true;
		for (size_t i = 0; i < 2; i++)
			NODE_EACH(s, block, names[i]) {
				struct slice text = node_text(node_term(s, 1));
				struct addr a;

				if (addr_parse(slice_split(&text, '@'), &a) &&
				    is_reachable(a))
					return true;
			}
	}
	return false;
}

static void
check_unbound(struct rule_context *cx, enum family family)
{
	const struct node *line = last_open_line(cx, family);

	if (line == NULL)
		return;
	struct diag *d = rule_report(cx, line->span,
				     "the whole Internet may recurse here: an "
				     "open resolver");

	diag_help(cx->diags, d,
		  "allow your own networks and leave the rest refused");
}

static void
check(struct rule_context *cx)
{
	bool named = cx->config->dialect == DIALECT_NAMED;

	if (!named && !unbound_is_reachable(cx))
		return;
	for (int f = 0; f < FAMILY_COUNT; f++) {
		if (named)
			check_named(cx, (enum family)f);
		else
			check_unbound(cx, (enum family)f);
	}
}

const struct rule rule_open_resolver = {
	.id = "open-resolver",
	.family = "recursion",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_LOAD,
	.summary = "anybody in the Internet may recurse",
	.explain =
		"An open resolver is abused to amplify attacks and to poison "
		"caches. In BIND, 'allow-query { any; }' alone opens it: "
		"recursion inherits that list when neither 'allow-recursion' "
		"nor 'allow-query-cache' is written.",
	.source = "RFC 5358 (BCP 140)",
	.bad = "options { allow-query { any; }; };",
	.good = "options { allow-query { any; }; recursion no; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
