#include "options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"
#include "intent/delegation.h"
#include "intent/network.h"
#include "lint/policies.h"
#include "schema/release.h"
#include "schema/suggest.h"
#include "source/mirror.h"
#include "source/path.h"

struct reader {
	struct arena *arena;
	struct options *o;
	VEC(struct output) outputs;
	const struct mirror **last_map; /* where the next one goes */
};

enum option_id {
	OPT_HELP = 'h',
	OPT_VERSION = 'V',
	OPT_SERVER = 256,
	OPT_TARGET,
	OPT_INCLUDE_ROOT,
	OPT_CHROOT,
	OPT_MAP,
	OPT_STDIN_FILENAME,
	OPT_POLICY,
	OPT_NO_POLICY,
	OPT_ROLE,
	OPT_CLIENTS,
	OPT_INTERFACE,
	OPT_INTERFACES,
	OPT_FORMAT,
	OPT_ONLY,
	OPT_DELEGATIONS,
	OPT_RULE,
	OPT_NO_HEURISTICS,
	OPT_FAIL_ON,
	OPT_EXIT_ZERO,
	OPT_BASELINE,
	OPT_WRITE_BASELINE,
	OPT_TOP_LEVEL,
	OPT_FIX,
	OPT_FIX_DRY_RUN,
	OPT_OUTPUT,
	OPT_COLOR,
	OPT_QUERY,
	OPT_CLIENT,
	OPT_TO,
	OPT_TCP,
	OPT_KEY,
	OPT_NO_RD,
	OPT_PROBES,
	OPT_DIG,
	OPT_GIT,
	OPT_ON,
};

/* In the order of enum option_id: see is_option_of(). */
static const struct option long_options[] = {
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ "server", required_argument, NULL, OPT_SERVER },
	{ "target", required_argument, NULL, OPT_TARGET },
	{ "include-root", required_argument, NULL, OPT_INCLUDE_ROOT },
	{ "chroot", required_argument, NULL, OPT_CHROOT },
	{ "map", required_argument, NULL, OPT_MAP },
	{ "stdin-filename", required_argument, NULL, OPT_STDIN_FILENAME },
	{ "policy", required_argument, NULL, OPT_POLICY },
	{ "no-policy", no_argument, NULL, OPT_NO_POLICY },
	{ "role", required_argument, NULL, OPT_ROLE },
	{ "clients", required_argument, NULL, OPT_CLIENTS },
	{ "interface", required_argument, NULL, OPT_INTERFACE },
	{ "interfaces", required_argument, NULL, OPT_INTERFACES },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "delegations", required_argument, NULL, OPT_DELEGATIONS },
	{ "rule", required_argument, NULL, OPT_RULE },
	{ "no-heuristics", no_argument, NULL, OPT_NO_HEURISTICS },
	{ "fail-on", required_argument, NULL, OPT_FAIL_ON },
	{ "exit-zero", no_argument, NULL, OPT_EXIT_ZERO },
	{ "baseline", required_argument, NULL, OPT_BASELINE },
	{ "write-baseline", required_argument, NULL, OPT_WRITE_BASELINE },
	{ "top-level", no_argument, NULL, OPT_TOP_LEVEL },
	{ "fix", no_argument, NULL, OPT_FIX },
	{ "fix-dry-run", no_argument, NULL, OPT_FIX_DRY_RUN },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "output", required_argument, NULL, OPT_OUTPUT },
	{ "color", required_argument, NULL, OPT_COLOR },
	{ "query", required_argument, NULL, OPT_QUERY },
	{ "client", required_argument, NULL, OPT_CLIENT },
	{ "to", required_argument, NULL, OPT_TO },
	{ "tcp", no_argument, NULL, OPT_TCP },
	{ "key", required_argument, NULL, OPT_KEY },
	{ "no-rd", no_argument, NULL, OPT_NO_RD },
	{ "probes", required_argument, NULL, OPT_PROBES },
	{ "dig", required_argument, NULL, OPT_DIG },
	{ "git", required_argument, NULL, OPT_GIT },
	{ "on", required_argument, NULL, OPT_ON },
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
	o->lint.fail_on_given = true;
	if (severity_parse(slice_of(text), &o->lint.fail_on))
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

