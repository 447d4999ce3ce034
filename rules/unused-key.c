#include "rules/rule.h"

/* A key, and whether anything names it. */
struct entry {
	const struct node *key;
	bool used;
};

struct keys {
	struct strmap *entries; /* struct entry, by name without final dot */
	uint64_t lengths; /* bit n: a name has n bytes, or n + 64, ... */
	bool any;		/* a grant is for any key */
};

static uint64_t
length_bit(struct slice name)
{
	return UINT64_C(1) << (name.len & 63);
}

static struct slice
name_of(struct slice text)
{
	if (text.len > 1 && text.data[text.len - 1] == '.')
		text.len--;
	return text;
}

static void
collect(struct rule_context *cx, struct keys *keys, const struct node *block)
{
	NODE_EACH(key, block, "key") {
		const struct node *name = node_term(key, 1);
		struct entry *e = ARENA_NEW(cx->arena, struct entry);

		e->key = key;
		*strmap_at(keys->entries, name_of(node_text(name))) = e;
		keys->lengths |= length_bit(name_of(node_text(name)));
	}
}

/* "grant * self": the name of the record says which key. */
static bool
grants_any(const struct node *s)
{
	struct slice identity;

	if (s->kind != NODE_STATEMENT || !node_is(s->first, "grant"))
		return false;
	identity = node_text(node_term(s, 1));
	return identity.len > 0 && identity.data[0] == '*';
}

/* Most words cannot be a key for their length alone. */
static void
mark_name(struct keys *keys, struct slice name)
{
	struct entry *e = NULL;

	if ((keys->lengths & length_bit(name)) != 0)
		e = strmap_get(keys->entries, name);
	if (e != NULL)
		e->used = true;
}

/* Depth is bounded by NODE_DEPTH_MAX. */
static void
mark(struct keys *keys, const struct node *n)
{
	for (; n != NULL; n = n->next) {
		if (node_is_text(n)) {
			mark_name(keys, name_of(node_text(n)));
			continue;
		}
		keys->any = keys->any || grants_any(n);
		/* A definition is no use of it. */
		if (n->kind == NODE_STATEMENT && node_is(n->first, "key") &&
		    node_block(n) != NULL)
			continue;
		mark(keys, node_first(n));
	}
}

/* Keys that come into use by what is not written here. */
static bool
used_unseen(const struct rule_context *cx, struct slice name)
{
	return slice_is_nocase(name, "rndc-key") &&
	       config_find(cx->config, "controls") == NULL;
}

static void
report(struct rule_context *cx, const struct keys *keys,
       const struct node *block)
{
	NODE_EACH(key, block, "key") {
		const struct node *name = node_term(key, 1);
		const struct entry *e =
			strmap_get(keys->entries, name_of(node_text(name)));

		if (e->used || used_unseen(cx, node_text(name)))
			continue;
		struct diag *d =
			rule_report(cx, name->span, "nothing uses key '%.*s'",
				    SLICE(node_text(name)));

		diag_help(cx->diags, d,
			  "remove it; who holds its secret may sign questions "
			  "with it until then");
	}
}

static void
check(struct rule_context *cx)
{
	const struct node *root = cx->config->root;
	struct keys keys = { .entries = strmap_new(cx->arena, true) };

	collect(cx, &keys, root);
	CONFIG_EACH(view, cx->config, "view")
		collect(cx, &keys, node_block(view));
	if (strmap_count(keys.entries) == 0)
		return;
	mark(&keys, node_first(root));
	if (keys.any)
		return;
	report(cx, &keys, root);
	CONFIG_EACH(view, cx->config, "view")
		report(cx, &keys, node_block(view));
}

const struct rule rule_unused_key = {
	.id = "unused-key",
	.family = "upkeep",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.whole = true,
	.summary = "a key that nothing refers to",
	.explain =
		"A key that no list, server, control channel or update policy "
		"names admits nobody. It is often left over from a secondary "
		"that is gone, or its use was forgotten or misspelt.",
	.source = "BIND 9 ARM, key statement",
	.bad = "key k { algorithm hmac-sha256;\n"
	       "\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
	       "options { recursion no; };",
	.good = "key k { algorithm hmac-sha256;\n"
		"\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
		"options { recursion no; allow-transfer { key k; }; };",
	.check = check,
};
