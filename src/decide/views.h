/* How servers with views, zones and ordered lists decide: BIND. */
#pragma once

#include "decide/trial.h"

/*
 * What holds for every answer to a client, whatever name it asks for: the view
 * it is in, and whether recursion is available to it; or the answer itself
 * where that comes before any name is looked at. Worked out once for all
 * clients of a family, it saves asking the lists of the views again for each of
 * many names. `t` is set but for its source; where unknown facts play a part
 * nothing is kept.
 */
struct approaches *views_approaches(struct arena *a, struct trial *t,
				    enum family family);

/* The procedure for models with `views`: from packet to answer. */
procedure_fn views_decide;
