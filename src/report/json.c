/*
 * For programs: one JSON document, whose shape doc/json.md describes. New
 * members may be added; a change of meaning raises "version".
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "config.h"
#include "report/printable.h"
#include "report/report.h"

enum { SCHEMA_VERSION = 1 };

/* The document is written as it is made: only one finding is in memory. */
struct json_page {
	FILE *out;
	const struct report_file *file;
	struct arena *arena;
};

static json_t *
text(struct json_page *p, const char *s)
{
	return json_string(make_printable(p->arena, slice_of(s)));
}

static json_t *
place(struct json_page *p, uint32_t offset)
{
	struct position at = sources_position(p->file->sources, offset);

	return json_pack("{s:I, s:I, s:I}", "line", (json_int_t)at.line,
			 "column", (json_int_t)at.column, "byte",
			 (json_int_t)at.byte);
}

static void
set_range(struct json_page *p, json_t *object, struct span span)
{
	struct position at = sources_position(p->file->sources, span.begin);

	json_object_set_new(object, "file", text(p, at.source->name));
	json_object_set_new(object, "start", place(p, span.begin));
	json_object_set_new(object, "end", place(p, span.end));
}

static json_t *
notes(struct json_page *p, const struct diag *d)
{
	json_t *list = json_array();

	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		json_t *o = json_object();

		json_object_set_new(o, "message", text(p, n->text));
		if (n->has_span)
			set_range(p, o, n->span);
		json_array_append_new(list, o);
	}
	return list;
}

/* All edits of a finding, byte for byte, or none. */
static json_t *
fixes(struct json_page *p, const struct diag *d)
{
	json_t *list = json_array();

	for (const struct fix *f = d->fixes; f != NULL; f = f->next)
		if (!is_exact(slice_of(f->text)))
			return list;
	for (const struct fix *f = d->fixes; f != NULL; f = f->next) {
		json_t *o = json_object();

		set_range(p, o, f->span);
		json_object_set_new(o, "replacement", json_string(f->text));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
finding(struct json_page *p, const struct diag *d)
{
	json_t *o = json_object();

	set_range(p, o, d->span);
	json_object_set_new(o, "severity",
			    json_string(severity_name(d->severity)));
	json_object_set_new(o, "rule", json_string(d->rule));
	json_object_set_new(o, "family",
			    json_string(p->file->family(d->rule)));
	json_object_set_new(o, "message", text(p, d->message));
	json_object_set_new(o, "notes", notes(p, d));
	json_object_set_new(o, "help", d->help == NULL ? json_null()
						       : text(p, d->help));
	json_object_set_new(o, "fixes", fixes(p, d));
	return o;
}

static json_t *
text_or_null(struct json_page *p, const char *s)
{
	return s == NULL ? json_null() : text(p, s);
}

/* Declared at a place, inferred for a reason, or neither. */
static json_t *
role(struct json_page *p)
{
	const struct report_file *f = p->file;
	json_t *o = json_object();

	json_object_set_new(o, "name", json_string(f->role));
	json_object_set_new(o, "reason", text_or_null(p, f->role_reason));
	json_object_set_new(o, "declared", text_or_null(p, f->role_file));
	json_object_set_new(o, "line", f->role_line == 0
					       ? json_null()
					       : json_integer((json_int_t)
							      f->role_line));
	return o;
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)rules;
	fprintf(out,
		"{\"version\": %d, \"tool\": {\"name\": \"dnslint\", "
		"\"version\": \"%s\"}, \"files\": [",
		SCHEMA_VERSION, PACKAGE_VERSION);
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	struct json_page p = { out, f, arena_new() };

	(void)color;
	fputs(f->first ? "\n" : ",\n", out);
	json_t *head = json_pack("{s:o, s:s, s:s, s:o, s:I}", "name",
				 text(&p, f->name), "server", f->server,
				 "target", f->target, "role", role(&p),
				 "not_shown", (json_int_t)f->dropped);
	char *dump = json_dumps(head, JSON_PRESERVE_ORDER);

	/* The object stays open for its findings. */
	fprintf(out, "%.*s, \"findings\": [", (int)strlen(dump) - 1, dump);
	free(dump);
	json_decref(head);
	for (size_t i = 0; i < f->count; i++) {
		struct arena_mark mark = arena_mark(p.arena);
		json_t *o = finding(&p, f->diags[i]);

		fputs(i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
		arena_release(p.arena, mark);
	}
	fputs(f->count == 0 ? "]}" : "\n]}", out);
	arena_free(p.arena);
}

static void
end(FILE *out, const struct report_end *e)
{
	struct arena *a = arena_new();

	fputs("\n], \"not_judged\": [", out);
	for (size_t i = 0; i < e->count; i++) {
		const struct report_unjudged *u = &e->unjudged[i];
		json_t *o = json_pack("{s:s, s:s}", "name",
				      make_printable(a, slice_of(u->name)),
				      "reason",
				      make_printable(a, slice_of(u->reason)));

		fputs(i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
	}
	fputs(e->count == 0 ? "]}\n" : "\n]}\n", out);
	arena_free(a);
}

const struct report_format report_json = {
	.name = "json",
	.by_file = true,
	.begin = begin,
	.file = file,
	.end = end,
};
