/* What the server of a situation has to do with the name that is asked for. */
#pragma once

#include "predict/cause.h"

struct view;
struct zone;
struct access_policy;

/* The view of this name, as decisions have it, or NULL. */
const struct view *served_view(const struct situation *s, const char *name);

/* A zone at or above the name, in a view that is not the client's; or NULL. */
const struct zone *served_elsewhere(const struct situation *s);

/* How many zones with data of their own the client is served from. */
size_t served_zones(const struct situation *s);

/* Do parents, as the intent tells, delegate the name to this server? */
bool served_delegated(const struct situation *s);

/* The policy of the client's netblock, or of a listener; NULL: of neither. */
const struct access_policy *served_policy(const struct situation *s);
