#include <stdlib.h>
#include <string.h>

#include "compare/render.h"
#include "predict/probes.h"
#include "report/printable.h"

/* More than these go into a part that is folded. */
enum { PREFIXES_SHOWN = 8, NAMES_SHOWN = 4 };

static const struct {
	enum effect effect;
	const char *title;
} parts[EFFECT_COUNT] = {
	{ EFFECT_NARROWED, "No longer answered" },
	{ EFFECT_WIDENED, "Answered from now on" },
	{ EFFECT_UNCLEAR, "Cannot be told" },
	{ EFFECT_OTHER, "Answered in another way" },
};

/*
 * Text of a configuration in a cell of a table: nothing in it may be read as
 * markup, as a mention or as the end of the cell.
 */
static void
print_cell(FILE *out, struct arena *a, const char *text)
{
	for (const char *p = make_printable(a, slice_of(text)); *p != '\0'; p++)
		if (ascii_is_one_of(*p, "|<>&@#`*_[]\\~!"))
			fprintf(out, "&#%d;", *p);
		else
			fputc(*p, out);
}

static void
print_names(const struct rendering *r, const struct change *c)
{
	const struct pair *p = c->pair;
	size_t n = p->names.len;

	print_cell(r->out, r->arena, p->title);
	for (size_t i = 0; i < n && i < NAMES_SHOWN; i++) {
		fputs(i == 0 ? " " : ", ", r->out);
		print_cell(r->out, r->arena, p->names.at[i]);
	}
	if (n > NAMES_SHOWN)
		fprintf(r->out, " and %zu more", n - NAMES_SHOWN);
	if (*c->pair->key != '\0') {
		fputs(", signed with ", r->out);
		print_cell(r->out, r->arena, c->pair->key);
	}
	fputs(p->removed ? " (removed)" : p->added ? " (new)" : "", r->out);
}

/* print_reason() with what may stand in a cell. */
static void
print_decider(const struct rendering *r, const struct model *m,
	      const struct decision *d)
{
	char *text = NULL;
	size_t len;
	FILE *memory = open_memstream(&text, &len);

	if (memory == NULL)
		return;
	print_reason(memory, m, d);
	if (fclose(memory) == 0)
		print_cell(r->out, r->arena, text);
	free(text);
}

static void
print_decision(const struct rendering *r, const struct change *c, int side)
{
	const struct decision *d = &c->at[side];

	fprintf(r->out, " | %s", rcode_name(d->rcode));
	if (strcmp(rcode_name(d->rcode), "REFUSED") != 0 &&
	    d->rcode != RCODE_DROP)
		fprintf(r->out, " (%s)", outcome_name(d->outcome));
	fputs("<br>", r->out);
	print_decider(r, r->comparison->sides[side].model, d);
}

static void
print_row(const struct rendering *r, const struct change *c)
{
	fputs("| ", r->out);
	print_names(r, c);
	fprintf(r->out, " | %s",
		clients_text(r->arena, c->clients, PREFIXES_SHOWN));
	print_decision(r, c, BEFORE);
	print_decision(r, c, AFTER);
	fputs(" |\n", r->out);
}

/* All clients of the rows that name only some of them. */
static void
print_all_clients(const struct rendering *r, enum effect effect)
{
	const change_vec *v = &r->comparison->changes;

	for (size_t i = 0; i < v->len; i++) {
		const struct change *c = &v->at[i];
		size_t n = clients_prefix_count(c->clients);

		if (c->effect != effect || n <= PREFIXES_SHOWN + 1)
			continue;
		fprintf(r->out, "\n<details><summary>all %zu networks, ", n);
		print_names(r, c);
		fprintf(r->out, "</summary>\n\n```\n%s\n```\n\n</details>\n",
			clients_list(r->arena, c->clients, "\n"));
	}
}

static void
print_part(const struct rendering *r, enum effect effect, const char *title)
{
	const change_vec *v = &r->comparison->changes;

	if (r->comparison->counts[effect] == 0)
		return;
	fprintf(r->out,
		"\n### %s\n\n"
		"| question | clients | before | after |\n"
		"| --- | --- | --- | --- |\n",
		title);
	for (size_t i = 0; i < v->len; i++)
		if (v->at[i].effect == effect)
			print_row(r, &v->at[i]);
	print_all_clients(r, effect);
}

static void
print_listeners(const struct rendering *r, const char *what,
		struct client_set set)
{
	if (!clients_empty(set))
		fprintf(r->out, "\n%s: %s\n", what,
			clients_list(r->arena, set, ", "));
}

static void
print_side(const struct rendering *r, int side)
{
	print_cell(r->out, r->arena, r->names[side]);
	if (r->upgrade)
		fprintf(r->out, " (release %s)", r->releases[side]);
}

void
render_markdown(const struct rendering *r)
{
	const char *summary = render_summary(r);

	fputs("## DNS clients: ", r->out);
	fputs(summary == NULL ? "nothing changes" : summary, r->out);
	fputs("\n\n", r->out);
	print_side(r, BEFORE);
	fputs(" → ", r->out);
	print_side(r, AFTER);
	fputc('\n', r->out);
	for (int i = 0; i < EFFECT_COUNT; i++)
		print_part(r, parts[i].effect, parts[i].title);
	print_listeners(r, "The server no longer listens on",
			r->comparison->silent);
	print_listeners(r, "The server now listens on too",
			r->comparison->listening);
}
