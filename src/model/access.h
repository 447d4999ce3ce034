/*
 * The service of servers that judge a client by the most specific block it is
 * in, and answer from local zones before anything else: Unbound. Values are
 * those in effect.
 */
#pragma once

#include "model/model.h"

enum access_action {
	ACCESS_DENY,
	ACCESS_DENY_NON_LOCAL,
	ACCESS_REFUSE,
	ACCESS_REFUSE_NON_LOCAL,
	ACCESS_ALLOW,
	ACCESS_ALLOW_SETRD,
	ACCESS_ALLOW_SNOOP,
	ACCESS_ALLOW_COOKIE,
};

enum local_type {
	LOCAL_ALWAYS_DENY,
	LOCAL_ALWAYS_NODATA,
	LOCAL_ALWAYS_NULL,
	LOCAL_ALWAYS_NXDOMAIN,
	LOCAL_ALWAYS_REFUSE,
	LOCAL_ALWAYS_TRANSPARENT,
	LOCAL_BLOCK_A,
	LOCAL_BLOCK_A_WDATA,
	LOCAL_BLOCK_AAAA,
	LOCAL_BLOCK_AAAA_WDATA,
	LOCAL_DENY,
	LOCAL_INFORM,
	LOCAL_INFORM_DENY,
	LOCAL_INFORM_REDIRECT,
	LOCAL_IPSET,
	LOCAL_NODEFAULT,
	LOCAL_NOVIEW,
	LOCAL_REDIRECT,
	LOCAL_REFUSE,
	LOCAL_STATIC,
	LOCAL_TRANSPARENT,
	LOCAL_TRUNCATE,
	LOCAL_TYPETRANSPARENT,
};

/* Numbers of tags, ascending; the lowest one has the most to say. */
struct tag_set {
	const uint16_t *numbers;
	size_t count;
};

/* What a client with this tag gets from a zone with it. */
struct tag_rule {
	uint16_t tag;
	bool has_type;
	enum local_type type;
	const struct origin *origin;
};

/* A record that redirect zones with the tag have for the client. */
struct tag_datum {
	uint16_t tag;
	uint16_t type;
};

struct local_view;

/* What holds for the clients of one netblock, or of one listener. */
struct access_policy {
	enum access_action action;
	const struct origin *origin;
	const struct local_view *view; /* or NULL */
	struct tag_set tags;
	const struct tag_rule *rules;
	size_t rule_count;
	const struct tag_datum *data;
	size_t datum_count;
};

/* Each netblock once; the most specific one decides, alone. */
struct access_block {
	struct prefix prefix;
	struct access_policy policy;
};

/* `unknown`: a device, whose addresses were not given. */
struct access_listener {
	struct addr addr;
	bool wildcard; /* all addresses of the family */
	bool unknown; /* those of a device, whatever they are */
	bool supposed; /* of a device that is taken to have one of the family */
	uint16_t port;
	struct access_policy policy; /* for clients in no block */
	struct origin origin;
};

/* The types at a name; none: it only has names below. */
struct local_name {
	const uint16_t *types;
	size_t count;
};

struct local_override {
	struct prefix prefix;
	enum local_type type;
	const struct origin *origin;
};

struct local_zone {
	struct slice name; /* canonical */
	enum local_type type;
	const struct origin *origin;
	bool built_in;
	struct tag_set tags;
	const struct local_override *overrides;
	size_t override_count;
	uint32_t id; /* below the zone_count of struct access */
	const struct strmap *names; /* struct local_name, canonical */
};

/* Local zones by canonical name, for classes IN and CH. */
struct local_tree {
	const struct strmap *in;
	const struct strmap *ch;
};

struct local_view {
	const char *name;
	struct origin origin;
	bool first; /* view-first: what it lacks comes from outside */
	bool has_tree; /* else it is as if there were no view */
	const struct origin *response_ip; /* instead of that of the server */
	struct local_tree tree;
};

/* A zone whose data the server holds, as an authority or for its own use. */
struct auth_zone {
	struct slice name;
	struct origin origin;
	bool downstream; /* answers clients from it */
	bool fallback; /* without data, resolves as if it were not there */
	bool transferred; /* data come from others at run time */
	/* Who may say that its data have changed. */
	const struct prefix *notifiers;
	size_t notifier_count;
	bool notifiers_unknown; /* some are named, not written */
	const char *file; /* or NULL */
};

/* How many connections the clients of a netblock may have. */
struct connection_limit {
	struct prefix prefix;
	bool none;
	const struct origin *origin;
};

/* Servers for a name and all below it. */
struct upstream {
	bool uncached; /* their answers are neither kept nor looked for */
};

struct access {
	const struct access_block *blocks;
	size_t block_count;
	const struct access_listener *listeners;
	size_t listener_count;
	/* That questions come to. */
	uint16_t port;
	/* What keeps those over UDP, or TCP, from being heard; NULL: nothing */
	const struct origin *no_udp, *no_tcp;
	bool proxied; /* they come through proxies, from clients anywhere */
	/* Longer prefixes before shorter ones. */
	const struct connection_limit *limits;
	size_t limit_count;
	struct local_tree tree;
	uint32_t zone_count;
	const struct strmap *auth_zones; /* struct auth_zone, canonical */
	/* Where questions go elsewhere; struct upstream, canonical. */
	const struct strmap *upstreams;
	/* rpz: answers may be others. */
	const struct auth_zone *policy_zones;
	size_t policy_zone_count;
	const struct origin *response_ip; /* answers may be taken away */
	const struct origin *modules; /* a module may do anything */
	bool ede; /* extended errors are sent */
	bool deny_any;
	const struct origin *deny_any_origin;
	bool hide_identity, hide_version, hide_trustanchor;
	/* what releases do differently */
	bool refusal_is_malformed; /* FORMERR for refuse_non_local */
	bool ds_of_refused_apex; /* belongs to the zone itself */
	struct source_policy policy; /* for the files of zones */
	bool data_supposed; /* files that are not here are elsewhere */
};
