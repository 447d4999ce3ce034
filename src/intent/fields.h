/*
 * Reading the tree of an intent file: mappings with known keys, and the kinds
 * of values. Every function adds to the faults what is wrong and goes on.
 */
#pragma once

#include "base/addr.h"
#include "intent/intent.h"
#include "intent/yaml.h"

struct fields {
	struct arena *arena;
	struct faults faults;
};

struct field {
	const char *name;
	bool required;
	void (*read)(struct fields *f, const struct yaml *y, void *target);
};

/*
 * Read the mapping `y`, called `what` in messages, by a table that ends with an
 * unnamed row. Unknown keys, keys that are there twice and required ones that
 * are not are faults.
 */
void fields_read(struct fields *f, const struct yaml *y, const char *what,
		 const struct field *table, void *target);

void field_fault(struct fields *f, const struct yaml *y, const char *format,
		 ...) __attribute__((format(printf, 3, 4)));

/* The text of `y` for a message. */
const char *field_quote(const struct fields *f, const struct yaml *y);

/* A scalar that is not empty. False after a fault. */
bool field_text(struct fields *f, const struct yaml *y, struct slice *text);

/* true or false. */
void field_bool(struct fields *f, const struct yaml *y, bool *value);

/*
 * One of `count` words (some may be NULL): its number. `count` after a fault,
 * which names the nearest or all, and calls the value a `what`.
 */
size_t field_choice(struct fields *f, const struct yaml *y, const char *what,
		    const char *const *words, size_t count);

struct field_item {
	struct slice text;
	const struct yaml *at;
};

/*
 * A list of scalars, or a scalar alone. Items that are empty or that stand
 * there twice are faults, and so is an empty list; the others are returned.
 */
const struct field_item *field_list(struct fields *f, const struct yaml *y,
				    size_t *count);

/* Networks: without bits below their length. */
struct prefix_set field_networks(struct fields *f, const struct yaml *y);

struct place_declared field_place(const struct fields *f,
				  const struct yaml *y);

/* The nearest of the words (some may be NULL), or NULL when none is near. */
const char *field_nearest(struct slice text, const char *const *words,
			  size_t count);
