/* Both front ends: the tree that a text makes, and the faults it has. */
#include <string.h>

#include "ast/config.h"
#include "ast/dump.h"
#include "schema/option.h"
#include "schema/release.h"
#include "tests/check.h"

struct reading {
	struct arena *arena;
	const struct config *config;
	struct diags *diags;
};

static struct reading
read_text(enum dialect dialect, const char *text, size_t len)
{
	struct reading r = { .arena = arena_new() };
	struct source_policy policy = { 0 };
	struct sources *sources = sources_new(r.arena, policy);
	const struct source *src = sources_add_text(
		sources, "test.conf", (struct slice){ text, len });
	struct schema *schema =
		schema_new(r.arena, dialect, release_newest(dialect));

	r.diags = diags_new(r.arena);
	r.config = config_read(r.arena, sources, r.diags, src,
			       (struct config_options){
				       .dialect = dialect,
				       .lookup = schema_keyword,
				       .lookup_context = schema,
			       });
	return r;
}

/* The tree in one line: {a "b"; c}, with BAD for what is not understood. */
static const char *
shape(struct arena *a, const struct node *n)
{
	const char *out = "";
	const char *open = n->kind == NODE_BLOCK ? "{" : "";
	const char *close = n->kind == NODE_BLOCK     ? "}"
			    : n->kind == NODE_STATEMENT ? ";"
							: "";

	if (n->kind == NODE_NOT)
		return "!";
	if (n->kind == NODE_BAD)
		return "BAD";
	if (n->kind == NODE_STRING)
		return arena_printf(a, "\"%.*s\"", SLICE(node_text(n)));
	if (n->kind == NODE_WORD)
		return arena_printf(a, "%.*s", SLICE(node_text(n)));
	for (const struct node *c = node_first(n); c != NULL; c = c->next)
		out = arena_printf(a, "%s%s%s", out, *out == '\0' ? "" : " ",
				   shape(a, c));
	return arena_printf(a, "%s%s%s", open, out, close);
}

struct front_case {
	const char *text;
	const char *shape;
	size_t errors;
};

static const struct front_case named_cases[] = {
	{ "", "{}", 0 },
	{ "a;", "{a;}", 0 },
	{ "a b \"c d\";", "{a b \"c d\";}", 0 },
	{ "a { b; c d; };", "{a {b; c d;};}", 0 },
	{ "a{b;};", "{a {b;};}", 0 },
	{ "a { !b; ! c; !{ d; }; };", "{a {! b; ! c; ! {d;};};}", 0 },
	{ "10.0.0.0/8;", "{10.0.0.0/8;}", 0 },
	{ "10.0.0.0 / 8;", "{10.0.0.0 / 8;}", 0 },
	{ "a#x\n;b//y\n;c/*z*/;", "{a; b; c;}", 0 },
	{ "10.0.0.1//x\n;", "{10.0.0.1;}", 0 },
	{ "a/*x*/b;", "{a b;}", 0 },
	{ "/* a /* b */ c;", "{c;}", 0 },
	{ "a \"x\\\"y\\z\";", "{a \"x\"y\\z\";}", 0 },
	{ "a \"x\ny\";", "{a \"x\ny\";}", 0 },
	{ "a\r\n;\r\n", "{a;}", 0 },
	{ "a=b;", "{a=b;}", 0 },
	/* faults: each is reported, and its neighbours stay */
	{ "a { b }; c;", "{a {b;}; c;}", 1 },
	{ "a { b; c d }; e;", "{a {b; c d;}; e;}", 1 },
	{ "a; b", "{a; b;}", 1 },
	{ "a { b; ", "{a {b;};}", 1 },
	{ "a { b { c; ", "{a {b {c;};};}", 1 },
	{ "a; } b;", "{a; b;}", 1 },
	{ "a;; b;", "{a; BAD b;}", 1 },
	{ "a { b;; }; c;", "{a {b; BAD}; c;}", 1 },
	{ "a \"b", "{a \"b\";}", 1 },
	{ "a; /* b", "{a;}", 1 },
};

