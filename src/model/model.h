/*
 * What a configuration means, whichever server it was written for: who may
 * reach which data. Every value is resolved - inherited or a default - and
 * remembers where it comes from. A model is made once and then only read.
 *
 * Two services exist, after the two ways servers decide: `views` (model/views.h:
 * views, zones, ordered lists) and `access` (model/access.h: the most specific
 * block, local zones). Exactly one of them is not NULL.
 */
#pragma once

#include "base/strmap.h"
#include "model/host.h"
#include "model/list.h"
#include "source/source.h"

/* Classes of questions. */
enum {
	CLASS_IN = 1,
	CLASS_CH = 3,
	CLASS_HS = 4,
	CLASS_ANY = 255,
};

enum {
	KEY_NONE = 0, /* a question that is not signed */
};

struct model {
	struct arena *arena;
	struct sources *sources; /* for the lines of origins */
	const struct host *host;
	const struct address_list *const *lists; /* by id */
	size_t list_count;
	const char *const *keys; /* names of signing keys; [0] is "" */
	size_t key_count;
	const struct strmap *key_numbers; /* number + 1, by name */
	const struct views *views;
	const struct access *access;
};

/* The number of the key of this canonical name, or KEY_NONE. */
uint32_t model_key(const struct model *m, struct slice name);
