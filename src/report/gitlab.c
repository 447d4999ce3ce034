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

static json_t *
finding(struct arena *a, const struct report_file *f, size_t number)
{
	const struct diag *d = f->diags[number];
	struct position at = sources_position(f->sources, d->span.begin);
	struct position end = sources_position(f->sources, d->span.end);

	return json_pack("{s:o, s:s, s:s, s:s, s:s, s:{s:o, s:{s:I, s:I}}}",
			 "description", text(a, d->message), "check_name",
			 d->rule, "fingerprint",
			 arena_printf(a, "%s:%s",
				      make_printable(a,
						     slice_of(at.source->name)),
				      f->fingerprints[number]),
			 "severity", level(d->severity), "type", "issue",
			 "location", "path", text(a, at.source->name), "lines",
			 "begin", (json_int_t)at.line, "end",
			 (json_int_t)end.line);
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
end(FILE *out, bool complete)
{
	(void)complete;
	fputs("\n]\n", out);
}

const struct report_format report_gitlab = { "gitlab", true, begin, file, end };
