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

/* Does one of its groups take in all clients? */
static bool
is_everybody(const struct page *pg, int number)
{
	const struct group *g = &pg->section->groups.at[number];

	return pg->section->groups.len == 1 && g->ranges.len == FAMILY_COUNT;
}

static void
print_networks(const struct page *pg, int number)
{
	static const char *const others[FAMILY_COUNT] = {
		"all other IPv4 clients", "all other IPv6 clients"
	};
	const struct group *g = &pg->section->groups.at[number];
	size_t column = WIDTH;
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (is_everybody(pg, number)) {
		fprintf(pg->out, "\n%*severybody\n", INDENT, "");
		return;
	}
	for (size_t i = 0; i < g->ranges.len; i++) {
		struct client_range r = g->ranges.at[i];
		bool done = pg->rest[r.first.family] == number;

		while (next_prefix(&r, &done, &p))
			print_word(pg, prefix_format(p, buf), &column);
	}
	for (int f = 0; f < FAMILY_COUNT; f++)
		if (pg->rest[f] == number)
			print_word(pg, others[f], &column);
	fputc('\n', pg->out);
}

static size_t
count_prefixes(const struct group *g, enum family family)
{
	struct prefix p;
	size_t n = 0;

	for (size_t i = 0; i < g->ranges.len; i++) {
		struct client_range r = g->ranges.at[i];
		bool done = r.first.family != family;

		while (next_prefix(&r, &done, &p))
			n++;
	}
	return n;
}

static void
choose_rest(struct page *pg, enum family f)
{
	size_t most = FEW;

	pg->rest[f] = NO_GROUP;
	for (size_t i = 0; i < pg->section->groups.len; i++) {
		size_t n = count_prefixes(&pg->section->groups.at[i], f);

		if (n > most) {
			most = n;
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
print_decider(const struct page *pg, const struct decision *d)
{
	fputs(", by ", pg->out);
	if (pg->section->names.len > 1 && d->reason != NULL &&
	    !origin_is_default(d->reason) && d->element == NULL &&
	    strstr(d->reason->option, "zone") != NULL)
		fputs("each zone's own statement", pg->out);
	else
		print_reason(pg->out, pg->model, d);
}

static void
print_group(const struct page *pg, int number)
{
	const struct decision *d = pg->section->groups.at[number].decision;

	fprintf(pg->out, "  %-10s  %s", rcode_name(d->rcode),
		outcome_name(d->outcome));
	if (d->rcode != RCODE_DROP)
		fprintf(pg->out, ", ra=%c", "01?"[d->ra]);
	if (d->ede_count > 0) {
		fputs(", EDE ", pg->out);
		print_errors(pg->out, d);
	}
	if (*d->view != '\0') {
		fputs(", view ", pg->out);
		print_safely(pg->out, slice_of(d->view));
	}
	print_decider(pg, d);
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
same_ranges(const struct group *g, const struct group *h)
{
	if (g->ranges.len != h->ranges.len)
		return false;
	for (size_t i = 0; i < g->ranges.len; i++)
		if (addr_cmp(g->ranges.at[i].first, h->ranges.at[i].first) !=
			    0 ||
		    addr_cmp(g->ranges.at[i].last, h->ranges.at[i].last) != 0)
			return false;
	return true;
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
			return same_ranges(&pg->before->groups.at[i], g);
	return false;
}

static void
print_title(const struct page *pg)
{
	const struct section *s = pg->section;
	size_t n = s->names.len, shown = n > NAMES_SHOWN + 1 ? NAMES_SHOWN : n;
	size_t column = slice_of(s->title).len;

	fputs(s->title, pg->out);
	for (size_t i = 0; i < shown; i++) {
		size_t len = slice_of(s->names.at[i]).len + 2;

		if (column + len > WIDTH) {
			fputs("\n   ", pg->out);
			column = 3;
		}
		fputc(' ', pg->out);
		print_safely(pg->out, slice_of(s->names.at[i]));
		fputs(i + 1 < shown ? "," : "", pg->out);
		column += len;
	}
	if (shown < n)
		fprintf(pg->out, " and %zu more", n - shown);
	fputs(is_for_nobody(s) ? ": nobody\n" : "\n", pg->out);
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

	for (int f = 0; f < FAMILY_COUNT; f++)
		choose_rest(&pg, (enum family)f);
	print_title(&pg);
	if (!is_for_nobody(s) &&
	    print_groups(&pg, false) + print_groups(&pg, true) > 0)
		fputs("  others are turned away as in the first part\n", out);
	fputc('\n', out);
}
