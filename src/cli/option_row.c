#include "cli/option_row.h"

#include <string.h>

#define V(verb) (1U << VERB_##verb)
#define READING                                                                \
	(V(CHECK) | V(DUMP) | V(PREDICT) | V(EXPLAIN) | V(DIFF))
#define ASKING (V(PREDICT) | V(EXPLAIN) | V(DIFF))

/* In the order of --help. */
const struct option_row option_rows[] = {
	{ "server", "named|unbound|auto", READING, read_server,
	  "which language (default: auto, by content)" },
	{ "target", "VERSION", READING, read_target,
	  "server release to judge for, such as 9.18 or\n"
	  "1.17 (default: the newest known)" },
	{ "include-root", "DIR", READING, read_include_root,
	  "never open a file outside of DIR" },
	{ "chroot", "DIR", READING, read_chroot,
	  "find files as a server does that runs in DIR" },
	{ "map", "FROM=TO", READING, read_map,
	  "read what is below FROM on the server from TO,\n"
	  "such as /etc/bind=bind (repeatable)" },
	{ "stdin-filename", "NAME", READING, read_stdin_filename,
	  "what to call the file '-'" },
	{ "policy", "FILE", READING, read_policy,
	  "the intent file (default: the nearest\n"
	  ".dnslint.yaml at or above FILE)" },
	{ "no-policy", NULL, READING, read_no_policy,
	  "read no intent file" },
	{ "role", "ROLE", READING, read_role,
	  "what the server is for: authoritative, resolver,\n"
	  "forwarder, mixed or hidden-primary" },
	{ "clients", "PREFIX[,...]", READING, read_clients,
	  "who must be able to recurse, and nobody else" },
	{ "interface", "ADDR/LEN", READING, read_interface,
	  "an address of the server's host (repeatable)" },
	{ "interfaces", "FILE", READING, read_interfaces,
	  "all of them, as 'ip -json address' prints them;\n"
	  "without these, what depends on them is UNKNOWN" },

	{ "top-level", NULL, V(CHECK), read_top_level,
	  "check the configurations of the repository that\n"
	  "include FILE, or those below a directory; nothing\n"
	  "outside of the repository is opened" },
	{ "only", "ID|FAMILY[,...]", V(CHECK), read_only,
	  "only these rules; the family 'load' is what\n"
	  "the server itself would refuse" },
	{ "rule", "ID=LEVEL", V(CHECK), read_rule,
	  "off, note, warning or error for one rule" },
	{ "no-heuristics", NULL, V(CHECK), read_no_heuristics,
	  "leave out rules that guess" },

	{ "git", "REV", V(DIFF), read_git,
	  "OLD is FILE at this revision, with all that it\n"
	  "includes from the repository" },
	{ "old-target", "VERSION", V(DIFF), read_old_target,
	  "judge OLD for this release, to see what an\n"
	  "upgrade changes; with one FILE, for that alone" },
	{ "on", "narrowed|widened|any", V(DIFF), read_on,
	  "what makes the exit status 1: clients lose their\n"
	  "answers (default), clients are answered who were\n"
	  "not, or any change" },
	{ "client", "ADDR", V(EXPLAIN), read_client,
	  "where the question comes from" },
	{ "query", "NAME[/TYPE]", V(EXPLAIN), read_query,
	  "what is asked (type A if not said)" },
	{ "query", "NAME[/TYPE]", V(PREDICT) | V(DIFF), read_query,
	  "only this question (type A if not said; UPDATE\n"
	  "and NOTIFY stand for those)" },
	{ "client", "ADDR", V(PREDICT) | V(DIFF), read_client,
	  "only this client" },
	{ "to", "ADDR", ASKING, read_to,
	  "sent to this address of the server" },
	{ "tcp", NULL, ASKING, read_tcp, "over TCP" },
	{ "key", "NAME", ASKING, read_key, "signed with this TSIG key" },
	{ "no-rd", NULL, ASKING, read_no_rd,
	  "recursion is not asked for" },
	{ "probes", "FILE", V(PREDICT), read_probes,
	  "answer many questions: tab separated, a header\n"
	  "line 'client dest qname qtype rd tsig proto'" },
	{ "dig", "FILE", V(EXPLAIN), read_dig,
	  "take the question from dig's output (standard\n"
	  "input: '-') and explain that answer" },
	{ "delegations", "FILE", V(CHECK) | V(EXPLAIN), read_delegations,
	  "a parent zone: what it delegates to this server\n"
	  "is to be served here" },

	{ "fail-on", "LEVEL", V(CHECK), read_fail_on,
	  "error, warning (default) or note: findings from\n"
	  "here on make the exit status 1" },
	{ "exit-zero", NULL, V(CHECK), read_exit_zero,
	  "exit 0 whatever is found" },
	{ "baseline", "FILE", V(CHECK), read_baseline,
	  "leave out the findings recorded in FILE" },
	{ "write-baseline", "FILE", V(CHECK), read_write_baseline,
	  "record all findings in FILE, and report none" },
	{ "fix", NULL, V(CHECK), read_fix,
	  "mend what can be mended without a doubt, in\n"
	  "included files too; report what is left" },
	{ "fix-dry-run", NULL, V(CHECK), read_fix_dry_run,
	  "print what --fix would do, as a unified diff, and\n"
	  "exit as it would" },
	{ "format", "FORMAT", V(CHECK), read_format,
	  "text, json, sarif, github, gitlab, junit or\n"
	  "checkstyle (default: text)" },
	{ "format", "text|json|tsv", V(PREDICT), read_predict_format,
	  "tsv goes with --probes (default: text)" },
	{ "format", "text|json", V(EXPLAIN), read_explain_format,
	  "(default: text)" },
	{ "format", "text|json|markdown", V(DIFF), read_diff_format,
	  "markdown is made for a merge request's comment\n"
	  "(default: text)" },
	{ "format", "text|json|markdown", V(RULES), read_rules_format,
	  "(default: text)" },
	{ "output", "FILE", V(CHECK), read_output,
	  "where the format before it goes" },
	{ "color", "auto|always|never", V(CHECK) | V(EXPLAIN), read_color,
	  "colors (default: auto)" },
};
const size_t option_row_count = sizeof(option_rows) / sizeof(*option_rows);

const struct option_row *
option_row_find(enum verb verb, const char *name)
{
	for (size_t i = 0; i < option_row_count; i++)
		if (strcmp(option_rows[i].name, name) == 0 &&
		    (option_rows[i].verbs & 1U << verb) != 0)
			return &option_rows[i];
	return NULL;
}

/* "a, b and c" */
static const char *
list_names(struct arena *a, const char *const *names)
{
	const char *text = names[0];

	for (int i = 1; names[i] != NULL; i++)
		text = arena_printf(a, "%s%s%s", text,
				    names[i + 1] == NULL ? " and " : ", ",
				    names[i]);
	return text;
}

bool
cli_choose(const char *text, const char *what, const char *const *names,
	   int *number)
{
	struct arena *a;

	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(text, names[i]) == 0) {
			*number = i;
			return true;
		}
	a = arena_new();
	cli_complain("'%s' is no %s; there are %s", text, what,
		     list_names(a, names));
	arena_free(a);
	return false;
}
