#include "intent/glob.h"
#include "intent/policy_read.h"
#include "model/name.h"
#include "schema/release.h"

static void
read_files(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;

	server->patterns = field_list(f, y, &server->pattern_count);
	for (size_t i = 0; i < server->pattern_count; i++) {
		const struct field_item *item = &server->patterns[i];
		const char *fault = glob_fault(item->text);

		if (fault != NULL)
			field_fault(f, item->at, "%s", fault);
	}
}

static const struct {
	const char *word;
	enum dialect dialect;
	const char *name;
} programs[] = {
	{ "bind", DIALECT_NAMED, "named" },
	{ "named", DIALECT_NAMED, "named" },
	{ "unbound", DIALECT_UNBOUND, "unbound" },
};

enum { PROGRAM_COUNT = sizeof(programs) / sizeof(*programs) };

static bool
is_known_release(struct slice text, enum dialect dialect)
{
	uint32_t r = release_parse(text, RELEASE_LAST);

	return r >= release_oldest(dialect) && r <= release_newest(dialect) &&
	       release_dialect(r) == dialect;
}

/* "bind", "bind 9.18", "unbound 1.17.1" */
static void
read_software(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;
	struct slice release;
	size_t i = 0;

	if (!field_text(f, y, &release))
		return;
	struct slice name = slice_split(&release, ' ');

	while (i < PROGRAM_COUNT && !slice_is_nocase(name, programs[i].word))
		i++;
	if (i == PROGRAM_COUNT) {
		field_fault(f, y,
			    "'%s' is no software; write 'bind 9.18', 'unbound "
			    "1.17' or the name alone",
			    field_quote(f, y));
		return;
	}
	if (release.len > 0 && !is_known_release(release, programs[i].dialect)) {
		field_fault(f, y, "there is no release '%s'; known are %s",
			    fault_quote(f->arena, release),
			    release_software(programs[i].dialect));
		return;
	}
	server->intent.software = programs[i].name;
	if (release.len > 0)
		server->intent.release = arena_strdup(f->arena, release);
}

static void
read_role(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;
	const char *words[ROLE_COUNT] = { NULL };

	for (int i = ROLE_UNKNOWN + 1; i < ROLE_COUNT; i++)
		words[i] = role_name((enum role)i);
	size_t role = field_choice(f, y, "role", words, ROLE_COUNT);

	if (role == ROLE_COUNT)
		return;
	server->intent.role = (enum role)role;
	server->intent.role_place = field_place(f, y);
}

/* An address with the length of its network. */
static void
read_interfaces(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;
	size_t count, kept = 0;
	const struct field_item *items = field_list(f, y, &count);
	struct host_address *at = ARENA_ARRAY(f->arena, struct host_address,
					      count);

	for (size_t i = 0; i < count; i++) {
		if (prefix_parse(items[i].text, &at[kept].prefix))
			at[kept++].device = (struct slice){ "", 0 };
		else
			field_fault(f, items[i].at,
				    "'%s' is no address of an interface such "
				    "as 192.0.2.53/24",
				    field_quote(f, items[i].at));
	}
	server->intent.interfaces = at;
	server->intent.interface_count = kept;
	server->intent.interfaces_declared = true;
}

static bool
read_name(struct fields *f, const struct field_item *item, struct slice *out)
{
	if (name_canonical(f->arena, item->text, out))
		return true;
	field_fault(f, item->at, "'%s' is no domain name",
		    field_quote(f, item->at));
	return false;
}

static void
read_names(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;
	size_t count, kept = 0;
	const struct field_item *items = field_list(f, y, &count);
	struct slice *at = ARENA_ARRAY(f->arena, struct slice, count);

	for (size_t i = 0; i < count; i++)
		kept += read_name(f, &items[i], &at[kept]);
	server->intent.names = at;
	server->intent.name_count = kept;
}

static void
read_delegated(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;
	size_t count, kept = 0;
	const struct field_item *items = field_list(f, y, &count);
	struct declared_zone *at = ARENA_ARRAY(f->arena, struct declared_zone,
					       count);

	for (size_t i = 0; i < count; i++) {
		if (read_name(f, &items[i], &at[kept].name))
			at[kept++].place = field_place(f, items[i].at);
	}
	server->intent.delegated = at;
	server->intent.delegated_count = kept;
	server->intent.delegated_declared = true;
}

static void
read_clients(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;

	server->intent.clients = field_networks(f, y);
	server->intent.clients_declared = true;
	server->intent.clients_place = field_place(f, y);
}

static void
read_expect(struct fields *f, const struct yaml *y, void *target)
{
	struct policy_server *server = target;

	policy_read_expectations(f, y, &server->intent);
}

static const struct field table[] = {
	{ "files", true, read_files },
	{ "software", false, read_software },
	{ "role", false, read_role },
	{ "interfaces", false, read_interfaces },
	{ "names", false, read_names },
	{ "delegated", false, read_delegated },
	{ "clients", false, read_clients },
	{ "expect", false, read_expect },
	{ NULL, false, NULL },
};

void
policy_read_server(struct fields *f, const struct yaml *y,
		   struct policy_server *server)
{
	const struct place_declared *at = &server->intent.clients_place;

	fields_read(f, y, "an entry of 'servers'", table, server);
	const char *fault = intent_contradiction(&server->intent);

	if (fault != NULL)
		fault_add(&f->faults, at->line, at->column, "%s", fault);
}
