#include "options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "config.h"
#include "schema/release.h"

struct reader {
	struct arena *arena;
	struct options *o;
	VEC(struct output) outputs;
};

static const char help_top[] =
	"Usage: dnslint [check] [OPTIONS] FILE...\n"
	"       dnslint dump [OPTIONS] FILE\n"
	"\n"
	"Checks named.conf (BIND) and unbound.conf (Unbound) files.\n"
	"\n"
	"Verbs:\n"
	"  check   find faults (the default)\n"
	"  dump    print the tree that a file makes\n"
	"\n"
	"'dnslint VERB --help' lists the options of a verb.\n";

static const char help_reading[] =
	"  --server named|unbound|auto  which language (default: auto, by content)\n"
	"  --target VERSION             server release to judge for, such as 9.18 or\n"
	"                               1.17 (default: the newest known)\n"
	"  --include-root DIR           never open a file outside of DIR\n"
	"  --chroot DIR                 find files as a server does that runs in DIR\n"
	"  --stdin-filename NAME        what to call the file '-'\n";

static const char help_check[] =
	"Usage: dnslint [check] [OPTIONS] FILE...\n"
	"\n"
	"Checks each FILE with all that it includes; '-' is standard input.\n"
	"\n"
	"%s"
	"  --no-policy                  read no intent file\n"
	"  --only ID|FAMILY[,...]       only these rules; the family 'load' is what\n"
	"                               the server itself would refuse\n"
	"  --rule ID=LEVEL              off, note, warning or error for one rule\n"
	"  --no-heuristics              leave out rules that guess\n"
	"  --fail-on LEVEL              error, warning (default) or note: findings from\n"
	"                               here on make the exit status 1\n"
	"  --exit-zero                  exit 0 whatever is found\n"
	"  --format FORMAT              %s (default: text)\n"
	"  --output FILE                where the format before it goes\n"
	"  --color auto|always|never    colors (default: auto)\n"
	"\n"
	"Exit status: 0 nothing found, 1 findings, 2 a file could not be judged.\n";

static const char help_dump[] =
	"Usage: dnslint dump [OPTIONS] FILE\n"
	"\n"
	"Prints the tree that FILE and its includes make.\n"
	"\n"
	"%s";

enum option_id {
	OPT_HELP = 'h',
	OPT_VERSION = 'V',
	OPT_SERVER = 256,
	OPT_TARGET,
	OPT_INCLUDE_ROOT,
	OPT_CHROOT,
	OPT_STDIN_FILENAME,
	OPT_NO_POLICY,
	OPT_ONLY,
	OPT_RULE,
	OPT_NO_HEURISTICS,
	OPT_FAIL_ON,
	OPT_EXIT_ZERO,
	OPT_FORMAT,
	OPT_OUTPUT,
	OPT_COLOR,
};

/* The options of `dump` come first; those of `check` are all. */
static const struct option long_options[] = {
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ "server", required_argument, NULL, OPT_SERVER },
	{ "target", required_argument, NULL, OPT_TARGET },
	{ "include-root", required_argument, NULL, OPT_INCLUDE_ROOT },
	{ "chroot", required_argument, NULL, OPT_CHROOT },
	{ "stdin-filename", required_argument, NULL, OPT_STDIN_FILENAME },
	{ "no-policy", no_argument, NULL, OPT_NO_POLICY },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "rule", required_argument, NULL, OPT_RULE },
	{ "no-heuristics", no_argument, NULL, OPT_NO_HEURISTICS },
	{ "fail-on", required_argument, NULL, OPT_FAIL_ON },
	{ "exit-zero", no_argument, NULL, OPT_EXIT_ZERO },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "output", required_argument, NULL, OPT_OUTPUT },
	{ "color", required_argument, NULL, OPT_COLOR },
	{ NULL, 0, NULL, 0 },
};

static bool
complain(const char *format, const char *value)
{
	fputs("dnslint: ", stderr);
	fprintf(stderr, format, value);
	fputs("\n", stderr);
	return false;
}

static bool
read_fail_on(struct options *o, const char *text)
{
	if (severity_parse(slice_of(text), &o->fail_on))
		return true;
	return complain("'%s' is no level; there are error, warning and note",
			text);
}

static bool
read_server(struct options *o, const char *text)
{
	if (strcmp(text, "named") == 0)
		o->lint.dialect = DIALECT_NAMED;
	else if (strcmp(text, "unbound") == 0)
		o->lint.dialect = DIALECT_UNBOUND;
	else if (strcmp(text, "auto") == 0)
		o->lint.dialect = 0;
	else
		return complain("'%s' is no server; there are named, unbound "
				"and auto",
				text);
	return true;
}

static bool
read_target(struct options *o, const char *text)
{
	uint32_t r = release_parse(slice_of(text), RELEASE_LAST);
	enum dialect dialect = release_dialect(r);

	if (r == 0 || dialect == 0)
		return complain("'%s' is no release such as 9.18 (BIND) or "
				"1.17 (Unbound)",
				text);
	if (r < release_oldest(dialect) || r > release_newest(dialect)) {
		fprintf(stderr, "dnslint: release %s is not known; known are %s\n",
			text, release_software(dialect));
		return false;
	}
	if (dialect == DIALECT_NAMED)
		o->lint.named_target = r;
	else
		o->lint.unbound_target = r;
	return true;
}

