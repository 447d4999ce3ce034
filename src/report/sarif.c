/* SARIF 2.1.0 (OASIS), for code scanning and editors. */
#include <jansson.h>
#include <string.h>

#include "config.h"
#include "report/printable.h"
#include "report/report.h"
#include "report/uri.h"

struct sarif_page {
	struct arena *arena;
	const struct report_base *base;
	const struct report_file *file;
};

static json_t *
text(struct arena *a, const char *s)
{
	return json_string(make_printable(a, slice_of(s)));
}

/* {"text": s} */
static json_t *
message(struct arena *a, const char *s)
{
	return json_pack("{s:o}", "text", text(a, s));
}

static const char *
level(enum severity severity)
{
	static const char *const levels[] = {
		[SEV_NOTE] = "note",
		[SEV_WARNING] = "warning",
		[SEV_ERROR] = "error",
	};

	return levels[severity];
}

/* A sentence of a summary. */
static char *
sentence(struct arena *a, const char *summary)
{
	char *out = arena_printf(a, "%s.", summary);

	if (*out >= 'a' && *out <= 'z')
		*out = (char)(*out - 'a' + 'A');
	return out;
}

static json_t *
describe(struct arena *a, const struct report_rule *r)
{
	const char *plain = r->source == NULL
				    ? r->explain
				    : arena_printf(a, "%s\n\nSource: %s",
						   r->explain, r->source);
	const char *marked = arena_printf(a, "**%s**\n\n%s",
					  sentence(a, r->summary), plain);

	return json_pack("{s:s, s:o, s:o, s:{s:s, s:s}, s:{s:s}, s:{s:[s]}}",
			 "id", r->id, "shortDescription",
			 message(a, sentence(a, r->summary)),
			 "fullDescription", message(a, r->explain), "help",
			 "text", plain, "markdown", marked,
			 "defaultConfiguration", "level", level(r->severity),
			 "properties", "tags", r->family);
}

/* %SRCROOT% stands for the top of the checkout. */
static json_t *
artifact_of(struct sarif_page *p, const char *file)
{
	const char *name = report_path(p->arena, p->base, file);

	return *name == '/' ? json_pack("{s:s}", "uri", uri_of(p->arena, name))
			    : json_pack("{s:s, s:s}", "uri",
					uri_of(p->arena, name), "uriBaseId",
					"%SRCROOT%");
}

static json_t *
artifact(struct sarif_page *p, uint32_t offset)
{
	return artifact_of(
		p, sources_position(p->file->sources, offset).source->name);
}

static json_t *
region(struct sarif_page *p, struct span span)
{
	struct position at = sources_position(p->file->sources, span.begin);
	struct position end = sources_position(p->file->sources, span.end);

	return json_pack("{s:I, s:I, s:I, s:I}", "startLine",
			 (json_int_t)at.line, "startColumn",
			 (json_int_t)at.column, "endLine", (json_int_t)end.line,
			 "endColumn", (json_int_t)end.column);
}

static json_t *
location(struct sarif_page *p, struct span span)
{
	return json_pack("{s:{s:o, s:o}}", "physicalLocation",
			 "artifactLocation", artifact(p, span.begin), "region",
			 region(p, span));
}

static json_t *
related(struct sarif_page *p, const struct diag *d)
{
	json_t *list = json_array();

	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		json_t *o;

		if (!n->has_span)
			continue;
		o = location(p, n->span);
		json_object_set_new(o, "message", message(p->arena, n->text));
		json_array_append_new(list, o);
	}
	return list;
}

/* The message with the notes that have no place, and what to do. */
static json_t *
whole_message(struct sarif_page *p, const struct diag *d)
{
	char *s = arena_printf(p->arena, "%s", d->message);

	for (const struct diag_note *n = d->notes; n != NULL; n = n->next)
		if (!n->has_span)
			s = arena_printf(p->arena, "%s; %s", s, n->text);
	if (d->help != NULL)
		s = arena_printf(p->arena, "%s (%s)", s, d->help);
	return message(p->arena, s);
}

