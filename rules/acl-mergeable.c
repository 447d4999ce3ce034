#include "base/addr.h"
#include "base/strmap.h"
#include "base/vec.h"
#include "rules/rule.h"

/* One or more neighbours that make one prefix. */
struct group {
	struct prefix prefix;
	struct span first, last; /* where the first and last of them stand */
	size_t count;
};

typedef VEC(struct group) group_vec;

/*
 * Are they the two halves of one prefix, in either order? Hosts next to each
 * other are hosts.
 */
static bool
are_halves(struct prefix a, struct prefix b, struct prefix *whole)
{
	if (a.len != b.len || a.len < 2 || a.addr.family != b.addr.family ||
	    a.len == family_bits(a.addr.family) ||
	    addr_cmp(a.addr, b.addr) == 0)
		return false;
	*whole = prefix_network((struct prefix){ a.addr, a.len - 1 });
	return prefix_contains(*whole, b.addr);
}

static void
add(struct rule_context *cx, group_vec *v, struct prefix p, struct span span)
{
	struct prefix whole;

	*VEC_PUSH(cx->arena, v) = (struct group){ p, span, span, 1 };
	while (v->len > 1 && are_halves(v->at[v->len - 2].prefix,
					v->at[v->len - 1].prefix, &whole)) {
		struct group *left = &v->at[v->len - 2];

		left->prefix = whole;
		left->last = v->at[v->len - 1].last;
		left->count += v->at[v->len - 1].count;
		v->len--;
	}
}

/*
 * In a list with comments, between entries or behind them, people keep its
 * parts apart on purpose: one is the office, the next is another site. No
 * address has any of these.
 */
static bool
has_comment(const struct rule_context *cx, struct span span)
{
	const struct source *src = sources_find(cx->config->sources, span);
	struct slice text = src->text;
	size_t i = span.begin - src->base, end = span.end - src->base;

	while (end < text.len && text.data[end] != '\n')
		end++;
	for (; i < end; i++)
		if (text.data[i] == '#' ||
		    (text.data[i] == '/' && i + 1 < end &&
		     (text.data[i + 1] == '/' || text.data[i + 1] == '*')))
			return true;
	return false;
}

static void
report_all(struct rule_context *cx, group_vec *v, bool can_fix)
{
	struct sources *s = cx->config->sources;
	char buf[ADDR_TEXT_MAX];

	for (size_t i = 0; i < v->len; i++) {
		struct group *g = &v->at[i];
		struct span all = span_join(g->first, g->last);

		if (g->count < 2 ||
		    sources_find(s, g->first) != sources_find(s, g->last))
			continue;
		prefix_format(g->prefix, buf);
		struct diag *d = rule_report(cx, g->first,
					     "these %zu entries make one "
					     "network: %s",
					     g->count, buf);

		diag_help(cx->diags, d, "write '%s' instead", buf);
		if (can_fix)
			diag_fix(cx->diags, d, all,
				 arena_strdup(cx->arena, slice_of(buf)));
	}
	v->len = 0;
}

static struct slice
key_of(const struct element *const *e)
{
	return (struct slice){ (const char *)e, sizeof(*e) };
}

/* Of an entry without effect another rule says what to do with it. */
static const struct strmap *
find_idle(struct rule_context *cx)
{
	struct strmap *found = strmap_new(cx->arena, false);
	size_t count;
	const struct idle *idle = predict_idle(cx->predict, &count);

	for (size_t i = 0; i < count; i++) {
		const struct element **e =
			ARENA_NEW(cx->arena, const struct element *);

		*e = idle[i].element;
		*strmap_at(found, key_of(e)) = found;
	}
	return found;
}

/* `v` is empty before and after, and used for one list after the other. */
static void
check_list(struct rule_context *cx, const struct address_list *list,
	   const struct strmap *idle, group_vec *v, bool can_fix)
{
	if (origin_is_default(&list->origin) ||
	    has_comment(cx, list->origin.span))
		return;
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_PREFIX && !e->negated &&
		    strmap_get(idle, key_of(&e)) == NULL)
			add(cx, v, element_prefix(e), rule_element_span(cx, e));
		else
			report_all(cx, v, can_fix);
	}
	report_all(cx, v, can_fix);
}

/* Views and tags belong to their netblocks. */
static bool
has_more_than_actions(struct rule_context *cx)
{
	static const char *const options[] = { "access-control-view",
					       "access-control-tag",
					       "access-control-tag-action",
					       "access-control-tag-data" };

	CONFIG_EACH(clause, cx->config, "server")
		for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
			if (node_find(node_block(clause), options[i]) != NULL)
				return true;
	return false;
}

/* Lines that stand next to each other, whatever they say. */
static void
check_run(struct rule_context *cx, const struct rule_netblock *b, size_t n,
	  group_vec *v)
{
	if (has_comment(cx, span_join(b[0].line->span, b[n - 1].line->span)))
		return;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && !slice_equal(rule_value(b[i - 1].line, 1),
					  rule_value(b[i].line, 1)))
			report_all(cx, v, false);
		add(cx, v, b[i].prefix, b[i].line->span);
	}
	report_all(cx, v, false);
}

static void
check_lines(struct rule_context *cx)
{
	struct sources *s = cx->config->sources;
	size_t n, first = 0;
	const struct rule_netblock *b = rule_netblocks(cx, "access-control",
						       &n);
	group_vec v = { 0 };

	for (size_t i = 1; i <= n; i++) {
		if (i < n && b[i - 1].line->next == b[i].line &&
		    sources_find(s, b[i].line->span) ==
			    sources_find(s, b[first].line->span))
			continue;
		check_run(cx, b + first, i - first, &v);
		first = i;
	}
}

/* In a negated list the very prefixes matter: see acl-negated-nested. */
static bool
has_negated_list(const struct model *m)
{
	for (size_t i = 0; i < m->list_count; i++)
		for (size_t k = 0; k < m->lists[i]->count; k++)
			if (m->lists[i]->elements[k].kind == ELEMENT_LIST &&
			    m->lists[i]->elements[k].negated)
				return true;
	return false;
}

static void
check(struct rule_context *cx)
{
	group_vec v = { 0 };

	if (cx->config->dialect == DIALECT_UNBOUND) {
		if (!has_more_than_actions(cx))
			check_lines(cx);
		return;
	}
	bool can_fix = !has_negated_list(cx->model);
	const struct strmap *idle = find_idle(cx);

	for (size_t i = 0; i < cx->model->list_count; i++)
		check_list(cx, cx->model->lists[i], idle, &v, can_fix);
}

const struct rule rule_acl_mergeable = {
	.id = "acl-mergeable",
	.family = "acl",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "neighbouring networks that make one",
	.explain =
		"Two halves of one network that stand next to each other mean "
		"the same as the network itself. One entry is easier to read, "
		"and to change without forgetting the other half. Lists "
		"with comments in them are left alone.",
	.source = "RFC 4632, section 3.1",
	.bad = "options { allow-query { 10.0.0.0/9; 10.128.0.0/9; }; };",
	.good = "options { allow-query { 10.0.0.0/8; }; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/9 allow\n"
		       "access-control: 10.128.0.0/9 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/9 allow\n"
			"access-control: 10.128.0.0/9 refuse",
	.check = check,
};
