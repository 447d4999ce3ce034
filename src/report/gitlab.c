/* The Code Quality report that GitLab reads as an artifact of a job. */
#include <jansson.h>

#include "report/printable.h"
#include "report/report.h"

static const char *
level(enum severity severity)
{
	static const char *const levels[] = {
		[SEV_NOTE] = "info",
		[SEV_WARNING] = "minor",
		[SEV_ERROR] = "critical",
	};

	return levels[severity];
}

static json_t *
text(struct arena *a, const char *s)
{
	return json_string(make_printable(a, slice_of(s)));
}

/* One issue; `print` tells it from all others of the file. */
static json_t *
issue(struct arena *a, const char *description, const char *check,
      const char *severity, const char *path, const char *print)
{
	const char *shown = make_printable(a, slice_of(path));

	return json_pack("{s:o, s:s, s:s, s:s, s:s, s:{s:s}}", "description",
			 text(a, description), "check_name", check,
			 "fingerprint", arena_printf(a, "%s:%s", shown, print),
			 "severity", severity, "type", "issue", "location",
			 "path", shown);
}

static json_t *
finding(struct arena *a, const struct report_file *f, size_t number)
{
	const struct diag *d = f->diags[number];
	struct position at = sources_position(f->sources, d->span.begin);
	struct position end = sources_position(f->sources, d->span.end);

	json_t *o = issue(a, d->message, d->rule, level(d->severity),
			  report_path(a, f->base, at.source->name),
			  f->fingerprints[number]);

	json_object_set_new(json_object_get(o, "location"), "lines",
			    json_pack("{s:I, s:I}", "begin",
				      (json_int_t)at.line, "end",
				      (json_int_t)end.line));
	return o;
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)rules;
	fputs("[", out);
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	struct arena *a = arena_new();

	(void)color;
	for (size_t i = 0; i < f->count; i++) {
		json_t *o = finding(a, f, i);

		fputs(f->first_finding && i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
	}
	arena_free(a);
}

static void
end(FILE *out, const struct report_end *e)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < e->count; i++) {
		const struct report_unjudged *u = &e->unjudged[i];
		json_t *o =
			issue(a, u->reason, "not-judged", "blocker",
			      report_path(a, e->base, u->name), "not-judged");

		/* The schema wants a line of every issue. */
		json_object_set_new(
			json_object_get(o, "location"), "lines",
			json_pack("{s:i, s:i}", "begin", 1, "end", 1));
		fputs(e->first_finding && i == 0 ? "\n" : ",\n", out);
		json_dumpf(o, out, JSON_PRESERVE_ORDER);
		json_decref(o);
	}
	fputs("\n]\n", out);
	arena_free(a);
}

const struct report_format report_gitlab = {
	.name = "gitlab",
	.fingerprints = true,
	.begin = begin,
	.file = file,
	.end = end,
};
