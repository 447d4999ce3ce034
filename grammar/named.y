/*
 * The grammar of named.conf: statements of terms, ended by ';', nested by
 * braces. Names of options are not grammar; the schema knows them.
 */
%define api.pure full
%define api.prefix {named_}
%define api.token.prefix {TOK_}
%define api.location.type {struct span}
%define parse.error custom
%define lr.default-reduction consistent
%locations
%expect 0
%lex-param { void *scanner }
%parse-param { struct parse *p } { void *scanner }

%union {
	struct node *node;
	struct node_list list;
}

%code requires {
#include "ast/parse.h"
}

%code {
#define YYMAXDEPTH 100000
#define YYLLOC_DEFAULT(cur, rhs, n)                                            \
	do {                                                                   \
		if ((n) > 0) {                                                 \
			(cur).begin = YYRHSLOC(rhs, 1).begin;                  \
			(cur).end = YYRHSLOC(rhs, n).end;                      \
		} else {                                                       \
			(cur).begin = (cur).end = YYRHSLOC(rhs, 0).end;        \
		}                                                              \
	} while (0)

int named_lex(YYSTYPE *value, struct span *at, void *scanner);
int named_lex_init_extra(struct parse *p, void **scanner);
int named_lex_destroy(void *scanner);
struct yy_buffer_state *named__scan_buffer(char *base, size_t size,
					   void *scanner);
static void named_error(const struct span *at, struct parse *p, void *scanner,
			const char *message);
static struct node *statement(struct parse *p, struct span span,
			      struct node_list terms);
static struct node *unterminated(struct parse *p, struct span span,
				 struct node_list terms, struct span next);
static struct node *last(struct parse *p, struct node_list before,
			 struct node_list stmts, struct span span,
			 struct node_list terms, struct span next);
static struct node *bad(struct parse *p, struct span span);
}

%token END 0 "end of file"
%token SEMICOLON "';'"
%token OPEN "'{'"
%token CLOSE "'}'"
%token NOT "'!'"
%token <node> WORD "word"
%token <node> STRING "quoted string"

%type <list> stmts terms
%type <node> stmt term block

%%

file:	stmts END		{ p->items = $1; }
    |	stmts terms END		{
					p->items = $1;
					node_append(&p->items,
						    unterminated(p, @2, $2, @3));
				}
    ;

stmts:	%empty			{ $$ = (struct node_list){ 0 }; }
     |	stmts stmt		{
					$$ = $1;
					node_append(&$$, $2);
					if (p->give_up)
						YYABORT;
				}
     ;

stmt:	terms SEMICOLON		{ $$ = statement(p, @$, $1); }
    |	SEMICOLON		{
					struct diag *d = parse_error(p, @1,
						"this ';' ends no statement");

					diag_help(p->diags, d, "remove it");
					diag_fix(p->diags, d, @1, "");
					$$ = bad(p, @$);
				}
    |	error SEMICOLON		{ $$ = bad(p, @$); yyerrok; }
    ;

terms:	term			{
					$$ = (struct node_list){ 0 };
					node_append(&$$, $1);
				}
     |	terms term		{ $$ = $1; node_append(&$$, $2); }
     ;

term:	WORD
    |	STRING
    |	block
    |	NOT			{ $$ = node_new(p->arena, NODE_NOT, @$); }
    ;

block:	OPEN stmts CLOSE	{ $$ = parse_parent(p, NODE_BLOCK, @$, $2); }
     |	OPEN stmts terms CLOSE	{
					node_append(&$2, last(p, $<list>0, $2, @3,
							      $3, @4));
					$$ = parse_parent(p, NODE_BLOCK, @$, $2);
				}
     |	OPEN stmts error CLOSE	{
					$$ = parse_parent(p, NODE_BLOCK, @$, $2);
					yyerrok;
				}
     ;

%%

static struct node *
statement(struct parse *p, struct span span, struct node_list terms)
{
	return parse_parent(p, NODE_STATEMENT, span, terms);
}

/* A statement whose ';' is missing before `next`: a '}' or the end. */
static struct node *
unterminated(struct parse *p, struct span span, struct node_list terms,
	     struct span next)
{
	struct node *n = statement(p, span, terms);

	n->flags |= NODE_UNTERMINATED;
	/* A '}' of no length was supplied, and its absence reported. */
	if (next.begin == next.end && p->errors > 0)
		return n;
	struct diag *d = parse_error(p, next, "missing ';' before %s",
				     next.begin == next.end ? "the end of the "
							      "file"
							    : "'}'");