static bool
read_format(struct reader *r, const char *text)
{
	const struct report_format *f = report_find(slice_of(text));

	if (f == NULL) {
		fprintf(stderr, "dnslint: '%s' is no format; there are %s\n",
			text, report_names());
		return false;
	}
	*VEC_PUSH(r->arena, &r->outputs) = (struct output){ f, NULL };
	return true;
}

static bool
read_output(struct reader *r, const char *text)
{
	if (r->outputs.len == 0)
		*VEC_PUSH(r->arena, &r->outputs) =
			(struct output){ &report_text, NULL };
	r->outputs.at[r->outputs.len - 1].path = text;
	return true;
}

static bool
read_color(struct options *o, const char *text)
{
	static const char *const names[] = { "auto", "always", "never" };

	for (int i = 0; i < 3; i++) {
		if (strcmp(text, names[i]) == 0) {
			o->color = (enum color)i;
			return true;
		}
	}
	return complain("'%s' is no color mode; there are auto, always and "
			"never",
			text);
}

static bool
read_option(struct reader *r, int id, const char *value)
{
	struct options *o = r->o;
	const char *why;

	switch (id) {
	case OPT_SERVER:
		return read_server(o, value);
	case OPT_TARGET:
		return read_target(o, value);
	case OPT_INCLUDE_ROOT:
		o->lint.policy.include_root = value;
		return true;
	case OPT_CHROOT:
		o->lint.policy.chroot = value;
		return true;
	case OPT_STDIN_FILENAME:
		o->lint.stdin_name = value;
		return true;
	case OPT_NO_POLICY:
		return true;
	case OPT_ONLY:
		return selection_add_only(r->arena, &o->lint.selection, value,
					  &why) ||
		       complain("%s", why);
	case OPT_RULE:
		return selection_add_change(r->arena, &o->lint.selection,
					    value, &why) ||
		       complain("%s", why);
	case OPT_NO_HEURISTICS:
		return o->lint.selection.no_heuristics = true;
	case OPT_FAIL_ON:
		return read_fail_on(o, value);
	case OPT_EXIT_ZERO:
		return o->exit_zero = true;
	case OPT_FORMAT:
		return read_format(r, value);
	case OPT_OUTPUT:
		return read_output(r, value);
	case OPT_COLOR:
		return read_color(o, value);
	default:
		return false; /* getopt has said why */
	}
}

static enum options_status
print_help(const struct options *o, bool verb_given)
{
	if (o->verb == VERB_DUMP)
		printf(help_dump, help_reading);
	else if (verb_given)
		printf(help_check, help_reading, report_names());
	else
		printf("%s\nOptions of check:\n", help_top),
			printf(strstr(help_check, "%s"), help_reading,
			       report_names());
	return OPTIONS_DONE;
}

static enum options_status
print_version(void)
{
	printf("dnslint %s (judges %s, %s)\n", PACKAGE_VERSION,
	       release_software(DIALECT_NAMED),
	       release_software(DIALECT_UNBOUND));
	return OPTIONS_DONE;
}

/* A first argument that is no verb is a file. */
static bool
take_verb(struct options *o, int *argc, char ***argv)
{
	static const struct {
		const char *name;
		enum verb verb;
	} verbs[] = { { "check", VERB_CHECK }, { "dump", VERB_DUMP } };

	for (size_t i = 0; *argc > 1 && i < 2; i++) {
		if (strcmp((*argv)[1], verbs[i].name) == 0) {
			o->verb = verbs[i].verb;
			(*argv)[1] = (*argv)[0];
			(*argc)--, (*argv)++;
			return true;
		}
	}
	return false;
}

static enum options_status
check_files(struct options *o, int argc, char **argv)
{
	size_t dashes = 0;

	o->files = (const char *const *)argv;
	o->file_count = (size_t)argc;
	for (int i = 0; i < argc; i++)
		dashes += strcmp(argv[i], "-") == 0;
	if (argc == 0)
		complain("no file named; '%s' lists what there is",
			 "dnslint --help");
	else if (o->verb == VERB_DUMP && argc > 1)
		complain("dump takes one file, not also '%s'", argv[1]);
	else if (dashes > 1)
		complain("standard input ('%s') can be read only once", "-");
	else
		return OPTIONS_RUN;
	return OPTIONS_WRONG;
}

enum options_status
options_read(struct arena *a, int argc, char **argv, struct options *o)
{
	struct reader r = { .arena = a, .o = o };

	*o = (struct options){ .fail_on = SEV_WARNING };
	o->lint.stdin_name = "<stdin>";
	bool verb_given = take_verb(o, &argc, &argv);

	for (int id; (id = getopt_long(argc, argv, "hV", long_options, NULL)) !=
		     -1;) {
		if (id == OPT_HELP)
			return print_help(o, verb_given);
		if (id == OPT_VERSION)
			return print_version();
		if (o->verb == VERB_DUMP && id > OPT_STDIN_FILENAME) {
			complain("this option is not one of '%s'", "dump");
			return OPTIONS_WRONG;
		}
		if (!read_option(&r, id, optarg))
			return OPTIONS_WRONG;
	}
	if (r.outputs.len == 0)
		read_format(&r, "text");
	o->outputs = r.outputs.at;
	o->output_count = r.outputs.len;
	return check_files(o, argc - optind, argv + optind);
}
