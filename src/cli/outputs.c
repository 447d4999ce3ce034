#include "cli/outputs.h"

#include <string.h>
#include <sys/stat.h>

#include "cli/option_row.h"

static bool
is_stdout(const struct output *o)
{
	return o->path == NULL || strcmp(o->path, "-") == 0;
}

/* Devices may well be the same: what is written there is not kept. */
static bool
is_same_file(const char *x, const char *y)
{
	struct stat s, t;

	if (stat(x, &s) != 0)
		return strcmp(x, y) == 0;
	return S_ISREG(s.st_mode) && stat(y, &t) == 0 &&
	       s.st_dev == t.st_dev && s.st_ino == t.st_ino;
}

/* A file that is written must be none that is read. */
static bool
spares_files(const struct options *o, const char *path)
{
	for (size_t i = 0; i < o->file_count; i++)
		if (is_same_file(path, o->files[i]))
			return cli_complain("'%s' is to be checked; it would "
					    "be overwritten",
					    path);
	return true;
}

static bool
are_apart(const struct output *x, const struct output *y)
{
	if (is_stdout(x) && is_stdout(y))
		return cli_complain("two reports cannot both go to standard "
				    "output; say --output FILE behind one "
				    "--format");
	if (!is_stdout(x) && !is_stdout(y) && is_same_file(x->path, y->path))
		return cli_complain("'%s' cannot hold two reports", x->path);
	return true;
}

bool
outputs_check(const struct options *o)
{
	for (size_t i = 0; i < o->output_count; i++) {
		const struct output *x = &o->outputs[i];

		if (!is_stdout(x) && !spares_files(o, x->path))
			return false;
		for (size_t j = 0; j < i; j++)
			if (!are_apart(x, &o->outputs[j]))
				return false;
	}
	return o->write_baseline == NULL || spares_files(o, o->write_baseline);
}