/* FROM=TO; those given later see what earlier ones make. */
static bool
read_map(struct reader *r, const char *text)
{
	struct arena *a = r->arena;
	struct mirror *m = ARENA_NEW(a, struct mirror);
	struct slice to = slice_of(text), from = slice_split(&to, '=');
	const char *of = path_lexical(a, arena_strdup(a, from));
	char *at = realpath(arena_strdup(a, to), NULL);

	if (from.len == 0 || *from.data != '/' || to.len == 0 || of[1] == '\0')
		return free(at), complain("'%s' is no mapping such as "
					  "/etc/bind=bind", text);
	if (at == NULL)
		return complain("--map %s: there is no such file or directory "
				"here", text);
	*m = (struct mirror){ .of = of, .at = arena_strdup(a, slice_of(at)) };
	free(at);
	*r->last_map = m;
	r->last_map = &m->next;
	return true;
}

/* Which options a verb has; they are numbered by group. */
static bool
is_option_of(enum verb verb, int id)
{
	if (verb == VERB_RULES)
		return id == OPT_FORMAT;
	if (id <= OPT_INTERFACES)
		return true;
	switch (verb) {
	case VERB_CHECK:
		return id <= OPT_COLOR;
	case VERB_PREDICT:
		return id == OPT_FORMAT ||
		       (id >= OPT_QUERY && id <= OPT_PROBES);
	case VERB_EXPLAIN:
		return id == OPT_FORMAT || id == OPT_COLOR ||
		       id == OPT_DELEGATIONS || (id >= OPT_QUERY && id <= OPT_DIG && id != OPT_PROBES);
	case VERB_DIFF:
		return id == OPT_FORMAT ||
		       (id >= OPT_QUERY && id <= OPT_NO_RD) || id >= OPT_GIT;
	default:
		return false;
	}
}

static bool
read_predict_format(struct options *o, const char *text)
{
	static const char *const names[] = { "text", "json", "tsv" };

	for (int i = PREDICT_TEXT; i <= PREDICT_TSV; i++) {
		if (strcmp(text, names[i]) == 0 &&
		    (i != PREDICT_TSV || o->verb == VERB_PREDICT)) {
			o->predict.format = (enum predict_format)i;
			return true;
		}
	}
	return complain(o->verb == VERB_PREDICT
				? "'%s' is no format of predict; there are "
				  "text, json and tsv"
				: "'%s' is no format of explain; there are "
				  "text and json",
			text);
}

static bool
read_rules_format(struct options *o, const char *text)
{
	static const char *const names[] = { "text", "json", "markdown" };

	for (int i = CATALOGUE_TEXT; i <= CATALOGUE_MARKDOWN; i++) {
		if (strcmp(text, names[i]) == 0) {
			o->catalogue = (enum catalogue_format)i;
			return true;
		}
	}
	return complain("'%s' is no format of rules; there are text, json and "
			"markdown",
			text);
}

static bool
read_diff_format(struct options *o, const char *text)
{
	static const char *const names[] = { "text", "json", "markdown" };

	for (int i = DIFF_TEXT; i <= DIFF_MARKDOWN; i++) {
		if (strcmp(text, names[i]) == 0) {
			o->diff.format = (enum diff_format)i;
			return true;
		}
	}
	return complain("'%s' is no format of diff; there are text, json and "
			"markdown",
			text);
}

static bool
read_on(struct options *o, const char *text)
{
	static const char *const names[] = { "narrowed", "widened", "any" };

	for (int i = DIFF_ON_NARROWED; i <= DIFF_ON_ANY; i++) {
		if (strcmp(text, names[i]) == 0) {
			o->diff.on = (enum diff_on)i;
			return true;
		}
	}
	return complain("'%s' is no kind of change; there are narrowed, widened "
			"and any",
			text);
}

static bool
read_interface(struct reader *r, const char *text)
{
	r->o->lint.host.known = true;
	if (host_add(r->arena, &r->o->host, text))
		return true;
	return complain("'%s' is no address such as 192.0.2.1/24", text);
}

static bool
read_role(struct intent *in, const char *text)
{
	in->role_place = (struct place_declared){ "--role", 0, 0 };
	if (role_parse(slice_of(text), &in->role))
		return true;
	return complain("'%s' is no role; there are authoritative, resolver, "
			"forwarder, mixed and hidden-primary",
			text);
}

static bool
read_clients(struct reader *r, const char *text)
{
	struct intent *in = &r->o->lint.intent;
	const char *fault =
		networks_parse(r->arena, slice_of(text), &in->clients);

	in->clients_declared = true;
	in->clients_place = (struct place_declared){ "--clients", 0, 0 };
	return fault == NULL || complain("--clients: %s", fault);
}

