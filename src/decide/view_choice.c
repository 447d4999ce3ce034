#include "decide/view_choice.h"

#include "base/vec.h"

/* The making of one. */
struct work {
	struct trial *t;
	struct arena *arena;
	struct arena *scratch;
	enum family family;
	VEC(struct interval) iv;
	VEC(uint32_t) open;
};

/* What the view says of all clients alike. */
static enum verdict
ask_destination(struct work *w, const struct view *v, uint32_t key)
{
	struct trial *t = w->t;

	if (v->match_recursive_only.on && !t->q->rd)
		return VERDICT_NO;
	return trial_destination(t, v->match_destinations.list, w->family, key);
}

static void
add_all(struct work *w, uint32_t number)
{
	struct prefix all = { addr_first(w->family), 0 };

	*VEC_PUSH(w->scratch, &w->iv) = interval_of(all, number, number);
}

/* False when it is not known of some clients; what was added is taken back. */
static bool
add_matched(struct work *w, const struct rangemap *m, uint32_t number)
{
	size_t before = w->iv.len;

	for (size_t i = 0; i < rangemap_count(m); i++) {
		const struct step *step = &rangemap_steps(m)[i];
		enum verdict verdict = acl_verdict(step->value);

		if (verdict == VERDICT_UNKNOWN) {
			w->iv.len = before;
			return false;
		}
		if (verdict == VERDICT_YES)
			*VEC_PUSH(w->scratch, &w->iv) = (struct interval){
				step->first, point_of(rangemap_last(m, i)),
				number, number
			};
	}
	return true;
}

static void
add_view(struct work *w, const struct view *v, uint32_t number)
{
	struct trial *t = w->t;
	uint32_t key = trial_key(t, v);
	const struct address_list *list = v->match_clients.list;
	enum verdict there = ask_destination(w, v, key);

	if (there == VERDICT_NO)
		return;
	if (there == VERDICT_YES && list == NULL)
		add_all(w, number);
	else if (there == VERDICT_UNKNOWN ||
		 !add_matched(w, acl_map(t->acls, list, w->family, key),
			      number))
		*VEC_PUSH(w->arena, &w->open) = number;
}

struct view_choice *
view_choice_new(struct arena *a, struct trial *t, enum family family)
{
	const struct views *v = t->model->views;
	struct view_choice *c = ARENA_NEW(a, struct view_choice);
	struct work w = {
		.t = t, .arena = a, .scratch = arena_new(), .family = family
	};

	c->last = SIZE_MAX;
	for (size_t i = 0; i < v->count; i++) {
		if (v->list[i]->qclass != t->q->qclass)
			continue;
		add_view(&w, v->list[i], (uint32_t)i);
		c->last = i;
	}
	c->certain = rangemap_build(a, family, w.iv.at, w.iv.len);
	c->open = w.open.at;
	c->open_count = w.open.len;
	arena_free(w.scratch);
	return c;
}

enum {
	CHOICES_MAX = 8
};

struct made {
	struct question question; /* all but its name counts */
	enum family family;
	struct arena *arena;
	struct arena_mark nothing;
	struct view_choice *choice;
};

struct view_choices {
	struct arena *arena;
	struct made made[CHOICES_MAX];
	size_t count;
};

struct view_choices *
view_choices_new(struct arena *a)
{
	struct view_choices *c = ARENA_NEW(a, struct view_choices);

	c->arena = a;
	return c;
}

/* As far as views can tell them apart. */
static bool
same_to_views(const struct question *x, const struct question *y)
{
	return x->qclass == y->qclass && x->rd == y->rd &&
	       x->is_signed == y->is_signed && x->key == y->key &&
	       x->to_known == y->to_known &&
	       (!x->to_known || addr_cmp(x->to, y->to) == 0);
}

static struct made *
next_made(struct view_choices *c)
{
	struct made *m = &c->made[c->count++ % CHOICES_MAX];

	if (m->arena == NULL) {
		m->arena = arena_child(c->arena);
		m->nothing = arena_mark(m->arena);
	}
	arena_release(m->arena, m->nothing);
	return m;
}

struct view_choice *
view_choices_get(struct view_choices *c, struct trial *t, enum family family)
{
	if (t->model->views == NULL || t->model->views->count < VIEWS_WORTH)
		return NULL;
	for (size_t i = 0; i < CHOICES_MAX && i < c->count; i++)
		if (c->made[i].family == family &&
		    same_to_views(&c->made[i].question, t->q))
			return c->made[i].choice;
	struct made *m = next_made(c);

	m->question = *t->q;
	m->family = family;
	m->choice = view_choice_new(m->arena, t, family);
	return m->choice;
}
