#include <stdio.h>
#include <stdlib.h>

#include "cli/option_row.h"
#include "intent/delegation.h"
#include "intent/network.h"
#include "schema/release.h"
#include "source/mirror.h"
#include "source/path.h"

bool
read_server(struct reader *r, const char *text)
{
	static const char *const names[] = { "named", "unbound", "auto", NULL };
	static const enum dialect dialects[] = { DIALECT_NAMED, DIALECT_UNBOUND,
						 0 };
	int i;

	if (!cli_choose(text, "server", names, &i))
		return false;
	r->o->lint.dialect = dialects[i];
	return true;
}

/* 0 after a complaint. */
static uint32_t
read_release(const char *text)
{
	uint32_t release = release_parse(slice_of(text), RELEASE_LAST);
	enum dialect dialect = release_dialect(release);

	if (release == 0 || dialect == 0)
		cli_complain("'%s' is no release such as 9.18 (BIND) or "
			     "1.17 (Unbound)",
			     text);
	else if (release < release_oldest(dialect) ||
		 release > release_newest(dialect))
		cli_complain("release %s is not known; known are %s", text,
			     release_software(dialect));
	else
		return release;
	return 0;
}

bool
read_target(struct reader *r, const char *text)
{
	uint32_t release = read_release(text);

	if (release == 0)
		return false;
	*(release_dialect(release) == DIALECT_NAMED
		  ? &r->o->lint.named_target
		  : &r->o->lint.unbound_target) = release;
	return true;
}

bool
read_old_target(struct reader *r, const char *text)
{
	r->o->diff.old_target = read_release(text);
	return r->o->diff.old_target != 0;
}

bool
read_include_root(struct reader *r, const char *path)
{
	r->o->lint.policy.include_root = path;
	return true;
}

bool
read_chroot(struct reader *r, const char *path)
{
	r->o->lint.policy.chroot = path;
	return true;
}

/* FROM=TO; those given later see what earlier ones make. */
bool
read_map(struct reader *r, const char *text)
{
	struct arena *a = r->arena;
	struct mirror *m = ARENA_NEW(a, struct mirror);
	struct slice to = slice_of(text), from = slice_split(&to, '=');
	const char *of = path_lexical(a, arena_strdup(a, from));

	if (from.len == 0 || *from.data != '/' || to.len == 0 || of[1] == '\0')
		return cli_complain("'%s' is no mapping such as /etc/bind=bind",
				    text);
	char *at = realpath(arena_strdup(a, to), NULL);

	if (at == NULL)
		return cli_complain("--map %s: there is no such file or "
				    "directory here",
				    text);
	*m = (struct mirror){ .of = of, .at = arena_strdup(a, slice_of(at)) };
	free(at);
	*r->last_map = m;
	r->last_map = &m->next;
	return true;
}

bool
read_stdin_filename(struct reader *r, const char *name)
{
	r->o->lint.stdin_name = name;
	return true;
}

bool
read_policy(struct reader *r, const char *path)
{
	r->o->policy_path = path;
	return true;
}

bool
read_no_policy(struct reader *r, const char *none)
{
	(void)none;
	return r->o->no_policy = true;
}

bool
read_role(struct reader *r, const char *text)
{
	struct intent *in = &r->o->lint.intent;

	in->role_place = (struct place_declared){ "--role", 0, 0 };
	return role_parse(slice_of(text), &in->role) ||
	       cli_complain("'%s' is no role; there are authoritative, "
			    "resolver, forwarder, mixed and hidden-primary",
			    text);
}

bool
read_clients(struct reader *r, const char *text)
{
	struct intent *in = &r->o->lint.intent;
	const char *fault =
		networks_parse(r->arena, slice_of(text), &in->clients);

	in->clients_declared = true;
	in->clients_place = (struct place_declared){ "--clients", 0, 0 };
	return fault == NULL || cli_complain("--clients: %s", fault);
}

bool
read_interface(struct reader *r, const char *text)
{
	r->o->lint.host.known = true;
	return host_add(r->arena, &r->o->host, text) ||
	       cli_complain("'%s' is no address such as 192.0.2.1/24", text);
}

bool
read_interfaces(struct reader *r, const char *path)
{
	const char *why = NULL;

	r->o->lint.host.known = true;
	return host_add_file(r->arena, &r->o->host, path, &why) ||
	       cli_complain("%s", why);
}

/* Each line of what is wrong with it begins with its place. */
bool
read_delegations(struct reader *r, const char *path)
{
	const char *why = NULL;

	r->o->lint.delegations = delegations_load(r->arena, path, &why);
	if (r->o->lint.delegations == NULL)
		fprintf(stderr, "%s\n", why);
	return r->o->lint.delegations != NULL;
}
