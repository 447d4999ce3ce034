/* What to do about a refusal: whom to ask instead, or what to write. */
#include "base/vec.h"
#include "decide/clients.h"
#include "model/access.h"
#include "model/name.h"
#include "model/views.h"
#include "predict/served.h"

enum { OPENED_MAX = 8 };

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

static const char *
place(struct adviser *a, uint32_t offset)
{
	struct position at = sources_position(a->s->model->sources, offset);

	return arena_printf(a->s->arena, "%s:%zu", at.source->name, at.line);
}

static struct slice
text_of(struct adviser *a, struct span span)
{
	struct position at = sources_position(a->s->model->sources,
					      span.begin);

	return slice_sub(at.source->text, span.begin - at.source->base,
			 span.end - span.begin);
}

/* The default of the lists that rule recursion, of all others nobody. */
static const char *
written_default(const char *option)
{
	struct slice o = slice_of(option);

	if (slice_has_prefix(o, "allow-recursion") ||
	    slice_has_prefix(o, "allow-query-cache"))
		return "localhost; localnets; ";
	return "";
}

/* The statement to write so that the list of `d` takes the client. */
static void
say_how_to_open(struct adviser *a, const struct decision *d)
{
	const struct origin *o = d->reason;
	const struct sources *src = a->s->model->sources;

	if (origin_is_default(o)) {
		say(a, "write '%s { %s%s; };'%s%s%s", o->option,
		    written_default(o->option), a->client,
		    *d->view != '\0' && *d->view != '_' ? " in the view '"
							: " in 'options'",
		    *d->view != '\0' && *d->view != '_' ? d->view : "",
		    *d->view != '\0' && *d->view != '_' ? "'" : "");
	} else if (d->element != NULL) {
		struct span item = sources_item(src, d->element->begin);

		say(a, "write '%s;' in front of '%.*s' (%s), in the list of "
		       "'%s'",
		    a->client, SLICE(text_of(a, item)), place(a, item.begin),
		    o->option);
	} else {
		say(a, "add '%s;' to '%s' (%s)", a->client, o->option,
		    place(a, o->span.begin));
	}
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

/* Lists of the source, opened one after the other. */
struct opening {
	const struct address_list *lists[OPENED_MAX];
	struct decision steps[OPENED_MAX]; /* what each was opened for */
	size_t count;
	struct decision end; /* when all are open */
};

static bool
is_turned_away(const struct decision *d)
{
	return d->outcome == OUTCOME_REFUSED || d->outcome == OUTCOME_DROPPED;
}

/* Open what turns the client away, until nothing does. */
static void
open_on(const struct situation *s, struct opening *o)
{
	while (is_turned_away(&o->end) && o->end.closed != NULL &&
	       o->count < OPENED_MAX) {
		o->steps[o->count] = o->end;
		o->lists[o->count++] = o->end.closed;
		o->end = predict_opened(s->predict, s->question, s->client,
					o->lists, o->count);
	}
}

static void
say_opening(struct adviser *a, const struct opening *o, size_t from)
{
	const struct origin *told = NULL;

	for (size_t i = from; i < o->count; i++) {
		if (o->steps[i].reason != told)
			say_how_to_open(a, &o->steps[i]);
		told = o->steps[i].reason;
	}
	if (is_turned_away(&o->end))
		say(a, "then it would still be %s, by '%s'",
		    o->end.outcome == OUTCOME_REFUSED ? "REFUSED" : "dropped",
		    o->end.reason->option);
	else
		say(a, "then the answer is: %s", outcome_name(o->end.outcome));
}

static void
advise_views_excluded(struct adviser *a)
{
	const struct origin *o = a->s->decision.reason;

	if (a->s->decision.closed == NULL) {
		say(a, "ask at another address of the server: '%s' decides by "
		       "where the question was sent to",
		    o->option);
		return;
	}
	if (is_stranger(a) && served_elsewhere(a->s) == NULL &&
	    view_find_zone(a->s->model->views->list[0],
			   a->s->question->qname) == NULL)
		say(a, "if %s is no client of yours, this answer is right: a "
		       "server that recurses for strangers gets abused",
		    a->client);
	struct opening opening = { .end = a->s->decision };

	open_on(a->s, &opening);
	say(a, "if %s is to be answered:", a->client);
	say_opening(a, &opening, 0);
}

static void
advise_access_excluded(struct adviser *a)
{
	const struct access_policy *p = served_policy(a->s);
	const struct origin *o = p->origin;

	if (is_stranger(a))
		say(a, "if %s is no client of yours, this answer is right: a "
		       "resolver that serves strangers gets abused",
		    a->client);
	if (!origin_is_default(o) && o->span.end > 0 &&
	    p->action == ACCESS_ALLOW_COOKIE)
		say(a, "ask over TCP or with a DNS cookie, as '%s' (%s) "
		       "demands",
		    o->option, place(a, o->span.begin));
	else if (!origin_is_default(o))
		say(a, "if it is to be answered, write 'access-control: %s/%u "
		       "allow': the most specific line decides, which is now "
		       "%s",
		    a->client, family_bits(a->s->client.family),
		    place(a, o->span.begin));
	else
		say(a, "if it is to be answered, write 'access-control: "
		       "NETWORK allow' for its network, such as '%s/%u'; only "
		       "the host itself is let in by default",
		    a->client, family_bits(a->s->client.family));
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
		open_on(s, &o);
		if (is_turned_away(&o.end))
			continue;
		say(a, "the view '%s' does not take this client: if it belongs "
		       "there, add '%s;' to 'match-clients' (%s)",
		    v->list[i]->name, a->client,
		    place(a, p->origin->span.begin));
		say_opening(a, &o, 1);
	}
}

