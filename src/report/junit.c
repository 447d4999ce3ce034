/*
 * Results of tests as JUnit writes them: a FILE is a suite, a finding a test
 * that failed, and a FILE without findings one test that did not. One that
 * could not be judged is an error.
 */
#include "report/printable.h"
#include "report/report.h"
#include "report/xml.h"

static void
print_place(FILE *out, struct position at)
{
	xml_print(out, at.source->name);
	fprintf(out, ":%zu:%zu", at.line, at.column);
}

/* Everything there is to say, as for people. */
static void
print_body(FILE *out, const struct sources *s, const struct diag *d)
{
	print_place(out, sources_position(s, d->span.begin));
	fprintf(out, ": %s: ", severity_name(d->severity));
	xml_print(out, d->message);
	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		fputs("\n", out);
		if (n->has_span) {
			print_place(out, sources_position(s, n->span.begin));
			fputs(": ", out);
		}
		fputs("note: ", out);
		xml_print(out, n->text);
	}
	if (d->help != NULL) {
		fputs("\nhelp: ", out);
		xml_print(out, d->help);
	}
}

/* Notes are no failures. */
static void
print_diag(FILE *out, const struct sources *s, const struct diag *d)
{
	struct position at = sources_position(s, d->span.begin);

	fputs("    <testcase", out);
	xml_attribute(out, "classname", d->rule);
	fputs(" name=\"", out);
	fprintf(out, "%s ", d->rule);
	print_place(out, at);
	fputs("\" time=\"0\">\n", out);
	if (d->severity == SEV_NOTE) {
		fputs("      <system-out>", out);
		print_body(out, s, d);
		fputs("</system-out>\n", out);
	} else {
		fprintf(out, "      <failure type=\"%s\"",
			severity_name(d->severity));
		xml_attribute(out, "message", d->message);
		fputs(">", out);
		print_body(out, s, d);
		fputs("</failure>\n", out);
	}
	fputs("    </testcase>\n", out);
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)rules;
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<testsuites name=\"dnslint\">\n",
	      out);
}

static void
file(FILE *out, const struct report_file *f, bool color)
{
	size_t failures = 0;

	(void)color;
	for (size_t i = 0; i < f->count; i++)
		failures += f->diags[i]->severity > SEV_NOTE;
	fputs("  <testsuite", out);
	xml_attribute(out, "name", f->name);
	fprintf(out,
		" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
		"skipped=\"0\" time=\"0\">\n",
		f->count == 0 ? 1 : f->count, failures);
	for (size_t i = 0; i < f->count; i++)
		print_diag(out, f->sources, f->diags[i]);
	if (f->count == 0) {
		fputs("    <testcase classname=\"dnslint\"", out);
		xml_attribute(out, "name", f->name);
		fputs(" time=\"0\"/>\n", out);
	}
	fputs("  </testsuite>\n", out);
}

static void
print_unjudged(FILE *out, const struct report_unjudged *u)
{
	fputs("  <testsuite", out);
	xml_attribute(out, "name", u->name);
	fputs(" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" "
	      "time=\"0\">\n    <testcase classname=\"dnslint\"",
	      out);
	xml_attribute(out, "name", u->name);
	fputs(" time=\"0\">\n      <error type=\"not-judged\"", out);
	xml_attribute(out, "message", u->reason);
	fputs("/>\n    </testcase>\n  </testsuite>\n", out);
}

static void
end(FILE *out, const struct report_end *e)
{
	for (size_t i = 0; i < e->count; i++)
		print_unjudged(out, &e->unjudged[i]);
	fputs("</testsuites>\n", out);
}

const struct report_format report_junit = {
	.name = "junit",
	.by_file = true,
	.begin = begin,
	.file = file,
	.end = end,
};
