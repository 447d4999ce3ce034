#include "predict/table.h"

#include <inttypes.h>
#include <string.h>

#include "predict/probes.h"
#include "report/printable.h"

/* A family's longest list beyond FEW prefixes is called "all others". */
enum { WIDTH = 78, INDENT = 14, FEW = 6, NAMES_SHOWN = 6, NO_GROUP = -1 };

struct page {
	const struct model *model;
	FILE *out;
	const struct section *section;
	const struct section *before; /* see is_as_before() */
	int rest[FAMILY_COUNT]; /* the group of "all others", or NO_GROUP */
};

/* The fewest prefixes of a group, one after the other. */
struct prefix_walk {
	struct group_walk ranges;
	struct addr first, last; /* what is left of the range */
	bool within;
};

static bool
next_prefix(const struct section *s, const struct group *g,
	    struct prefix_walk *w, struct prefix *p)
{
	if (!w->within &&
	    !section_next_range(s, g, &w->ranges, &w->first, &w->last))
		return false;
	*p = prefix_cover(w->first, w->last);
	struct addr end = prefix_last(*p);

	w->within = addr_cmp(end, w->last) < 0;
	if (w->within)
		w->first = addr_next(end);
	return true;
}

static void
print_word(const struct page *pg, const char *word, size_t *column)
{
	size_t len = strlen(word);

	if (*column + len + 1 > WIDTH) {
		fprintf(pg->out, "\n%*s", INDENT, "");
		*column = INDENT + len;
	} else {
		fputc(' ', pg->out);
		*column += len + 1;
	}
	fwrite(word, 1, len, pg->out);
}

/* Does one of its groups take in all clients? */
static bool
is_everybody(const struct page *pg)
{
	return pg->section->groups.len == 1 &&
	       pg->section->maps[FAMILY_IPV4] != NULL &&
	       pg->section->maps[FAMILY_IPV6] != NULL;
}

/* What "all others" are for a group, or NULL where it has no such part. */
static const char *
name_rest(const struct page *pg, int number)
{
	bool v4 = pg->rest[FAMILY_IPV4] == number;
	bool v6 = pg->rest[FAMILY_IPV6] == number;

	return v4 && v6 ? "all other clients"
	       : v4	? "all other IPv4 clients"
	       : v6	? "all other IPv6 clients"
			: NULL;
}

static void
print_networks(const struct page *pg, int number)
{
	const char *others = name_rest(pg, number);
	bool any = false;
	const struct group *g = &pg->section->groups.at[number];
	struct prefix_walk w = { 0 };
	size_t column = WIDTH;
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (is_everybody(pg)) {
		fprintf(pg->out, "\n%*s everybody\n", INDENT - 1, "");
		return;
	}
	while (next_prefix(pg->section, g, &w, &p)) {
		if (pg->rest[p.addr.family] == number)
			continue;
		print_word(pg, prefix_format(p, buf), &column);
		any = true;
	}
	if (any && others != NULL)
		print_word(pg, "and", &column);
	if (others != NULL)
		print_word(pg, others, &column);
	fputc('\n', pg->out);
}

/* The group that takes the most prefixes of a family, if they are many. */
static void
choose_rest(struct page *pg)
{
	size_t most[FAMILY_COUNT] = { FEW, FEW };

	for (int f = 0; f < FAMILY_COUNT; f++)
		pg->rest[f] = NO_GROUP;
	for (size_t i = 0; i < pg->section->groups.len; i++) {
		const struct group *g = &pg->section->groups.at[i];
		size_t n[FAMILY_COUNT] = { 0 };
		struct group_walk w = { 0 };
		struct addr first, last;

		while (section_next_range(pg->section, g, &w, &first, &last))
			n[first.family] += prefix_cover_count(first, last);
		for (int f = 0; f < FAMILY_COUNT; f++) {
			if (n[f] <= most[f])
				continue;
			most[f] = n[f];
			pg->rest[f] = (int)i;
		}
	}
}

static bool
is_rest(const struct page *pg, int number)
{
	return pg->rest[FAMILY_IPV4] == number ||
	       pg->rest[FAMILY_IPV6] == number;
}

