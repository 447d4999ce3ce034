/* Whom findings are about: sets of clients, and what decides about them. */
#include <string.h>

#include "model/access.h"
#include "model/views.h"
#include "rules/rule.h"

struct client_set
rule_own_clients(const struct rule_context *cx)
{
	return clients_of(cx->arena, cx->intent->clients.at,
			  cx->intent->clients.count);
}

struct client_set
rule_strangers(const struct rule_context *cx)
{
	return clients_minus(cx->arena, clients_public(cx->arena),
			     rule_own_clients(cx));
}

struct client_set
rule_reachable_strangers(const struct rule_context *cx)
{
	struct client_set public = clients_public(cx->arena);
	struct client_set at =
		clients_and(cx->arena, public, predict_listens(cx->predict));
	struct client_set s = { NULL, 0 };

	for (int f = 0; f < FAMILY_COUNT; f++) {
		struct client_set all =
			clients_of_family(cx->arena, (enum family)f);

		if (!clients_empty(clients_and(cx->arena, at, all)))
			s = clients_union(cx->arena, s,
					  clients_and(cx->arena, all,
						      rule_strangers(cx)));
	}
	return s;
}

bool
rule_listens_otherwise(const struct rule_context *cx, enum family family)
{
	const struct views *v = cx->model->views;
	const struct access *s = cx->model->access;

	for (size_t i = 0; v != NULL && i < v->listener_count; i++) {
		const struct listener *l = &v->listeners[i];

		if (l->family == family && (!l->plain || l->port != v->port))
			return true;
	}
	for (size_t i = 0; s != NULL && i < s->listener_count; i++) {
		const struct access_listener *l = &s->listeners[i];

		if (s->proxied ||
		    (l->addr.family == family && l->port != s->port))
			return true;
	}
	return false;
}

void
rule_note_ipv6_default(struct rule_context *cx, struct diag *diag)
{
	struct client_set four =
		clients_and(cx->arena, rule_reachable_strangers(cx),
			    clients_of_family(cx->arena, FAMILY_IPV4));

	if (cx->config->dialect != DIALECT_NAMED || !clients_empty(four) ||
	    rule_option(cx, NULL, "listen-on-v6") != NULL)
		return;
	rule_weaken(cx, diag, SEV_WARNING);
	diag_remark(cx->diags, diag,
		    "they come by IPv6 alone: 'listen-on-v6' is not written, "
		    "and that means every address of the host");
}

bool
rule_is_internet(struct client_set s)
{
	uint64_t v4 = 0, v6 = 0;

	for (size_t i = 0; i < s.count; i++) {
		const struct span_of_clients *x = &s.at[i];

		if (x->first.family == FAMILY_IPV4)
			v4 += x->last.lo - x->first.lo + 1;
		else
			v6 += ((x->last.hi - x->first.hi) >> 16) + 1;
	}
	return v4 >= UINT64_C(1) << 24 || v6 >= UINT64_C(1) << 32;
}

/* At most so many addresses match; longer and deeper lists are not counted. */
struct tally {
	const struct model *model;
	uint64_t v4, v6; /* as rule_is_internet() counts */
	size_t left; /* elements that may still be looked at */
	unsigned depth;
};

enum { TALLY_ELEMENTS = 100000, TALLY_DEPTH = 16 };

/* False when it is known that they are not many. */
static bool
tally_list(struct tally *t, const struct address_list *list)
{
	if (list->count > t->left || t->depth++ == TALLY_DEPTH)
		return true;
	t->left -= list->count;
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_KEY ||
		    e->negated != (e->kind == ELEMENT_NONE))
			continue;
		if (e->kind == ELEMENT_LIST) {
			if (tally_list(t, t->model->lists[e->lo]))
				return true;
			continue;
		}
		if (e->kind != ELEMENT_PREFIX)
			return true;
		if (e->family == FAMILY_IPV4)
			t->v4 += UINT64_C(1) << (32 - e->len);
		else
			t->v6 += e->len < 48 ? UINT64_C(1) << (48 - e->len) : 1;
		/* Half of what it takes is near enough to look. */
		if (t->v4 >= UINT64_C(1) << 23 || t->v6 >= UINT64_C(1) << 31)
			return true;
	}
	t->depth--;
	return false;
}

bool
rule_may_be_internet(const struct rule_context *cx,
		     const struct address_list *list)
{
	struct tally t = { .model = cx->model, .left = TALLY_ELEMENTS };

	return list == NULL || tally_list(&t, list);
}

bool
rule_is_recursion_off(const struct decision *d)
{
	struct slice option = slice_of(d->reason == NULL ? ""
							 : d->reason->option);

	/* Unbound: refused by the access list, but with no list of its own. */
	return d->outcome == OUTCOME_REFUSED &&
	       (slice_is(option, "recursion") || d->non_local);
}

bool
rule_is_by_destination(const struct decision *d)
{
	struct slice option =
		slice_of(d->reason == NULL ? "" : d->reason->option);

	return option.len > 3 && slice_has_prefix(option, "allow-") &&
	       memcmp(option.data + option.len - 3, "-on", 3) == 0;
}

void
rule_help_destination(struct rule_context *cx, struct diag *diag,
		      const struct decision *d)
{
	struct client_set at = clients_and(cx->arena, rule_guests(cx),
					   predict_listens(cx->predict));

	diag_remark(cx->diags, diag,
		    "it is held against the address of the server that they "
		    "ask, and has none that they can reach (the server listens "
		    "on %s)",
		    clients_text(cx->arena, at, 4));
	diag_help(cx->diags, diag,
		  "write the addresses of this server in '%s'; clients belong "
		  "in the list without '-on'",
		  d->reason->option);
}

struct client_set
rule_guests(const struct rule_context *cx)
{
	const struct prefix own[] = {
		{ addr_ipv4(0x7f000000), 8 },
		{ { 0, 1, FAMILY_IPV6 }, 128 },
		{ { 0, 0xffff00000000, FAMILY_IPV6 }, 96 }, /* mapped IPv4 */
	};

	return clients_minus(cx->arena, clients_all(cx->arena),
			     clients_of(cx->arena, own, 3));
}
