#include "intent/fields.h"

#include <stdint.h>

#include "base/strmap.h"
#include "intent/network.h"
#include "schema/suggest.h"

enum { FIELDS_MAX = 16 };

void
field_fault(struct fields *f, const struct yaml *y, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const char *text = arena_vprintf(f->arena, format, args);
	va_end(args);
	fault_add(&f->faults, y->line, y->column, "%s", text);
}

const char *
field_quote(const struct fields *f, const struct yaml *y)
{
	return fault_quote(f->arena, y->text);
}

struct place_declared
field_place(const struct fields *f, const struct yaml *y)
{
	return (struct place_declared){ f->faults.path, y->line, y->column };
}

const char *
field_nearest(struct slice text, const char *const *words, size_t count)
{
	unsigned best = (unsigned)(text.len / 3) + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		unsigned d = words[i] == NULL
				     ? best
				     : suggest_distance(text,
							slice_of(words[i]),
							best);

		if (d < best) {
			best = d;
			nearest = words[i];
		}
	}
	return nearest;
}

/* What ends a complaint: the nearest word, or all there are. */
static const char *
suggest(const struct fields *f, struct slice text, const char *const *words,
	size_t count)
{
	const char *nearest = field_nearest(text, words, count);
	const char *all = "; there are ", *part = "";

	if (nearest != NULL)
		return arena_printf(f->arena, " (did you mean '%s'?)", nearest);
	for (size_t i = 0; i < count; i++) {
		if (words[i] == NULL)
			continue;
		all = arena_printf(f->arena, "%s%s%s", all, part, words[i]);
		part = ", ";
	}
	return all;
}

static void
unknown_key(struct fields *f, const struct yaml *key, const char *what,
	    const struct field *table)
{
	const char *names[FIELDS_MAX];
	size_t n = 0;

	for (; n < FIELDS_MAX && table[n].name != NULL; n++)
		names[n] = table[n].name;
	field_fault(f, key, "%s has no key '%s'%s", what, field_quote(f, key),
		    suggest(f, key->text, names, n));
}

static size_t
find_field(const struct field *table, struct slice name)
{
	size_t i = 0;

	while (table[i].name != NULL && !slice_is(name, table[i].name))
		i++;
	return i;
}

/* Of the keys that stand twice the first is read. */
void
fields_read(struct fields *f, const struct yaml *y, const char *what,
	    const struct field *table, void *target)
{
	const struct yaml *seen[FIELDS_MAX] = { NULL };

	if (y->kind != YAML_MAPPING) {
		field_fault(f, y, "%s is a mapping of keys to values; this is "
			    "%s", what, yaml_kind_name(y));
		return;
	}
	for (const struct yaml *v = y->first; v != NULL; v = v->next) {
		size_t i = find_field(table, v->key->text);

		if (table[i].name == NULL) {
			unknown_key(f, v->key, what, table);
		} else if (seen[i] != NULL) {
			field_fault(f, v->key,
				    "'%s' is there twice, first in line %zu",
				    table[i].name, seen[i]->line);
		} else {
			seen[i] = v->key;
			table[i].read(f, v, target);
		}
	}
	for (size_t i = 0; table[i].name != NULL; i++)
		if (table[i].required && seen[i] == NULL)
			field_fault(f, y, "%s must have the key '%s'", what,
				    table[i].name);
}

bool
field_text(struct fields *f, const struct yaml *y, struct slice *text)
{
	const char *name = y->key == NULL ? "this" : field_quote(f, y->key);

	if (y->kind != YAML_SCALAR || y->text.len == 0) {
		field_fault(f, y, "'%s' is one value; this is %s", name,
			    y->kind == YAML_SCALAR ? "nothing"
						   : yaml_kind_name(y));
		return false;
	}
	*text = y->text;
	return true;
}

void
field_bool(struct fields *f, const struct yaml *y, bool *value)
{
	bool is_true = slice_is(y->text, "true");

	if (y->kind != YAML_SCALAR || !y->plain ||
	    (!is_true && !slice_is(y->text, "false")))
		field_fault(f, y, "'%s' is true or false",
			    field_quote(f, y->key));
	else
		*value = is_true;
}

size_t
field_choice(struct fields *f, const struct yaml *y, const char *what,
	     const char *const *words, size_t count)
{
	struct slice text;

	if (!field_text(f, y, &text))
		return count;
	for (size_t i = 0; i < count; i++)
		if (words[i] != NULL && slice_is(text, words[i]))
			return i;
	field_fault(f, y, "'%s' is no %s%s", field_quote(f, y), what,
		    suggest(f, text, words, count));
	return count;
}

static void
add_item(struct fields *f, const struct yaml *y, struct strmap *seen,
	 struct field_item *items, size_t *count)
{
	if (y->kind != YAML_SCALAR || y->text.len == 0) {
		field_fault(f, y, "an item of this list is one value; this is "
			    "%s", y->kind == YAML_SCALAR ? "nothing"
							 : yaml_kind_name(y));
		return;
	}
	void **place = strmap_at(seen, y->text);
	const struct yaml *before = *place;

	if (before != NULL) {
		field_fault(f, y, "'%s' is there twice, first in line %zu",
			    field_quote(f, y), before->line);
		return;
	}
	*place = (void *)(uintptr_t)y;
	items[(*count)++] = (struct field_item){ y->text, y };
}

const struct field_item *
field_list(struct fields *f, const struct yaml *y, size_t *count)
{
	struct strmap *seen = strmap_new(f->arena, false);
	size_t room = 1;

	*count = 0;
	for (const struct yaml *v = y->first; v != NULL; v = v->next)
		room++;
	struct field_item *items = ARENA_ARRAY(f->arena, struct field_item,
					       room);

	if (y->kind == YAML_SEQUENCE && y->first != NULL)
		for (const struct yaml *v = y->first; v != NULL; v = v->next)
			add_item(f, v, seen, items, count);
	else if (y->kind == YAML_SCALAR && y->text.len > 0)
		add_item(f, y, seen, items, count);
	else
		field_fault(f, y, "'%s' is a list; this is %s",
			    field_quote(f, y->key),
			    y->kind == YAML_SEQUENCE ? "an empty one"
						     : yaml_kind_name(y));
	return items;
}

struct prefix_set
field_networks(struct fields *f, const struct yaml *y)
{
	size_t count, kept = 0;
	const struct field_item *items = field_list(f, y, &count);
	struct prefix *at = ARENA_ARRAY(f->arena, struct prefix, count);

	for (size_t i = 0; i < count; i++) {
		const char *fault =
			network_parse(f->arena, items[i].text, &at[kept]);

		if (fault == NULL)
			kept++;
		else
			field_fault(f, items[i].at, "%s", fault);
	}
	return (struct prefix_set){ at, kept };
}