static const struct front_case unbound_cases[] = {
	{ "", "{}", 0 },
	{ "server:", "{server {};}", 0 },
	{ "server: port: 53", "{server {port 53;};}", 0 },
	{ "server:port:53", "{server {port 53;};}", 0 },
	{ "server:\n\tport:\n 53\n", "{server {port 53;};}", 0 },
	{ "server: access-control: 10.0.0.0/8 allow port: 53",
	  "{server {access-control 10.0.0.0/8 allow; port 53;};}", 0 },
	{ "# a\nserver: # b\nport: 53 # c\n", "{server {port 53;};}", 0 },
	{ "server: identity: a#b", "{server {identity a#b;};}", 0 },
	{ "server: identity: \"a b\"", "{server {identity \"a b\";};}", 0 },
	{ "server: identity: 'a \"b'", "{server {identity \"a \"b\";};}", 0 },
	{ "server: identity: \"a\\\"b\"", "{server {identity \"a\\\"b\";};}",
	  0 },
	{ "server: identity: \"\"", "{server {identity \"\";};}", 0 },
	{ "server: interface: ::1@53", "{server {interface ::1@53;};}", 0 },
	{ "server: port: 53\r\nserver:\r\n", "{server {port 53;}; server {};}",
	  0 },
	/* unknown keywords take their line */
	{ "server: bogus: a b\nport: 53",
	  "{server {bogus a b; port 53;};}", 0 },
	{ "server: port: 53 54\ndo-ip6: no",
	  "{server {port 53; BAD do-ip6 no;};}", 1 },
	{ "server: identity: \"a\nport: 53",
	  "{server {identity \"a\"; port 53;};}", 1 },
	{ "port: 53", "{port 53;}", 0 },
};

static void
try_front(enum dialect dialect, const struct front_case *c)
{
	struct reading r = read_text(dialect, c->text, strlen(c->text));

	ck_assert_str_eq(shape(r.arena, r.config->root), c->shape);
	ck_assert_msg(diags_count(r.diags) == c->errors, "'%s': %zu faults",
		      c->text, diags_count(r.diags));
	arena_free(r.arena);
}

START_TEST(named_trees)
{
	try_front(DIALECT_NAMED, &named_cases[_i]);
}
END_TEST

START_TEST(unbound_trees)
{
	try_front(DIALECT_UNBOUND, &unbound_cases[_i]);
}
END_TEST

/*
 * Where named-checkconf 9.18 and unbound-checkconf 1.17 end what has a NUL. No
 * number has one, and Unbound knows no keyword with one.
 */
struct nul_case {
	enum dialect dialect;
	const char *text; /* '~' stands for the NUL */
	const char *shape;
};

static const struct nul_case nul_cases[] = {
	{ DIALECT_NAMED, "opt~ions no~w;", "{opt no;}" },
	{ DIALECT_NAMED, "a \"b~c\" d;", "{a \"b\" d;}" },
	{ DIALECT_NAMED, "a \"~\";", "{a \"\";}" },
	{ DIALECT_NAMED, "a 1~;", "{a 1\x01;}" },
	{ DIALECT_NAMED, "a 10.0.0.1~/8;", "{a 10.0.0.1\x01/8;}" },
	{ DIALECT_NAMED, "a ~;", "{a \x01;}" },
	{ DIALECT_NAMED, "a; #~\nb; /*~*/", "{a; b;}" },
	{ DIALECT_UNBOUND, "server: do-ip4: yes~x",
	  "{server {do-ip4 yes;};}" },
	{ DIALECT_UNBOUND, "server: identity: \"a~b\"",
	  "{server {identity \"a\";};}" },
	{ DIALECT_UNBOUND, "server: por~t: 1", "{server {por\x01t 1;};}" },
};

START_TEST(nul_ends_a_value)
{
	const struct nul_case *c = &nul_cases[_i];
	size_t len = strlen(c->text);
	char text[64];

	for (size_t i = 0; i < len; i++)
		text[i] = c->text[i] == '~' ? '\0' : c->text[i];
	struct reading r = read_text(c->dialect, text, len);

	ck_assert_str_eq(shape(r.arena, r.config->root), c->shape);
	ck_assert_uint_eq(diags_count(r.diags), 0);
	arena_free(r.arena);
}
END_TEST

/* Spans lead back to the very bytes. */
START_TEST(spans_are_exact)
{
	const char *text = "zone \"a\" {\n\ttype primary;\n};\n";
	struct reading r = read_text(DIALECT_NAMED, text, strlen(text));
	const struct node *zone = node_first(r.config->root);
	const struct node *type = node_find(node_block(zone), "type");

	ck_slice_eq(sources_text(r.config->sources, type->span),
		    "type primary;");
	ck_slice_eq(sources_text(r.config->sources, zone->span),
		    "zone \"a\" {\n\ttype primary;\n};");
	struct position at =
		sources_position(r.config->sources, type->span.begin);

	ck_assert_uint_eq(at.line, 2);
	ck_assert_uint_eq(at.column, 2);
	arena_free(r.arena);
}
END_TEST