/* What the server is for, and what its host is. */
static bool
read_intent_option(struct reader *r, int id, const char *value)
{
	struct options *o = r->o;
	const char *why;

	switch (id) {
	case OPT_POLICY:
		o->policy_path = value;
		return true;
	case OPT_NO_POLICY:
		return o->no_policy = true;
	case OPT_ROLE:
		return read_role(&o->lint.intent, value);
	case OPT_CLIENTS:
		return read_clients(r, value);
	case OPT_INTERFACE:
		return read_interface(r, value);
	default:
		o->lint.host.known = true;
		return host_add_file(r->arena, &o->host, value, &why) ||
		       complain("%s", why);
	}
}

/* Each line of what is wrong with it begins with its place. */
static bool
read_delegations(struct reader *r, const char *path)
{
	const char *why;

	r->o->lint.delegations = delegations_load(r->arena, path, &why);
	if (r->o->lint.delegations == NULL)
		fprintf(stderr, "%s\n", why);
	return r->o->lint.delegations != NULL;
}

static bool
read_predict_option(struct reader *r, int id, const char *value)
{
	struct predict_options *p = &r->o->predict;

	switch (id) {
	case OPT_QUERY:
		p->ask.query = value;
		return true;
	case OPT_CLIENT:
		p->ask.client = value;
		return true;
	case OPT_TO:
		p->ask.to = value;
		return true;
	case OPT_TCP:
		return p->ask.tcp = true;
	case OPT_KEY:
		p->ask.key = value;
		return true;
	case OPT_NO_RD:
		return p->ask.no_rd = true;
	case OPT_PROBES:
		p->probes = value;
		return true;
	case OPT_DIG:
		p->dig = value;
		return true;
	case OPT_GIT:
		r->o->diff.revision = value;
		return true;
	case OPT_ON:
		return read_on(r->o, value);
	default:
		return false; /* getopt has said why */
	}
}

static bool
read_option(struct reader *r, int id, const char *value)
{
	struct options *o = r->o;
	const char *why;

	if (id >= OPT_POLICY && id <= OPT_INTERFACES)
		return read_intent_option(r, id, value);
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
	case OPT_MAP:
		return read_map(r, value);
	case OPT_STDIN_FILENAME:
		o->lint.stdin_name = value;
		return true;
	case OPT_ONLY:
		return selection_add_only(r->arena, &o->lint.selection, value,
					  &why) ||
		       complain("%s", why);
	case OPT_DELEGATIONS:
		return read_delegations(r, value);
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
	case OPT_BASELINE:
		o->baseline = value;
		return true;
	case OPT_WRITE_BASELINE:
		o->write_baseline = value;
		return true;
	case OPT_TOP_LEVEL:
		return o->top_level = true;
	case OPT_FIX:
		/* To look first is the safer of the two. */
		o->fix = o->fix == FIX_SHOW ? FIX_SHOW : FIX_WRITE;
		return true;
	case OPT_FIX_DRY_RUN:
		o->fix = FIX_SHOW;
		return true;
	case OPT_FORMAT:
		return o->verb == VERB_CHECK   ? read_format(r, value)
		       : o->verb == VERB_RULES ? read_rules_format(o, value)
		       : o->verb == VERB_DIFF  ? read_diff_format(o, value)
					       : read_predict_format(o, value);
	case OPT_OUTPUT:
		return read_output(r, value);
	case OPT_COLOR:
		return read_color(o, value);
	default:
		return read_predict_option(r, id, value);
	}
}

/* A word that getopt does not take: '?', or ':' where a value is missing. */
static void
complain_of_word(enum verb verb, int fault, const char *word)
{
	const char *nearest = NULL;
	unsigned best = (unsigned)strlen(word) / 3;

	if (fault == ':') {
		complain("the option '%s' needs a value", word);
		return;
	}
	if (strncmp(word, "--", 2) != 0) {
		fprintf(stderr,
			"dnslint: there is no option '-%c'; 'dnslint %s "
			"--help' lists them\n",
			optopt, verb_name(verb));
		return;
	}
	if (optopt != 0) {
		complain("'%s': this option takes no value", word);
		return;
	}
	for (const struct option *l = long_options; l->name != NULL; l++) {
		unsigned d = suggest_distance(slice_of(word + 2),
					      slice_of(l->name), best);

		if (d <= best && is_option_of(verb, l->val)) {
			nearest = l->name;
			best = d;
		}
	}
	fprintf(stderr, "dnslint: there is no option '%s'", word);
	if (nearest != NULL)
		fprintf(stderr, "; is it '--%s'?", nearest);
	fprintf(stderr, "\ndnslint: 'dnslint %s --help' lists the options\n",
		verb_name(verb));
}

