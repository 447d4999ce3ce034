#include "cli/option_row.h"

bool
read_query(struct reader *r, const char *text)
{
	r->o->predict.ask.query = text;
	return true;
}

bool
read_client(struct reader *r, const char *text)
{
	r->o->predict.ask.client = text;
	return true;
}

bool
read_to(struct reader *r, const char *text)
{
	r->o->predict.ask.to = text;
	return true;
}

bool
read_tcp(struct reader *r, const char *none)
{
	(void)none;
	return r->o->predict.ask.tcp = true;
}

bool
read_key(struct reader *r, const char *name)
{
	r->o->predict.ask.key = name;
	return true;
}

bool
read_no_rd(struct reader *r, const char *none)
{
	(void)none;
	return r->o->predict.ask.no_rd = true;
}

bool
read_probes(struct reader *r, const char *path)
{
	r->o->predict.probes = path;
	return true;
}

bool
read_dig(struct reader *r, const char *path)
{
	r->o->predict.dig = path;
	return true;
}

bool
read_git(struct reader *r, const char *revision)
{
	r->o->diff.revision = revision;
	return true;
}

bool
read_on(struct reader *r, const char *text)
{
	static const char *const names[] = { "narrowed", "widened", "any",
					     NULL };
	int i;

	if (!cli_choose(text, "kind of change", names, &i))
		return false;
	r->o->diff.on = (enum diff_on)i;
	return true;
}

bool
read_predict_format(struct reader *r, const char *text)
{
	static const char *const names[] = { "text", "json", "tsv", NULL };
	int i;

	if (!cli_choose(text, "format of predict", names, &i))
		return false;
	r->o->predict.format = (enum predict_format)i;
	return true;
}

bool
read_explain_format(struct reader *r, const char *text)
{
	static const char *const names[] = { "text", "json", NULL };
	int i;

	if (!cli_choose(text, "format of explain", names, &i))
		return false;
	r->o->predict.format = (enum predict_format)i;
	return true;
}

bool
read_diff_format(struct reader *r, const char *text)
{
	static const char *const names[] = { "text", "json", "markdown", NULL };
	int i;

	if (!cli_choose(text, "format of diff", names, &i))
		return false;
	r->o->diff.format = (enum diff_format)i;
	return true;
}

bool
read_rules_format(struct reader *r, const char *text)
{
	static const char *const names[] = { "text", "json", "markdown", NULL };
	int i;

	if (!cli_choose(text, "format of rules", names, &i))
		return false;
	r->o->catalogue = (enum catalogue_format)i;
	return true;
}
