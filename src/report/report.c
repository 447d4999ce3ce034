#include "report/report.h"

static const struct report_format *const formats[] = {
	&report_text,
	&report_json,
	&report_sarif,
	&report_github,
	&report_gitlab,
	&report_junit,
	&report_checkstyle,
};

const struct report_format *
report_find(struct slice name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (slice_is(name, formats[i]->name))
			return formats[i];
	return NULL;
}

const char *
report_names(void)
{
	return "text, json, sarif, github, gitlab, junit, checkstyle";
}
