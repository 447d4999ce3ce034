/* Cutting text out so that nothing odd is left behind. */
#pragma once

#include "source/source.h"

/*
 * What to cut out to be rid of the text of `span`: its whole lines where
 * nothing else stands in them, and otherwise the blanks on one side as well.
 */
struct span cut_span(const struct sources *s, struct span span);
