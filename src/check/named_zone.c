/* One zone statement (BIND lib/bind9/check.c, check_zoneconf). */
#include <string.h>

#include "check/domain.h"
#include "check/mnemonic.h"
#include "check/named.h"
#include "check/named_zone.h"
#include "schema/named_where.h"
#include "schema/place.h"

/*
 * A zone has a handful of statements and is asked for many more: one bit for
 * the length and the ends of a name rules out most of them.
 */
static uint64_t
name_bit(struct slice name)
{
	size_t n = name.len;

	if (n == 0)
		return 1;
	n = n * 5 + (unsigned char)ascii_lower(name.data[0]) * 3u +
	    (unsigned char)ascii_lower(name.data[name.len - 1]);
	return UINT64_C(1) << (n & 63);
}

static uint64_t
names_present(const struct node *block)
{
	uint64_t bits = 0;

	STATEMENT_EACH(it, block)
	bits |= name_bit(node_text(it->first));
	return bits;
}

const struct node *
zone_find(const struct zone *z, const char *name)
{
	const struct node *found = NULL;

	if ((z->present & name_bit(slice_of(name))) != 0)
		found = node_find(z->block, name);
	return found != NULL ? found : node_find(z->template, name);
}

const struct node *
zone_effective(const struct zone *z, const char *name)
{
	const struct node *found = zone_find(z, name);

	return found != NULL ? found
			     : named_effective(z->nc, z->view, NULL, name);
}

/* The class must be that of the view. */
static bool
check_class(const struct zone *z)
{
	const struct node *class = named_value(z->statement)->next;

	if (class == NULL || class->kind == NODE_BLOCK)
		return true;
	int value = mnemonic_class(node_text(class));

	if (value == z->view->class)
		return true;
	named_report(z->nc, RULE_BAD_VALUE, class,
		     value < 0 ? QUOTED " is no class"
			       : QUOTED " is not the class of the view",
		     SLICE(node_text(class)));
	return false;
}

/* Hints and redirections stand beside other zones of the same name. */
static char
kind_letter(const struct zone *z)
{
	return z->type == N_HINT ? 'h' : z->type == N_REDIRECT ? 'r' : 'z';
}

static void
check_unique(struct zone *z)
{
	char *key = arena_alloc(z->nc->arena, z->wire.len + 1);

	key[0] = kind_letter(z);
	memcpy(key + 1, z->wire.data, z->wire.len);
	void **at = strmap_at(z->view->zones,
			      (struct slice){ key, z->wire.len + 1 });

	if (*at == NULL) {
		*at = (void *)(uintptr_t)z->statement;
		return;
	}
	named_report_twice(z->nc, RULE_DUPLICATE_ZONE,
			   named_value(z->statement), named_value(*at), "zone",
			   named_text(z->statement));
}

/* Under which a view finds the zone of another. */
static struct slice
shared_key(const struct zone *z, struct slice view)
{
	char *key = arena_alloc(z->nc->arena, z->wire.len + view.len + 1);

	memcpy(key, z->wire.data, z->wire.len);
	key[z->wire.len] = (char)z->view->class;
	memcpy(key + z->wire.len + 1, view.data, view.len);
	return (struct slice){ key, z->wire.len + view.len + 1 };
}

/* A zone taken from another view may have forwarders, and nothing else. */
static void
check_in_view_options(struct zone *z)
{
	struct diag *d = NULL;

	STATEMENT_EACH(it, z->block)
	{
		if ((it->flags & NODE_INCLUDE) != 0 ||
		    schema_find(z->nc->check->schema, node_text(it->first),
				N_IN_VIEW) != NULL)
			continue;
		if (d == NULL)
			d = named_report(z->nc, RULE_CONFLICTING_OPTIONS,
					 named_value(z->statement),
					 "zone " QUOTED
					 " is taken from another "
					 "view, with all its options",
					 SLICE(named_text(z->statement)));
		diag_note(z->nc->diags, d, it->first->span,
			  "this cannot stand beside 'in-view'");
	}
}

static void
check_in_view(struct zone *z, const struct node *in_view)
{
	struct slice target = named_text(in_view);

	check_in_view_options(z);
	if (strmap_get(z->nc->in_view, shared_key(z, target)) != NULL)
		return;
	struct diag *d =
		named_report(z->nc, RULE_UNDEFINED_VIEW, named_value(in_view),
			     "no earlier view " QUOTED " has a zone " QUOTED,
			     SLICE(target), SLICE(named_text(z->statement)));

	diag_help(z->nc->diags, d,
		  "the zone must be defined above, in the view it is taken "
		  "from");
}

static void
share(struct zone *z)
{
	uint64_t kept = N_FORWARD | N_REDIRECT | N_DELEGATION_ONLY;

	if (z->nc->has_views && (z->type & kept) == 0)
		*strmap_at(z->nc->in_view, shared_key(z, z->view->name)) = z;
}

/* From 9.21 on a zone may be made after a template. */
static bool
find_template(struct zone *z)
{
	const struct node *use = zone_find(z, "template");

	if (use == NULL)
		return true;
	NODE_EACH(it, z->nc->root, "template")
	{
		if (!slice_equal_nocase(named_text(it), named_text(use)))
			continue;
		z->template = node_block(it);
		return true;
	}
	named_report(z->nc, RULE_UNDEFINED_REFERENCE, named_value(use),
		     "there is no template " QUOTED, SLICE(named_text(use)));
	return false;
}

