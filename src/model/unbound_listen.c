/*
 * Where Unbound listens, and what holds there for clients in no netblock
 * (services/listen_dnsport.c, daemon/acl_list.c).
 */
#include "model/unbound_lower.h"
#include "schema/types_unbound.h"

enum { PORT = 53 };

struct listeners {
	struct lower_unbound *l;
	VEC(struct access_listener) list;
	bool ip4, ip6;
};

static void
add(struct listeners *v, struct access_listener listener)
{
	if (listener.addr.family == FAMILY_IPV4 ? v->ip4 : v->ip6)
		*VEC_PUSH(v->l->arena, &v->list) = listener;
}

static uint16_t
port_of(struct slice text, uint16_t initial)
{
	struct slice port = text;

	slice_split(&port, '@');
	return port.len == 0 ? initial : (uint16_t)type_ub_atoi(port);
}

static bool
is_wildcard(struct addr a)
{
	return a.hi == 0 && a.lo == 0;
}

/* Not a template's "{IP}", nor the loopback device. */
static bool
is_device_of_network(struct slice name)
{
	return name.len > 0 && name.data[0] >= 'a' && name.data[0] <= 'z' &&
	       !slice_has_prefix(name, "lo");
}

/* Addresses that people give do not say which device has them. */
static bool
names_devices(const struct host *h)
{
	for (size_t i = 0; h != NULL && i < h->count; i++)
		if (h->addresses[i].device.len > 0)
			return true;
	return false;
}

/* A device stands for its addresses, if these are known. */
static void
add_device(struct listeners *v, struct access_listener listener,
	   struct slice device)
{
	const struct host *h = v->l->facts.host;
	bool found = false;

	for (size_t i = 0; h != NULL && i < h->count; i++) {
		if (!slice_equal(h->addresses[i].device, device))
			continue;
		listener.addr = h->addresses[i].prefix.addr;
		add(v, listener);
		found = true;
	}
	if (found)
		return;
	listener.unknown = true;
	for (int f = 0; f < FAMILY_COUNT; f++) {
		listener.addr = addr_first((enum family)f);
		listener.supposed = v->l->facts.asked && f == FAMILY_IPV4 &&
				    !names_devices(h) &&
				    is_device_of_network(device);
		add(v, listener);
	}
}

static void
take_interface(void *context, const struct node *option)
{
	struct listeners *v = context;
	struct slice text = unbound_term(option, 0), rest = text;
	struct access_listener listener = {
		.port = port_of(text, v->l->access->port),
		.origin = *unbound_origin(v->l, option),
	};

	if (!type_ub_parse_address(text, &listener.addr, NULL)) {
		add_device(v, listener, slice_split(&rest, '@'));
		return;
	}
	listener.wildcard = is_wildcard(listener.addr);
	add(v, listener);
}

static void
add_fixed(struct listeners *v, const char *text, uint16_t port,
	  const struct origin *origin)
{
	struct access_listener listener = { .port = port, .origin = *origin };

	addr_parse(slice_of(text), &listener.addr);
	listener.wildcard = is_wildcard(listener.addr);
	add(v, listener);
}

/* All addresses, on `port` or on the ports of a list of its own. */
static void
add_automatic(struct listeners *v, const struct node *option)
{
	const struct origin *o = unbound_origin(v->l, option);
	const struct node *ports =
		unbound_scalar(v->l, "interface-automatic-ports");
	struct slice rest = ports == NULL ? (struct slice){ "", 0 }
					  : unbound_term(ports, 0);
	bool listed = false;

	for (struct slice w; (w = type_ub_word(&rest)).len > 0; listed = true) {
		uint16_t port = (uint16_t)type_ub_atoi(w);

		add_fixed(v, "::", port, o);
		add_fixed(v, "0.0.0.0", port, o);
	}
	if (listed)
		return;
	add_fixed(v, "::", v->l->access->port, o);
	add_fixed(v, "0.0.0.0", v->l->access->port, o);
}

