#include "rules/rule.h"

#include <string.h>

#include "base/vec.h"
#include "rules/registry.h"
#include "schema/types_unbound.h"

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
rule_place(const struct rule_context *cx, const struct decision *d)
{
	const struct node *first = cx->config->root->first;

	if (d->element != NULL && d->element->begin > 0)
		return sources_item(cx->config->sources, d->element->begin);
	if (d->reason != NULL && !origin_is_default(d->reason))
		return d->reason->span;
	return first == NULL ? (struct span){ 0, 0 } : first->span;
}

void
rule_note_route(struct rule_context *cx, struct diag *diag,
		const struct decision *d)
{
	if (d->element != NULL && d->list != NULL && d->list->name != NULL &&
	    !origin_is_default(d->reason))
		diag_note(cx->diags, diag, d->reason->span,
			  "'%s' leads there", d->reason->option);
}

struct client_set
rule_own_clients(const struct rule_context *cx)
{
	return clients_of(cx->arena, cx->intent->clients.at,
			  cx->intent->clients.count);
}

struct client_set
rule_strangers(const struct rule_context *cx)
{
	return clients_minus(cx->arena, clients_public(cx->arena),
			     rule_own_clients(cx));
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

/* Spaces and tabs before `begin` in its line, or behind `end`. */
static size_t
blanks_before(struct slice text, size_t begin)
{
	size_t n = 0;

	while (n < begin && (text.data[begin - n - 1] == ' ' ||
			     text.data[begin - n - 1] == '\t'))
		n++;
	return n;
}

static size_t
blanks_behind(struct slice text, size_t end)
{
	size_t n = 0;

	while (end + n < text.len &&
	       (text.data[end + n] == ' ' || text.data[end + n] == '\t'))
		n++;
	return n;
}

void
rule_fix_cut(struct rule_context *cx, struct diag *diag, struct span span)
{
	const struct source *src = sources_find(cx->config->sources, span);
	size_t begin = span.begin - src->base, end = span.end - src->base;
	size_t before = blanks_before(src->text, begin);
	size_t behind = blanks_behind(src->text, end);
	bool starts = begin == before ||
		      src->text.data[begin - before - 1] == '\n';
	bool ends = end + behind == src->text.len ||
		    src->text.data[end + behind] == '\n';

	if (starts && ends) {
		begin -= before;
		end += behind + (end + behind < src->text.len);
	} else if (starts || !ends) {
		end += behind;
	} else {
		begin -= before;
	}
	diag_fix(cx->diags, diag,
		 (struct span){ src->base + (uint32_t)begin,
				src->base + (uint32_t)end },
		 "");
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
	end += blanks_behind(src->text, end);
	if (end == src->text.len || src->text.data[end] != ';')
		return;
	span.end = src->base + (uint32_t)end + 1;
	rule_fix_cut(cx, diag, span);
}

struct span
rule_heading(const struct rule_context *cx, struct span statement)
{
	struct slice text = sources_text(cx->config->sources, statement);
	size_t n = 0;

	while (n < text.len && strchr("{\r\n;", text.data[n]) == NULL)
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

	NODE_EACH(clause, cx->config->root, "server")
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
