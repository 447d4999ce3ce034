/* Releases of a server, as numbers that compare; 0 is no release. */
#pragma once

#include <stdint.h>

#include "ast/config.h"

/*
 * "9.18", "9.18.3" or "1.17". Without a patch level `patch` is taken: 0 for
 * the first release of a branch, RELEASE_LAST for its newest. 0 on bad text.
 */
enum { RELEASE_LAST = 999 };
uint32_t release_parse(struct slice text, unsigned patch);

/* The oldest and the newest release whose behaviour is known. */
uint32_t release_oldest(enum dialect dialect);
uint32_t release_newest(enum dialect dialect);

/* Which server numbers its releases so; 0 for none. */
enum dialect release_dialect(uint32_t release);

/* "9.18", or "9.18.3" with a patch level; good until the arena goes. */
const char *release_format(struct arena *a, uint32_t release);

/* "BIND 9.16 to 9.21": for people. */
const char *release_software(enum dialect dialect);
