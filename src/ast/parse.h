/*
 * What the two generated parsers share: the state of one file's parse, and
 * the pieces of tree that their actions build.
 */
#pragma once

#include "ast/config.h"
#include "base/vec.h"

/* Syntax errors of one file beyond this number end its parse. */
enum { PARSE_ERRORS_MAX = 200 };

typedef VEC(struct span) span_vec;

struct open_block {
	size_t indent; /* of the line of its brace */
	bool is_view;
};

/* A word before which blocks end that are not closed: all but `open` of them. */
struct missing_end {
	bool found;
	uint32_t at;
	size_t open;
};

/* A statement that ought to have a block, until its '{' or ';'. */
struct head {
	bool open;
	unsigned names; /* that stand before its '{' */
	struct span span; /* of what belongs before the '{' */
	size_t line;
	uint32_t brace; /* the word that the '{' is missing before, or 0 */
	bool is_servers; /* a named list of servers, which has a port */
};

/* A '}' just read, and how far the line was indented that opened its block. */
struct closing {
	bool fresh; /* no statement has begun since */
	uint32_t at;
	size_t indent;
};

/* A '{' that is missing before `at`, or a '}' too many there. */
struct lost_brace {
	bool found;
	bool missing;
	uint32_t at;
	struct span head; /* where a '{' is missing: what is before it */
};

struct parse {
	struct arena *arena;
	struct diags *diags;
	struct sources *sources;
	const struct config_options *options;
	const struct source *source;
	uint32_t offset; /* of the scanner, in the concatenation */
	uint32_t token_begin; /* of a token made of several matches */
	unsigned errors;
	bool give_up;
	bool has_include; /* the file names another, or changes directory */
	span_vec *comments;
	struct node *last; /* word or string, or NULL */
	bool secret_next; /* the next word or string is a secret */
	/* named: open braces, and how many beyond NODE_DEPTH_MAX */
	bool after_stray; /* a '}' that closes nothing was dropped */
	bool at_end; /* the file has ended inside a block */
	bool in_comment; /* and inside a comment */
	VEC(struct span) open;
	size_t line; /* where the line begins, in its file */
	VEC(struct open_block) blocks; /* of the open braces */
	bool in_view_statement;
	unsigned too_deep;
	unsigned strays; /* '}' that close nothing */
	/*
	 * named: where blocks that are never closed seem to end. One parse
	 * finds the suspect, the next has it among `ends`.
	 */
	VEC(struct missing_end) ends;
	size_t next_end;
	bool end_reported;
	bool semicolon_due; /* behind a '}' that was supplied */
	struct missing_end suspect;
	/* the same for a '}' that closes nothing: lost_brace.c */
	struct head head;
	struct closing closing;
	VEC(struct lost_brace) lost;
	struct lost_brace suspect_brace; /* before the first of `strays` */
	/* named: what a block of free text is made of */
	bool in_statement; /* its first word has been seen */
	bool text_next; /* the statement's next block holds free text */
	unsigned text_depth; /* braces open in it */
	/* unbound: values that the keyword read last still wants */
	unsigned want;
	bool seen_option;
	bool after_text; /* text out of place was reported on this line */
	bool rest_of_line; /* the keyword is unknown: until the line ends */
	struct node_list items;
};

/* The parsers: the statements of one file. */
struct node_list named_parse_file(struct parse *p);
struct node_list unbound_parse_file(struct parse *p);

/* Report a syntax error; ends the parse when there are too many. */
struct diag *parse_error(struct parse *p, struct span span,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A brace that opens a block. */
void parse_open(struct parse *p, struct span brace);

/*
 * Remember the word if an open block seems to end before it; only the first
 * counts. Is it one that an earlier parse remembered? Then say so, once.
 */
void parse_suspect_end(struct parse *p, struct span word, struct slice name);
bool parse_ends_here(const struct parse *p, struct span word);
void parse_report_end(struct parse *p, struct span word);

/*
 * Follow what is read, to know why a '}' closes nothing: the first word of a
 * statement, its other words, the end of these, and a '}'.
 */
void parse_follow_first(struct parse *p, struct span word, struct slice name);
void parse_follow_term(struct parse *p, struct span word, struct slice text);
void parse_follow_end(struct parse *p);
void parse_follow_close(struct parse *p, struct span brace);

/* Is it one that an earlier parse found? Then say so. */
bool parse_lacks_brace(struct parse *p, struct span word);
bool parse_drops_brace(struct parse *p, struct span brace);

/* How far the line that is being read is indented. */
size_t parse_indent(const struct parse *p);

/* Does the name begin a block of the file, or of a view as well? */
bool parse_is_outer(struct slice name, bool *in_view);

/*
 * Does the string at `string`, from quote to quote, go on far beyond where it
 * was meant to end? `next` is what follows it. See lost_quote.c.
 */
bool parse_quote_is_lost(const struct parse *p, struct span string, char next);

/*
 * Report that the '"' at `string` has no other; its string then ends where it
 * seems to, and so does the span. Returns the length of its text: none if the
 * '"' follows a word, since then it opens nothing.
 */
size_t parse_lost_quote(struct parse *p, struct span *string);

/* A word or string; notes secrets. `text` is what it means. */
struct node *parse_text(struct parse *p, enum node_kind kind, struct span span,
			struct slice text);

/* Both servers take the first NUL of a value for its end. */
struct slice parse_cut_at_nul(const struct parse *p, struct slice text);

/* The value of a quoted string without `\"` escapes, copied if it has any. */
struct slice parse_unquote(struct parse *p, struct slice inner);

struct node *parse_parent(struct parse *p, enum node_kind kind,
			  struct span span, struct node_list children);

/* Writable text for the scanner, with its two NUL bytes. */
char *parse_buffer(struct parse *p);

/* A short, printable quotation of what stands at `span`. */
const char *parse_quote(struct parse *p, struct span span);