/* Zones that share a part are decided each by its own statement. */
static void
print_decider(const struct model *m, const struct decision *d, size_t names,
	      FILE *out)
{
	fputs(", by ", out);
	if (names > 1 && d->reason != NULL && !origin_is_default(d->reason) &&
	    d->element == NULL && strstr(d->reason->option, "zone") != NULL)
		fputs("each zone's own statement", out);
	else
		print_reason(out, m, d);
}

void
table_print_decision(const struct model *m, const struct decision *d,
		     size_t names, FILE *out)
{
	fprintf(out, "%-10s  %s", rcode_name(d->rcode),
		outcome_name(d->outcome));
	if (d->rcode != RCODE_DROP)
		fprintf(out, ", ra=%c", "01?"[d->ra]);
	if (d->ede_count > 0) {
		fputs(", EDE ", out);
		print_errors(out, d);
	}
	if (*d->view != '\0') {
		fputs(", view ", out);
		print_safely(out, slice_of(d->view));
	}
	print_decider(m, d, names, out);
}

static void
print_group(const struct page *pg, int number)
{
	fputs("  ", pg->out);
	table_print_decision(pg->model, pg->section->groups.at[number].decision,
			     pg->section->names.len, pg->out);
	print_networks(pg, number);
}

/* Transfers that nobody gets are not worth a table. */
static bool
is_for_nobody(const struct section *s)
{
	if (strcmp(s->kind, "transfer") != 0)
		return false;
	for (size_t i = 0; i < s->groups.len; i++) {
		enum outcome o = s->groups.at[i].decision->outcome;

		if (o == OUTCOME_TRANSFER || o == OUTCOME_UNKNOWN ||
		    o == OUTCOME_AUTHORITATIVE)
			return false;
	}
	return true;
}

static bool
same_ranges(const struct section *x, const struct group *g,
	    const struct section *y, const struct group *h)
{
	struct group_walk v = { 0 }, w = { 0 };
	struct addr a, b, c, d;

	for (;;) {
		bool more = section_next_range(x, g, &v, &a, &b);

		if (section_next_range(y, h, &w, &c, &d) != more)
			return false;
		if (!more)
			return true;
		if (addr_cmp(a, c) != 0 || addr_cmp(b, d) != 0)
			return false;
	}
}

/* Those who are turned away here just as in the first part of the page. */
static bool
is_as_before(const struct page *pg, int number)
{
	const struct group *g = &pg->section->groups.at[number];
	const struct decision *d = g->decision;

	if (pg->before == NULL || pg->section == pg->before ||
	    (d->outcome != OUTCOME_REFUSED && d->outcome != OUTCOME_DROPPED))
		return false;
	for (size_t i = 0; i < pg->before->groups.len; i++)
		if (pg->before->groups.at[i].decision == d)
			return same_ranges(pg->before,
					   &pg->before->groups.at[i],
					   pg->section, g);
	return false;
}

void
table_print_title(const char *title, const char *const *names, size_t count,
		  FILE *out)
{
	size_t shown = count > NAMES_SHOWN + 1 ? NAMES_SHOWN : count;
	size_t column = slice_of(title).len;

	fputs(title, out);
	for (size_t i = 0; i < shown; i++) {
		size_t len = slice_of(names[i]).len + 2;

		if (column + len > WIDTH) {
			fputs("\n   ", out);
			column = 3;
		}
		fputc(' ', out);
		print_safely(out, slice_of(names[i]));
		fputs(i + 1 < shown ? "," : "", out);
		column += len;
	}
	if (shown < count)
		fprintf(out, " and %zu more", count - shown);
}

/* The groups whose being "all others" is `rest`; returns how many it left. */
static int
print_groups(const struct page *pg, bool rest)
{
	int left = 0;

	for (int i = 0; i < (int)pg->section->groups.len; i++) {
		if (is_rest(pg, i) != rest)
			continue;
		if (is_as_before(pg, i))
			left++;
		else
			print_group(pg, i);
	}
	return left;
}

void
table_print(const struct model *m, const struct section *s,
	    const struct section *before, FILE *out)
{
	struct page pg = { .model = m, .out = out, .section = s,
			   .before = before };

	choose_rest(&pg);
	table_print_title(s->title, s->names.at, s->names.len, out);
	fputs(is_for_nobody(s) ? ": nobody\n" : "\n", out);
	if (!is_for_nobody(s) &&
	    print_groups(&pg, false) + print_groups(&pg, true) > 0)
		fputs("  others are turned away as in the first part\n", out);
	fputc('\n', out);
}