	diag_note(p->diags, d, span_at_end(span), "it belongs here");
	diag_fix(p->diags, d, span_at_end(span), ";");
	return n;
}

/*
 * The last statement of a block that lacks its ';'. `before` is what precedes
 * the block in its own statement: "keys { NAME }" of a server is fine without
 * (BIND lib/isccfg/namedconf.c, parse_server_key_kludge).
 */
static struct node *
last(struct parse *p, struct node_list before, struct node_list stmts,
     struct span span, struct node_list terms, struct span next)
{
	if (before.count == 1 && node_is(before.first, "keys") &&
	    stmts.count == 0 && terms.count == 1 && next.begin < next.end)
		return statement(p, span, terms);
	return unterminated(p, span, terms, next);
}

static struct node *
bad(struct parse *p, struct span span)
{
	return node_new(p->arena, NODE_BAD, span);
}

static int
yyreport_syntax_error(const yypcontext_t *context, struct parse *p,
		      void *scanner)
{
	enum { SHOWN = 4 };
	yysymbol_kind_t expected[SHOWN];
	int n = yypcontext_expected_tokens(context, expected, SHOWN);
	yysymbol_kind_t found = yypcontext_token(context);
	const char *list = "";

	(void)scanner;
	for (int i = 0; i < n; i++)
		list = arena_printf(p->arena, "%s%s%s", list,
				    i == 0 ? ", expected " : " or ",
				    yysymbol_name(expected[i]));
	parse_error(p, *yypcontext_location(context), "unexpected %s%s",
		    found == YYSYMBOL_YYEMPTY ? "text" : yysymbol_name(found),
		    list);
	return 0;
}

static void
named_error(const struct span *at, struct parse *p, void *scanner,
	    const char *message)
{
	(void)scanner;
	parse_error(p, *at, "%s", message);
}

static void
run(struct parse *p)
{
	void *scanner;

	p->offset = p->source->base;
	if (named_lex_init_extra(p, &scanner) != 0)
		return;
	named__scan_buffer(parse_buffer(p), p->source->text.len + 2, scanner);
	named_parse(p, scanner);
	named_lex_destroy(scanner);
}

/* What a parse adds to beside its tree. */
struct marks {
	size_t diags, comments, secrets;
};

static void
run_again(struct parse *p, const struct parse *fresh, const struct marks *m,
	  size_t ends, size_t lost)
{
	struct parse next = *fresh;

	next.ends = p->ends;
	next.ends.len = ends;
	next.lost = p->lost;
	next.lost.len = lost;
	diags_truncate(p->diags, m->diags);
	p->comments->len = m->comments;
	sources_drop_secrets(p->sources, m->secrets);
	*p = next;
	run(p);
}

/* How often a file is read again for each kind of fault. */
enum { AGAIN_MAX = 16 };

/*
 * A '}' that closes nothing is the last sign of a fault further up. Mended
 * there, it must be good, and no block may be left open.
 */
static void
mend_strays(struct parse *p, const struct parse *fresh, const struct marks *m)
{
	for (size_t n = 0; n < AGAIN_MAX && p->strays > 0 &&
			   p->suspect_brace.found;
	     n++) {
		unsigned strays = p->strays;
		bool at_end = p->at_end;

		*VEC_PUSH(p->arena, &p->lost) = p->suspect_brace;
		run_again(p, fresh, m, 0, n + 1);
		if (p->strays < strays && p->at_end <= at_end)
			continue;
		run_again(p, fresh, m, 0, n);
		break;
	}
}

/*
 * A file that ends inside a block is read again with the block closed where it
 * seems to end, so that one '}' too few is one error. Not where that makes
 * others of '}' that were good.
 */
static void
mend_ends(struct parse *p, const struct parse *fresh, const struct marks *m)
{
	for (size_t n = 0; n < AGAIN_MAX && p->at_end && p->suspect.found;
	     n++) {
		unsigned strays = p->strays;

		*VEC_PUSH(p->arena, &p->ends) = p->suspect;
		run_again(p, fresh, m, n + 1, p->lost.len);
		if (p->strays == strays)
			continue;
		run_again(p, fresh, m, n, p->lost.len);
		break;
	}
}

struct node_list
named_parse_file(struct parse *p)
{
	const struct parse fresh = *p;
	const struct marks marks = { diags_count(p->diags), p->comments->len,
				     sources_secret_count(p->sources) };

	run(p);
	mend_strays(p, &fresh, &marks);
	mend_ends(p, &fresh, &marks);
	return p->items;
}
