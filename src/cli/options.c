#include "cli/options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/option_row.h"
#include "cli/outputs.h"
#include "lint/policies.h"
#include "schema/suggest.h"

/* Codes of getopt for the rows, behind those of its own. */
enum { FIRST_ROW = 256 };

static bool
has_name(const struct option *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

/* All names that any verb has, each once. */
static const struct option *
make_long_options(struct arena *a)
{
	VEC(struct option) v = { 0 };

	*VEC_PUSH(a, &v) = (struct option){ "help", no_argument, NULL, 'h' };
	*VEC_PUSH(a, &v) = (struct option){ "version", no_argument, NULL, 'V' };
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (!has_name(v.at, v.len, row->name))
			*VEC_PUSH(a, &v) = (struct option){
				row->name,
				row->value == NULL ? no_argument
						   : required_argument,
				NULL, FIRST_ROW + (int)i
			};
	}
	*VEC_PUSH(a, &v) = (struct option){ NULL, 0, NULL, 0 };
	return v.at;
}

/* The option of the verb whose name is the most like this one, or NULL. */
static const char *
find_nearest(enum verb verb, const char *name)
{
	const char *nearest = NULL;
	unsigned best = (unsigned)strlen(name) / 3;

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		unsigned d = suggest_distance(slice_of(name),
					      slice_of(row->name), best);

		if (d <= best && (row->verbs & 1U << verb) != 0) {
			nearest = row->name;
			best = d;
		}
	}
	return nearest;
}

/* A word that getopt does not take: '?', or ':' where a value is missing. */
static void
complain_of_word(enum verb verb, int fault, const char *word)
{
	const char *nearest;

	if (fault == ':') {
		cli_complain("the option '%s' needs a value", word);
		return;
	}
	if (strncmp(word, "--", 2) != 0) {
		cli_complain("there is no option '-%c'; 'dnslint %s --help' "
			     "lists them",
			     optopt, verb_name(verb));
		return;
	}
	if (optopt != 0) {
		cli_complain("'%s': this option takes no value", word);
		return;
	}
	nearest = find_nearest(verb, word + 2);
	if (nearest == NULL)
		cli_complain("there is no option '%s'", word);
	else
		cli_complain("there is no option '%s'; is it '--%s'?", word,
			     nearest);
	cli_complain("'dnslint %s --help' lists the options", verb_name(verb));
}

static bool
read_row(struct reader *r, const char *name, const char *value)
{
	const char *verb = verb_name(r->o->verb);
	const struct option_row *row = option_row_find(r->o->verb, name);

	if (row == NULL)
		return cli_complain("'--%s' is no option of '%s'; 'dnslint %s "
				    "--help' lists them",
				    name, verb, verb);
	return row->read(r, value);
}

/* A first word that is no file may be a misspelt verb: is it? */
static bool
complain_of_verb(const char *word)
{
	if (access(word, F_OK) == 0)
		return false;
	if (strcmp(word, "help") == 0)
		return !cli_complain("there is no file '%s'; 'dnslint --help' "
				     "lists what there is",
				     word);
	for (int v = 0; v < VERB_COUNT; v++) {
		const char *name = verb_name((enum verb)v);

		if (suggest_distance(slice_of(word), slice_of(name), 1) > 1)
			continue;
		return !cli_complain("there is no file '%s'; is it the verb "
				     "'%s'?",
				     word, name);
	}
	return false;
}

