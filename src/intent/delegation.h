/*
 * A parent zone as a master file (RFC 1035, section 5), read for the zones that
 * it delegates. The reader is strict: what it does not understand is a fault,
 * never skipped, so that no delegation is lost in silence.
 */
#pragma once

#include "intent/intent.h"

struct delegations;

/*
 * Read the file `path`. Records other than NS, A and AAAA are passed over;
 * $INCLUDE and $GENERATE are faults. NULL with all faults in `*why`, a line
 * each with its place; or with one line that the file cannot be read.
 */
const struct delegations *delegations_load(struct arena *a, const char *path,
					   const char **why);

/* The same for text that is at hand; `path` is for messages. */
const struct delegations *delegations_read(struct arena *a, const char *path,
					   struct slice text, const char **why);

/*
 * Add to `in->delegated` the zones that are delegated to the server of `in`,
 * each once: an NS record has one of its names, or a name whose address in the
 * file is one of `host`.
 */
void delegations_apply(struct arena *a, const struct delegations *d,
		       const struct host *host, struct intent *in);
