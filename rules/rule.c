#include "rules/rule.h"

#include <string.h>

#include "base/vec.h"
#include "model/name.h"
#include "rules/registry.h"
#include "schema/types_unbound.h"
#include "source/cut.h"

const struct rule *const *
rules_all(size_t *count)
{
	*count = rule_registry_count;
	return rule_registry;
}

const struct rule *
rule_find(struct slice id)
{
	for (size_t i = 0; i < rule_registry_count; i++)
		if (slice_is(id, rule_registry[i]->id))
			return rule_registry[i];
	return NULL;
}

bool
rule_family_exists(struct slice family)
{
	for (size_t i = 0; i < rule_registry_count; i++)
		if (slice_is(family, rule_registry[i]->family))
			return true;
	return false;
}

struct diag *
rule_report(struct rule_context *cx, struct span span, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *message = arena_vprintf(cx->arena, format, args);
	va_end(args);
	return diag_add(cx->diags, cx->severity, cx->rule->id, span, "%s",
			message);
}

struct span
rule_place_of_defaults(const struct rule_context *cx)
{
	const char *name =
		cx->config->dialect == DIALECT_NAMED ? "options" : "server";
	const struct node *s = config_find(cx->config, name);

	if (s == NULL)
		s = cx->config->root->first;
	return s == NULL ? (struct span){ 0, 0 } : s->span;
}

struct span
rule_place(const struct rule_context *cx, const struct decision *d)
{
	if (d->element != NULL && d->element->begin > 0)
		return sources_item(cx->config->sources, d->element->begin);
	if (d->reason != NULL && !origin_is_default(d->reason))
		return d->reason->span;
	return rule_place_of_defaults(cx);
}

void
rule_note_route(struct rule_context *cx, struct diag *diag,
		const struct decision *d)
{
	if (d->element != NULL && d->list != NULL && d->list->name != NULL &&
	    !origin_is_default(d->reason))
		diag_note(cx->diags, diag, d->reason->span, "'%s' leads there",
			  d->reason->option);
}

struct span
rule_element_span(const struct rule_context *cx, const struct element *e)
{
	return sources_item(cx->config->sources, e->begin);
}

const char *
rule_element_text(const struct rule_context *cx, const struct element *e)
{
	struct slice text = sources_text(cx->config->sources,
					 rule_element_span(cx, e));

	if (e->kind == ELEMENT_KEY)
		return arena_printf(cx->arena, "%skey %s",
				    e->negated ? "!" : "",
				    cx->model->keys[e->lo]);
	if (memchr(text.data, '{', text.len) != NULL)
		return e->negated ? "!{ ... }" : "{ ... }";
	return arena_strdup(cx->arena, text);
}

bool
rule_list_is_used(const struct address_list *list)
{
	return list->name == NULL && !origin_is_default(&list->origin) &&
	       !slice_is(slice_of(list->origin.option), "a nested list");
}

void
rule_fix_cut(struct rule_context *cx, struct diag *diag, struct span span)
{
	diag_fix(cx->diags, diag, cut_span(cx->config->sources, span), "");
}

const char *
rule_insertion(const struct rule_context *cx, const struct node *before,
	       const char *text)
{
	const struct source *src =
		sources_find(cx->config->sources, before->span);
	size_t end = before->span.begin - src->base, begin = end;
	const char *all = src->text.data;

	while (begin > 0 && (all[begin - 1] == ' ' || all[begin - 1] == '\t'))
		begin--;
	if (begin > 0 && all[begin - 1] != '\n')
		return arena_printf(cx->arena, "%s ", text);
	return arena_printf(cx->arena, "%s\n%.*s", text, (int)(end - begin),
			    all + begin);
}

void
rule_fix_remove(struct rule_context *cx, struct diag *diag,
		const struct element *e)
{
	struct span span = rule_element_span(cx, e);
	const struct source *src = sources_find(cx->config->sources, span);
	size_t begin = span.begin - src->base, end = span.end - src->base;

	if (e->kind == ELEMENT_KEY ||
	    memchr(src->text.data + begin, '{', end - begin) != NULL)
		return;
	while (src->text.data[end] == ' ' || src->text.data[end] == '\t')
		end++;
	if (src->text.data[end] != ';')
		return;
	span.end = src->base + (uint32_t)end + 1;
	rule_fix_cut(cx, diag, span);
}

struct span
rule_heading(const struct rule_context *cx, struct span statement)
{
	struct slice text = sources_text(cx->config->sources, statement);
	size_t n = 0;

	while (n < text.len && !ascii_is_one_of(text.data[n], "{\r\n;"))
		n++;
	while (n > 1 && (text.data[n - 1] == ' ' || text.data[n - 1] == '\t'))
		n--;
	return (struct span){ statement.begin,
			      statement.begin + (uint32_t)n };
}

struct slice
rule_value(const struct node *line, size_t i)
{
	return node_text(node_term(line, i + 1));
}

