/*
 * The grammar of unbound.conf: keywords and their values. Which options a
 * clause keyword gathers is settled after includes are spliced in, since an
 * included file may open a clause.
 */
%define api.pure full
%define api.prefix {unbound_}
%define api.token.prefix {TOK_}
%define api.location.type {struct span}
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
#define YYLLOC_DEFAULT(cur, rhs, n)                                            \
	do {                                                                   \
		if ((n) > 0) {                                                 \
			(cur).begin = YYRHSLOC(rhs, 1).begin;                  \
			(cur).end = YYRHSLOC(rhs, n).end;                      \
		} else {                                                       \
			(cur).begin = (cur).end = YYRHSLOC(rhs, 0).end;        \
		}                                                              \
	} while (0)

int unbound_lex(YYSTYPE *value, struct span *at, void *scanner);
int unbound_lex_init_extra(struct parse *p, void **scanner);
int unbound_lex_destroy(void *scanner);
struct yy_buffer_state *unbound__scan_buffer(char *base, size_t size,
					     void *scanner);
static void unbound_error(const struct span *at, struct parse *p,
			  void *scanner, const char *message);
static struct node *stray(struct parse *p, struct node *first,
			  struct span span);
}

%token END 0 "end of file"
%token <node> KEY "option"
%token <node> VALUE "value"
%token <node> STRAY "text"

%type <list> items values
%type <node> item

%%

file:	items END		{ p->items = $1; }
    ;

items:	%empty			{ $$ = (struct node_list){ 0 }; }
     |	items item		{
					$$ = $1;
					node_append(&$$, $2);
					if (p->give_up)
						YYABORT;
				}
     ;

item:	KEY values		{
					p->seen_option = true;
					struct node_list terms = { $1, $1, 1 };

					if ($2.first != NULL) {
						$1->next = $2.first;
						terms.last = $2.last;
						terms.count += $2.count;
					}
					$$ = parse_parent(p, NODE_STATEMENT, @$,
							  terms);
				}
    |	STRAY			{ $$ = stray(p, $1, @1); }
    ;

values:	%empty			{ $$ = (struct node_list){ 0 }; }
      |	values VALUE		{ $$ = $1; node_append(&$$, $2); }
      ;

%%

/* Text where an option is due: most often a value too many. */
static struct node *
stray(struct parse *p, struct node *first, struct span span)
{
	struct slice text = node_text(first);
	struct slice name = slice_sub(text, 0, text.len);
	struct diag *d;
	struct keyword_info info =
		p->options->lookup(p->options->lookup_context, name);

	if (info.known) {
		d = parse_error(p, span, "missing ':' after '%.*s'",
				SLICE(name));
		diag_fix(p->diags, d, span_at_end(span), ":");
	} else {
		d = parse_error(p, span,
				"%s is no option; an option ends with ':'",
				parse_quote(p, span));
		/* Behind a complete option it is one value too many. */
		if (p->seen_option)
			d->rule = RULE_SURPLUS_VALUE;
		if (slice_has_prefix(text, ";") ||
		    slice_has_prefix(text, "//") ||
		    slice_has_prefix(text, "--"))
			diag_help(p->diags, d, "a comment begins with '#'");
	}
	return node_new(p->arena, NODE_BAD, span);
}

static void
unbound_error(const struct span *at, struct parse *p, void *scanner,
	      const char *message)
{
	(void)scanner;
	parse_error(p, *at, "%s", message);
}

struct node_list
unbound_parse_file(struct parse *p)
{
	void *scanner;

	p->offset = p->source->base;
	if (unbound_lex_init_extra(p, &scanner) != 0)
		return p->items;
	unbound__scan_buffer(parse_buffer(p), p->source->text.len + 2, scanner);
	unbound_parse(p, scanner);
	unbound_lex_destroy(scanner);
	return p->items;
}
