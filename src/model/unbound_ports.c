/*
 * What is spoken at a port of Unbound besides plain DNS: the PROXY protocol
 * before it, or DNS over TLS, HTTPS or QUIC instead of it
 * (services/listen_dnsport.c, ports_create_if).
 */
#include "model/unbound_lower.h"
#include "schema/types_unbound.h"

enum {
	NAMES_MAX = 4
};

/* An option by all of its names. */
struct named_option {
	const char *names[NAMES_MAX];
	uint16_t initial;
};

static const struct named_option tls_port = { { "tls-port", "ssl-port" }, 853 };
static const struct named_option tls_additional = {
	{ "tls-additional-port", "tls-additional-ports", "additional-tls-port",
	  "additional-ssl-port" },
	0
};
static const struct named_option tls_key = {
	{ "tls-service-key", "ssl-service-key" }, 0
};
static const struct named_option https_port = { { "https-port" }, 443 };
static const struct named_option quic_port = { { "quic-port" }, 853 };
static const struct named_option proxy_port = { { "proxy-protocol-port" }, 0 };

/* What makes the port one for something else; NULL: nothing does. */
struct port_use {
	const struct origin *proxy, *tls, *https, *quic;
};

/* The last statement of the option, under whichever of its names. */
static const struct node *
last_of(const struct lower_unbound *l, const struct named_option *o)
{
	const struct node *last = NULL;

	for (size_t i = 0; i < NAMES_MAX && o->names[i] != NULL; i++) {
		const struct node *s = unbound_scalar(l, o->names[i]);

		if (s != NULL &&
		    (last == NULL || s->span.begin > last->span.begin))
			last = s;
	}
	return last;
}

/* What gives `o`, an option of which the last one counts, this port. */
static const struct origin *
by_last(struct lower_unbound *l, const struct named_option *o, uint16_t port)
{
	const struct node *s = last_of(l, o);

	if (s == NULL)
		return port == o->initial ? unbound_default(l, o->names[0])
					  : NULL;
	return port == (uint16_t)type_ub_atoi(unbound_term(s, 0))
		       ? unbound_origin(l, s)
		       : NULL;
}

struct search {
	struct lower_unbound *l;
	uint16_t port;
	const struct origin *found;
};

static void
take_port(void *context, const struct node *option)
{
	struct search *s = context;

	if (s->port == (uint16_t)type_ub_atoi(unbound_term(option, 0)))
		s->found = unbound_origin(s->l, option);
}

/* The same for an option that names one more port each time. */
static const struct origin *
by_any(struct lower_unbound *l, const struct named_option *o, uint16_t port)
{
	struct search s = { l, port, NULL };

	for (size_t i = 0; i < NAMES_MAX && o->names[i] != NULL; i++)
		unbound_each(l, o->names[i], take_port, &s);
	return s.found;
}

/*
 * Not every server is built with QUIC: the port counts where it is written.
 * Unbound has it since 1.22.
 */
static struct port_use
use_of(struct lower_unbound *l, uint16_t port)
{
	struct port_use u = {
		.proxy = by_any(l, &proxy_port, port),
		.tls = by_any(l, &tls_additional, port),
		.https = by_last(l, &https_port, port),
	};

	if (u.tls == NULL)
		u.tls = by_last(l, &tls_port, port);
	if (last_of(l, &quic_port) != NULL && unbound_since(l, "1.22"))
		u.quic = by_last(l, &quic_port, port);
	return u;
}

/* Without a key there is plain DNS on the ports of TLS. */
static bool
has_key(const struct lower_unbound *l)
{
	const struct node *key = last_of(l, &tls_key);

	return key != NULL && unbound_term(key, 0).len > 0;
}

bool
unbound_port_is_encrypted(struct lower_unbound *l, uint16_t port)
{
	struct port_use u = use_of(l, port);

	return u.tls != NULL || u.https != NULL || u.quic != NULL;
}

bool
unbound_port_is_proxied(struct lower_unbound *l, uint16_t port)
{
	return by_any(l, &proxy_port, port) != NULL;
}

/* Beside an encrypted one a plain socket is opened, until 1.23. */
void
unbound_port_not_plain(struct lower_unbound *l, uint16_t port,
		       const struct origin **udp, const struct origin **tcp)
{
	struct port_use u = use_of(l, port);
	const struct origin *encrypted = u.tls != NULL ? u.tls : u.https;
	bool alone = unbound_since(l, "1.23");

	*udp = u.quic;
	*tcp = u.tls != NULL && !has_key(l) ? NULL : encrypted;
	if (alone && u.quic == NULL)
		*udp = encrypted;
	if (alone && encrypted == NULL)
		*tcp = u.quic;
	if (u.proxy != NULL)
		*udp = *tcp = u.proxy;
}
