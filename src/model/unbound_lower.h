/* What the files that lower unbound.conf share. */
#pragma once

#include "base/vec.h"
#include "model/access.h"
#include "model/unbound.h"

struct lower_unbound {
	struct arena *arena;
	const struct config *config;
	struct model_facts facts;
	struct access *access;
	const struct strmap *scalars; /* last statement of `server:` by name */
	struct strmap *views; /* struct local_view by name */
	struct strmap *tags; /* number + 1 by name */
	uint16_t tag_count;
	const char *option; /* of the latest origin: many have the same */
};

const struct origin *unbound_origin(struct lower_unbound *l,
				    const struct node *statement);
const struct origin *unbound_default(struct lower_unbound *l,
				     const char *option);

/* Value number `i` of an option, from 0. */
struct slice unbound_term(const struct node *option, size_t i);

/* The last statement `name` of the `server:` clauses, or NULL. */
const struct node *unbound_scalar(const struct lower_unbound *l,
				  const char *name);

/* Is a yes/no option on? `initial` where it is not written. */
bool unbound_flag(const struct lower_unbound *l, const char *name,
		  bool initial);

bool unbound_since(const struct lower_unbound *l, const char *release);

/* The tags of a list, each that is defined. */
struct tag_set unbound_tags(struct lower_unbound *l, struct slice list);

/*
 * The type of a record whose text lacks the name, and whether it is of class
 * CH. False where there is none.
 */
bool unbound_record_type(struct slice text, bool *chaos, uint16_t *type);

/* What an option gives a tag as data; false where it is not to be read. */
bool unbound_tag_datum(struct lower_unbound *l, const struct node *option,
		       struct tag_datum *datum);

/* Words of the configuration; false for others. */
bool access_action_parse(struct slice word, enum access_action *action);
bool local_type_parse(struct slice word, enum local_type *type);

/* Call `take` for each option `name` of the `server:` clauses, in order. */
typedef void unbound_take_fn(void *context, const struct node *option);
void unbound_each(struct lower_unbound *l, const char *name,
		  unbound_take_fn *take, void *context);

/* unbound_blocks.c */
void lower_unbound_blocks(struct lower_unbound *l);
/* unbound_listen.c */
void lower_unbound_listeners(struct lower_unbound *l);
/*
 * What keeps plain DNS over UDP and over TCP from being heard at the port; NULL
 * where nothing does. unbound_ports.c
 */
void unbound_port_not_plain(struct lower_unbound *l, uint16_t port,
			    const struct origin **udp,
			    const struct origin **tcp);
/* Is it, by its number, one for DNS over TLS, HTTPS or QUIC? */
bool unbound_port_is_encrypted(struct lower_unbound *l, uint16_t port);
/* Does the PROXY protocol go before DNS there? */
bool unbound_port_is_proxied(struct lower_unbound *l, uint16_t port);
/* unbound_zones.c */
void lower_unbound_zones(struct lower_unbound *l);
void lower_unbound_views(struct lower_unbound *l);

/* A zone that the server makes itself; `lan`: for private networks only. */
struct built_in_zone {
	const char *name; /* canonical */
	bool lan;
	const char *since; /* "": always */
};

/* Number `i` of them, or false at their end. unbound_builtin.c */
bool unbound_built_in(size_t i, struct built_in_zone *z, char buf[static 96]);
