#include "model/model.h"

uint32_t
model_key(const struct model *m, struct slice name)
{
	uintptr_t number = (uintptr_t)strmap_get(m->key_numbers, name);

	return number == 0 ? KEY_NONE : (uint32_t)number - 1;
}
