#include <string.h>

#include "compare/render.h"
#include "predict/table.h"
#include "report/printable.h"

/* Beyond so many prefixes "everybody except" is said where that is shorter. */
enum { WIDTH = 78, INDENT = 14, FEW = 6 };

const char *
render_summary(const struct rendering *r)
{
	const struct comparison *c = r->comparison;
	const char *text = NULL;

	for (int e = 0; e < EFFECT_COUNT; e++) {
		size_t n = c->counts[e];

		if (e == EFFECT_NARROWED)
			n += !clients_empty(c->silent);
		if (e == EFFECT_WIDENED)
			n += !clients_empty(c->listening);
		if (n > 0)
			text = arena_printf(r->arena, "%s%s%zu %s",
					    text == NULL ? "" : text,
					    text == NULL ? "" : ", ", n,
					    effect_name((enum effect)e));
	}
	return text;
}

static void
print_word(const struct rendering *r, const char *word, size_t *column)
{
	size_t len = strlen(word) + 1;

	if (*column > INDENT && *column + len > WIDTH) {
		fprintf(r->out, "\n%*s", INDENT - 1, "");
		*column = INDENT;
	}
	fprintf(r->out, " %s", word);
	*column += len;
}

static void
print_prefixes(const struct rendering *r, struct client_set clients,
	       size_t *column)
{
	struct clients_walk w = { 0 };
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	while (clients_next(clients, &w, &p))
		print_word(r, prefix_format(p, buf), column);
}

/* All of them, or those who are not among them where these are fewer. */
static void
print_clients(const struct rendering *r, struct client_set clients)
{
	struct client_set all = clients_all(r->arena);
	struct client_set rest = clients_minus(r->arena, all, clients);
	size_t n = clients_prefix_count(clients), column = INDENT;

	if (clients_empty(rest)) {
		print_word(r, "everybody", &column);
	} else if (n > FEW && clients_prefix_count(rest) < n) {
		print_word(r, "everybody except", &column);
		print_prefixes(r, rest, &column);
	} else {
		print_prefixes(r, clients, &column);
	}
	fputc('\n', r->out);
}

static void
print_change(const struct rendering *r, const struct change *c)
{
	static const char *const when[2] = { "before", "after" };

	fprintf(r->out, "  %-*s", INDENT - 3, effect_name(c->effect));
	print_clients(r, c->clients);
	for (int i = BEFORE; i <= AFTER; i++) {
		fprintf(r->out, "    %-*s", INDENT - 4, when[i]);
		table_print_decision(r->comparison->sides[i].model, &c->at[i],
				     c->pair->names.len, r->out);
		fputc('\n', r->out);
	}
}

static void
print_title(const struct rendering *r, const struct change *c)
{
	const struct pair *p = c->pair;

	table_print_title(p->title, p->names.at, p->names.len,
			  r->out);
	if (*c->pair->key != '\0') {
		fputs(", signed with key ", r->out);
		print_safely(r->out, slice_of(c->pair->key));
	}
	fputs(p->removed ? " (removed)\n" : p->added ? " (new)\n" : "\n",
	      r->out);
}

static void
print_listeners(const struct rendering *r)
{
	const struct comparison *c = r->comparison;

	if (clients_empty(c->silent) && clients_empty(c->listening))
		return;
	fputs("addresses of the server\n", r->out);
	if (!clients_empty(c->silent)) {
		fputs("  narrowed    no longer listens on", r->out);
		print_clients(r, c->silent);
	}
	if (!clients_empty(c->listening)) {
		fputs("  widened     now listens on too", r->out);
		print_clients(r, c->listening);
	}
	fputc('\n', r->out);
}

void
render_text(const struct rendering *r)
{
	const struct comparison *c = r->comparison;
	const char *summary = render_summary(r);

	if (r->upgrade)
		fprintf(r->out, "from release %s to %s\n\n",
			r->releases[BEFORE], r->releases[AFTER]);
	for (size_t i = 0; i < c->changes.len; i++) {
		const struct change *x = &c->changes.at[i];

		if (i == 0 || x->pair != c->changes.at[i - 1].pair)
			print_title(r, x);
		print_change(r, x);
		if (i + 1 == c->changes.len ||
		    x->pair != c->changes.at[i + 1].pair)
			fputc('\n', r->out);
	}
	print_listeners(r);
	fprintf(r->out, "%s\n",
		summary == NULL ? "every client gets what it got before"
				: summary);
}
