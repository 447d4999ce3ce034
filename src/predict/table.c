#include "predict/table.h"

#include <inttypes.h>

#include "base/strmap.h"
#include "model/access.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "predict/probes.h"

/* A family's longest list beyond FEW prefixes is called "all others". */
enum { WIDTH = 76, INDENT = 14, FEW = 6 };

/* The ranges that get one decision, in both families. */
struct group {
	const struct decision *decision;
	VEC(struct client_range) ranges;
	size_t prefixes[FAMILY_COUNT];
	bool is_rest[FAMILY_COUNT];
};

struct page {
	struct arena *arena;
	const struct model *model;
	FILE *out;
	VEC(struct group *) groups;
};

static struct group *
group_of(struct page *pg, const struct decision *d)
{
	/* Decisions that are alike are one. */
	for (size_t i = 0; i < pg->groups.len; i++)
		if (pg->groups.at[i]->decision == d)
			return pg->groups.at[i];
	struct group *g = ARENA_NEW(pg->arena, struct group);

	g->decision = d;
	*VEC_PUSH(pg->arena, &pg->groups) = g;
	return g;
}

/* The next of the fewest prefixes that cover `*r`; false behind the last. */
static bool
next_prefix(struct client_range *r, bool *done, struct prefix *p)
{
	if (*done)
		return false;
	*p = prefix_cover(r->first, r->last);
	*done = addr_cmp(prefix_last(*p), r->last) >= 0;
	if (!*done)
		r->first = addr_next(prefix_last(*p));
	return true;
}

static void
print_word(const struct page *pg, const char *word, size_t *column)
{
	size_t len = slice_of(word).len;

	if (*column + len + 1 > WIDTH) {
		fprintf(pg->out, "\n%*s%s", INDENT, "", word);
		*column = INDENT + len;
		return;
	}
	fprintf(pg->out, " %s", word);
	*column += len + 1;
}

static void
print_networks(const struct page *pg, const struct group *g)
{
	static const char *const others[FAMILY_COUNT] = {
		"all other IPv4 clients", "all other IPv6 clients"
	};
	size_t column = WIDTH;
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	for (size_t i = 0; i < g->ranges.len; i++) {
		struct client_range r = g->ranges.at[i];
		bool done = g->is_rest[r.first.family];

		while (next_prefix(&r, &done, &p))
			print_word(pg, prefix_format(p, buf), &column);
	}
	for (int f = 0; f < FAMILY_COUNT; f++)
		if (g->is_rest[f])
			print_word(pg, others[f], &column);
	fputc('\n', pg->out);
}

static void
count_prefixes(struct group *g)
{
	struct prefix p;

	for (size_t i = 0; i < g->ranges.len; i++) {
		struct client_range r = g->ranges.at[i];
		bool done = false;

		while (next_prefix(&r, &done, &p))
			g->prefixes[p.addr.family]++;
	}
}

static void
choose_rest(struct page *pg, enum family f)
{
	struct group *most = NULL;

	for (size_t i = 0; i < pg->groups.len; i++) {
		struct group *g = pg->groups.at[i];

		if (g->prefixes[f] > FEW &&
		    (most == NULL || g->prefixes[f] > most->prefixes[f]))
			most = g;
	}
	if (most != NULL)
		most->is_rest[f] = true;
}

static void
print_group(const struct page *pg, const struct group *g)
{
	const struct decision *d = g->decision;

	fprintf(pg->out, "  %-10s  %s", rcode_name(d->rcode),
		outcome_name(d->outcome));
	if (d->rcode != RCODE_DROP)
		fprintf(pg->out, ", ra=%c", "01?"[d->ra]);
	if (d->ede_count > 0) {
		fputs(", EDE ", pg->out);
		print_errors(pg->out, d);
	}
	if (*d->view != '\0')
		fprintf(pg->out, ", view %s", d->view);
	fputs(", by ", pg->out);
	print_reason(pg->out, pg->model, d);
	print_networks(pg, g);
}

static bool
is_rest(const struct group *g)
{
	return g->is_rest[FAMILY_IPV4] || g->is_rest[FAMILY_IPV6];
}

/* Where a destination is given, clients of the other family have no part. */
static bool
takes_part(const struct question *q, enum family family)
{
	return !q->to_known || q->to.family == family;
}

void
table_print_question(struct arena *a, struct predict *p,
		     const struct model *m, const struct question *q,
		     const char *title, FILE *out)
{
	struct page pg = { .arena = a, .model = m, .out = out };

	for (int f = 0; f < FAMILY_COUNT; f++) {
		size_t count = 0;
		const struct client_range *r = NULL;

		if (takes_part(q, (enum family)f))
			r = predict_all(p, q, (enum family)f, &count);
		for (size_t i = 0; i < count; i++)
			*VEC_PUSH(a, &group_of(&pg, r[i].decision)->ranges) =
				r[i];
	}
	for (size_t i = 0; i < pg.groups.len; i++)
		count_prefixes(pg.groups.at[i]);
	for (int f = 0; f < FAMILY_COUNT; f++)
		choose_rest(&pg, (enum family)f);
	fprintf(out, "%s\n", title);
	for (size_t i = 0; i < pg.groups.len; i++)
		if (!is_rest(pg.groups.at[i]))
			print_group(&pg, pg.groups.at[i]);
	for (size_t i = 0; i < pg.groups.len; i++)
		if (is_rest(pg.groups.at[i]))
			print_group(&pg, pg.groups.at[i]);
	fputc('\n', out);
}

/* A name that nobody serves, as long as nobody serves the root. */
static const char foreign_name[] = "www.name-of-others.example";

static void
print_recursion(struct arena *a, struct predict *p, const struct model *m,
		struct question q, FILE *out)
{
	q.qname = slice_of(foreign_name);
	q.qtype = RRTYPE_A;
	q.qclass = CLASS_IN;
	table_print_question(a, p, m, &q, "recursion: any name of others", out);
}

static void
print_zone(struct arena *a, struct predict *p, const struct model *m,
	   struct question q, struct slice name, FILE *out)
{
	q.qname = name;
	q.qtype = RRTYPE_SOA;
	q.qclass = CLASS_IN;
	table_print_question(a, p, m, &q,
			     arena_printf(a, "zone %.*s",
					  SLICE(name.len == 0
							? slice_of(".")
							: name)),
			     out);
}

/* Zones of all views, each name once, in the order they are written. */
static void
print_zones(struct arena *a, struct predict *p, const struct model *m,
	    struct question q, FILE *out)
{
	struct strmap *seen = strmap_new(a, false);

	for (size_t v = 0; v < m->views->count; v++) {
		const struct view *view = m->views->list[v];

		for (size_t i = 0; i < view->zone_count; i++) {
			const struct zone *z = view->zone_list[i];

			if (z->type == ZONE_EMPTY || z->type == ZONE_BUILT_IN)
				continue;
			void **at = strmap_at(seen, z->name);

			if (*at == NULL)
				print_zone(a, p, m, q, z->name, out);
			*at = (void *)(uintptr_t)z;
		}
	}
}

void
table_print_all(struct arena *a, struct predict *p, const struct model *m,
		const struct question *q, FILE *out)
{
	print_recursion(a, p, m, *q, out);
	if (m->views != NULL)
		print_zones(a, p, m, *q, out);
}