struct rule_netblock *
rule_netblocks(const struct rule_context *cx, const char *option,
	       size_t *count)
{
	VEC(struct rule_netblock) v = { 0 };
	struct rule_netblock b = { .order = 0 };

	CONFIG_EACH(clause, cx->config, "server")
		NODE_EACH(line, node_block(clause), option) {
			b.line = line;
			b.order++;
			if (!type_ub_parse_netblock(rule_value(line, 0),
						    &b.prefix))
				continue;
			b.prefix = prefix_network(b.prefix);
			*VEC_PUSH(cx->arena, &v) = b;
		}
	*count = v.len;
	return v.at;
}

int
rule_netblock_cmp(const void *a, const void *b)
{
	const struct rule_netblock *x = a, *y = b;
	int cmp = addr_cmp(x->prefix.addr, y->prefix.addr);

	if (cmp != 0)
		return cmp;
	if (x->prefix.len != y->prefix.len)
		return x->prefix.len < y->prefix.len ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

void
rule_weaken(const struct rule_context *cx, struct diag *diag,
	    enum severity severity)
{
	if (diag->severity == cx->rule->severity && severity < diag->severity)
		diag->severity = severity;
}

bool
rule_is_delegated(const struct rule_context *cx, struct slice name)
{
	const struct intent *in = cx->intent;

	for (size_t i = 0; i < in->delegated_count; i++)
		if (slice_equal(in->delegated[i].name, name))
			return true;
	return false;
}

static bool
is_one_of(struct slice name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

bool
rule_is_private_name(struct slice name)
{
	static const char *const domains[] = {
		"alt",	     "arpa",	"corp",	   "home",  "internal",
		"intranet",  "invalid", "lan",	   "local", "localdomain",
		"localhost", "onion",	"private", "test",  "example",
	};

	struct slice top = name_top(name);

	/* ip6.int went with RFC 4159; old examples serve it, empty. */
	return top.len == name.len || name_is_within(name, slice_of("ip6.int")) ||
	       is_one_of(top, domains, sizeof(domains) / sizeof(*domains));
}

bool
rule_is_common_name(struct slice name)
{
	static const char *const tops[] = { "", "arpa", "net", "localhost",
					    "localdomain" };
	static const char *const exact[] = {
		"",
		"arpa",
		"in-addr.arpa",
		"ip6.arpa",
		"localhost",
		"localdomain",
		"root-servers.net",
		"255.in-addr.arpa",
	};
	static const char *const within[] = {
		"0.in-addr.arpa",
		"127.in-addr.arpa",
		"localhost.localdomain",
		("0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
		 "0.ip6.arpa"),
	};

	if (!is_one_of(name_top(name), tops, sizeof(tops) / sizeof(*tops)))
		return false;
	if (is_one_of(name, exact, sizeof(exact) / sizeof(*exact)))
		return true;
	for (size_t i = 0; i < sizeof(within) / sizeof(*within); i++)
		if (name_is_within(name, slice_of(within[i])))
			return true;
	return false;
}

bool
rule_is_no(const struct node *value)
{
	return node_is(value, "no") || node_is(value, "false") ||
	       node_is(value, "0");
}

const struct strmap *
rule_index_server(struct arena *a, const struct config *c)
{
	struct strmap *m = strmap_new(a, false);
	struct slice last = { "", 0 };
	void **at = NULL;

	NODE_EACH(clause, c->root, "server")
		for (const struct node *o = node_first(node_block(clause));
		     o != NULL; o = o->next) {
			if (o->kind != NODE_STATEMENT)
				continue;
			/* Options of one name often stand together. */
			if (at == NULL ||
			    !slice_equal(node_text(o->first), last)) {
				last = node_text(o->first);
				at = strmap_at(m, last);
			}
			*at = (void *)(uintptr_t)o;
		}
	return m;
}

const struct node *
rule_server(const struct rule_context *cx, const char *name)
{
	return strmap_get(cx->server, slice_of(name));
}

bool
rule_server_is(const struct rule_context *cx, const char *name,
	       const char *value)
{
	const struct node *o = rule_server(cx, name);

	return o != NULL && slice_is(node_text(node_term(o, 1)), value);
}

bool
rule_is_empty_include(const struct rule_context *cx,
		      const struct node *statement)
{
	const struct sources *sources = cx->config->sources;
	struct slice text = node_text(node_term(statement, 1));
	bool pattern = false;

	for (size_t i = 0; i < text.len; i++)
		pattern = pattern || ascii_is_one_of(text.data[i], "*?[{");
	if (!pattern || (statement->flags & NODE_INCLUDE) == 0)
		return false;
	for (size_t i = 0; i < sources_count(sources); i++) {
		const struct source *src = sources_at(sources, i);

		if (src->parent != NULL &&
		    src->included_at.begin == statement->span.begin)
			return false;
	}
	return true;
}