static json_t *
replacement(struct sarif_page *p, const struct fix *f)
{
	return json_pack("{s:o, s:{s:o}}", "deletedRegion", region(p, f->span),
			 "insertedContent", "text", json_string(f->text));
}

static bool
can_be_told(const struct fix *f)
{
	for (; f != NULL; f = f->next)
		if (!is_exact(slice_of(f->text)))
			return false;
	return true;
}

/* All edits of a finding are one fix, file by file. */
static json_t *
fixes(struct sarif_page *p, const struct diag *d)
{
	const struct sources *s = p->file->sources;
	const struct source *source = NULL;
	json_t *changes = json_array(), *edits = NULL;

	for (const struct fix *f = d->fixes; f != NULL; f = f->next) {
		if (source != sources_find(s, f->span)) {
			source = sources_find(s, f->span);
			edits = json_array();
			json_array_append_new(
				changes,
				json_pack("{s:o, s:o}", "artifactLocation",
					  artifact(p, f->span.begin),
					  "replacements", edits));
		}
		json_array_append_new(edits, replacement(p, f));
	}
	return json_pack("[{s:o, s:o}]", "description",
			 message(p->arena,
				 d->help == NULL ? d->message : d->help),
			 "artifactChanges", changes);
}

static json_t *
result(struct sarif_page *p, size_t number)
{
	const struct diag *d = p->file->diags[number];
	json_t *o = json_pack(
		"{s:s, s:s, s:o, s:[o], s:{s:s}}", "ruleId", d->rule, "level",
		level(d->severity), "message", whole_message(p, d), "locations",
		location(p, d->span), "partialFingerprints",
		"dnslintStatement/v1", p->file->fingerprints[number]);
	json_t *notes = related(p, d);

	if (json_array_size(notes) > 0)
		json_object_set(o, "relatedLocations", notes);
	json_decref(notes);
	if (d->fixes != NULL && can_be_told(d->fixes))
		json_object_set_new(o, "fixes", fixes(p, d));
	return o;
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	struct arena *a = arena_new();

	fprintf(out,
		"{\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/"
		"v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\", "
		"\"version\": \"2.1.0\", \"runs\": [{\n"
		"\"tool\": {\"driver\": {\"name\": \"dnslint\", \"version\": "
		"\"%s\", \"rules\": [",
		PACKAGE_VERSION);
	for (size_t i = 0; i < rules->count; i++) {
		json_t *o = describe(a, &rules->at[i]);

		fputs(i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
	}
	fputs("\n]}},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [",
	      out);
	arena_free(a);
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	struct sarif_page p = { arena_new(), f->base, f };

	(void)color;
	for (size_t i = 0; i < f->count; i++) {
		struct arena_mark mark = arena_mark(p.arena);
		json_t *o = result(&p, i);

		fputs(f->first_finding && i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
		arena_release(p.arena, mark);
	}
	arena_free(p.arena);
}

static json_t *
notification(struct sarif_page *p, const struct report_unjudged *u)
{
	return json_pack("{s:s, s:o, s:[{s:{s:o}}]}", "level", "error",
			 "message", message(p->arena, u->reason), "locations",
			 "physicalLocation", "artifactLocation",
			 artifact_of(p, u->name));
}

static void
end(FILE *out, const struct report_end *e)
{
	struct sarif_page p = { arena_new(), e->base, NULL };
	json_t *list = json_array();

	for (size_t i = 0; i < e->count; i++)
		json_array_append_new(list, notification(&p, &e->unjudged[i]));
	fprintf(out,
		"\n],\n\"invocations\": [{\"executionSuccessful\": %s, "
		"\"toolExecutionNotifications\": ",
		e->complete ? "true" : "false");
	json_dumpf(list, out, JSON_PRESERVE_ORDER);
	fputs("}]}]}\n", out);
	json_decref(list);
	arena_free(p.arena);
}

const struct report_format report_sarif = {
	.name = "sarif",
	.fingerprints = true,
	.begin = begin,
	.file = file,
	.end = end,
};