/* The server was told to refuse the name, whoever asks. */
static void
advise_told_to(struct adviser *a)
{
	const struct origin *o = a->s->decision.reason;

	if (o != NULL && !origin_is_default(o) &&
	    slice_has_prefix(slice_of(o->option), "local-"))
		say(a, "the local zone says so (%s): if the name is to be "
		       "looked up, take the line out or write another type, "
		       "such as 'transparent'",
		    place(a, o->span.begin));
}

static void
advise_not_served(struct adviser *a)
{
	const struct zone *z = served_elsewhere(a->s);

	if (z != NULL) {
		advise_other_views(a);
		say(a, "the zone '%s' is served in the view '%s' (%s), but "
		       "the client is in the view '%s': add the zone there "
		       "('in-view'), or let the client into that view",
		    z->text, z->view->name, place(a, z->origin.span.begin),
		    a->s->decision.view);
		return;
	}
	say(a, "ask a server of the zone: 'dig NS %.*s' tells them",
	    SLICE(a->s->question->qname));
	if (a->s->model->access != NULL && !a->s->question->rd)
		say(a, "ask with RD (leave '+norecurse' out), or write "
		       "'allow_snoop' for those who must look into the cache");
	else
		say(a, "if it is to be served here, write a zone statement "
		       "for it");
}

struct advice
advise(const struct situation *s, enum cause c)
{
	struct adviser a = { .s = s };

	addr_format(s->client, a.client);
	switch (c) {
	case CAUSE_NONE:
		if (is_turned_away(&s->decision))
			advise_told_to(&a);
		break;
	case CAUSE_AUTHORITATIVE_ONLY:
		advise_other_views(&a);
		say(&a, "ask a resolver instead: this server answers for its "
			"own zones only, and REFUSED is right");
		say(&a, "do not turn recursion on here: keep resolvers and "
			"authoritative servers apart");
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
			"records changed: it is declared to be delegated to "
			"this server");
		break;
	case CAUSE_RECURSION_OFF:
		advise_other_views(&a);
		say(&a, "ask the resolver of your own network; this server "
			"recurses for nobody, or not for you, and REFUSED is "
			"right");
		break;
	}
	return (struct advice){ a.lines.at, a.lines.len };
}
