/*
 * Domain names as the BIND parser reads them (lib/dns/name.c,
 * dns_name_fromtext): escapes, limits of length, and the comparisons that the
 * checks need.
 */
#pragma once

#include "base/arena.h"

/*
 * The name in wire form, letters in lower case, made absolute: equal names
 * give equal slices. False when the text is no name: empty, an empty label, a
 * label beyond 63 or a name beyond 255 bytes.
 */
bool domain_parse(struct arena *a, struct slice text, struct slice *wire);

/* Is the text a name at all? */
bool domain_is_valid(struct slice text);

/* Of wire forms: the root; a first label "*"; equal to or below `parent`. */
bool domain_is_root(struct slice wire);
bool domain_is_wildcard(struct slice wire);
bool domain_is_below(struct slice wire, struct slice parent);