START_TEST(columns_count_characters)
{
	const char *text = "a \"\xc3\xa4\xe2\x82\xac\" x;\n";
	struct reading r = read_text(DIALECT_NAMED, text, strlen(text));
	const struct node *x = node_term(node_first(r.config->root), 2);

	ck_assert_uint_eq(
		sources_position(r.config->sources, x->span.begin).column, 8);
	arena_free(r.arena);
}
END_TEST

START_TEST(comments_are_kept)
{
	const char *text = "// a\nb; # c\n/* d\n */";
	struct reading r = read_text(DIALECT_NAMED, text, strlen(text));

	ck_assert_uint_eq(r.config->comment_count, 3);
	ck_slice_eq(sources_text(r.config->sources, r.config->comments[1]),
		    "# c");
	ck_slice_eq(sources_text(r.config->sources, r.config->comments[2]),
		    "/* d\n */");
	arena_free(r.arena);
}
END_TEST

START_TEST(secrets_are_known)
{
	const char *text = "key k { algorithm a; secret \"abcd\"; };";
	struct reading r = read_text(DIALECT_NAMED, text, strlen(text));
	struct span all = { 0, (uint32_t)strlen(text) }, secret;

	ck_assert(sources_secret_in(r.config->sources, all, &secret));
	ck_slice_eq(sources_text(r.config->sources, secret), "\"abcd\"");
	arena_free(r.arena);
}
END_TEST

START_TEST(deep_nesting_is_cut)
{
	enum { DEEP = 100000 };
	char *text = malloc(2 * DEEP);

	memset(text, '{', DEEP);
	memset(text + DEEP, '}', DEEP);
	struct reading r = read_text(DIALECT_NAMED, text, _i ? DEEP : 2 * DEEP);

	ck_assert_uint_gt(diags_count(r.diags), 0);
	ck_assert_uint_lt(diags_count(r.diags), 400);
	arena_free(r.arena);
	free(text);
}
END_TEST

/* Any bytes make a tree. */
START_TEST(rubbish_is_survived)
{
	unsigned state = (unsigned)_i * 2654435761U + 1;
	char text[4096];
	static const char likely[] = "{};!\"'#/*\\ \n:=ab\0\xff";

	for (size_t i = 0; i < sizeof(text); i++) {
		state = state * 1664525 + 1013904223;
		text[i] = likely[(state >> 24) % (sizeof(likely) - 1)];
	}
	for (int d = 1; d <= 2; d++) {
		struct reading r =
			read_text((enum dialect)d, text, sizeof(text));

		ck_assert_ptr_nonnull(r.config->root);
		arena_free(r.arena);
	}
}
END_TEST

struct guess_case {
	const char *text;
	int dialect;
};

static const struct guess_case guess_cases[] = {
	{ "options { };", DIALECT_NAMED },
	{ "// x\ninclude \"a\";", DIALECT_NAMED },
	{ "/* server: */ zone \"a\" { };", DIALECT_NAMED },
	{ "# x\nserver:\n", DIALECT_UNBOUND },
	{ "include-toplevel: \"/etc/x\"\n", DIALECT_UNBOUND },
	{ "server :", 0 },
	{ "", 0 },
	{ "# only a comment\n", 0 },
	{ "// only a comment\n", DIALECT_NAMED },
	{ "hello world\n", 0 },
};

START_TEST(languages_are_told_apart)
{
	const struct guess_case *c = &guess_cases[_i];

	ck_assert_int_eq((int)config_guess_dialect(slice_of(c->text)),
			 c->dialect);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("front");

	tcase_add_loop_test(tc, named_trees, 0, COUNT(named_cases));
	tcase_add_loop_test(tc, unbound_trees, 0, COUNT(unbound_cases));
	tcase_add_loop_test(tc, nul_ends_a_value, 0, COUNT(nul_cases));
	tcase_add_test(tc, spans_are_exact);
	tcase_add_test(tc, columns_count_characters);
	tcase_add_test(tc, comments_are_kept);
	tcase_add_test(tc, secrets_are_known);
	tcase_add_loop_test(tc, deep_nesting_is_cut, 0, 2);
	tcase_add_loop_test(tc, rubbish_is_survived, 0, 64);
	tcase_add_loop_test(tc, languages_are_told_apart, 0,
			    COUNT(guess_cases));
	return run_tests(tc, "front");
}
