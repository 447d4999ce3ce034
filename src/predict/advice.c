/* What to do about a refusal: whom to ask instead, or what to write. */
#include "base/vec.h"
#include "decide/clients.h"
#include "model/access.h"
#include "model/name.h"
#include "model/views.h"
#include "predict/opening.h"
#include "predict/served.h"

struct adviser {
	const struct situation *s;
	VEC(const char *) lines;
	char client[ADDR_TEXT_MAX];
};

static void say(struct adviser *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void
say(struct adviser *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*VEC_PUSH(a->s->arena, &a->lines) =
		arena_vprintf(a->s->arena, format, args);
	va_end(args);
}

static bool
is_stranger(const struct adviser *a)
{
	struct arena *arena = a->s->arena;
	struct client_set own = clients_of(arena, a->s->intent->clients.at,
					   a->s->intent->clients.count);

	return !clients_have(own, a->s->client) &&
	       clients_have(clients_public(arena), a->s->client);
}

/* REFUSED is right for strangers; nothing below makes it wrong. */
static void
say_if_stranger(struct adviser *a)
{
	if (is_stranger(a))
		say(a,
		    "if %s is no client of yours, this answer is right: a "
		    "server that recurses for strangers gets abused",
		    a->client);
}

/* What to write, from the step `from` on, and what comes of it. */
static void
say_opening(struct adviser *a, const struct opening *o, size_t from,
	    const char *condition)
{
	const struct origin *told = NULL;
	const char *lead = condition;

	for (size_t i = from; i < o->count; i++) {
		if (o->steps[i].reason != told)
			say(a, "%s%s", lead, opening_text(a->s, &o->steps[i]));
		told = o->steps[i].reason;
		lead = "and ";
	}
	if (opening_is_turned_away(&o->end))
		say(a, "then it would still be %s, by '%s'",
		    o->end.outcome == OUTCOME_REFUSED ? "REFUSED" : "dropped",
		    o->end.reason->option);
	else
		say(a, "then the answer is: %s", outcome_name(o->end.outcome));
}

/*
 * A view that came before and would answer, if only its list took the client:
 * that is how a network gets lost.
 */
static void
advise_other_views(struct adviser *a)
{
	const struct situation *s = a->s;
	const struct views *v = s->model->views;

	for (size_t i = 0; v != NULL && i < v->count; i++) {
		const struct policy *p = &v->list[i]->match_clients;
		struct opening o = { .lists = { p->list }, .count = 1 };

		if (v->list[i]->name == s->decision.view)
			return;
		if (p->list == NULL || origin_is_default(p->origin))
			continue;
		o.end = predict_opened(s->predict, s->question, s->client,
				       o.lists, 1);
		if (o.end.view != v->list[i]->name)
			continue;
		opening_go_on(s, &o);
		if (opening_is_turned_away(&o.end))
			continue;
		struct decision step = opening_step(s, v->list[i], p);

		say(a,
		    "the view '%s' does not take this client: if it belongs "
		    "there, %s",
		    v->list[i]->name, opening_text(s, &step));
		say_opening(a, &o, 1, "and ");
	}
}

/* Nobody's view: not the last one it is in need of, but one that answers. */
static bool
advise_view(struct adviser *a, const struct opening *last)
{
	size_t before = a->lines.len;

	if (*a->s->decision.view != '\0' || !opening_is_turned_away(&last->end))
		return false;
	advise_other_views(a);
	return a->lines.len > before;
}

static void
advise_views_excluded(struct adviser *a)
{
	const struct origin *o = a->s->decision.reason;

	if (cause_is_blackhole(&a->s->decision)) {
		say(a, "if %s is to be answered, write '!%s;' first in '%s' (%s)",
		    a->client, a->client, o->option,
		    opening_place(a->s, o->span.begin));
		return;
	}
	if (a->s->decision.closed == NULL) {
		say(a,
		    "ask at another address of the server: '%s' decides by "
		    "where the question was sent to",
		    o->option);
		return;
	}
	if (served_elsewhere(a->s) == NULL &&
	    view_find_zone(a->s->model->views->list[0],
			   a->s->question->qname) == NULL)
		say_if_stranger(a);
	struct opening opening = { .end = a->s->decision };

	opening_go_on(a->s, &opening);
	if (!advise_view(a, &opening))
		say_opening(a, &opening, 0,
			    arena_printf(a->s->arena,
					 "if %s is to be answered, ",
					 a->client));
}

static void
advise_access_excluded(struct adviser *a)
{
	const struct access_policy *p = served_policy(a->s);
	const struct origin *o = p->origin;

	say_if_stranger(a);
	if (!origin_is_default(o) && o->span.end > 0 &&
	    p->action == ACCESS_ALLOW_COOKIE)
		say(a,
		    "ask over TCP or with a DNS cookie, as '%s' (%s) "
		    "demands",
		    o->option, opening_place(a->s, o->span.begin));
	else if (!origin_is_default(o))
		say(a,
		    "if it is to be answered, write 'access-control: %s/%u "
		    "allow': the most specific line decides, which is now "
		    "%s",
		    a->client, family_bits(a->s->client.family),
		    opening_place(a->s, o->span.begin));
	else
		say(a,
		    "if it is to be answered, write 'access-control: "
		    "NETWORK allow' for its network, such as '%s/%u'; only "
		    "the host itself is let in by default",
		    a->client, family_bits(a->s->client.family));
}

/* The zone is here, and empty-handed. */
static void
advise_no_data(struct adviser *a)
{
	const struct view *v = served_view(a->s, a->s->decision.view);
	const struct zone *z = v == NULL ? NULL
					 : view_find_zone(v, a->s->question->qname);
	const char *why = z == NULL ? NULL
				    : predict_no_data(a->s->predict, z);

	if (why == NULL)
		return;
	if (z->type == ZONE_PRIMARY)
		say(a,
		    "have the zone loaded: %s; 'named-checkzone %s FILE' tells "
		    "what is wrong with its data",
		    why, z->text);
	else
		say(a, "see that a primary of the zone answers this server%s",
		    z->file == NULL ? ", and keep what it gives in a 'file'"
				    : "");
}

/* The server was told to refuse the name, whoever asks. */
static void
advise_told_to(struct adviser *a)
{
	const struct origin *o = a->s->decision.reason;

	if (o != NULL && !origin_is_default(o) &&
	    slice_has_prefix(slice_of(o->option), "local-"))
		say(a,
		    "the local zone says so (%s): if the name is to be "
		    "looked up, take the line out or write another type, "
		    "such as 'transparent'",
		    opening_place(a->s, o->span.begin));
}

/* It is answered, but what it asks for is not done. */
static void
advise_without_recursion(struct adviser *a)
{
	struct opening o = { .end = a->s->decision };

	opening_go_on(a->s, &o);
	if (o.count == 0)
		return;
	say(a, "it gets what the cache has, or a referral: recursion is not "
	       "available to it");
	say_if_stranger(a);
	say_opening(a, &o, 0,
		    arena_printf(a->s->arena,
				 "if names are to be looked up for %s, ",
				 a->client));
}

static void
advise_not_served(struct adviser *a)
{
	const struct zone *z = served_elsewhere(a->s);

	if (z != NULL) {
		advise_other_views(a);
		say(a,
		    "the zone '%s' is served in the view '%s' (%s), but "
		    "the client is in the view '%s': add the zone there "
		    "('in-view'), or let the client into that view",
		    z->text, z->view->name,
		    opening_place(a->s, z->origin.span.begin),
		    a->s->decision.view);
		return;
	}
	say(a, "ask a server of the zone: 'dig NS %.*s' tells them",
	    SLICE(a->s->question->qname));
	say(a, "if it is to be served here, write %s for it",
	    a->s->model->access != NULL ? "an 'auth-zone'"
					: "a zone statement");
	if (a->s->model->access != NULL && !a->s->decision.non_local)
		say(a, "if it is to be looked up, ask with RD (leave "
		       "'+norecurse' out), or write 'allow_snoop' for those "
		       "who must look into the cache");
}

/* The server does not recurse for the client: say so, and when it might. */
static void
advise_recursion_off(struct adviser *a)
{
	const struct situation *s = a->s;
	const struct origin *o = s->decision.reason;

	say(a, "ask the resolver of your own network; this server recurses for "
	       "nobody, or not for you, and REFUSED is right");
	if (is_stranger(a) || origin_is_default(o))
		return;
	if (s->model->access != NULL)
		say(a,
		    "only if this server is to be the client's resolver, "
		    "write 'access-control: %s/%u allow': the most specific "
		    "line decides, which is now %s",
		    a->client, family_bits(s->client.family),
		    opening_place(s, o->span.begin));
	else
		say(a,
		    "only if this server is to be the client's resolver, "
		    "turn 'recursion' on (%s) and name its clients in "
		    "'allow-recursion { %s; };', never 'any'",
		    opening_place(s, o->span.begin), a->client);
}

static void
advise_authoritative_only(struct adviser *a)
{
	say(a, "ask a resolver instead: this server answers for its own zones "
	       "only, and REFUSED is right");
	say(a, "do not turn recursion on here: keep resolvers and "
	       "authoritative servers apart");
}

struct advice
advise(const struct situation *s, enum cause c)
{
	struct adviser a = { .s = s };

	addr_format(s->client, a.client);
	switch (c) {
	case CAUSE_NONE:
		if (opening_is_turned_away(&s->decision))
			advise_told_to(&a);
		else if (s->decision.outcome == OUTCOME_SERVER_FAILURE)
			advise_no_data(&a);
		else
			advise_without_recursion(&a);
		break;
	case CAUSE_AUTHORITATIVE_ONLY:
		if (!is_stranger(&a))
			advise_other_views(&a);
		advise_authoritative_only(&a);
		if (is_stranger(&a))
			advise_other_views(&a);
		break;
	case CAUSE_NOT_SERVED:
		advise_not_served(&a);
		break;
	case CAUSE_EXCLUDED:
		if (s->model->access != NULL)
			advise_access_excluded(&a);
		else
			advise_views_excluded(&a);
		break;
	case CAUSE_NOT_HOSTED:
		say(&a, "serve the zone here again, or have the parent's NS "
			"records changed: they send resolvers to this "
			"server");
		break;
	case CAUSE_RECURSION_OFF:
		if (!is_stranger(&a))
			advise_other_views(&a);
		advise_recursion_off(&a);
		if (is_stranger(&a))
			advise_other_views(&a);
		break;
	}
	return (struct advice){ a.lines.at, a.lines.len };
}
