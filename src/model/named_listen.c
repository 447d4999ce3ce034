#include "model/named_lower.h"

enum { PORT_DNS = 53 };

/* Is `word` among the terms before the list? Its value goes to `value`. */
static bool
find_clause(const struct node *s, const char *word, const struct node **value)
{
	for (const struct node *n = node_term(s, 1);
	     n != NULL && n->kind != NODE_BLOCK; n = n->next) {
		if (node_is(n, word)) {
			*value = n->next;
			return true;
		}
	}
	return false;
}

static uint16_t
port_of(const struct node *n, uint16_t initial)
{
	unsigned long long port;

	return n != NULL && slice_to_uint(node_text(n), UINT16_MAX, &port)
		       ? (uint16_t)port
		       : initial;
}

typedef VEC(struct listener) listener_vec;

static void
add_listeners(struct lower *l, listener_vec *out, const char *option,
	      enum family family)
{
	const struct node *block = l->options, *value = NULL;
	bool any = false;

	for (const struct node *s = block == NULL ? NULL
						  : node_find(block, option);
	     s != NULL; s = node_find_next(s, option)) {
		const struct origin *o = origin_at(l, option, s);
		struct listener x = { .family = family,
				      .port = l->views->port };

		any = true;
		x.addresses = (struct policy){
			lower_list(l, node_block(s), NULL, *o), o
		};
		if (find_clause(s, "port", &value))
			x.port = port_of(value, x.port);
		x.plain = !find_clause(s, "proxy", &value) &&
			  !find_clause(s, "http", &value) &&
			  (!find_clause(s, "tls", &value) ||
			   node_is(value, "none"));
		*VEC_PUSH(l->arena, out) = x;
	}
	if (!any)
		*VEC_PUSH(l->arena, out) = (struct listener){
			.addresses = { NULL, origin_default(l, option) },
			.family = family,
			.port = l->views->port,
			.plain = true,
		};
}

static bool
is_closed(const struct address_list *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (list->elements[i].kind != ELEMENT_NONE)
			return false;
	return list != NULL;
}

/* Where nothing listens on the port of all, people ask the first there is. */
static uint16_t
port_asked(const listener_vec *v, uint16_t port)
{
	const struct listener *first = NULL;

	for (size_t i = 0; i < v->len; i++) {
		const struct listener *x = &v->at[i];

		if (!x->plain || is_closed(x->addresses.list))
			continue;
		if (x->port == port)
			return port;
		if (first == NULL)
			first = x;
	}
	return first == NULL ? port : first->port;
}

void
lower_listeners(struct lower *l)
{
	struct scopes s = { .options = l->options };
	const struct node *port = scopes_find(&s, "port");
	listener_vec out = { 0 };

	l->views->port = port_of(port == NULL ? NULL : node_term(port, 1),
				 PORT_DNS);
	add_listeners(l, &out, "listen-on", FAMILY_IPV4);
	add_listeners(l, &out, "listen-on-v6", FAMILY_IPV6);
	l->views->listeners = out.at;
	l->views->listener_count = out.len;
	l->views->data_supposed = l->facts.data_supposed;
	if (l->facts.asked)
		l->views->port = port_asked(&out, l->views->port);
}