/* Is the option about this listener? Its port is the default one. */
static bool
names_listener(const struct lower_unbound *l, struct slice text,
	       const struct access_listener *listener)
{
	struct addr a;
	struct slice source = sources_text(l->config->sources,
					   listener->origin.span);

	if (type_ub_parse_address(text, &a, NULL))
		return addr_cmp(a, listener->addr) == 0 &&
		       port_of(text, l->access->port) == listener->port;
	/* A device: the words of the option that made the listener. */
	return source.len >= text.len &&
	       slice_equal(slice_sub(source, source.len - text.len, text.len),
			   text);
}

struct listener_options {
	struct lower_unbound *l;
	struct access_listener *listener;
	bool action, view, tags;
	VEC(struct tag_rule) rules;
	VEC(struct tag_datum) data;
};

/* Of several for one listener the first counts. */
static void
take_action(void *context, const struct node *option)
{
	struct listener_options *o = context;
	enum access_action action;

	if (o->action ||
	    !names_listener(o->l, unbound_term(option, 0), o->listener) ||
	    !access_action_parse(unbound_term(option, 1), &action))
		return;
	o->action = true;
	o->listener->policy.action = action;
	o->listener->policy.origin = unbound_origin(o->l, option);
}

static void
take_view(void *context, const struct node *option)
{
	struct listener_options *o = context;

	if (o->view ||
	    !names_listener(o->l, unbound_term(option, 0), o->listener))
		return;
	o->view = true;
	o->listener->policy.view =
		strmap_get(o->l->views, unbound_term(option, 1));
}

static void
take_tags(void *context, const struct node *option)
{
	struct listener_options *o = context;

	if (o->tags ||
	    !names_listener(o->l, unbound_term(option, 0), o->listener))
		return;
	o->tags = true;
	o->listener->policy.tags = unbound_tags(o->l, unbound_term(option, 1));
}

static void
take_tag_action(void *context, const struct node *option)
{
	struct listener_options *o = context;
	struct tag_set tag = unbound_tags(o->l, unbound_term(option, 1));
	struct tag_rule rule = { .has_type = true };

	if (!names_listener(o->l, unbound_term(option, 0), o->listener) ||
	    tag.count == 0 ||
	    !local_type_parse(unbound_term(option, 2), &rule.type))
		return;
	for (size_t i = 0; i < o->rules.len; i++)
		if (o->rules.at[i].tag == tag.numbers[0])
			return;
	rule.tag = tag.numbers[0];
	rule.origin = unbound_origin(o->l, option);
	*VEC_PUSH(o->l->arena, &o->rules) = rule;
}

static void
take_tag_data(void *context, const struct node *option)
{
	struct listener_options *o = context;
	struct tag_datum datum;

	if (names_listener(o->l, unbound_term(option, 0), o->listener) &&
	    unbound_tag_datum(o->l, option, &datum))
		*VEC_PUSH(o->l->arena, &o->data) = datum;
}

static void
apply_options(struct lower_unbound *l, struct access_listener *listener)
{
	struct listener_options o = { .l = l, .listener = listener };

	listener->policy.action = ACCESS_REFUSE;
	listener->policy.origin = unbound_default(l, "access-control");
	unbound_each(l, "interface-action", take_action, &o);
	unbound_each(l, "interface-view", take_view, &o);
	unbound_each(l, "interface-tag", take_tags, &o);
	unbound_each(l, "interface-tag-action", take_tag_action, &o);
	unbound_each(l, "interface-tag-data", take_tag_data, &o);
	listener->policy.rules = o.rules.at;
	listener->policy.rule_count = o.rules.len;
	listener->policy.data = o.data.at;
	listener->policy.datum_count = o.data.len;
}

struct limits {
	struct lower_unbound *l;
	VEC(struct connection_limit) list;
};