static void
complain_of_option(enum verb verb, int id)
{
	const struct option *l = long_options;

	while (l->val != id)
		l++;
	fprintf(stderr,
		"dnslint: '--%s' is no option of '%s'; 'dnslint %s --help' "
		"lists them\n",
		l->name, verb_name(verb), verb_name(verb));
}

/* A first word that is no file may be a misspelt verb: is it? */
static bool
complain_of_verb(const char *word)
{
	if (access(word, F_OK) == 0)
		return false;
	if (strcmp(word, "help") == 0)
		return !complain("there is no file '%s'; 'dnslint --help' "
				 "lists what there is",
				 word);
	for (int v = 0; v < VERB_COUNT; v++) {
		const char *name = verb_name((enum verb)v);

		if (suggest_distance(slice_of(word), slice_of(name), 1) > 1)
			continue;
		fprintf(stderr,
			"dnslint: there is no file '%s'; is it the verb "
			"'%s'?\n",
			word, name);
		return true;
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

static enum options_status
check_files(struct options *o, int argc, char **argv)
{
	size_t dashes = 0;

	o->files = (const char *const *)argv;
	o->file_count = (size_t)argc;
	for (int i = 0; i < argc; i++)
		dashes += strcmp(argv[i], "-") == 0;
	if (o->verb == VERB_RULES && argc <= 1)
		return OPTIONS_RUN;
	if (o->verb == VERB_RULES)
		complain("one rule or family at a time, not also '%s'",
			 argv[1]);
	else if (argc == 0)
		complain("no FILE is given; '%s' says how",
			 "dnslint --help");
	else if (o->verb == VERB_DIFF && o->diff.revision != NULL && argc > 1)
		complain("with --git, one file is compared with what it was, "
			 "not also with '%s'",
			 argv[1]);
	else if (o->verb == VERB_DIFF && o->diff.revision == NULL && argc != 2)
		complain("two files can be compared, or one with what it was: "
			 "--git REV %s",
			 argv[0]);
	else if (o->verb == VERB_DIFF && o->diff.revision != NULL && dashes > 0)
		complain("standard input ('%s') has no revisions", "-");
	else if (o->verb != VERB_CHECK && o->verb != VERB_DIFF && argc > 1)
		complain("this verb takes one file, not also '%s'", argv[1]);
	else if (dashes > 1)
		complain("standard input ('%s') can be read only once", "-");
	else if (dashes > 0 && o->top_level)
		complain("standard input ('%s') is included by nothing", "-");
	else if (o->lint.policy.chroot != NULL && o->lint.policy.mirror != NULL)
		complain("--chroot and %s exclude each other", "--map");
	else if (dashes > 0 && o->fix == FIX_WRITE)
		complain("standard input cannot be written; '%s' prints what "
			 "would be done",
			 "--fix-dry-run");
	else
		return OPTIONS_RUN;
	return OPTIONS_WRONG;
}

enum options_status
options_read(struct arena *a, int argc, char **argv, struct options *o)
{
	struct reader r = { .arena = a, .o = o,
			    .last_map = &o->lint.policy.mirror };

	*o = (struct options){ 0 };
	o->lint.stdin_name = "<stdin>";
	o->lint.today = find_today();
	bool verb_given = take_verb(o, &argc, &argv);

	opterr = 0;
	for (int id; (id = getopt_long(argc, argv, ":hV", long_options, NULL)) !=
		     -1;) {
		if (id == OPT_HELP && verb_given)
			return help_print_verb(o->verb), OPTIONS_DONE;
		if (id == OPT_HELP)
			return help_print(), OPTIONS_DONE;
		if (id == OPT_VERSION)
			return help_print_version(), OPTIONS_DONE;
		if (id == '?' || id == ':')
			return complain_of_word(o->verb, id, argv[optind - 1]),
			       OPTIONS_WRONG;
		if (!is_option_of(o->verb, id))
			return complain_of_option(o->verb, id), OPTIONS_WRONG;
		if (!read_option(&r, id, optarg))
			return OPTIONS_WRONG;
	}
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
	return check_files(o, argc - optind, argv + optind);
}