static bool
find_type(struct zone *z)
{
	const struct node *type = zone_find(z, "type");

	if (type == NULL) {
		struct diag *d =
			named_report(z->nc, RULE_MISSING_ZONE_STATEMENT,
				     named_value(z->statement),
				     "zone " QUOTED " has no 'type'",
				     SLICE(named_text(z->statement)));

		diag_help(z->nc->diags, d,
			  "write 'type primary;' or another type");
		return false;
	}
	z->type_name = named_value(type);
	z->type = place_zone_type(node_text(z->type_name));
	if (z->type != N_REDIRECT || slice_is(named_text(z->statement), "."))
		return true;
	named_report(z->nc, RULE_BAD_VALUE, named_value(z->statement),
		     "a redirect zone has the name '.'");
	return false;
}

/* What a template brings must suit the zone's type. */
static void
check_template_options(const struct zone *z)
{
	const struct schema *schema = z->nc->check->schema;

	STATEMENT_EACH(it, z->template)
	{
		struct slice name = node_text(it->first);

		if ((it->flags & NODE_INCLUDE) != 0 ||
		    schema_find(schema, name, z->type) != NULL)
			continue;
		struct diag *d = named_report(
			z->nc, RULE_MISPLACED_OPTION, it->first,
			"'%.*s' may not stand in a zone of type '%.*s'",
			SLICE(name), SLICE(node_text(z->type_name)));

		diag_note(z->nc->diags, d, named_value(z->statement)->span,
			  "this zone takes it from the template");
	}
}

/*
 * Lists that are resolved for every zone, whether its type has a use for them
 * or not. One from the view or 'options' is looked at once a view.
 */
static void
check_lists(const struct zone *z)
{
	static const char *const lists[] = { "allow-notify", "allow-transfer",
					     "allow-update",
					     "allow-update-forwarding" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const struct node *it = zone_find(z, lists[i]);

		if (it == NULL) {
			if ((z->view->lists_checked & 1U << i) != 0)
				continue;
			z->view->lists_checked |= 1U << i;
			it = zone_effective(z, lists[i]);
		}
		if (it == NULL)
			continue;
		named_check_acl(z->nc, node_block(it));
		zone_check_transport(z, it);
	}
}

static void
check_mirror(const struct zone *z)
{
	const struct node *notify = node_find(z->block, "notify");
	const struct node *recursion =
		named_effective(z->nc, z->view, NULL, "recursion");
	const struct node *clients =
		named_effective(z->nc, z->view, NULL, "allow-recursion");
	bool yes = true;

	if (notify != NULL && !node_is(named_value(notify), "explicit") &&
	    (!type_boolean_value(named_value(notify), &yes) || yes))
		named_report(z->nc, RULE_CONFLICTING_OPTIONS,
			     named_place(z->nc, z->statement),
			     "a mirror zone goes with 'notify no' or 'notify "
			     "explicit' only");
	if (recursion != NULL)
		type_boolean_value(named_value(recursion), &yes);
	else
		yes = true;
	if (z->view->class == CLASS_IN && yes &&
	    (clients == NULL || !named_acl_is_none(node_block(clients))))
		return;
	named_report(z->nc, RULE_CONFLICTING_OPTIONS,
		     named_place(z->nc, z->statement),
		     "zone " QUOTED ": a mirror zone serves recursion, which "
		     "is switched off",
		     SLICE(named_text(z->statement)));
}

/* In the root zone, general forwarders have no place beside its own. */
static void
check_forwarding(const struct zone *z)
{
	const struct node *general = NULL;

	if (z->wire.data != NULL && domain_is_root(z->wire))
		general = named_effective(z->nc, z->view, NULL, "forwarders");
	named_check_forward(z->nc, z->block, general);
}

void
named_prepare_zones(struct named_check *nc)
{
	nc->in_view = strmap_new(nc->arena, false);
	nc->key_directories = strmap_new(nc->arena, true);
}

/* Everything that depends on the type; the name may be bad. */
static void
check_typed(struct zone *z)
{
	uint64_t sends = N_PRIMARY | N_SECONDARY | N_MIRROR;

	if (z->template != NULL)
		check_template_options(z);
	zone_check_policy(z);
	check_lists(z);
	if (z->type == N_MIRROR)
		check_mirror(z);
	if ((z->type & sends) != 0)
		zone_check_notify(z);
	zone_check_primaries(z);
	zone_check_parents(z);
	zone_check_sources(z);
	if (z->type == N_PRIMARY || z->type == N_SECONDARY)
		zone_check_signing(z);
	check_forwarding(z);
	zone_check_details(z);
	named_check_options(z->nc, z->block, LEVEL_ZONE);
	if (z->template != NULL)
		named_check_options(z->nc, z->template, LEVEL_ZONE);
	zone_check_file(z);
}

void
named_check_zone(struct named_check *nc, struct view *view,
		 const struct node *statement)
{
	struct zone z = { .nc = nc,
			  .view = view,
			  .statement = statement,
			  .block = node_block(statement),
			  .present = names_present(node_block(statement)) };
	const struct node *in_view = zone_find(&z, "in-view");

	if (in_view == NULL && (!find_template(&z) || !find_type(&z)))
		return;
	if (!check_class(&z))
		return;
	if (domain_parse(nc->arena, named_text(statement), &z.wire)) {
		check_unique(&z);
		if (in_view != NULL)
			check_in_view(&z, in_view);
		else
			share(&z);
	} else {
		z.wire = (struct slice){ NULL, 0 };
		named_report(nc, RULE_BAD_VALUE, named_value(statement),
			     QUOTED " is not a domain name",
			     SLICE(named_text(statement)));
	}
	if (in_view == NULL)
		check_typed(&z);
}
