#include "lint/baseline.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "lint/fingerprint.h"
#include "source/path.h"
#include "source/replace.h"

enum { BASELINE_VERSION = 1 };

struct known {
	const char *file;
	const char *rule;
	const char *statement; /* its fingerprint */
	size_t count;
};

struct baseline {
	struct arena *arena;
	const char *path;
	const char *directory; /* absolute */
	VEC(struct known *) list;
	struct strmap *by_key; /* struct known */
	struct strmap *names; /* of files, by the name of their source */
};

struct baseline *
baseline_new(struct arena *a, const char *path)
{
	struct baseline *b = ARENA_NEW(a, struct baseline);

	b->arena = a;
	b->path = path;
	b->directory = path_directory(a, path_absolute(a, path));
	b->by_key = strmap_new(a, false);
	b->names = strmap_new(a, false);
	return b;
}

static const char *
key_of(struct baseline *b, const char *file, const char *rule,
       const char *statement)
{
	return arena_printf(b->arena, "%s %s %s", rule, statement, file);
}

/* Know it `count` times more. All texts must outlive the baseline. */
static void
add(struct baseline *b, const char *file, const char *rule,
    const char *statement, size_t count)
{
	const char *key = key_of(b, file, rule, statement);
	void **place = strmap_at(b->by_key, slice_of(key));
	struct known *k = *place;

	if (k == NULL) {
		*place = k = ARENA_NEW(b->arena, struct known);
		*k = (struct known){ file, rule, statement, 0 };
		*VEC_PUSH(b->arena, &b->list) = k;
	}
	k->count += count;
}

static bool
read_entry(struct baseline *b, const json_t *o)
{
	const char *file, *rule, *statement;
	json_int_t count;

	if (json_unpack((json_t *)(uintptr_t)o, "{s:s, s:s, s:s, s:I}", "file",
			&file, "rule", &rule, "statement", &statement, "count",
			&count) != 0 ||
	    count < 1)
		return false;
	add(b, arena_strdup(b->arena, slice_of(file)),
	    arena_strdup(b->arena, slice_of(rule)),
	    arena_strdup(b->arena, slice_of(statement)), (size_t)count);
	return true;
}

static bool
read_document(struct baseline *b, const json_t *root, const char **why)
{
	const json_t *list = json_object_get(root, "findings");
	const json_t *o;
	size_t i;

	if (json_integer_value(json_object_get(root, "version")) !=
		    BASELINE_VERSION ||
	    !json_is_array(list)) {
		*why = arena_printf(b->arena, "%s: this is no baseline",
				    b->path);
		return false;
	}
	json_array_foreach(list, i, o) {
		if (!read_entry(b, o)) {
			*why = arena_printf(b->arena,
					    "%s: finding %zu is none: it has "
					    "'file', 'rule', 'statement' and "
					    "'count'",
					    b->path, i + 1);
			return false;
		}
	}
	return true;
}

struct baseline *
baseline_load(struct arena *a, const char *path, const char **why)
{
	struct baseline *b = baseline_new(a, path);
	json_error_t error;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (root == NULL) {
		*why = error.line > 0
			       ? arena_printf(a, "%s:%d:%d: %s", path,
					      error.line, error.column,
					      error.text)
			       : arena_strdup(a, slice_of(error.text));
		return NULL;
	}
	bool ok = read_document(b, root, why);

	json_decref(root);
	return ok ? b : NULL;
}

/* JSON takes UTF-8 only; a name in another encoding is written \xNN. */
static const char *
in_utf8(struct arena *a, const char *name)
{
	json_t *valid = json_string(name);
	const char *text = "";

	if (valid != NULL) {
		json_decref(valid);
		return name;
	}
	for (; *name != '\0'; name++)
		text = arena_printf(a, (unsigned char)*name < 0x80 ? "%s%c"
								   : "%s\\x%02x",
				    text, (unsigned char)*name);
	return text;
}

/* The file as it is called from the directory of the baseline. */
static const char *
name_of(struct baseline *b, const struct lint_result *r, struct span span)
{
	const char *name = sources_find(r->sources, span)->name;
	const char *known = strmap_get(b->names, slice_of(name));

	if (known != NULL)
		return known;
	known = in_utf8(b->arena, path_relative(b->arena, b->directory,
						path_absolute(b->arena, name)));
	*strmap_at(b->names, arena_slice(b->arena, slice_of(name))) =
		(void *)(uintptr_t)known;
	return known;
}

/* Is one more of these known? */
static bool
take(struct baseline *b, const struct lint_result *r,
     const struct fingerprints *f, const struct diag *d)
{
	struct known *k = strmap_get(
		b->by_key,
		slice_of(key_of(b, name_of(b, r, d->span), d->rule,
				fingerprint_of(f, d->span))));

	if (k == NULL || k->count == 0)
		return false;
	k->count--;
	return true;
}

static void
record(struct baseline *b, const struct lint_result *r,
       const struct fingerprints *f, const struct diag *d)
{
	add(b, name_of(b, r, d->span), d->rule,
	    arena_strdup(b->arena, slice_of(fingerprint_of(f, d->span))), 1);
}

/* In the order of the text, so that every run leaves out the same ones. */
static void
leave_out(struct baseline *b, struct lint_result *r, bool recording)
{
	struct fingerprints *f = fingerprints_new(r->arena, r->config);
	size_t kept = 0, count;

	diags_sorted(r->diags, &count);
	for (size_t i = 0; i < count; i++) {
		const struct diag *d = diags_at(r->diags, i);

		if (!d->fatal && recording)
			record(b, r, f, d);
		else if (d->fatal || !take(b, r, f, d))
			diags_keep(r->diags, kept++, i);
	}
	diags_truncate(r->diags, kept);
}

void
baseline_apply(struct baseline *b, struct lint_result *r)
{
	leave_out(b, r, false);
}

void
baseline_record(struct baseline *b, struct lint_result *r)
{
	leave_out(b, r, true);
}

size_t
baseline_size(const struct baseline *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->list.len; i++)
		n += b->list.at[i]->count;
	return n;
}

static int
by_file(const void *a, const void *b)
{
	const struct known *x = *(const struct known *const *)a;
	const struct known *y = *(const struct known *const *)b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = strcmp(x->rule, y->rule);
	return order != 0 ? order : strcmp(x->statement, y->statement);
}

/* One finding a line, in a fixed order: changes to it can be read. */
static void
print(const struct baseline *b, FILE *out)
{
	if (b->list.len > 1)
		qsort(b->list.at, b->list.len, sizeof(*b->list.at), by_file);
	fprintf(out, "{\"version\": %d, \"tool\": \"dnslint\", "
		     "\"findings\": [", BASELINE_VERSION);
	for (size_t i = 0; i < b->list.len; i++) {
		const struct known *k = b->list.at[i];
		json_t *o = json_pack("{s:s, s:s, s:s, s:I}", "file", k->file,
				      "rule", k->rule, "statement",
				      k->statement, "count",
				      (json_int_t)k->count);

		fputs(i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
	}
	fputs("\n]}\n", out);
}

bool
baseline_save(const struct baseline *b, const struct source_policy *limits,
	      const char **why)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	*why = strerror(errno);
	if (out == NULL)
		return false;
	print(b, out);
	bool failed = ferror(out) != 0;

	failed |= fclose(out) != 0;
	bool ok = !failed &&
		  file_replace(b->arena, root_here(b->arena, limits), b->path,
			       (struct slice){ text, len }, why);

	free(text);
	return ok;
}
