#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cli/option_row.h"
#include "config.h"
#include "schema/release.h"

/* Where the words about an option begin. */
enum { HELP_COLUMN = 31 };

static const char help_top[] =
	"Usage: dnslint [check] [OPTIONS] FILE...\n"
	"       dnslint predict [OPTIONS] FILE\n"
	"       dnslint explain --client ADDR --query NAME [OPTIONS] FILE\n"
	"       dnslint diff [OPTIONS] OLD NEW\n"
	"       dnslint diff --git REV [OPTIONS] FILE\n"
	"       dnslint diff --old-target VERSION [OPTIONS] FILE\n"
	"       dnslint rules [ID|FAMILY]\n"
	"       dnslint dump [OPTIONS] FILE\n"
	"\n"
	"Checks named.conf (BIND) and unbound.conf (Unbound) files.\n"
	"\n"
	"Verbs:\n"
	"  check    find faults (the default)\n"
	"  predict  who gets REFUSED, who is dropped, who is answered\n"
	"  explain  one client, one question: every step, and what to do\n"
	"  diff     which clients get something else after a change\n"
	"  rules    the rules: what they find, why, and where that is written\n"
	"  dump     print the syntax tree of a file\n"
	"\n"
	"'dnslint VERB --help' lists the options of a verb.\n";

/* What is said before and behind the options of a verb. */
struct verb_help {
	const char *name;
	const char *before;
	const char *behind;
};

static const struct verb_help verbs[VERB_COUNT] = {
	[VERB_CHECK] = {
		"check",
		"Usage: dnslint [check] [OPTIONS] FILE...\n"
		"\n"
		"Checks each FILE with all that it includes; '-' is standard input.\n",
		"Exit status: 0 nothing found, 1 findings, 2 a file could not be judged.\n",
	},
	[VERB_DUMP] = {
		"dump",
		"Usage: dnslint dump [OPTIONS] FILE\n"
		"\n"
		"Prints the syntax tree of FILE and its includes.\n",
		"Exit status: 0 done, 1 the syntax has errors, 2 it cannot be read.\n",
	},
	[VERB_PREDICT] = {
		"predict",
		"Usage: dnslint predict [OPTIONS] FILE\n"
		"\n"
		"Prints what the server of FILE would do, for the client networks by\n"
		"outcome, with the statement that decides.\n",
		"Exit status: 0 done, 1 the server would not load FILE or what the intent file\n"
		"expects does not hold, 2 it cannot be read.\n",
	},
	[VERB_EXPLAIN] = {
		"explain",
		"Usage: dnslint explain --client ADDR --query NAME[/TYPE] [OPTIONS] FILE\n"
		"       dig NAME @SERVER | dnslint explain --client ADDR --dig - FILE\n"
		"\n"
		"Shows step by step what the server of FILE would do with one question, why,\n"
		"and what to do about a refusal.\n",
		"Exit status: 0 done, 1 the server would not load FILE or what the intent file\n"
		"expects does not hold, 2 it cannot be read.\n",
	},
	[VERB_DIFF] = {
		"diff",
		"Usage: dnslint diff [OPTIONS] OLD NEW\n"
		"       dnslint diff --git REV [OPTIONS] FILE\n"
		"       dnslint diff --old-target VERSION [OPTIONS] FILE\n"
		"\n"
		"Prints whose answers change between two configurations: for each question\n"
		"the exact client networks, what they got and what they get, and the\n"
		"statement that decides on each side. The intent file that holds for NEW\n"
		"says what the host of both is; if it does not, 'localhost' is taken for\n"
		"the loopback addresses alone.\n",
		"Exit status: 0 no such change, 1 a change, or a server would not load a file,\n"
		"2 one cannot be read.\n",
	},
	[VERB_RULES] = {
		"rules",
		"Usage: dnslint rules [--format text|json|markdown] [ID|FAMILY]\n"
		"\n"
		"Lists all rules, or those of a FAMILY. For one rule (ID), prints why it\n"
		"matters, where that is written, and a bad and a good example.\n",
		"Exit status: 0 done, 2 there is no such rule or family.\n",
	},
};

bool
verb_find(const char *name, enum verb *verb)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		if (strcmp(name, verbs[i].name) == 0) {
			*verb = (enum verb)i;
			return true;
		}
	}
	return false;
}

const char *
verb_name(enum verb verb)
{
	return verbs[verb].name;
}

static void
print_row(const struct option_row *row)
{
	int used = printf("  --%s%s%s", row->name,
			  row->value == NULL ? "" : " ",
			  row->value == NULL ? "" : row->value);
	struct slice rest = slice_of(row->help);

	while (rest.len > 0) {
		struct slice line = slice_split(&rest, '\n');

		printf("%*s%.*s\n", HELP_COLUMN - used, "", SLICE(line));
		used = 0;
	}
}

static void
print_options(enum verb verb)
{
	for (size_t i = 0; i < option_row_count; i++)
		if ((option_rows[i].verbs & 1U << verb) != 0)
			print_row(&option_rows[i]);
	printf("\n%s", verbs[verb].behind);
}

void
help_print(const enum verb *verb)
{
	printf("%s\n", verb == NULL ? help_top : verbs[*verb].before);
	if (verb == NULL)
		printf("Options of check:\n");
	print_options(verb == NULL ? VERB_CHECK : *verb);
}

void
help_print_version(void)
{
	printf("dnslint %s (judges %s, %s)\n", PACKAGE_VERSION,
	       release_software(DIALECT_NAMED),
	       release_software(DIALECT_UNBOUND));
}
