#include "predict/cause.h"

#include "base/strmap.h"
#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "predict/served.h"

const char *
cause_code(enum cause c)
{
	static const char *const codes[] = {
		NULL, "C1", "C2", "C3", "C4", "C5"
	};

	return codes[c];
}

const char *
cause_text(enum cause c)
{
	static const char *const texts[] = {
		[CAUSE_NONE] = "",
		[CAUSE_AUTHORITATIVE_ONLY] =
			"an authoritative-only server was asked to recurse",
		[CAUSE_NOT_SERVED] = "the name is in no zone that is served "
				     "here to this client",
		[CAUSE_EXCLUDED] = "a list excludes the client",
		[CAUSE_NOT_HOSTED] = "the zone is delegated to this server, "
				     "which does not host it",
		[CAUSE_RECURSION_OFF] = "recursion is off on purpose",
	};

	return texts[c];
}

bool
cause_is_blackhole(const struct decision *d)
{
	return slice_is(slice_of(d->reason->option), "blackhole");
}

/* The name is in no zone: was it to be looked up, or to be known? */
static enum cause
cause_without_recursion(const struct situation *s)
{
	if (!s->question->rd || served_elsewhere(s) != NULL)
		return CAUSE_NOT_SERVED;
	return served_zones(s) > 0 ? CAUSE_AUTHORITATIVE_ONLY
				   : CAUSE_RECURSION_OFF;
}

static enum cause
cause_in_views(const struct situation *s)
{
	const struct decision *d = &s->decision;

	if (d->closed != NULL || cause_is_blackhole(d))
		return CAUSE_EXCLUDED;
	if (slice_is(slice_of(d->reason->option), "recursion"))
		return cause_without_recursion(s);
	if (slice_has_prefix(slice_of(d->reason->option), "allow-") ||
	    slice_has_prefix(slice_of(d->reason->option), "match-"))
		return CAUSE_EXCLUDED; /* by the destination */
	if (slice_is(slice_of(d->reason->option), "zone"))
		return CAUSE_NOT_SERVED; /* static-stub without recursion */
	return CAUSE_NONE;
}

static enum cause
cause_in_access(const struct situation *s)
{
	const struct access_policy *p = served_policy(s);

	if (s->question->qtype == RRTYPE_AXFR ||
	    s->question->qtype == RRTYPE_IXFR || p == NULL)
		return CAUSE_NONE;
	switch (p->action) {
	case ACCESS_DENY:
	case ACCESS_REFUSE:
	case ACCESS_ALLOW_COOKIE:
		return CAUSE_EXCLUDED;
	case ACCESS_DENY_NON_LOCAL:
	case ACCESS_REFUSE_NON_LOCAL:
		return cause_without_recursion(s);
	default:
		break;
	}
	if (s->decision.outcome != OUTCOME_REFUSED ||
	    s->decision.rcode != RCODE_REFUSED)
		return CAUSE_NONE;
	/* A local zone says so; or the question is not for recursion. */
	return s->decision.aa == BIT_SET ? CAUSE_NONE : CAUSE_NOT_SERVED;
}

enum cause
cause_of(const struct situation *s)
{
	const struct decision *d = &s->decision;
	enum cause c;

	if ((d->outcome != OUTCOME_REFUSED && d->outcome != OUTCOME_DROPPED) ||
	    d->reason == NULL)
		return CAUSE_NONE;
	c = s->model->access != NULL ? cause_in_access(s) : cause_in_views(s);
	if (c != CAUSE_EXCLUDED && c != CAUSE_NONE && served_delegated(s))
		return CAUSE_NOT_HOSTED;
	return c;
}
