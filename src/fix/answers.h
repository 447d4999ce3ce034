/* Whether two configurations answer everybody alike. */
#pragma once

#include "lint/lint.h"

/*
 * NULL when all clients get the same from both for everything that can be asked
 * for - with recursion desired and without, at each of the addresses that make
 * a difference, unsigned, and signed with keys that lists name - and both
 * listen on the same addresses; else the first difference, for people. Where
 * the addresses of the host are not known it has to be so with few of them and
 * whichever they are. `narrows`: clients may get less, but none may get more.
 *
 * Where zones, keys and addresses are very many, not all of the last two are
 * tried. Decides both results: see lint_decide(). The text lives in `a`.
 */
const char *answers_compare(struct arena *a, struct lint_result *before,
			    struct lint_result *after,
			    const struct lint_options *o, bool narrows);
