#include "check/named.h"

#include "check/domain.h"
#include "check/mnemonic.h"
#include "schema/release.h"
#include "schema/suggest.h"

struct diag *
named_report(struct named_check *nc, const char *rule, const struct node *at,
	     const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *message = arena_vprintf(nc->arena, format, args);
	va_end(args);
	return diag_add(nc->diags, SEV_ERROR, rule, at->span, "%s", message);
}

void
named_report_twice(struct named_check *nc, const char *rule,
		   const struct node *at, const struct node *earlier,
		   const char *what, struct slice text)
{
	struct diag *d =
		named_report(nc, rule, at, "%s " QUOTED " is defined twice",
			     what, SLICE(text));

	diag_note(nc->diags, d, earlier->span, "it is defined here already");
}

void
named_suggest(struct named_check *nc, struct diag *d,
	      const struct strmap *names, const struct node *name)
{
	struct slice near = suggest_name(names, node_text(name));
	const char *quote = name->kind == NODE_STRING ? "\"" : "";

	if (near.len == 0)
		return;
	diag_help(nc->diags, d, "did you mean " QUOTED "?", SLICE(near));
	diag_fix_guess(
		nc->diags, d, name->span,
		arena_printf(nc->arena, "%s%.*s%s", quote, SLICE(near), quote));
}

static void
add_key_names(struct strmap *names, const struct node *block)
{
	NODE_EACH(it, block, "key")
	*strmap_at(names, named_text(it)) = names;
}

void
named_suggest_key(struct named_check *nc, struct diag *d,
		  const struct view *view, const struct node *name)
{
	struct strmap *names = strmap_new(nc->arena, true);

	if (strmap_count(nc->keys) <= SUGGEST_NAMES_MAX)
		add_key_names(names, nc->root);
	if (view != NULL && view->statement != NULL && view->keys != NULL &&
	    strmap_count(view->keys) <= SUGGEST_NAMES_MAX)
		add_key_names(names, view->scope.block);
	named_suggest(nc, d, names, name);
}

/* Statements alone: what could not be understood was reported. */
static const struct node *
statement_from(const struct node *n)
{
	while (n != NULL && n->kind != NODE_STATEMENT)
		n = n->next;
	return n;
}

const struct node *
named_first(const struct node *block)
{
	return block == NULL || block->kind != NODE_BLOCK
		       ? NULL
		       : statement_from(block->first);
}

const struct node *
named_next(const struct node *statement)
{
	return statement_from(statement->next);
}

struct scope
scope_of(struct arena *a, const struct node *block)
{
	struct scope s = { block, strmap_new(a, true) };

	STATEMENT_EACH(it, block)
	{
		void **at = strmap_at(s.names, node_text(it->first));

		if (*at == NULL)
			*at = (void *)(uintptr_t)it;
	}
	return s;
}

const struct node *
scope_find(const struct scope *s, const char *name)
{
	return s->block == NULL ? NULL : strmap_get(s->names, slice_of(name));
}

/* Zones ask for the same options of their view, one after another. */
struct effective {
	const char *name;
	const struct node *view; /* its statement */
	const struct node *found;
};
enum {
	EFFECTIVE_SIZE = 64
};

static const struct node *
inherited(const struct named_check *nc, const struct view *view,
	  const char *name)
{
	struct effective *e =
		&nc->effective[(uintptr_t)name / 8 % EFFECTIVE_SIZE];

	if (e->name == name && e->view == view->statement)
		return e->found;
	const struct node *found = NULL;

	if (view->statement != NULL)
		found = scope_find(&view->scope, name);
	if (found == NULL)
		found = scope_find(&nc->options, name);
	*e = (struct effective){ name, view->statement, found };
	return found;
}

const struct node *
named_effective(const struct named_check *nc, const struct view *view,
		const struct node *zone, const char *name)
{
	const struct node *found = NULL;

	if (zone != NULL)
		found = node_find(zone, name);
	return found != NULL ? found : inherited(nc, view, name);
}

const struct node *
named_argument(const struct node *statement, const char *key)
{
	for (const struct node *t = named_value(statement); t != NULL;
	     t = t->next)
		if (t->kind == NODE_WORD && node_is(t, key))
			return t->next;
	return NULL;
}

const struct node *
named_place(const struct named_check *nc, const struct node *statement)
{
	const struct node *block = node_block(statement);
	const struct sources *sources = nc->check->config->sources;
	const struct node *name = named_value(statement);

	if (name == NULL || block == NULL || name == block)
		return statement->first;
	return sources_position(sources, name->span.begin).line ==
			       sources_position(sources, block->span.begin).line
		       ? name
		       : block;
}

/* A table of the definitions `what NAME` of the top level, the first of each.
 */
static struct strmap *
definitions(const struct named_check *nc, const char *what, bool nocase)
{
	struct strmap *m = strmap_new(nc->arena, nocase);

	NODE_EACH(it, nc->root, what)
	{
		void **at = strmap_at(m, named_text(it));

		if (*at == NULL)
			*at = (void *)(uintptr_t)it;
	}
	return m;
}

/* Keys are told apart as domain names. */
static struct strmap *
keys_by_domain(const struct named_check *nc)
{
	struct strmap *m = strmap_new(nc->arena, false);
	struct slice wire;

	NODE_EACH(it, nc->root, "key")
	if (domain_parse(nc->arena, named_text(it), &wire))
		*strmap_at(m, wire) = (void *)(uintptr_t)it;
	return m;
}

