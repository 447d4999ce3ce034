/* The XML of Checkstyle, which many tools of reviews and builds read. */
#include "report/report.h"
#include "report/xml.h"

static void
print_diag(FILE *out, const struct diag *d, struct position at)
{
	static const char *const levels[] = {
		[SEV_NOTE] = "info",
		[SEV_WARNING] = "warning",
		[SEV_ERROR] = "error",
	};

	fprintf(out, "    <error line=\"%zu\" column=\"%zu\" severity=\"%s\"",
		at.line, at.column, levels[d->severity]);
	xml_attribute(out, "message", d->message);
	fprintf(out, " source=\"dnslint.%s\"/>\n", d->rule);
}

static void
begin(FILE *out, const struct report_rules *rules)
{
	(void)rules;
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<checkstyle version=\"4.3\">\n",
	      out);
}

/* Findings are sorted by place, so those of one source stand together. */
static void
file(FILE *out, const struct report_file *f, bool color)
{
	const struct source *source = NULL;

	(void)color;
	for (size_t i = 0; i < f->count; i++) {
		struct position at = sources_position(
			f->sources, f->diags[i]->span.begin);

		if (at.source != source) {
			fputs(source == NULL ? "  <file" : "  </file>\n  <file",
			      out);
			xml_attribute(out, "name", at.source->name);
			fputs(">\n", out);
			source = at.source;
		}
		print_diag(out, f->diags[i], at);
	}
	if (source != NULL) {
		fputs("  </file>\n", out);
		return;
	}
	fputs("  <file", out);
	xml_attribute(out, "name", f->name);
	fputs("/>\n", out);
}

static void
end(FILE *out, const struct report_end *e)
{
	for (size_t i = 0; i < e->count; i++) {
		fputs("  <file", out);
		xml_attribute(out, "name", e->unjudged[i].name);
		fputs(">\n    <error line=\"1\" severity=\"error\"", out);
		xml_attribute(out, "message", e->unjudged[i].reason);
		fputs(" source=\"dnslint.not-judged\"/>\n  </file>\n", out);
	}
	fputs("</checkstyle>\n", out);
}

const struct report_format report_checkstyle = {
	.name = "checkstyle",
	.begin = begin,
	.file = file,
	.end = end,
};
