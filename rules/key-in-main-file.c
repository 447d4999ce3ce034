#include "rules/rule.h"
#include "schema/unbound_where.h"

/* The files with settings that many people read and edit. */
static struct strmap *
files_of_settings(struct rule_context *cx)
{
	static const char *const names[] = { "options", "view", "zone" };
	struct strmap *files = strmap_new(cx->arena, false);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		CONFIG_EACH(s, cx->config, names[i])
			*strmap_at(files,
				   slice_of(sources_find(cx->config->sources,
							 s->span)
						    ->name)) = files;
	return files;
}

static void
check_key(struct rule_context *cx, const struct strmap *files,
	  const struct node *key)
{
	const struct node *name = node_term(key, 1);
	const struct source *src = sources_find(cx->config->sources, key->span);

	if (strmap_get(files, slice_of(src->name)) == NULL)
		return;
	struct diag *d = rule_report(cx, name->span,
				     "the secret of key '%.*s' stands among "
				     "settings that others read",
				     SLICE(node_text(name)));

	diag_help(cx->diags, d,
		  "move the key to a file of its own that only the server can "
		  "read, and include it");
}

static void
check_named(struct rule_context *cx)
{
	const struct strmap *files;

	if (config_find(cx->config, "key") == NULL &&
	    config_find(cx->config, "view") == NULL)
		return;
	files = files_of_settings(cx);
	CONFIG_EACH(key, cx->config, "key")
		check_key(cx, files, key);
	CONFIG_EACH(view, cx->config, "view")
		NODE_EACH(key, node_block(view), "key")
			check_key(cx, files, key);
}

static void
check_unbound(struct rule_context *cx)
{
	const struct node *s = rule_server(cx, "cookie-secret");

	/* The option for a file came later. */
	if (s == NULL ||
	    schema_find(cx->schema, SLICE_LITERAL("cookie-secret-file"),
			U_SERVER) == NULL)
		return;
	struct diag *d = rule_report(cx, s->first->span,
				     "the secret of the cookies stands among "
				     "settings that others read");

	diag_help(cx->diags, d,
		  "write 'cookie-secret-file: NAME' with a file that only the "
		  "server can read");
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		check_named(cx);
	else
		check_unbound(cx);
}

const struct rule rule_key_in_main_file = {
	.id = "key-in-main-file",
	.family = "exposure",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.summary = "a secret stands among ordinary settings",
	.explain =
		"A configuration is shown, copied and kept under version "
		"control, and its secrets with it. A key in a file of its own "
		"can have narrower permissions, and is changed without "
		"touching the rest.",
	.source = "DISA STIG V-207563; BIND 9 ARM, key statement; "
		  "unbound.conf(5), cookie-secret-file",
	.bad = "key k { algorithm hmac-sha256;\n"
	       "\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
	       "options { recursion no; };",
	.good = "key k { algorithm hmac-sha256;\n"
		"\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };",
	.bad_unbound = "server: cookie-secret: "
		       "000102030405060708090a0b0c0d0e0f",
	.good_unbound = "server: cookie-secret-file: \"secrets.txt\"",
	.check = check,
};
