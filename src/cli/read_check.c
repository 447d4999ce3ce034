#include "cli/option_row.h"

bool
read_top_level(struct reader *r, const char *none)
{
	(void)none;
	return r->o->top_level = true;
}

bool
read_only(struct reader *r, const char *text)
{
	const char *why;

	return selection_add_only(r->arena, &r->o->lint.selection, text,
				  &why) ||
	       cli_complain("%s", why);
}

bool
read_rule(struct reader *r, const char *text)
{
	const char *why;

	return selection_add_change(r->arena, &r->o->lint.selection, text,
				    &why) ||
	       cli_complain("%s", why);
}

bool
read_no_heuristics(struct reader *r, const char *none)
{
	(void)none;
	return r->o->lint.selection.no_heuristics = true;
}

bool
read_fail_on(struct reader *r, const char *text)
{
	static const char *const names[] = { "error", "warning", "note", NULL };
	static const enum severity levels[] = { SEV_ERROR, SEV_WARNING,
						SEV_NOTE };
	int i;

	if (!cli_choose(text, "level", names, &i))
		return false;
	r->o->lint.fail_on_given = true;
	r->o->lint.fail_on = levels[i];
	return true;
}

bool
read_exit_zero(struct reader *r, const char *none)
{
	(void)none;
	return r->o->exit_zero = true;
}

bool
read_baseline(struct reader *r, const char *path)
{
	r->o->baseline = path;
	return true;
}

bool
read_write_baseline(struct reader *r, const char *path)
{
	r->o->write_baseline = path;
	return true;
}

/* To look first is the safer of the two. */
bool
read_fix(struct reader *r, const char *none)
{
	(void)none;
	if (r->o->fix != FIX_SHOW)
		r->o->fix = FIX_WRITE;
	return true;
}

bool
read_fix_dry_run(struct reader *r, const char *none)
{
	(void)none;
	r->o->fix = FIX_SHOW;
	return true;
}

bool
read_format(struct reader *r, const char *text)
{
	const struct report_format *f = report_find(slice_of(text));

	if (f == NULL)
		return cli_complain("'%s' is no format; there are %s", text,
				    report_names());
	*VEC_PUSH(r->arena, &r->outputs) = (struct output){ f, NULL };
	return true;
}

/* Of the format before it. */
bool
read_output(struct reader *r, const char *path)
{
	if (r->outputs.len == 0)
		*VEC_PUSH(r->arena, &r->outputs) =
			(struct output){ &report_text, NULL };
	r->outputs.at[r->outputs.len - 1].path = path;
	return true;
}

bool
read_color(struct reader *r, const char *text)
{
	static const char *const names[] = { "auto", "always", "never", NULL };
	int i;

	if (!cli_choose(text, "color mode", names, &i))
		return false;
	r->o->color = (enum color)i;
	return true;
}