/* As one number; SOURCE_DATE_EPOCH stands in for the clock, as in builds. */
static unsigned
find_today(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	unsigned long long seconds;
	time_t now = time(NULL);
	struct tm tm;

	if (slice_to_uint(slice_of(epoch), INT64_MAX, &seconds))
		now = (time_t)seconds;
	if (gmtime_r(&now, &tm) == NULL)
		return 0;
	return (unsigned)((tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 +
			  tm.tm_mday);
}

/* A first argument that is no verb is a file. */
static bool
take_verb(struct options *o, int *argc, char ***argv)
{
	if (*argc < 2 || !verb_find((*argv)[1], &o->verb))
		return false;
	(*argv)[1] = (*argv)[0];
	(*argc)--, (*argv)++;
	return true;
}

/* What is wrong with the FILEs of the verb rules. */
static bool
check_names(int argc, char **argv)
{
	return argc <= 1 ||
	       cli_complain("one rule or family at a time, not also '%s'",
			    argv[1]);
}

static bool
check_once(size_t dashes)
{
	return dashes <= 1 ||
	       cli_complain("standard input ('-') can be read only once");
}

/* Of diff: two of them, or one with its past or under another release. */
static bool
check_sides(const struct options *o, int argc, char **argv, size_t dashes)
{
	if (o->diff.revision == NULL && o->diff.old_target != 0 && argc == 1)
		return check_once(dashes * 2);
	if (o->diff.revision == NULL)
		return argc == 2 ||
		       cli_complain("two files can be compared, or one with "
				    "what it was, --git REV %s, or with itself "
				    "before an upgrade: --old-target VERSION "
				    "%s",
				    argv[0], argv[0]);
	if (argc > 1)
		return cli_complain("with --git, one file is compared with "
				    "what it was, not also with '%s'",
				    argv[1]);
	return dashes == 0 ||
	       cli_complain("standard input ('-') has no revisions");
}

/* Standard input is no file in some respects. */
static bool
check_dashes(const struct options *o, size_t dashes)
{
	if (!check_once(dashes))
		return false;
	if (dashes > 0 && o->top_level)
		return cli_complain("standard input ('-') is included by "
				    "nothing");
	if (dashes > 0 && o->fix == FIX_WRITE)
		return cli_complain("standard input cannot be written; "
				    "'--fix-dry-run' prints what would be "
				    "done");
	return true;
}

static bool
check_files(struct options *o, int argc, char **argv)
{
	size_t dashes = 0;

	o->files = (const char *const *)argv;
	o->file_count = (size_t)argc;
	for (int i = 0; i < argc; i++)
		dashes += strcmp(argv[i], "-") == 0;
	if (o->verb == VERB_RULES)
		return check_names(argc, argv);
	if (argc == 0)
		return cli_complain("no FILE is given; 'dnslint --help' says "
				    "how");
	if (o->verb == VERB_DIFF && !check_sides(o, argc, argv, dashes))
		return false;
	if (o->verb != VERB_CHECK && o->verb != VERB_DIFF && argc > 1)
		return cli_complain("this verb takes one file, not also '%s'",
				    argv[1]);
	if (o->lint.policy.chroot != NULL && o->lint.policy.mirror != NULL)
		return cli_complain("--chroot and --map exclude each other");
	if (o->no_policy && o->policy_path != NULL)
		return cli_complain("--policy and --no-policy exclude each "
				    "other");
	return check_dashes(o, dashes);
}

/* False when there is nothing to run: `*status` says why. */
static bool
read_options(struct reader *r, int argc, char **argv, bool verb_given,
	     enum options_status *status)
{
	const struct option *all = make_long_options(r->arena);
	enum verb verb = r->o->verb;
	int at;

	opterr = 0;
	*status = OPTIONS_DONE;
	for (int id;
	     (id = getopt_long(argc, argv, ":hV", all, &at)) != -1;) {
		if (id == 'h')
			return help_print(verb_given ? &verb : NULL), false;
		if (id == 'V')
			return help_print_version(), false;
		*status = OPTIONS_WRONG;
		if (id == '?' || id == ':')
			return complain_of_word(verb, id, argv[optind - 1]),
			       false;
		if (!read_row(r, all[at].name, optarg))
			return false;
		*status = OPTIONS_DONE;
	}
	*status = OPTIONS_RUN;
	return true;
}

enum options_status
options_read(struct arena *a, int argc, char **argv, struct options *o)
{
	struct reader r = { .arena = a, .o = o,
			    .last_map = &o->lint.policy.mirror };
	enum options_status status;

	*o = (struct options){ 0 };
	o->lint.stdin_name = "<stdin>";
	o->lint.today = find_today();
	bool verb_given = take_verb(o, &argc, &argv);

	if (!read_options(&r, argc, argv, verb_given, &status))
		return status;
	const char *fault = intent_contradiction(&o->lint.intent);

	if (fault != NULL)
		return cli_complain("%s", fault), OPTIONS_WRONG;
	if (r.outputs.len == 0)
		read_format(&r, "text");
	o->lint.host.addresses = o->host.at;
	o->lint.host.count = o->host.len;
	if (!o->no_policy)
		o->lint.policies = policies_new(a, o->policy_path,
						o->lint.policy);
	o->outputs = r.outputs.at;
	o->output_count = r.outputs.len;
	if (!verb_given && optind < argc && complain_of_verb(argv[optind]))
		return OPTIONS_WRONG;
	return check_files(o, argc - optind, argv + optind) && outputs_check(o)
		       ? OPTIONS_RUN
		       : OPTIONS_WRONG;
}
