/* How servers with views, zones and ordered lists decide: BIND. */
#pragma once

#include "decide/trial.h"

/* The procedure for models with `views`: from packet to answer. */
procedure_fn views_decide;
