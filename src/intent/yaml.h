/*
 * YAML to a small tree. Only what an intent file needs is taken: one document
 * of mappings, sequences and scalars; anchors, aliases and tags are refused,
 * so the tree is never larger than the text. Reading is done with libfyaml.
 */
#pragma once

#include "intent/fault.h"

enum yaml_kind {
	YAML_SCALAR,
	YAML_SEQUENCE,
	YAML_MAPPING,
};

enum {
	YAML_BYTES_MAX = 1024 * 1024,
	YAML_LINE_MAX = 16 * 1024, /* libfyaml takes quadratic time on some */
	YAML_DEPTH_MAX = 16,
};

struct yaml {
	enum yaml_kind kind;
	bool plain; /* a scalar without quotes */
	size_t line, column; /* from 1, in characters */
	struct slice text; /* of a scalar */
	const struct yaml *key; /* a scalar: of what is in a mapping */
	const struct yaml *first; /* child */
	const struct yaml *next; /* sibling */
};

/*
 * Parse a whole text. NULL after adding to `faults`, where the text is no YAML,
 * is beyond the limits above, or holds what is not taken; NULL without a fault
 * where it holds nothing at all.
 */
const struct yaml *yaml_parse(struct arena *a, struct slice text,
			      struct faults *faults);

/*
 * Is it text that the library neither passes over in silence nor is slow with:
 * UTF-8 without control characters, in lines, within the limits above? False
 * after a fault.
 */
bool yaml_is_text(struct slice text, struct faults *faults);

/* "a list", "a mapping", "a value": for messages. */
const char *yaml_kind_name(const struct yaml *y);

/* Was nothing written there? */
static inline bool
yaml_is_empty(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && y->plain && y->text.len == 0;
}