/* Of several for one netblock the last counts. */
static void
take_limit(void *context, const struct node *option)
{
	struct limits *v = context;
	struct connection_limit c = { .origin = unbound_origin(v->l, option) };
	size_t i = 0;

	if (!type_ub_parse_netblock(unbound_term(option, 0), &c.prefix))
		return;
	c.prefix = prefix_network(c.prefix);
	c.none = type_ub_atoi(unbound_term(option, 1)) == 0;
	while (i < v->list.len && v->list.at[i].prefix.len > c.prefix.len)
		i++;
	VEC_PUSH(v->l->arena, &v->list);
	for (size_t j = v->list.len - 1; j > i; j--)
		v->list.at[j] = v->list.at[j - 1];
	v->list.at[i] = c;
}

static void
lower_port(struct lower_unbound *l)
{
	const struct node *s = unbound_scalar(l, "port");

	l->access->port = PORT;
	if (s != NULL)
		l->access->port = (uint16_t)type_ub_atoi(unbound_term(s, 0));
}

/* Where nothing listens on `port:`, people ask the first there is. */
static uint16_t
port_asked(struct lower_unbound *l, const struct listeners *v)
{
	const struct access_listener *first = NULL;

	for (size_t i = 0; i < v->list.len; i++) {
		const struct access_listener *x = &v->list.at[i];

		if (x->port == l->access->port)
			return x->port;
		if (first == NULL && !unbound_port_is_encrypted(l, x->port))
			first = x;
	}
	return first == NULL ? l->access->port : first->port;
}

/* The option, where it is off. */
static const struct origin *
switched_off(struct lower_unbound *l, const char *option)
{
	return unbound_flag(l, option, true)
		       ? NULL
		       : unbound_origin(l, unbound_scalar(l, option));
}

/* Which questions are heard at the port that they come to. */
static void
lower_transports(struct lower_unbound *l)
{
	struct access *a = l->access;
	const struct node *connections = unbound_scalar(l, "incoming-num-tcp");
	const struct origin *udp, *tcp;

	a->no_udp = switched_off(l, "do-udp");
	a->no_tcp = switched_off(l, "do-tcp");
	if (a->no_tcp == NULL && connections != NULL &&
	    type_ub_atoi(unbound_term(connections, 0)) == 0)
		a->no_tcp = unbound_origin(l, connections);
	a->proxied = l->facts.wrapped && unbound_port_is_proxied(l, a->port);
	if (l->facts.wrapped)
		return;
	unbound_port_not_plain(l, a->port, &udp, &tcp);
	if (a->no_udp == NULL)
		a->no_udp = udp;
	if (a->no_tcp == NULL)
		a->no_tcp = tcp;
}

void
lower_unbound_listeners(struct lower_unbound *l)
{
	struct listeners v = {
		.l = l,
		.ip4 = unbound_flag(l, "do-ip4", true),
		.ip6 = unbound_flag(l, "do-ip6", true),
	};
	const struct node *automatic = unbound_scalar(l, "interface-automatic");
	struct limits limits = { .l = l };

	unbound_each(l, "tcp-connection-limit", take_limit, &limits);
	l->access->limits = limits.list.at;
	l->access->limit_count = limits.list.len;
	lower_port(l);
	if (automatic != NULL && unbound_flag(l, "do-udp", true) &&
	    unbound_flag(l, "interface-automatic", false)) {
		add_automatic(&v, automatic);
	} else if (unbound_scalar(l, "interface") == NULL &&
		   unbound_scalar(l, "ip-address") == NULL) {
		const struct origin *o = unbound_default(l, "interface");

		add_fixed(&v, "127.0.0.1", l->access->port, o);
		add_fixed(&v, "::1", l->access->port, o);
	} else {
		unbound_each(l, "interface", take_interface, &v);
		unbound_each(l, "ip-address", take_interface, &v);
	}
	for (size_t i = 0; i < v.list.len; i++)
		apply_options(l, &v.list.at[i]);
	l->access->listeners = v.list.at;
	l->access->listener_count = v.list.len;
	l->access->data_supposed = l->facts.data_supposed;
	if (l->facts.asked)
		l->access->port = port_asked(l, &v);
	lower_transports(l);
}
