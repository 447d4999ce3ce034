#include "predict/table.h"

#include <inttypes.h>

#include "base/strmap.h"
#include "model/access.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "predict/probes.h"

enum { WIDTH = 76, INDENT = 14 };

/* The ranges that get one decision, in both families. */
struct group {
	struct decision decision;
	VEC(struct client_range) ranges;
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
	for (size_t i = 0; i < pg->groups.len; i++)
		if (decision_alike(&pg->groups.at[i]->decision, d))
			return pg->groups.at[i];
	struct group *g = ARENA_NEW(pg->arena, struct group);

	g->decision = *d;
	*VEC_PUSH(pg->arena, &pg->groups) = g;
	return g;
}

static void
print_networks(const struct page *pg, const struct group *g)
{
	size_t column = WIDTH;
	char buf[ADDR_TEXT_MAX];

	for (size_t i = 0; i < g->ranges.len; i++) {
		struct addr at = g->ranges.at[i].first;
		struct addr last = g->ranges.at[i].last;

		for (bool more = true; more;) {
			struct prefix p = prefix_cover(at, last);
			size_t len = slice_of(prefix_format(p, buf)).len;

			if (column + len + 1 > WIDTH) {
				fprintf(pg->out, "\n%*s", INDENT, "");
				column = INDENT;
			}
			fprintf(pg->out, "%s ", buf);
			column += len + 1;
			more = addr_cmp(prefix_last(p), last) < 0;
			if (more)
				at = addr_next(prefix_last(p));
		}
	}
	fputc('\n', pg->out);
}

static void
print_group(const struct page *pg, const struct group *g)
{
	const struct decision *d = &g->decision;

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
			*VEC_PUSH(a, &group_of(&pg, &r[i].decision)->ranges) =
				r[i];
	}
	fprintf(out, "%s\n", title);
	for (size_t i = 0; i < pg.groups.len; i++)
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
