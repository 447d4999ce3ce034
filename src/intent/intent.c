#include "intent/intent.h"

static const char *const names[ROLE_COUNT] = {
	[ROLE_UNKNOWN] = "unknown",
	[ROLE_AUTHORITATIVE] = "authoritative",
	[ROLE_RESOLVER] = "resolver",
	[ROLE_FORWARDER] = "forwarder",
	[ROLE_MIXED] = "mixed",
	[ROLE_HIDDEN_PRIMARY] = "hidden-primary",
};

const char *
role_name(enum role r)
{
	return names[r];
}

const char *
role_noun(enum role r)
{
	switch (r) {
	case ROLE_AUTHORITATIVE:
		return "authoritative server";
	case ROLE_HIDDEN_PRIMARY:
		return "hidden primary";
	case ROLE_MIXED:
		return "mixed server";
	default:
		return names[r];
	}
}

bool
intent_is_authority(const struct intent *in)
{
	return in->role == ROLE_AUTHORITATIVE ||
	       in->role == ROLE_HIDDEN_PRIMARY;
}

const char *
intent_contradiction(const struct intent *in)
{
	return intent_is_authority(in) && in->clients_declared
		       ? "'clients' are those who recurse, and with this role "
			 "nobody does; one that recurses for its own clients "
			 "is 'mixed'"
		       : NULL;
}

bool
role_parse(struct slice text, enum role *r)
{
	for (int i = ROLE_UNKNOWN + 1; i < ROLE_COUNT; i++) {
		if (slice_is(text, names[i])) {
			*r = (enum role)i;
			return true;
		}
	}
	return false;
}
