#include "help.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "report/report.h"
#include "schema/release.h"

static const char help_top[] =
	"Usage: dnslint [check] [OPTIONS] FILE...\n"
	"       dnslint predict [OPTIONS] FILE\n"
	"       dnslint explain --client ADDR --query NAME [OPTIONS] FILE\n"
	"       dnslint diff [OPTIONS] OLD NEW\n"
	"       dnslint diff --git REV [OPTIONS] FILE\n"
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

static const char help_reading[] =
	"  --server named|unbound|auto  which language (default: auto, by content)\n"
	"  --target VERSION             server release to judge for, such as 9.18 or\n"
	"                               1.17 (default: the newest known)\n"
	"  --include-root DIR           never open a file outside of DIR\n"
	"  --chroot DIR                 find files as a server does that runs in DIR\n"
	"  --map FROM=TO                read what is below FROM on the server from TO,\n"
	"                               such as /etc/bind=bind (repeatable)\n"
	"  --stdin-filename NAME        what to call the file '-'\n"
	"  --policy FILE                the intent file (default: the nearest\n"
	"                               .dnslint.yaml at or above FILE)\n"
	"  --no-policy                  read no intent file\n"
	"  --role ROLE                  what the server is for: authoritative, resolver,\n"
	"                               forwarder, mixed or hidden-primary\n"
	"  --clients PREFIX[,...]       who must be able to recurse, and nobody else\n"
	"  --interface ADDR/LEN         an address of the server's host (repeatable)\n"
	"  --interfaces FILE            all of them, as 'ip -json address' prints them;\n"
	"                               without these, what depends on them is UNKNOWN\n";

static const char help_check[] =
	"Usage: dnslint [check] [OPTIONS] FILE...\n"
	"\n"
	"Checks each FILE with all that it includes; '-' is standard input.\n"
	"\n"
	"%s"
	"  --top-level                  check the configurations of the repository that\n"
	"                               include FILE, or those below a directory; nothing\n"
	"                               outside of the repository is opened\n"
	"  --only ID|FAMILY[,...]       only these rules; the family 'load' is what\n"
	"                               the server itself would refuse\n"
	"  --rule ID=LEVEL              off, note, warning or error for one rule\n"
	"  --no-heuristics              leave out rules that guess\n"
	"  --delegations FILE           a parent zone: what it delegates to this server\n"
	"                               is to be served here\n"
	"  --fail-on LEVEL              error, warning (default) or note: findings from\n"
	"                               here on make the exit status 1\n"
	"  --exit-zero                  exit 0 whatever is found\n"
	"  --baseline FILE              leave out the findings recorded in FILE\n"
	"  --write-baseline FILE        record all findings in FILE, and report none\n"
	"  --fix                        mend what can be mended without a doubt, in\n"
	"                               included files too; report what is left\n"
	"  --fix-dry-run                print what --fix would do, as a unified diff, and\n"
	"                               exit as it would\n"
	"  --format FORMAT              format of the report (default: text):\n"
	"                            %s\n"
	"  --output FILE                where the format before it goes\n"
	"  --color auto|always|never    colors (default: auto)\n"
	"\n"
	"Exit status: 0 nothing found, 1 findings, 2 a file could not be judged.\n";

static const char help_dump[] =
	"Usage: dnslint dump [OPTIONS] FILE\n"
	"\n"
	"Prints the syntax tree of FILE and its includes.\n"
	"\n"
	"%s"
	"\n"
	"Exit status: 0 done, 1 the syntax has errors, 2 it cannot be read.\n";

#define HELP_QUESTION                                                         \
	"  --to ADDR                    sent to this address of the server\n"  \
	"  --tcp                        over TCP\n"                            \
	"  --key NAME                   signed with this TSIG key\n"           \
	"  --no-rd                      recursion is not asked for\n"

