#include "rules/rule.h"

#include <string.h>

#include "base/vec.h"
#include "model/access.h"
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

struct client_set
rule_reachable_strangers(const struct rule_context *cx)
{
	struct client_set public = clients_public(cx->arena);
	struct client_set at =
		clients_and(cx->arena, public, predict_listens(cx->predict));
	struct client_set s = { NULL, 0 };

	for (int f = 0; f < FAMILY_COUNT; f++) {
		struct client_set all =
			clients_of_family(cx->arena, (enum family)f);

		if (!clients_empty(clients_and(cx->arena, at, all)))
			s = clients_union(cx->arena, s,
					  clients_and(cx->arena, all,
						      rule_strangers(cx)));
	}
	return s;
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

bool
rule_listens_otherwise(const struct rule_context *cx, enum family family)
{
	const struct views *v = cx->model->views;
	const struct access *s = cx->model->access;

	for (size_t i = 0; v != NULL && i < v->listener_count; i++) {
		const struct listener *l = &v->listeners[i];

		if (l->family == family && (!l->plain || l->port != v->port))
			return true;
	}
	for (size_t i = 0; s != NULL && i < s->listener_count; i++) {
		const struct access_listener *l = &s->listeners[i];

		if (s->proxied ||
		    (l->addr.family == family && l->port != s->port))
			return true;
	}
	return false;
}

void
rule_note_ipv6_default(struct rule_context *cx, struct diag *diag)
{
	struct client_set four =
		clients_and(cx->arena, rule_reachable_strangers(cx),
			    clients_of_family(cx->arena, FAMILY_IPV4));

	if (cx->config->dialect != DIALECT_NAMED || !clients_empty(four) ||
	    rule_option(cx, NULL, "listen-on-v6") != NULL)
		return;
	rule_weaken(cx, diag, SEV_WARNING);
	diag_remark(cx->diags, diag,
		    "they come by IPv6 alone: 'listen-on-v6' is not written, "
		    "and that means every address of the host");
}

bool
rule_is_internet(struct client_set s)
{
	uint64_t v4 = 0, v6 = 0;

	for (size_t i = 0; i < s.count; i++) {
		const struct span_of_clients *x = &s.at[i];

		if (x->first.family == FAMILY_IPV4)
			v4 += x->last.lo - x->first.lo + 1;
		else
			v6 += ((x->last.hi - x->first.hi) >> 16) + 1;
	}
	return v4 >= UINT64_C(1) << 24 || v6 >= UINT64_C(1) << 32;
}

/* At most so many addresses match; longer and deeper lists are not counted. */
struct tally {
	const struct model *model;
	uint64_t v4, v6; /* as rule_is_internet() counts */
	size_t left; /* elements that may still be looked at */
	unsigned depth;
};

enum { TALLY_ELEMENTS = 100000, TALLY_DEPTH = 16 };

/* False when it is known that they are not many. */
static bool
tally_list(struct tally *t, const struct address_list *list)
{
	if (list->count > t->left || t->depth++ == TALLY_DEPTH)
		return true;
	t->left -= list->count;
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_KEY ||
		    e->negated != (e->kind == ELEMENT_NONE))
			continue;
		if (e->kind == ELEMENT_LIST) {
			if (tally_list(t, t->model->lists[e->lo]))
				return true;
			continue;
		}
		if (e->kind != ELEMENT_PREFIX)
			return true;
		if (e->family == FAMILY_IPV4)
			t->v4 += UINT64_C(1) << (32 - e->len);
		else
			t->v6 += e->len < 48 ? UINT64_C(1) << (48 - e->len) : 1;
		/* Half of what it takes is near enough to look. */
		if (t->v4 >= UINT64_C(1) << 23 || t->v6 >= UINT64_C(1) << 31)
			return true;
	}
	t->depth--;
	return false;
}

bool
rule_may_be_internet(const struct rule_context *cx,
		     const struct address_list *list)
{
	struct tally t = { .model = cx->model, .left = TALLY_ELEMENTS };

	return list == NULL || tally_list(&t, list);
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

bool
rule_is_recursion_off(const struct decision *d)
{
	struct slice option = slice_of(d->reason == NULL ? ""
							 : d->reason->option);

	/* Unbound: refused by the access list, but with no list of its own. */
	return d->outcome == OUTCOME_REFUSED &&
	       (slice_is(option, "recursion") || d->non_local);
}

bool
rule_is_by_destination(const struct decision *d)
{
	struct slice option =
		slice_of(d->reason == NULL ? "" : d->reason->option);

	return option.len > 3 && slice_has_prefix(option, "allow-") &&
	       memcmp(option.data + option.len - 3, "-on", 3) == 0;
}

void
rule_help_destination(struct rule_context *cx, struct diag *diag,
		      const struct decision *d)
{
	struct client_set at = clients_and(cx->arena, rule_guests(cx),
					   predict_listens(cx->predict));

	diag_remark(cx->diags, diag,
		    "it is held against the address of the server that they "
		    "ask, and has none that they can reach (the server listens "
		    "on %s)",
		    clients_text(cx->arena, at, 4));
	diag_help(cx->diags, diag,
		  "write the addresses of this server in '%s'; clients belong "
		  "in the list without '-on'",
		  d->reason->option);
}

struct client_set
rule_guests(const struct rule_context *cx)
{
	const struct prefix own[] = {
		{ addr_ipv4(0x7f000000), 8 },
		{ { 0, 1, FAMILY_IPV6 }, 128 },
		{ { 0, 0xffff00000000, FAMILY_IPV6 }, 96 }, /* mapped IPv4 */
	};

	return clients_minus(cx->arena, clients_all(cx->arena),
			     clients_of(cx->arena, own, 3));
}
