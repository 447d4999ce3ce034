/* Sets of clients as people write them. */
#include <string.h>

#include "base/vec.h"
#include "decide/clients.h"

bool
clients_next(struct client_set s, struct clients_walk *w, struct prefix *p)
{
	if (!w->within) {
		if (w->number == s.count)
			return false;
		w->rest = s.at[w->number++];
	}
	*p = prefix_cover(w->rest.first, w->rest.last);
	w->within = addr_cmp(prefix_last(*p), w->rest.last) < 0;
	if (w->within)
		w->rest.first = addr_next(prefix_last(*p));
	return true;
}

size_t
clients_prefix_count(struct client_set s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.count; i++)
		n += prefix_cover_count(s.at[i].first, s.at[i].last);
	return n;
}

/* At most `limit` of `n` prefixes. */
static const char *
list_some(struct arena *a, struct client_set s, size_t n, size_t limit)
{
	struct clients_walk w = { 0 };
	char buf[ADDR_TEXT_MAX];
	const char *text = "";
	struct prefix p;
	size_t shown = 0;

	for (; shown < limit && clients_next(s, &w, &p); shown++)
		text = arena_printf(a, "%s%s%s", text,
				    shown == 0	     ? ""
				    : shown + 1 == n ? " and "
						     : ", ",
				    prefix_format(p, buf));
	if (shown < n)
		text = arena_printf(a, "%s and %zu more network%s", text,
				    n - shown, n - shown == 1 ? "" : "s");
	return text;
}

/* The longest prefix that holds all of a set that is not empty; false: none. */
static bool
find_around(struct client_set s, struct prefix *p)
{
	struct addr first = s.at[0].first, last = s.at[s.count - 1].last;

	if (first.family != last.family)
		return false;
	*p = (struct prefix){ first, family_bits(first.family) };
	while (!prefix_contains(*p, last))
		p->len--;
	*p = prefix_network(*p);
	return true;
}

/* "10.0.0.0/8 except 10.1.0.0/16", with fewer than `limit`; else NULL. */
static const char *
text_around(struct arena *a, struct client_set s, size_t limit)
{
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	if (!find_around(s, &p))
		return NULL;
	struct client_set rest = clients_minus(a, clients_of(a, &p, 1), s);
	size_t n = clients_prefix_count(rest);

	if (n >= limit)
		return NULL;
	return arena_printf(a, "%s except %s", prefix_format(p, buf),
			    list_some(a, rest, n, limit));
}

const char *
clients_text(struct arena *a, struct client_set s, size_t limit)
{
	size_t n = clients_prefix_count(s), others;
	const char *text;
	struct client_set all = clients_all(a), rest;

	if (n == 0)
		return "nobody";
	if (clients_equal(s, all))
		return "everybody";
	text = text_around(a, s, n < limit ? n - 1 : limit);
	if (text != NULL)
		return text;
	if (n <= limit)
		return list_some(a, s, n, limit);
	rest = clients_minus(a, all, s);
	others = clients_prefix_count(rest);
	if (others > limit && others >= n)
		return list_some(a, s, n, limit);
	return arena_printf(a, "everybody except %s",
			    list_some(a, rest, others, limit));
}

const char *
clients_list(struct arena *a, struct client_set s, const char *between)
{
	struct clients_walk count = { 0 }, w = { 0 };
	size_t gap = strlen(between), len = 0, at = 0;
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	while (clients_next(s, &count, &p))
		len += strlen(prefix_format(p, buf)) + gap;
	char *text = arena_alloc(a, len + 1);

	while (clients_next(s, &w, &p)) {
		if (at > 0) {
			memcpy(text + at, between, gap);
			at += gap;
		}
		prefix_format(p, buf);
		memcpy(text + at, buf, strlen(buf));
		at += strlen(buf);
	}
	text[at] = '\0';
	return text;
}
