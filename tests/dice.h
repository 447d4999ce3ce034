/* Random numbers that are the same on every machine, to test properties with.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* All 64 bits are random (splitmix64). */
static inline uint64_t
dice_wide(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* From 0 to `n` - 1. */
static inline uint32_t
dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t)((dice_wide(d) >> 32) * n >> 32);
}

/* True once in `n` times. */
static inline bool
dice_once_in(struct dice *d, uint32_t n)
{
	return dice_below(d, n) == 0;
}
