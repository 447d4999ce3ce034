#include "intent/policy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strmap.h"
#include "intent/glob.h"
#include "intent/policy_read.h"
#include "source/path.h"

static const char file_name[] = ".dnslint.yaml";

struct policy {
	policy_rule_fault *rule_fault;
	struct arena *arena;
	const char *path; /* as it was given */
	const char *directory; /* absolute */
	VEC(struct policy_server) servers;
	VEC(struct policy_rule) rules;
	const char *fail_on;
	bool require_reason;
};

static void
read_version(struct fields *f, const struct yaml *y, void *target)
{
	(void)target;
	if (y->kind != YAML_SCALAR || !y->plain || !slice_is(y->text, "1"))
		field_fault(f, y, "'version' is 1, the only one there is");
}

/* Of two entries with one pattern the second would never be looked at. */
static void
check_patterns(struct fields *f, struct strmap *seen,
	       const struct policy_server *server)
{
	for (size_t i = 0; i < server->pattern_count; i++) {
		const struct field_item *item = &server->patterns[i];
		void **at = strmap_at(seen, item->text);
		const struct yaml *first = *at;

		if (first != NULL)
			field_fault(f, item->at,
				    "'%s' is in an entry before, in line %zu, "
				    "which speaks of these files",
				    field_quote(f, item->at), first->line);
		else
			*at = (void *)(uintptr_t)item->at;
	}
}

static void
read_servers(struct fields *f, const struct yaml *y, void *target)
{
	struct policy *p = target;
	struct strmap *seen = strmap_new(f->arena, false);

	if (y->kind != YAML_SEQUENCE) {
		field_fault(f, y, "'servers' is a list; this is %s",
			    yaml_kind_name(y));
		return;
	}
	for (const struct yaml *v = y->first; v != NULL; v = v->next) {
		struct policy_server *server = VEC_PUSH(f->arena, &p->servers);

		*server = (struct policy_server){ 0 };
		policy_read_server(f, v, server);
		check_patterns(f, seen, server);
	}
}

/* Keys are ids of rules, which others know. */
static void
read_rules(struct fields *f, const struct yaml *y, void *target)
{
	static const char *const levels[] = { "off", "note", "warning",
					      "error" };
	struct policy *p = target;
	struct strmap *seen = strmap_new(f->arena, false);

	if (y->kind != YAML_MAPPING) {
		field_fault(f, y, "'rules' is a mapping of rules to levels; "
			    "this is %s", yaml_kind_name(y));
		return;
	}
	for (const struct yaml *v = y->first; v != NULL; v = v->next) {
		void **place = strmap_at(seen, v->key->text);
		const char *fault =
			p->rule_fault == NULL
				? NULL
				: p->rule_fault(f->arena, v->key->text);
		size_t level = field_choice(f, v, "level", levels, 4);

		if (fault != NULL)
			field_fault(f, v->key, "%s", fault);
		if (*place != NULL)
			field_fault(f, v->key, "the rule '%s' is there twice",
				    field_quote(f, v->key));
		else if (level < 4)
			*VEC_PUSH(f->arena, &p->rules) = (struct policy_rule){
				arena_strdup(f->arena, v->key->text),
				levels[level], field_place(f, v->key)
			};
		*place = p;
	}
}

static void
read_fail_on(struct fields *f, const struct yaml *y, void *target)
{
	static const char *const levels[] = { "error", "warning", "note" };
	struct policy *p = target;
	size_t level = field_choice(f, y, "level", levels, 3);

	if (level < 3)
		p->fail_on = levels[level];
}

static void
read_require_reason(struct fields *f, const struct yaml *y, void *target)
{
	struct policy *p = target;

	field_bool(f, y, &p->require_reason);
}

static const struct field table[] = {
	{ "version", true, read_version },
	{ "servers", false, read_servers },
	{ "rules", false, read_rules },
	{ "fail-on", false, read_fail_on },
	{ "require-reason", false, read_require_reason },
	{ NULL, false, NULL },
};