static const char help_predict[] =
	"Usage: dnslint predict [OPTIONS] FILE\n"
	"\n"
	"Prints what the server of FILE would do, for the client networks by\n"
	"outcome, with the statement that decides.\n"
	"\n"
	"%s"
	"  --query NAME[/TYPE]          only this question (type A if not said; UPDATE\n"
	"                               and NOTIFY stand for those)\n"
	"  --client ADDR                only this client\n" HELP_QUESTION
	"  --probes FILE                answer many questions: tab separated, a header\n"
	"                               line 'client dest qname qtype rd tsig proto'\n"
	"  --format text|json|tsv       tsv goes with --probes (default: text)\n"
	"\n"
	"Exit status: 0 done, 1 the server would not load FILE or what the intent file\n"
	"expects does not hold, 2 it cannot be read.\n";

static const char help_explain[] =
	"Usage: dnslint explain --client ADDR --query NAME[/TYPE] [OPTIONS] FILE\n"
	"       dig NAME @SERVER | dnslint explain --client ADDR --dig - FILE\n"
	"\n"
	"Shows step by step what the server of FILE would do with one question, why,\n"
	"and what to do about a refusal.\n"
	"\n"
	"%s"
	"  --client ADDR                where the question comes from\n"
	"  --query NAME[/TYPE]          what is asked (type A if not said)\n" HELP_QUESTION
	"  --delegations FILE           a parent zone: what it delegates to this server\n"
	"                               is to be served here\n"
	"  --dig FILE                   take the question from dig's output (standard\n"
	"                               input: '-') and explain that answer\n"
	"  --format text|json           (default: text)\n"
	"  --color auto|always|never    colors (default: auto)\n"
	"\n"
	"Exit status: 0 done, 1 the server would not load FILE or what the intent file\n"
	"expects does not hold, 2 it cannot be read.\n";

static const char help_diff[] =
	"Usage: dnslint diff [OPTIONS] OLD NEW\n"
	"       dnslint diff --git REV [OPTIONS] FILE\n"
	"\n"
	"Prints whose answers change between two configurations: for each question\n"
	"the exact client networks, what they got and what they get, and the\n"
	"statement that decides on each side. The intent file that holds for NEW\n"
	"says what the host of both is; if it does not, 'localhost' is taken for\n"
	"the loopback addresses alone.\n"
	"\n"
	"%s"
	"  --git REV                    OLD is FILE at this revision, with all that it\n"
	"                               includes from the repository\n"
	"  --on narrowed|widened|any    what makes the exit status 1: clients lose their\n"
	"                               answers (default), clients are answered who were\n"
	"                               not, or any change\n"
	"  --query NAME[/TYPE]          only this question (type A if not said)\n"
	"  --client ADDR                only this client\n" HELP_QUESTION
	"  --format text|json|markdown  markdown is made for a merge request's comment\n"
	"                               (default: text)\n"
	"\n"
	"Exit status: 0 no such change, 1 a change, or a server would not load a file,\n"
	"2 one cannot be read.\n";

static const char help_rules[] =
	"Usage: dnslint rules [--format text|json|markdown] [ID|FAMILY]\n"
	"\n"
	"Lists all rules, or those of a FAMILY. For one rule (ID), prints why it\n"
	"matters, where that is written, and a bad and a good example.\n"
	"\n"
	"  --format text|json|markdown  (default: text)\n"
	"\n"
	"Exit status: 0 done, 2 there is no such rule or family.\n";

static const struct {
	const char *name;
	const char *help;
} verbs[VERB_COUNT] = {
	[VERB_CHECK] = { "check", help_check },
	[VERB_DUMP] = { "dump", help_dump },
	[VERB_PREDICT] = { "predict", help_predict },
	[VERB_EXPLAIN] = { "explain", help_explain },
	[VERB_DIFF] = { "diff", help_diff },
	[VERB_RULES] = { "rules", help_rules },
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

void
help_print(void)
{
	printf("%s\nOptions of check:\n", help_top);
	printf(strstr(help_check, "%s"), help_reading, report_names());
}

void
help_print_verb(enum verb verb)
{
	printf(verbs[verb].help, help_reading, report_names());
}

void
help_print_version(void)
{
	printf("dnslint %s (judges %s, %s)\n", PACKAGE_VERSION,
	       release_software(DIALECT_NAMED),
	       release_software(DIALECT_UNBOUND));
}
