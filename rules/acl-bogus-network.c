#include "base/addr.h"
#include "base/vec.h"
#include "rules/rule.h"

/*
 * Networks that look like others. `alone`: it is wrong in any list of clients;
 * the others may be somebody's own, and count beside private networks only.
 */
static const struct lookalike {
	const char *text;
	const char *meant;
	bool alone;
} lookalikes[] = {
	{ "0.0.0.0/8", "0.0.0.0/0", true },
	{ "0.0.0.0/32", "0.0.0.0/0", true },
	{ "0.0.0.0/16", "0.0.0.0/0", true },
	{ "0.0.0.0/24", "0.0.0.0/0", true },
	{ "::/128", "::/0", true },
	{ "192.0.0.0/8", "192.168.0.0/16", false },
	{ "192.0.0.0/16", "192.168.0.0/16", false },
	{ "192.68.0.0/16", "192.168.0.0/16", false },
	{ "192.16.0.0/16", "192.168.0.0/16", false },
	{ "192.167.0.0/16", "192.168.0.0/16", false },
	{ "192.169.0.0/16", "192.168.0.0/16", false },
	{ "192.186.0.0/16", "192.168.0.0/16", false },
	{ "192.198.0.0/16", "192.168.0.0/16", false },
	{ "172.0.0.0/8", "172.16.0.0/12", false },
	{ "172.32.0.0/11", "172.16.0.0/12", false },
	{ "172.32.0.0/12", "172.16.0.0/12", false },
	{ "172.64.0.0/12", "172.16.0.0/12", false },
	{ "172.160.0.0/12", "172.16.0.0/12", false },
	{ "100.0.0.0/8", "100.64.0.0/10", false },
	{ "100.0.0.0/10", "100.64.0.0/10", false },
};

enum { LOOKALIKES = sizeof(lookalikes) / sizeof(*lookalikes) };

/* A prefix that lets clients in. */
struct entry {
	struct prefix prefix;
	const struct element *element; /* NULL: it is in a line */
	const struct node *line;
};

typedef VEC(struct entry) entry_vec;

static bool
is_same(struct prefix a, struct prefix b)
{
	return a.len == b.len && addr_cmp(a.addr, b.addr) == 0;
}

/* The lookalikes as prefixes: there may be many lists to look through. */
struct known {
	struct prefix prefixes[LOOKALIKES];
};

static struct known
read_lookalikes(void)
{
	struct known known;

	for (size_t i = 0; i < LOOKALIKES; i++)
		prefix_parse(slice_of(lookalikes[i].text), &known.prefixes[i]);
	return known;
}

static const struct lookalike *
find_lookalike(const struct known *known, struct prefix p)
{
	for (size_t i = 0; i < LOOKALIKES; i++)
		if (is_same(p, known->prefixes[i]))
			return &lookalikes[i];
	return NULL;
}

static struct span
place_of(const struct rule_context *cx, const struct entry *e)
{
	return e->element != NULL ? rule_element_span(cx, e->element)
				  : node_term(e->line, 1)->span;
}

static bool
has_private(struct rule_context *cx, const entry_vec *v)
{
	struct client_set private = clients_private(cx->arena);

	for (size_t i = 0; i < v->len; i++)
		if (clients_cover(private, v->at[i].prefix))
			return true;
	return false;
}

/* Lists of what must not be: networks that no client has, more than one. */
static bool
is_list_of_bogons(struct rule_context *cx, const entry_vec *v)
{
	static const char *const never[] = {
		"0.0.0.0/8", "169.254.0.0/16", "192.0.2.0/24", "224.0.0.0/3",
		"198.18.0.0/15", "240.0.0.0/4",
	};
	struct prefix p[sizeof(never) / sizeof(*never)];
	size_t found = 0;

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		prefix_parse(slice_of(never[i]), &p[i]);
	struct client_set s = clients_of(cx->arena, p,
					 sizeof(never) / sizeof(*never));

	for (size_t i = 0; i < v->len; i++)
		found += clients_cover(s, v->at[i].prefix);
	return found > 1;
}

/*
 * A single private address that ends in .0: the address of a network, whose
 * length was forgotten. `meant` is the network of RFC 1918 that begins there,
 * or a usual one.
 */
