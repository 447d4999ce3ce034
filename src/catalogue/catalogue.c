#include "catalogue/catalogue.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "diag/severity.h"
#include "lint/selection.h"
#include "report/printable.h"
#include "rules/rule.h"

enum { WIDTH = 78 };

static const char *
servers_of(const struct rule *r)
{
	return r->dialects == DIALECT_NAMED	? "BIND"
	       : r->dialects == DIALECT_UNBOUND ? "Unbound"
						: "BIND, Unbound";
}

/* Words of `text` in lines, the next lines indented. */
static void
print_wrapped(FILE *out, const char *text, size_t indent)
{
	struct slice rest = slice_of(text);
	size_t column = indent;

	fprintf(out, "%*s", (int)indent, "");
	while (rest.len > 0) {
		struct slice word = slice_split(&rest, ' ');

		if (column > indent && column + word.len + 1 > WIDTH) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		}
		if (column > indent)
			fputc(' ', out), column++;
		fprintf(out, "%.*s", SLICE(word));
		column += word.len;
	}
	fputc('\n', out);
}

static void
print_example(FILE *out, const char *title, const char *text)
{
	struct slice rest;

	if (text == NULL)
		return;
	fprintf(out, "\n%s:\n\n", title);
	for (rest = slice_of(text); rest.len > 0;) {
		struct slice line = slice_split(&rest, '\n');

		fprintf(out, "    %.*s\n", SLICE(line));
	}
}

static void
text_rule(const struct rule *r, FILE *out)
{
	fprintf(out, "%s (%s, %s; %s)\n\n", r->id, r->family,
		severity_name(r->severity), servers_of(r));
	print_wrapped(out, r->summary, 2);
	fputc('\n', out);
	print_wrapped(out, r->explain, 2);
	if (r->heuristic)
		fputs("\n  It guesses: --no-heuristics leaves it out.\n", out);
	if (r->optional)
		fprintf(out, "\n  It is off; turn it on by --rule %s=%s.\n",
			r->id, severity_name(r->severity));
	if (r->source != NULL) {
		fputs("\nSource:\n\n", out);
		print_wrapped(out, r->source, 2);
	}
	print_example(out, "Intent file of the examples", r->policy);
	print_example(out, "Bad", r->bad);
	print_example(out, "Good", r->good);
	print_example(out, "Bad, Unbound", r->bad_unbound);
	print_example(out, "Good, Unbound", r->good_unbound);
}

static void
text_line(const struct rule *r, FILE *out)
{
	fprintf(out, "  %-30s %-7s  %-13s  %s\n", r->id,
		severity_name(r->severity), servers_of(r), r->summary);
}

static void
code_block(FILE *out, const char *title, const char *language,
	   const char *text)
{
	if (text != NULL)
		fprintf(out, "\n%s:\n\n```%s\n%s\n```\n", title, language,
			text);
}

static void
markdown_rule(const struct rule *r, FILE *out)
{
	fprintf(out, "# %s\n\n%s\n\n", r->id, r->summary);
	fprintf(out, "| family | severity | servers |\n| --- | --- | --- |\n"
		     "| %s | %s%s%s | %s |\n\n",
		r->family, severity_name(r->severity),
		r->heuristic ? ", a guess" : "",
		r->optional ? ", off unless asked for" : "", servers_of(r));
	print_wrapped(out, r->explain, 0);
	if (r->source != NULL)
		fprintf(out, "\nSource: %s\n", r->source);
	code_block(out, "The intent file of the examples", "yaml", r->policy);
	code_block(out, "Bad", "", r->bad);
	code_block(out, "Good", "", r->good);
	code_block(out, "Bad, Unbound", "", r->bad_unbound);
	code_block(out, "Good, Unbound", "", r->good_unbound);
}

static void
markdown_line(const struct rule *r, FILE *out)
{
	fprintf(out, "| [%s](%s.md) | %s | %s | %s |\n", r->id, r->id,
		severity_name(r->severity), servers_of(r), r->summary);
}

