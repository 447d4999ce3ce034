#include "compare/change.h"

#include <string.h>

typedef VEC(struct span_of_clients) span_vec;

/* A change while its clients are collected. */
struct draft {
	struct decision at[2];
	span_vec spans;
};

/* Values of the two maps that meet, and the change that this makes. */
struct meeting {
	uint32_t values[2];
	size_t draft; /* NO_CHANGE: none */
};

#define NO_CHANGE SIZE_MAX

struct walk {
	struct arena *arena;
	const struct side *sides;
	const struct pair *pair;
	bool strict;
	VEC(struct meeting) meetings;
	size_t last; /* the meeting that came last */
	VEC(struct draft) drafts;
};

const char *
effect_name(enum effect e)
{
	static const char *const names[EFFECT_COUNT] = {
		[EFFECT_NARROWED] = "narrowed",
		[EFFECT_WIDENED] = "widened",
		[EFFECT_UNCLEAR] = "unclear",
		[EFFECT_OTHER] = "other",
	};

	return names[e];
}

/* What an answer is worth to the client. */
enum worth {
	WORTH_NOTHING, /* refused, dropped, or an error */
	WORTH_LITTLE, /* to who wants to be recursed for: what is at hand */
	WORTH_ANSWER,
	WORTH_UNKNOWN,
};

static enum worth
worth_of(const struct decision *d)
{
	if (decision_is_unknown(d))
		return WORTH_UNKNOWN;
	switch (d->outcome) {
	case OUTCOME_REFUSED:
	case OUTCOME_DROPPED:
	case OUTCOME_NOT_AUTHORITATIVE:
	case OUTCOME_SERVER_FAILURE:
		return WORTH_NOTHING;
	case OUTCOME_REFERRAL:
	case OUTCOME_CACHE:
		return WORTH_LITTLE;
	default:
		return WORTH_ANSWER;
	}
}

/* Whoever is recursed for loses that with no more than a referral. */
static enum effect
judge(const struct decision *was, const struct decision *is)
{
	enum worth before = worth_of(was), after = worth_of(is);
	bool recursion = was->outcome == OUTCOME_RECURSION ||
			 is->outcome == OUTCOME_RECURSION;

	if (before == WORTH_UNKNOWN || after == WORTH_UNKNOWN)
		return EFFECT_UNCLEAR;
	if (before != WORTH_NOTHING && after != WORTH_NOTHING && !recursion)
		return EFFECT_OTHER;
	return before > after	? EFFECT_NARROWED
	       : before < after ? EFFECT_WIDENED
				: EFFECT_OTHER;
}

static bool
has_view(const struct model *m, const char *name)
{
	for (size_t i = 0; m->views != NULL && i < m->views->count; i++)
		if (strcmp(m->views->list[i]->name, name) == 0)
			return true;
	return false;
}

/* A view that went, and one that came: the same one with another name. */
static bool
same_view(const struct side sides[2], const char *was, const char *is)
{
	return strcmp(was, is) == 0 || *was == '\0' || *is == '\0' ||
	       (!has_view(sides[AFTER].model, was) &&
		!has_view(sides[BEFORE].model, is));
}

/* Transfers and changes of zones that nobody could have, and still cannot. */
static bool
is_idle(const struct walk *w, const struct decision *was,
	const struct decision *is)
{
	const char *kind = w->pair->kind;

	return (strcmp(kind, "transfer") == 0 || strcmp(kind, "update") == 0) &&
	       worth_of(was) == WORTH_NOTHING && worth_of(is) == WORTH_NOTHING;
}

static bool
same_details(const struct decision *x, const struct decision *y)
{
	return x->aa == y->aa && x->ra == y->ra &&
	       x->ede_count == y->ede_count &&
	       memcmp(x->ede, y->ede, x->ede_count) == 0;
}

/* Is the outcome the same? The statement that decides may have moved. */
static bool
same_outcome(const struct walk *w, const struct decision *was,
	     const struct decision *is)
{
	if (was->rcode != is->rcode || was->outcome != is->outcome)
		return !w->strict && is_idle(w, was, is);
	if (w->strict && !same_details(was, is))
		return false;
	/* Who is turned away does not care by which view. */
	if (worth_of(was) == WORTH_NOTHING)
		return true;
	/* One zone took the place of another, above or below it. */
	if ((w->pair->removed || w->pair->added) &&
	    was->outcome == OUTCOME_AUTHORITATIVE)
		return false;
	return same_view(w->sides, was->view, is->view);
}

