/*
 * The service of servers that choose a view, then a zone, then ask ordered
 * lists: BIND. Values are those in effect, after inheritance and defaults.
 */
#pragma once

#include "model/model.h"

/* A list in effect. `list` NULL: no restriction. */
struct policy {
	const struct address_list *list;
	const struct origin *origin;
};

struct flag {
	bool on;
	const struct origin *origin;
};

enum zone_type {
	ZONE_PRIMARY,
	ZONE_SECONDARY,
	ZONE_MIRROR,
	ZONE_STUB,
	ZONE_STATIC_STUB,
	ZONE_FORWARD,
	ZONE_HINT,
	ZONE_REDIRECT,
	ZONE_DELEGATION_ONLY,
	ZONE_EMPTY, /* made by the server: private space, RFC 6303 */
	ZONE_BUILT_IN, /* version.bind and its like, ipv4only.arpa */
};

enum transport {
	TRANSPORT_ANY,
	TRANSPORT_UDP,
	TRANSPORT_TCP,
	TRANSPORT_TLS,
	TRANSPORT_HTTP,
};

struct view;

struct zone {
	uint32_t id; /* below the zone_count of struct views */
	enum zone_type type;
	struct slice name; /* canonical */
	const char *text; /* as people wrote it */
	struct origin origin;
	const struct view *view; /* the view that defines it */
	struct policy allow_query;
	struct policy allow_query_on;
	struct policy allow_transfer;
	int transfer_port; /* of the server, or ON_ANY_PORT */
	enum transport transfer_transport;
	struct policy allow_notify;
	struct policy allow_update; /* list NULL: nobody */
	struct policy allow_forwarding; /* of updates, by a secondary */
	const struct origin *update_policy; /* or NULL */
	const struct prefix *primaries;
	size_t primary_count;
	/* Its data, which are read when first asked for. */
	const char *file; /* NULL: none named */
	bool primaries_known; /* all of them are in the configuration */
	bool file_is_text; /* else the server's own binary form */
	bool file_is_enough; /* no other source of data, such as a database */
	bool names_checked; /* a bad host name keeps it from loading */
	bool targets_checked; /* so does an MX or SRV that leads astray */
	uint32_t ttl_max; /* a larger one does so as well; 0: any may be */
	unsigned qclass;
	struct slice *cuts; /* ZONE_EMPTY: names below, delegated */
	size_t cut_count;
	/* ZONE_BUILT_IN: length of the prefix of dns64 it reverses, or 0. */
	uint8_t translated;
};

/* Forwarding for a name and all below it. */
struct forwarding {
	struct slice name;
	bool only; /* never anybody but the forwarders */
	bool none; /* an empty list: no forwarding here */
	struct origin origin;
};

struct view {
	const char *name;
	struct origin origin;
	unsigned qclass;
	bool built_in; /* the one that answers version.bind */
	struct policy match_clients;
	struct policy match_destinations;
	struct flag match_recursive_only;
	struct flag recursion;
	struct policy allow_query;
	struct policy allow_query_on;
	struct policy allow_query_cache;
	struct policy allow_query_cache_on;
	struct policy allow_recursion;
	struct policy allow_recursion_on;
	struct policy allow_transfer;
	int transfer_port; /* as those of zones */
	enum transport transfer_transport;
	struct strmap *keys; /* of its own, by canonical name; NULL: none */
	struct strmap *zones; /* struct zone by canonical name */
	const struct zone *const *zone_list; /* the same, as written */
	size_t zone_count;
	struct strmap *forwards; /* struct forwarding by name */
	/* A dns64 whose reverse zone is there already, and what has it. */
	const struct origin *reverse_twice, *reverse_first;
	const struct origin *unknown_zones; /* zones come at run time */
	const struct origin *response_policy; /* answers may be rewritten */
	struct flag response_policy_everybody; /* not only recursion */
	const struct slice *policy_zones; /* that hold the policies */
	size_t policy_zone_count;
	const struct origin *wants_cookies; /* require-server-cookie */
	const struct origin *redirect; /* NXDOMAIN may become data */
	bool redirects_by_name;	       /* which need not be of this server */
	bool translates;	       /* dns64: for clients of IPv6 */
	bool denies_answers;	       /* deny-answer-...: some fail */
	bool claims_absence;	       /* auth-nxdomain: sets AA on NXDOMAIN */
	const struct origin *host_names; /* questions must be host names */
};

struct listener {
	struct policy addresses;
	enum family family;
	uint16_t port;
	bool plain; /* DNS over UDP and TCP, without TLS, HTTPS or proxies */
};

/* A service beside DNS: rndc, or statistics over HTTP. */
struct channel {
	bool control;
	struct addr addr;
	bool wildcard; /* all addresses, of both families for `*` */
	struct policy allow;
	struct origin origin;
};

/* What releases do differently. */
struct views_manners {
	bool ede_prohibited; /* 18 */
	bool ede_not_authoritative; /* 20 */
	bool ede_not_loaded; /* 24 */
};

struct views {
	struct strmap *keys; /* good in all views, by canonical name */
	struct policy blackhole;
	const struct listener *listeners;
	size_t listener_count;
	/* That questions come to. */
	uint16_t port;
	const struct channel *channels;
	size_t channel_count;
	const struct view *const *list; /* in the order they are tried */
	size_t count;
	struct views_manners manners;
	const char *directory; /* of relative file names; NULL: not set */
	uint32_t zone_count;
	struct source_policy policy; /* for the files of zones */
	bool data_supposed; /* files that are not here are elsewhere */
};

/* Is a signature with this key good in the view? */
bool view_has_key(const struct model *m, const struct view *v, uint32_t key);

/* The deepest zone at or above `name`, or NULL. */
const struct zone *view_find_zone(const struct view *v, struct slice name);

/* The zone of exactly this name, or NULL. */
const struct zone *view_get_zone(const struct view *v, struct slice name);
