/*
 * Decisions by the answers that led to them. A procedure does the same whenever
 * what it asks about the source is answered in the same way, so each way
 * through it is gone once and kept in a tree: at each look at the source it
 * branches by the answer, and at its ends there are decisions. What is known of
 * one client is known of all who give the same answers; that makes a step
 * function of a million steps cheap.
 */
#pragma once

#include "decide/trial.h"

struct recall;

/* Of one question; everything lives in the arena. */
struct recall *recall_new(struct arena *a);

/* Where the trial is to write what it looks at: see recall_keep(). */
look_vec *recall_looks(struct recall *r);

/*
 * What was kept for clients who give the same answers as the source of `t`,
 * whose trial has begun; how far that holds is set in `t`. False when none was.
 */
bool recall_find(struct recall *r, struct trial *t, uint32_t *value);

/* Keep `value` for the way that the last trial went. */
void recall_keep(struct recall *r, uint32_t value);
