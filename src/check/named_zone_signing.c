/* How a zone's data change: updates, signing policies, files. */
#include <string.h>

#include "check/domain.h"
#include "check/named_zone.h"
#include "schema/named_where.h"

/* The policy a zone is signed with; none is no policy. */
void
zone_check_policy(struct zone *z)
{
	const struct node *use = zone_effective(z, "dnssec-policy");
	const struct node *policy, *own, *ttl;

	if (use == NULL || slice_is(named_text(use), "none"))
		return;
	z->policy_name = named_text(use);
	policy = strmap_get(z->nc->policies, z->policy_name);
	if (policy == NULL && !slice_is(z->policy_name, "default") &&
	    !slice_is(z->policy_name, "insecure")) {
		struct diag *d = named_report(
			z->nc, RULE_UNDEFINED_REFERENCE,
			named_value(z->statement),
			"zone " QUOTED ": there is no dnssec-policy " QUOTED,
			SLICE(named_text(z->statement)),
			SLICE(z->policy_name));

		diag_note(z->nc->diags, d, named_value(use)->span,
			  "it is chosen here");
		return;
	}
	z->policy = use;
	z->policy_inline = z->nc->since_9_20;
	own = policy == NULL ? NULL
			     : node_find(node_block(policy), "inline-signing");
	if (own != NULL)
		type_boolean_value(named_value(own), &z->policy_inline);
	ttl = zone_effective(z, "max-zone-ttl");
	if (ttl != NULL && z->nc->since_9_20)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(ttl),
			     "'max-zone-ttl' belongs into the 'dnssec-policy' "
			     "of the zone");
}

static void
check_updates(struct zone *z)
{
	const struct node *list = zone_find(z, "allow-update");
	const struct node *policy = zone_find(z, "update-policy");

	if (list != NULL && policy != NULL) {
		struct diag *d = named_report(
			z->nc, RULE_CONFLICTING_OPTIONS,
			named_value(z->nc->since_9_21 ? list : policy),
			"'allow-update' and 'update-policy' cannot stand in "
			"one zone");

		diag_note(z->nc->diags, d, list->first->span,
			  "'allow-update' stands here");
	} else if (policy != NULL) {
		named_check_update_policy(z->nc, policy);
	}
	if (list == NULL)
		list = zone_effective(z, "allow-update");
	z->dynamic = policy != NULL ||
		     (list != NULL && !named_acl_is_none(node_block(list)));
}

/* The server signs what it may change: a dynamic zone, or a copy in line. */
static void
check_policy_works(const struct zone *z, bool signing)
{
	if (z->policy == NULL || z->dynamic || signing)
		return;
	struct diag *d = named_report(
		z->nc, RULE_MISSING_STATEMENT, named_value(z->policy),
		"zone " QUOTED " can be signed only with 'inline-signing "
		"yes' or as a dynamic zone",
		SLICE(named_text(z->statement)));

	diag_note(z->nc->diags, d, named_value(z->statement)->span,
		  "this zone has neither");
	diag_help(z->nc->diags, d, "add 'inline-signing yes;' to the zone");
}

static void
check_auto_dnssec(const struct zone *z, bool signing)
{
	const struct node *it = zone_find(z, "auto-dnssec");

	if (it == NULL || node_is(named_value(it), "off"))
		return;
	if (z->policy != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(it),
			     "'auto-dnssec' cannot stand beside "
			     "'dnssec-policy'");
	else if (!z->dynamic && !signing)
		named_report(z->nc, RULE_MISSING_STATEMENT, named_value(it),
			     "'auto-dnssec' needs 'inline-signing'%s",
			     z->type == N_PRIMARY ? " or a dynamic zone" : "");
}

/* Options of signing without a policy, up to 9.18. */
struct signing_option {
	const char *name;
	bool needs_inline; /* in a secondary zone */
	bool no_policy; /* not beside dnssec-policy */
	bool later; /* still looked at in 9.20 */
};

static const struct signing_option signing_options[] = {
	{ "dnssec-dnskey-kskonly", true, true, false },
	{ "dnssec-loadkeys-interval", true, false, true },
	{ "dnssec-secure-to-insecure", false, true, false },
	{ "dnssec-update-mode", false, true, false },
	{ "update-check-ksk", true, true, false },
};

static void
check_signing_option(const struct zone *z, const struct signing_option *o,
		     bool signing)
{
	const struct node *it = zone_find(z, o->name);

	if (it == NULL || (z->nc->since_9_20 && !o->later))
		return;
	if (o->needs_inline && z->type == N_SECONDARY && !signing)
		named_report(z->nc, RULE_MISSING_STATEMENT, named_value(it),
			     "'%s' in a secondary zone needs 'inline-signing'",
			     o->name);
	if (o->no_policy && z->policy != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS, named_value(it),
			     "'%s' cannot stand beside 'dnssec-policy'",
			     o->name);
}

void
zone_check_signing(struct zone *z)
{
	size_t count = sizeof(signing_options) / sizeof(*signing_options);
	const struct node *own = zone_find(z, "inline-signing");
	bool signing = z->policy != NULL && z->policy_inline;

	check_updates(z);
	if (own != NULL)
		type_boolean_value(named_value(own), &signing);
	check_policy_works(z, signing);
	if (!z->nc->since_9_20)
		check_auto_dnssec(z, signing);
	for (size_t i = 0; i < count; i++)
		check_signing_option(z, &signing_options[i], signing);
}