/* The same outcome, by the same statement. */
static bool
is_like(const struct decision *x, const struct decision *y)
{
	return x->rcode == y->rcode && x->outcome == y->outcome &&
	       x->reason == y->reason && strcmp(x->view, y->view) == 0;
}

/* The change that a meeting is part of. */
static size_t
find_draft(struct walk *w, const struct decision *was,
	   const struct decision *is)
{
	struct draft *d;

	if (same_outcome(w, was, is))
		return NO_CHANGE;
	for (size_t i = 0; i < w->drafts.len; i++) {
		d = &w->drafts.at[i];
		if (!is_like(&d->at[BEFORE], was) || !is_like(&d->at[AFTER], is))
			continue;
		d->at[BEFORE] = decision_merge(&d->at[BEFORE], was);
		d->at[AFTER] = decision_merge(&d->at[AFTER], is);
		return i;
	}
	*VEC_PUSH(w->arena, &w->drafts) = (struct draft){ .at = { *was, *is } };
	return w->drafts.len - 1;
}

static bool
is_meeting_of(const struct meeting *m, uint32_t was, uint32_t is)
{
	return m->values[BEFORE] == was && m->values[AFTER] == is;
}

static struct draft *
draft_for(struct walk *w, uint32_t was, uint32_t is)
{
	size_t i = w->last;

	if (i >= w->meetings.len || !is_meeting_of(&w->meetings.at[i], was, is))
		for (i = 0; i < w->meetings.len; i++)
			if (is_meeting_of(&w->meetings.at[i], was, is))
				break;
	if (i == w->meetings.len)
		*VEC_PUSH(w->arena, &w->meetings) = (struct meeting){
			{ was, is },
			find_draft(w,
				   predict_decision(w->sides[BEFORE].predict,
						    was),
				   predict_decision(w->sides[AFTER].predict,
						    is))
		};
	w->last = i;
	i = w->meetings.at[i].draft;
	return i == NO_CHANGE ? NULL : &w->drafts.at[i];
}

static void
append(struct walk *w, span_vec *v, struct addr first, struct addr last)
{
	struct span_of_clients *end = v->len > 0 ? &v->at[v->len - 1] : NULL;

	if (end != NULL && end->last.family == first.family &&
	    addr_cmp(addr_next(end->last), first) == 0)
		end->last = last;
	else
		*VEC_PUSH(w->arena, v) =
			(struct span_of_clients){ first, last };
}

/* Both step functions side by side, from one breakpoint to the next. */
static void
walk_maps(struct walk *w, const struct rangemap *m, const struct rangemap *n)
{
	enum family family = rangemap_family(m);
	size_t i = 0, k = 0;

	while (i < rangemap_count(m) && k < rangemap_count(n)) {
		const struct step *was = &rangemap_steps(m)[i];
		const struct step *is = &rangemap_steps(n)[k];
		struct addr x = rangemap_last(m, i), y = rangemap_last(n, k);
		struct draft *d = draft_for(w, was->value, is->value);
		int order = addr_cmp(x, y);

		if (d != NULL)
			append(w, &d->spans,
			       point_addr(point_cmp(was->first, is->first) > 0
						  ? was->first
						  : is->first,
					  family),
			       order < 0 ? x : y);
		i += order <= 0;
		k += order >= 0;
	}
}

change_vec
changes_find(struct arena *a, const struct change_rules *rules,
	     const struct pair *p, const struct section *was,
	     const struct section *is)
{
	struct walk w = { .arena = a, .sides = rules->sides, .pair = p,
			  .strict = rules->strict };
	change_vec out = { 0 };

	for (int f = 0; f < FAMILY_COUNT; f++)
		if (was->maps[f] != NULL && is->maps[f] != NULL)
			walk_maps(&w, was->maps[f], is->maps[f]);
	for (size_t i = 0; i < w.drafts.len; i++) {
		const struct draft *d = &w.drafts.at[i];

		*VEC_PUSH(a, &out) = (struct change){
			.pair = p,
			.effect = judge(&d->at[BEFORE], &d->at[AFTER]),
			.at = { d->at[BEFORE], d->at[AFTER] },
			.clients = { d->spans.at, d->spans.len },
		};
	}
	return out;
}

bool
changes_alike(const change_vec *x, const change_vec *y)
{
	if (x->len != y->len)
		return false;
	for (size_t i = 0; i < x->len; i++) {
		const struct change *c = &x->at[i], *d = &y->at[i];

		if (!section_same_decision(&c->at[BEFORE], &d->at[BEFORE]) ||
		    !section_same_decision(&c->at[AFTER], &d->at[AFTER]) ||
		    !clients_equal(c->clients, d->clients))
			return false;
	}
	return true;
}