static bool
lacks_length(struct rule_context *cx, struct prefix p, struct prefix *meant)
{
	static const char *const private[] = { "10.0.0.0/8", "172.16.0.0/12",
					       "192.168.0.0/16" };
	uint32_t bits = (uint32_t)p.addr.lo;

	if (p.addr.family != FAMILY_IPV4 || p.len != 32 || (bits & 0xff) != 0 ||
	    !clients_cover(clients_private(cx->arena), p))
		return false;
	for (size_t i = 0; i < sizeof(private) / sizeof(*private); i++)
		if (prefix_parse(slice_of(private[i]), meant) &&
		    addr_cmp(meant->addr, p.addr) == 0)
			return true;
	*meant = p;
	meant->len = (bits & 0xffff) == 0 ? 16 : 24;
	return true;
}

static void
report_no_length(struct rule_context *cx, const struct entry *e,
		 struct prefix meant)
{
	char single[ADDR_TEXT_MAX], network[ADDR_TEXT_MAX];
	struct diag *d = rule_report(
		cx, place_of(cx, e),
		"%s is one address, and looks like a network without its "
		"length",
		addr_format(e->prefix.addr, single));

	diag_help(cx->diags, d, "write '%s' if the network is meant",
		  prefix_format(meant, network));
}

static void
judge(struct rule_context *cx, const struct known *known, const entry_vec *v)
{
	bool looked = false, private = false;

	for (size_t i = 0; i < v->len; i++) {
		const struct lookalike *x =
			find_lookalike(known, v->at[i].prefix);
		struct prefix meant;
		char buf[ADDR_TEXT_MAX];

		if (lacks_length(cx, v->at[i].prefix, &meant))
			report_no_length(cx, &v->at[i], meant);
		if (x == NULL)
			continue;
		if (!looked) {
			if (is_list_of_bogons(cx, v))
				return;
			private = has_private(cx, v);
			looked = true;
		}
		if (!x->alone && !private)
			continue;
		struct diag *d = rule_report(
			cx, place_of(cx, &v->at[i]),
			x->alone ? "%s matches nobody: no host has such an "
				   "address"
				 : "%s is a public network, unlike its "
				   "neighbours here",
			prefix_format(v->at[i].prefix, buf));

		if (x->alone && cx->config->dialect == DIALECT_NAMED)
			diag_help(cx->diags, d,
				  "write 'any' if all addresses are meant");
		else
			diag_help(cx->diags, d, "write '%s' if that is meant",
				  x->meant);
	}
}

static void
check_lists(struct rule_context *cx, const struct known *known)
{
	entry_vec v = { 0 };

	for (size_t i = 0; i < cx->model->list_count; i++) {
		const struct address_list *list = cx->model->lists[i];

		v.len = 0;
		if (slice_is(slice_of(list->origin.option), "blackhole"))
			continue;
		for (size_t k = 0; k < list->count; k++) {
			const struct element *e = &list->elements[k];

			if (e->kind == ELEMENT_PREFIX && !e->negated)
				*VEC_PUSH(cx->arena, &v) = (struct entry){
					.prefix = element_prefix(e),
					.element = e,
				};
		}
		judge(cx, known, &v);
	}
}

static void
check_lines(struct rule_context *cx, const struct known *known)
{
	size_t n;
	const struct rule_netblock *b = rule_netblocks(cx, "access-control",
						       &n);
	entry_vec v = { 0 };

	for (size_t i = 0; i < n; i++)
		if (slice_has_prefix(rule_value(b[i].line, 1), "allow"))
			*VEC_PUSH(cx->arena, &v) = (struct entry){
				.prefix = b[i].prefix,
				.line = b[i].line,
			};
	judge(cx, known, &v);
}

static void
check(struct rule_context *cx)
{
	struct known known = read_lookalikes();

	if (cx->config->dialect == DIALECT_NAMED)
		check_lists(cx, &known);
	else
		check_lines(cx, &known);
}

const struct rule rule_acl_bogus_network = {
	.id = "acl-bogus-network",
	.family = "acl",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.heuristic = true,
	.summary = "a network that looks like a slip of the pen",
	.explain =
		"192.186.0.0/16 beside private networks was probably to be "
		"192.168.0.0/16, and 0.0.0.0/8 was to be everybody. The one "
		"lets strangers in, both leave out those who were meant; so "
		"does 10.0.0.0 without a length, which is a single address. "
		"Private networks are 10.0.0.0/8, 172.16.0.0/12, "
		"192.168.0.0/16, 100.64.0.0/10 and fc00::/7.",
	.source = "RFC 1918, section 3; RFC 6598; RFC 6890",
	.bad = "options { allow-recursion { 192.186.0.0/16; 10.0.0.0/8; }; };",
	.good = "options { allow-recursion { 192.168.0.0/16; 10.0.0.0/8; }; "
		"};",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 172.32.0.0/12 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 172.16.0.0/12 allow",
	.check = check,
};
