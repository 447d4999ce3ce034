/*
 * Domain names in one canonical text form, so that names compare as bytes:
 * lower case, without the final dot, the root as the empty text. Bytes other
 * than printable ASCII are written \DDD, and a dot or backslash within a label
 * \. and \\.
 */
#pragma once

#include "base/arena.h"

/* The canonical form of `text`; false when it is no domain name. */
bool name_canonical(struct arena *a, struct slice text, struct slice *out);

/* The same, relative to `origin` (canonical) where no final dot is written. */
bool name_relative(struct arena *a, struct slice text, struct slice origin,
		   struct slice *out);

/* The name without its first label. The root has no parent: false. */
bool name_parent(struct slice name, struct slice *parent);

/* Is `name` equal to or below `ancestor`? */
bool name_is_within(struct slice name, struct slice ancestor);

/* Its last label, that of the top-level domain; the root has none. */
struct slice name_top(struct slice name);

/* How many labels it has; the root has none. */
unsigned name_labels(struct slice name);

/* Letters, digits and inner hyphens (RFC 952, RFC 1123). */
bool name_is_host(struct slice name);