/* A file that the server writes belongs to one zone. */
static void
check_shared_file(const struct zone *z, const struct node *file, bool written)
{
	struct slice text = node_text(file);
	void **at;

	/* From 9.21 on names may have parts that differ from zone to zone. */
	if (z->nc->since_9_21 && (memchr(text.data, '$', text.len) != NULL ||
				  memchr(text.data, '%', text.len) != NULL))
		return;
	at = strmap_at(z->nc->files, text);
	if (written)
		*strmap_at(z->nc->written_files, text) =
			(void *)(uintptr_t)file;
	if (*at == NULL) {
		*at = (void *)(uintptr_t)file;
		return;
	}
	const struct node *first = *at;

	if (strmap_get(z->nc->written_files, text) == NULL)
		return;
	struct diag *d = named_report(z->nc, RULE_CONFLICTING_OPTIONS, file,
				      "two zones have the file " QUOTED
				      ", and the server writes to it",
				      SLICE(text));

	diag_note(z->nc->diags, d, first->span,
		  "the other zone has it here");
}

/* One zone, one directory of keys: the policies must be the same. */
static void
check_key_directory(const struct zone *z)
{
	const struct node *dir = zone_effective(z, "key-directory");
	struct slice name = dir == NULL ? SLICE_LITERAL(".") : named_text(dir);
	const struct node *other, *policy;

	if (z->wire.data == NULL || z->policy_name.data == NULL)
		return;
	char *key = arena_alloc(z->nc->arena, z->wire.len + name.len);

	memcpy(key, z->wire.data, z->wire.len);
	memcpy(key + z->wire.len, name.data, name.len);
	void **at = strmap_at(z->nc->key_directories,
			      (struct slice){ key, z->wire.len + name.len });

	other = *at;
	if (other == NULL) {
		*at = (void *)(uintptr_t)z->statement;
		return;
	}
	policy = node_find(node_block(other), "dnssec-policy");
	if (policy == NULL || node_is(named_value(policy), "none") ||
	    slice_equal(named_text(policy), z->policy_name))
		return;
	struct diag *d = named_report(
		z->nc, RULE_CONFLICTING_OPTIONS, named_value(z->statement),
		"zone " QUOTED " has keys in the same directory under another "
		"policy",
		SLICE(named_text(z->statement)));

	diag_note(z->nc->diags, d, named_value(policy)->span,
		  "the other policy is chosen here");
}

/* Is the zone kept in memory, so that a file is where its data are? */
static bool
is_kept_in_file(const struct zone *z)
{
	const struct node *database = zone_find(z, "database");
	const struct node *dlz = zone_find(z, "dlz");

	if (dlz != NULL && database != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(z->statement),
			     "zone " QUOTED " has both 'dlz' and 'database'",
			     SLICE(named_text(z->statement)));
	if (dlz != NULL)
		return false;
	if (database == NULL)
		return true;
	struct slice name = named_text(database);

	return z->nc->since_9_20 ? slice_is(name, "qpzone")
				 : slice_is(name, "rbt") ||
					   slice_is(name, "rbt64");
}

/* masterfile-format map, up to 9.16, has no room for a largest TTL. */
static void
check_format(const struct zone *z)
{
	const struct node *format = zone_find(z, "masterfile-format");
	const struct node *style;

	if (format != NULL && node_is(named_value(format), "map") &&
	    zone_effective(z, "max-zone-ttl") != NULL)
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(z->statement),
			     "'max-zone-ttl' cannot stand beside "
			     "'masterfile-format map'");
	if (!z->nc->since_9_21)
		return;
	format = zone_effective(z, "masterfile-format");
	style = zone_effective(z, "masterfile-style");
	if (format != NULL && style != NULL &&
	    node_is(named_value(format), "raw"))
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_value(style),
			     "'masterfile-style' is for files of text only");
}

void
zone_check_file(const struct zone *z)
{
	const struct node *file = zone_find(z, "file");
	const struct node *own = zone_find(z, "inline-signing");
	bool in_line = false, written;

	check_key_directory(z);
	check_format(z);
	if (own != NULL)
		type_boolean_value(named_value(own), &in_line);
	else if (z->nc->since_9_21 && z->policy != NULL)
		in_line = z->policy_inline;
	if (!is_kept_in_file(z))
		return;
	if (file == NULL) {
		if (z->type == N_PRIMARY || z->type == N_HINT ||
		    (z->type == N_SECONDARY && in_line))
			named_report(z->nc, RULE_MISSING_ZONE_STATEMENT,
				     named_value(z->statement),
				     "zone " QUOTED " has no 'file'",
				     SLICE(named_text(z->statement)));
		return;
	}
	written = z->type == N_SECONDARY || z->type == N_MIRROR ||
		  z->dynamic || z->policy != NULL;
	if (written || z->type == N_PRIMARY || z->type == N_HINT)
		check_shared_file(z, named_value(file), written);
}
