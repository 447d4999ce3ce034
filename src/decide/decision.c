#include "decide/decision.h"

#include <string.h>

bool
question_is_about_server(struct slice qname)
{
	static const char *const names[] = {
		"authors.bind",	  "hostname.bind",	 "id.server",
		"version.bind",	  "version.server", "trustanchor.unbound",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is(qname, names[i]))
			return true;
	return false;
}

const char *
rcode_name(enum rcode r)
{
	switch (r) {
	case RCODE_NOERROR:
		return "NOERROR";
	case RCODE_FORMERR:
		return "FORMERR";
	case RCODE_SERVFAIL:
		return "SERVFAIL";
	case RCODE_NXDOMAIN:
		return "NXDOMAIN";
	case RCODE_NOTIMP:
		return "NOTIMP";
	case RCODE_REFUSED:
		return "REFUSED";
	case RCODE_NOTAUTH:
		return "NOTAUTH";
	case RCODE_BADCOOKIE:
		return "BADCOOKIE";
	case RCODE_DROP:
		return "DROP";
	case RCODE_ZONE:
		return "ZONE";
	case RCODE_UPSTREAM:
		return "UPSTREAM";
	case RCODE_UNKNOWN:
		break;
	}
	return "UNKNOWN";
}

const char *
outcome_name(enum outcome o)
{
	static const char *const names[OUTCOME_COUNT] = {
		[OUTCOME_REFUSED] = "refused",
		[OUTCOME_DROPPED] = "dropped",
		[OUTCOME_AUTHORITATIVE] = "authoritative",
		[OUTCOME_REFERRAL] = "referral",
		[OUTCOME_RECURSION] = "recursion",
		[OUTCOME_CACHE] = "cache",
		[OUTCOME_LOCAL] = "local",
		[OUTCOME_NOT_AUTHORITATIVE] = "not-authoritative",
		[OUTCOME_SERVER_FAILURE] = "server-failure",
		[OUTCOME_TRANSFER] = "transfer",
		[OUTCOME_UNKNOWN] = "unknown",
	};

	return names[o];
}

static bool
same_errors(const struct decision *a, const struct decision *b)
{
	return a->ede_count == b->ede_count &&
	       memcmp(a->ede, b->ede, a->ede_count) == 0;
}

bool
decision_alike(const struct decision *a, const struct decision *b)
{
	return a->rcode == b->rcode && a->outcome == b->outcome &&
	       a->aa == b->aa && a->ra == b->ra && same_errors(a, b) &&
	       a->view == b->view && a->reason == b->reason;
}

struct decision
decision_merge(const struct decision *a, const struct decision *b)
{
	struct decision d = *a;

	if (a->rcode != b->rcode)
		d.rcode = RCODE_UNKNOWN;
	if (a->outcome != b->outcome)
		d.outcome = OUTCOME_UNKNOWN;
	if (a->aa != b->aa)
		d.aa = BIT_UNKNOWN;
	if (a->ra != b->ra)
		d.ra = BIT_UNKNOWN;
	if (!same_errors(a, b))
		d.ede_count = 0;
	if (strcmp(a->view, b->view) != 0)
		d.view = "";
	return d;
}