/* The text of a regular file, as much as yaml_parse() takes and one byte. */
static bool
load(struct arena *a, const struct root *root, const char *path,
     struct slice *text, const char **why)
{
	int fd = root_open(root, a, path);
	char *buf = arena_alloc(a, YAML_BYTES_MAX + 1);
	size_t used = 0;
	struct stat st;
	ssize_t n = -1;

	if (fd < 0) {
		*why = errno == EXDEV ? "it lies outside of the include root"
				      : strerror(errno);
		return false;
	}
	*why = "it is no regular file";
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		while (used <= YAML_BYTES_MAX &&
		       (n = read(fd, buf + used, YAML_BYTES_MAX + 1 - used)) >
			       0)
			used += (size_t)n;
		if (n < 0)
			*why = strerror(errno);
	}
	close(fd);
	*text = (struct slice){ buf, used };
	return n >= 0;
}

const struct policy *
policy_read(struct arena *a, const struct root *root, const char *path,
	    policy_rule_fault *rule_fault, const char **why)
{
	struct fields f = { a, { .arena = a, .path = path } };
	struct policy *p = ARENA_NEW(a, struct policy);
	struct slice text;
	const char *reason;

	p->arena = a;
	p->path = path;
	p->rule_fault = rule_fault;
	p->directory = path_directory(a, path_absolute(a, path));
	if (!load(a, root, path, &text, &reason)) {
		*why = arena_printf(a, "%s: cannot read it: %s", path, reason);
		return NULL;
	}
	const struct yaml *y = yaml_parse(a, text, &f.faults);

	if (y != NULL)
		fields_read(&f, y, "an intent file", table, p);
	else if (f.faults.list.len == 0)
		fault_add(&f.faults, 1, 1,
			  "the file is empty; it must at least say 'version: "
			  "1'");
	if (f.faults.list.len > 0) {
		*why = faults_text(&f.faults);
		return NULL;
	}
	return p;
}

const char *
policy_find(struct arena *a, const char *file)
{
	const char *dir = path_directory(
		a, path_absolute(a, strcmp(file, "-") == 0 ? "x" : file));

	for (;;) {
		bool at_root = strcmp(dir, "/") == 0;
		const char *path = arena_printf(a, "%s/%s", at_root ? "" : dir,
						file_name);

		/* A broken link is there, too: it is not passed over. */
		if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return *file == '/' ? path : path_from_here(a, path);
		if (at_root)
			return NULL;
		dir = path_directory(a, dir);
	}
}

static bool
server_matches(const struct policy *p, const struct policy_server *s,
	       const char *absolute)
{
	struct slice relative =
		slice_of(path_relative(p->arena, p->directory, absolute));

	for (size_t i = 0; i < s->pattern_count; i++) {
		struct slice pattern = s->patterns[i].text;

		if (slice_has_prefix(pattern, "./"))
			pattern = slice_sub(pattern, 2, pattern.len);
		if (glob_match(pattern, slice_has_prefix(pattern, "/")
						? slice_of(absolute)
						: relative))
			return true;
	}
	return false;
}

static const struct policy_server *
find_server(const struct policy *p, const char *file)
{
	const char *absolute = path_absolute(p->arena, file);

	for (size_t i = 0; i < p->servers.len; i++)
		if (server_matches(p, &p->servers.at[i], absolute))
			return &p->servers.at[i];
	return NULL;
}

struct intent
policy_intent(const struct policy *p, const char *file)
{
	const struct policy_server *server = find_server(p, file);

	return server == NULL ? (struct intent){ 0 } : server->intent;
}

const char *
policy_path(const struct policy *p)
{
	return p->path;
}

bool
policy_speaks_of(const struct policy *p, const char *file)
{
	return p->servers.len == 0 || find_server(p, file) != NULL;
}

bool
policy_has_servers(const struct policy *p)
{
	return p->servers.len > 0;
}

const struct policy_rule *
policy_rules(const struct policy *p, size_t *count)
{
	*count = p->rules.len;
	return p->rules.at;
}

const char *
policy_fail_on(const struct policy *p)
{
	return p->fail_on;
}

bool
policy_requires_reason(const struct policy *p)
{
	return p->require_reason;
}
