/* Are texts good base64 and hexadecimal, and how much do they hold? */
#pragma once

#include "base/slice.h"

/*
 * As lib/isc/base64.c and hex.c: blanks are skipped, groups are whole, unused
 * bits are zero. `*bytes` is how many the text stands for. Never look at the
 * result beyond that: it may be a secret.
 */
bool decode_base64(struct slice text, size_t *bytes);
bool decode_hex(struct slice text, size_t *bytes);
