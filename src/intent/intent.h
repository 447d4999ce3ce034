/*
 * What a server is for, as the people who run it declare it: in an intent
 * file, in the configuration itself, or on the command line. Rules hold it
 * against what the server would do.
 */
#pragma once

#include "base/addr.h"
#include "base/slice.h"
#include "model/host.h"

enum role {
	ROLE_UNKNOWN,
	ROLE_AUTHORITATIVE,
	ROLE_RESOLVER,
	ROLE_FORWARDER, /* a resolver that asks others for everything */
	ROLE_MIXED, /* an authority that recurses for its own clients */
	ROLE_HIDDEN_PRIMARY, /* an authority for its secondaries alone */
};
enum { ROLE_COUNT = ROLE_HIDDEN_PRIMARY + 1 };

/* Where something was declared. `file` NULL: nowhere, `line` 0: no line. */
struct place_declared {
	const char *file; /* or "--role" and its like */
	size_t line;
	size_t column;
};

struct prefix_set {
	const struct prefix *at;
	size_t count;
};

/* One thing that must come out so for every one of the clients. */
struct expectation {
	struct prefix_set clients;
	struct prefix_set except;
	struct slice qname; /* canonical */
	const char *query; /* as written: NAME or NAME/TYPE */
	uint16_t qtype;
	bool no_rd;
	bool tcp;
	struct addr to;
	bool to_known;
	const char *key; /* or NULL */
	const char *outcome; /* a word of decide/decision.h */
	struct place_declared place;
};

/* A zone by its canonical name, and where that was said of it. */
struct declared_zone {
	struct slice name;
	struct place_declared place;
};

struct intent {
	enum role role;
	struct place_declared role_place;
	const char *role_reason; /* where it was inferred: why, else NULL */
	/* Who must be able to recurse; nobody else must. */
	struct prefix_set clients;
	bool clients_declared;
	struct place_declared clients_place;
	/* The host's addresses. */
	const struct host_address *interfaces;
	size_t interface_count;
	bool interfaces_declared;
	/* Names of this server: canonical. */
	const struct slice *names;
	size_t name_count;
	/* Zones whose parents point at this server. */
	const struct declared_zone *delegated;
	size_t delegated_count;
	bool delegated_declared; /* all of them are listed */
	const struct expectation *expectations;
	size_t expectation_count;
	/* What `software: bind 9.18` says; NULL where it is not there. */
	const char *software; /* "named" or "unbound" */
	const char *release; /* "9.18" */
};

const char *role_name(enum role r);

/* For people: "authoritative server", "resolver". */
const char *role_noun(enum role r);

/* Has it a role that recurses for nobody? */
bool intent_is_authority(const struct intent *in);

/* NULL, or why one intent cannot have both this role and these clients. */
const char *intent_contradiction(const struct intent *in);

/* False when `text` is no role. */
bool role_parse(struct slice text, enum role *r);
