/* All parts of what can be asked, as a JSON document. */
#pragma once

#include <stdio.h>

#include "predict/section.h"

void sections_print_json(struct arena *a, const struct model *m,
			 const section_vec *v, FILE *out);