static json_t *
optional(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static json_t *
json_rule(const struct rule *r)
{
	json_t *servers = json_array();

	if (r->dialects & DIALECT_NAMED)
		json_array_append_new(servers, json_string("named"));
	if (r->dialects & DIALECT_UNBOUND)
		json_array_append_new(servers, json_string("unbound"));
	return json_pack(
		"{s:s, s:s, s:s, s:o, s:b, s:b, s:s, s:s, s:o, s:o, s:o, s:o, s:o, "
		"s:o}",
		"id", r->id, "family", r->family, "severity",
		severity_name(r->severity), "servers", servers, "heuristic",
		r->heuristic, "optional", r->optional, "summary", r->summary, "explain", r->explain,
		"source", optional(r->source), "bad", optional(r->bad), "good",
		optional(r->good), "bad_unbound", optional(r->bad_unbound),
		"good_unbound", optional(r->good_unbound), "policy",
		optional(r->policy));
}

static void
print_json(const struct rule *const *rules, size_t count, FILE *out)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_rule(rules[i]));
	json_t *root = json_pack("{s:i, s:o}", "version", 1, "rules", list);

	json_dumpf(root, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(root);
}

static void
print_list(const struct rule *const *rules, size_t count,
	   enum catalogue_format format, FILE *out)
{
	for (size_t i = 0; i < count; i++) {
		bool first = i == 0 || strcmp(rules[i]->family,
					      rules[i - 1]->family) != 0;

		if (format == CATALOGUE_MARKDOWN && first)
			fprintf(out,
				"%s## %s\n\n| rule | severity | servers | "
				"finds |\n| --- | --- | --- | --- |\n",
				i == 0 ? "# Rules\n\n" : "\n",
				rules[i]->family);
		else if (first)
			fprintf(out, "%s%s\n", i == 0 ? "" : "\n",
				rules[i]->family);
		if (format == CATALOGUE_MARKDOWN)
			markdown_line(rules[i], out);
		else
			text_line(rules[i], out);
	}
}

static int
by_family(const void *a, const void *b)
{
	const struct rule *const *x = a, *const *y = b;
	int order = strcmp((*x)->family, (*y)->family);

	return order != 0 ? order : strcmp((*x)->id, (*y)->id);
}

/* Those of the id or family `what`, sorted by family and id. */
static const struct rule **
choose(struct arena *a, const char *what, size_t *count)
{
	size_t n;
	const struct rule *const *all = rules_all(&n);
	const struct rule **chosen = ARENA_ARRAY(a, const struct rule *, n);

	*count = 0;
	for (size_t i = 0; i < n; i++)
		if (what == NULL || strcmp(all[i]->id, what) == 0 ||
		    strcmp(all[i]->family, what) == 0)
			chosen[(*count)++] = all[i];
	qsort(chosen, *count, sizeof(*chosen), by_family);
	return chosen;
}

static bool
complain(struct arena *a, const char *what)
{
	const char *near = selection_nearest(a, slice_of(what));

	fputs("dnslint: there is no rule and no family '", stderr);
	print_safely(stderr, slice_of(what));
	fprintf(stderr, near == NULL ? "'%s\n" : "'; is it '%s'?\n",
		near == NULL ? "" : near);
	return false;
}

bool
catalogue_print(struct arena *a, const char *what,
		enum catalogue_format format, FILE *out)
{
	size_t count;
	const struct rule **rules = choose(a, what, &count);

	if (count == 0)
		return complain(a, what);
	if (format == CATALOGUE_JSON)
		print_json(rules, count, out);
	else if (what == NULL || strcmp(rules[0]->id, what) != 0)
		print_list(rules, count, format, out);
	else if (format == CATALOGUE_MARKDOWN)
		markdown_rule(rules[0], out);
	else
		text_rule(rules[0], out);
	return true;
}
