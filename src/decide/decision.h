/* What is asked, and what comes of it: the words of the command line. */
#pragma once

#include "model/model.h"

enum opcode {
	OPCODE_QUERY,
	OPCODE_NOTIFY,
	OPCODE_UPDATE, /* an empty one: what it changes plays no part */
};

struct question {
	enum opcode opcode;
	struct addr to; /* the address of the server it is sent to */
	bool to_known;
	struct slice qname; /* canonical */
	uint16_t qtype;
	uint16_t qclass;
	bool rd;
	bool tcp;
	bool is_signed;
	uint32_t key; /* of the signature; KEY_NONE: one nobody knows */
};

/* Codes of the protocol, and behind them what is no code. */
enum rcode {
	RCODE_NOERROR = 0,
	RCODE_FORMERR = 1,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3,
	RCODE_NOTIMP = 4,
	RCODE_REFUSED = 5,
	RCODE_NOTAUTH = 9,
	RCODE_BADCOOKIE = 23,
	RCODE_DROP = 100, /* no answer at all */
	RCODE_ZONE, /* as the data of a zone have it */
	RCODE_UPSTREAM, /* as others answer, or the cache has it */
	RCODE_UNKNOWN, /* depends on a fact that was not given */
};

enum outcome {
	OUTCOME_REFUSED,
	OUTCOME_DROPPED,
	OUTCOME_AUTHORITATIVE,
	OUTCOME_REFERRAL,
	OUTCOME_RECURSION,
	OUTCOME_CACHE,
	OUTCOME_LOCAL,
	OUTCOME_NOT_AUTHORITATIVE,
	OUTCOME_SERVER_FAILURE,
	OUTCOME_TRANSFER,
	OUTCOME_UNKNOWN,
};
enum { OUTCOME_COUNT = OUTCOME_UNKNOWN + 1 };

enum bit {
	BIT_CLEAR,
	BIT_SET,
	BIT_UNKNOWN,
};

enum {
	EDE_OTHER = 0,
	EDE_PROHIBITED = 18,
	EDE_NOT_AUTHORITATIVE = 20,
	EDE_INVALID_DATA = 24,
};

enum { EDE_MAX = 3 };

struct decision {
	enum rcode rcode;
	enum outcome outcome;
	enum bit aa;
	enum bit ra;
	uint8_t ede[EDE_MAX]; /* extended errors, in the order sent */
	uint8_t ede_count;
	const char *view; /* "" where none was, or it is not known */
	const struct origin *reason; /* the statement that decides */
	const struct element *element; /* of its list, or NULL */
	const struct address_list *list; /* that the element stands in */
	/* The list of the source that turned it away, or NULL. */
	const struct address_list *closed;
	bool non_local; /* turned away because it is nothing local */
};

/* Names about the server itself, such as version.bind: asked in class CH. */
bool question_is_about_server(struct slice qname);

const char *rcode_name(enum rcode r);
const char *outcome_name(enum outcome o);

/*
 * Do they look the same to a client, for the same reason? The element of the
 * list that decided may be another one.
 */
bool decision_alike(const struct decision *a, const struct decision *b);

/* What is common to both; where they differ it is unknown. */
struct decision decision_merge(const struct decision *a,
			       const struct decision *b);