static void
prepare(struct named_check *nc)
{
	const struct node *options = node_find(nc->root, "options");
	unsigned long long port;

	nc->options = scope_of(nc->arena,
			       options == NULL ? NULL : node_block(options));
	nc->has_views = node_find(nc->root, "view") != NULL;
	nc->port = 53;
	if (type_integer_value(named_value(scope_find(&nc->options, "port")),
			       &port) &&
	    port <= UINT16_MAX)
		nc->port = (unsigned)port;
	nc->acls = definitions(nc, "acl", true);
	nc->effective =
		ARENA_ARRAY(nc->arena, struct effective, EFFECTIVE_SIZE);
	nc->acl_states = strmap_new(nc->arena, true);
	nc->tls = definitions(nc, "tls", true);
	nc->http = definitions(nc, "http", true);
	nc->policies = definitions(nc, "dnssec-policy", false);
	nc->keys = keys_by_domain(nc);
	named_prepare_options(nc);
	named_prepare_zones(nc);
}

static void
check_nothing_outside(struct named_check *nc, const char *what,
		      const char *rule)
{
	const struct node *it = node_find(nc->zones, what);

	if (it == NULL)
		return;
	struct diag *d = named_report(nc, rule, it->first,
				      "with a 'view', every '%s' must be in "
				      "one, and this is outside of them",
				      what);

	diag_help(nc->diags, d, "move it into a view");
}

/* The class of a view, or -1 after a report. */
static int
view_class(struct named_check *nc, const struct node *statement)
{
	const struct node *class = named_value(statement)->next;

	if (class == NULL || class->kind == NODE_BLOCK)
		return CLASS_IN;
	int value = mnemonic_class(node_text(class));

	if (value < 0)
		named_report(nc, RULE_BAD_VALUE, class,
			     QUOTED " is no class; a view is of class IN or "
				    "CH",
			     SLICE(node_text(class)));
	else if (value != CLASS_IN && nc->since_9_21)
		named_report(nc, RULE_BAD_VALUE, class,
			     "from 9.21 on views are of class IN only");
	return value;
}

/* View names are told apart by case and class; two are taken. */
static void
check_view_name(struct named_check *nc, const struct node *statement, int class,
		struct strmap *seen)
{
	struct slice name = named_text(statement);
	const char *key =
		arena_printf(nc->arena, "%d %.*s", class, SLICE(name));
	void **at = strmap_at(seen, slice_of(key));

	if (*at != NULL)
		named_report_twice(nc, RULE_DUPLICATE_NAME,
				   named_value(statement), named_value(*at),
				   "view", name);
	else if ((class == CLASS_CH && slice_is_nocase(name, "_bind")) ||
		 (class == CLASS_IN && slice_is_nocase(name, "_default")))
		named_report(nc, RULE_DUPLICATE_NAME, named_value(statement),
			     "view " QUOTED " is built in", SLICE(name));
	*at = (void *)(uintptr_t)statement;
}

static void
check_views(struct named_check *nc)
{
	struct strmap *seen = strmap_new(nc->arena, false);

	if (!nc->has_views) {
		struct view view = { .name = SLICE_LITERAL("_default"),
				     .class = CLASS_IN };

		named_check_view(nc, &view);
		return;
	}
	check_nothing_outside(nc, "zone", RULE_ZONE_OUTSIDE_VIEW);
	check_nothing_outside(nc, "plugin", RULE_MISPLACED_OPTION);
	NODE_EACH(it, nc->root, "view")
	{
		struct view view = {
			.statement = it,
			.scope = scope_of(nc->arena, node_block(it)),
			.name = named_text(it),
			.class = view_class(nc, it),
		};

		if (view.class < 0)
			continue;
		check_view_name(nc, it, view.class, seen);
		named_check_view(nc, &view);
	}
}

static bool
since(const struct check *c, const char *release)
{
	return schema_target(c->schema) >= release_parse(slice_of(release), 0);
}

/*
 * A block of the same statements except zones, of which there may be hundreds
 * of thousands between the few that everything else is looked up among.
 */
static const struct node *
without_zones(struct arena *a, const struct node *root)
{
	struct node *copy = node_new(a, NODE_BLOCK, root->span);
	struct node_list list = { 0 };

	for (const struct node *s = root->first; s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT || node_is(s->first, "zone"))
			continue;
		struct node *twin = node_new(a, NODE_STATEMENT, s->span);

		*twin = *s;
		twin->next = NULL;
		node_append(&list, twin);
	}
	copy->first = list.first;
	copy->len = list.count;
	return copy;
}

void
check_named(const struct check *c)
{
	struct named_check nc = {
		.check = c,
		.arena = c->arena,
		.diags = c->diags,
		.since_9_18 = since(c, "9.18"),
		.since_9_20 = since(c, "9.20"),
		.since_9_21 = since(c, "9.21"),
		.root = without_zones(c->arena, c->config->root),
		.zones = c->config->root,
	};

	prepare(&nc);
	named_check_options(&nc, nc.options.block, LEVEL_OPTIONS);
	named_check_logging(&nc);
	named_check_controls(&nc);
	named_check_remote_lists(&nc);
	named_check_http_definitions(&nc);
	named_check_tls_definitions(&nc);
	named_check_key_stores(&nc);
	named_check_policies(&nc);
	check_views(&nc);
	named_check_files(&nc);
	named_check_acl_definitions(&nc);
}
