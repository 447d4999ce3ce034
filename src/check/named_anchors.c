/* Trust anchors: their values, and which may stand beside which. */
#include "check/decode.h"
#include "check/domain.h"
#include "check/named.h"

/* NAME [ METHOD ] NUMBER NUMBER NUMBER DATA */
struct anchor {
	const struct node *name;
	const struct node *method; /* NULL in trusted-keys */
	const struct node *numbers[3];
	const struct node *data;
};

static struct anchor
anchor_of(const struct node *statement, bool has_method)
{
	struct anchor a = { .name = statement->first };
	const struct node *t = a.name->next;

	if (has_method) {
		a.method = t;
		t = t->next;
	}
	for (int i = 0; i < 3; i++, t = t->next)
		a.numbers[i] = t;
	a.data = t;
	return a;
}

static bool
is_initial(const struct anchor *a)
{
	return a->method != NULL && (node_is(a->method, "initial-key") ||
				     node_is(a->method, "initial-ds"));
}

static void
check_values(struct named_check *nc, const struct anchor *a)
{
	static const unsigned limits[3] = { UINT16_MAX, UINT8_MAX, UINT8_MAX };
	bool ds = a->method != NULL && (node_is(a->method, "initial-ds") ||
					node_is(a->method, "static-ds"));
	struct slice data = node_text(a->data);
	unsigned long long number;
	size_t bytes;

	for (int i = 0; i < 3; i++)
		if (type_integer_value(a->numbers[i], &number) &&
		    number > limits[i])
			named_report(nc, RULE_BAD_VALUE, a->numbers[i],
				     "%llu is out of range, it goes up to %u",
				     number, limits[i]);
	if (!domain_is_valid(node_text(a->name)))
		named_report(nc, RULE_BAD_VALUE, a->name,
			     QUOTED " is not a domain name",
			     SLICE(node_text(a->name)));
	if (ds ? decode_hex(data, &bytes) : decode_base64(data, &bytes))
		return;
	named_report(nc, RULE_BAD_VALUE, a->data, "this is not %s",
		     ds ? "hexadecimal" : "base64");
}

struct anchors {
	struct named_check *nc;
	bool automatic;	      /* dnssec-validation auto */
	struct strmap *fixed; /* names of static anchors, to their places */
};

typedef void anchor_fn(struct anchors *all, const struct anchor *a);

static void
each_in(struct anchors *all, const struct node *list, const char *name,
	anchor_fn *fn)
{
	bool has_method = !slice_is(slice_of(name), "trusted-keys");

	STATEMENT_EACH(it, node_block(list))
	{
		struct anchor a = anchor_of(it, has_method);

		fn(all, &a);
	}
}

/*
 * Call `fn` for every anchor in the statements `name` of a view, or of the top
 * level, where there may be many views: NULL.
 */
static void
each(struct anchors *all, const struct node *block, const char *name,
     anchor_fn *fn)
{
	if (block != NULL) {
		NODE_EACH(list, block, name)
		each_in(all, list, name, fn);
		return;
	}
	CONFIG_EACH(list, all->nc->check->config, name)
	each_in(all, list, name, fn);
}

static void
check_one(struct anchors *all, const struct anchor *a)
{
	check_values(all->nc, a);
}

static void
record_fixed(struct anchors *all, const struct anchor *a)
{
	struct slice wire;

	if (is_initial(a) ||
	    !domain_parse(all->nc->arena, node_text(a->name), &wire))
		return;
	void **at = strmap_at(all->fixed, wire);

	if (*at == NULL)
		*at = (void *)(uintptr_t)a->name;
	if (all->automatic && domain_is_root(wire))
		named_report(all->nc, RULE_CONFLICTING_OPTIONS, a->name,
			     "'dnssec-validation auto' keeps the root's keys "
			     "itself; a static anchor for the root cannot "
			     "stand beside it");
}

static void
check_initial(struct anchors *all, const struct anchor *a)
{
	const struct node *fixed;
	struct slice wire;

	if (!is_initial(a) ||
	    !domain_parse(all->nc->arena, node_text(a->name), &wire))
		return;
	fixed = strmap_get(all->fixed, wire);
	if (fixed == NULL)
		return;
	struct diag *d =
		named_report(all->nc, RULE_CONFLICTING_OPTIONS, a->name,
			     QUOTED " has both a static and an "
				    "initial anchor",
			     SLICE(node_text(a->name)));

	diag_note(all->nc->diags, d, fixed->span, "the static one is here");
}

/* Statements `name` of the top level or the view. */
static const struct node *
find_either(const struct named_check *nc, const struct view *view,
	    const char *name)
{
	const struct node *found =
		view->statement == NULL ? NULL : scope_find(&view->scope, name);

	return found != NULL ? found : config_find(nc->check->config, name);
}

static bool
is_yes(const struct node *statement)
{
	bool yes;

	return type_boolean_value(named_value(statement), &yes) && yes;
}

/* From 9.20 on "yes" needs an anchor. */
static void
check_validation(struct named_check *nc, const struct node *validation,
		 bool any)
{
	if (!nc->since_9_20 || any || !is_yes(validation))
		return;
	struct diag *d = named_report(nc, RULE_MISSING_STATEMENT,
				      named_value(validation),
				      "'dnssec-validation yes' needs "
				      "'trust-anchors'");

	diag_help(nc->diags, d,
		  "write 'dnssec-validation auto', or add trust-anchors");
}

static void
check_all(struct anchors *all, const struct node *block, const char *name)
{
	each(all, block, "trusted-keys", check_one);
	each(all, block, name, check_one);
	each(all, block, name, record_fixed);
	each(all, block, "trusted-keys", record_fixed);
}

void
named_check_anchors(struct named_check *nc, const struct view *view)
{
	const struct node *managed = find_either(nc, view, "managed-keys");
	const struct node *anchors = find_either(nc, view, "trust-anchors");
	const struct node *trusted = find_either(nc, view, "trusted-keys");
	const struct node *validation =
		named_effective(nc, view, NULL, "dnssec-validation");
	const struct node *block = view->scope.block;
	const char *name = anchors != NULL ? "trust-anchors" : "managed-keys";
	struct anchors all = { .nc = nc,
			       .fixed = strmap_new(nc->arena, false) };

	if (validation != NULL)
		all.automatic = node_is(named_value(validation), "auto");
	check_validation(nc, validation,
			 managed != NULL || anchors != NULL || trusted != NULL);
	if (managed == NULL && anchors == NULL && trusted == NULL)
		return;
	if (managed != NULL && anchors != NULL)
		named_report(nc, RULE_CONFLICTING_OPTIONS, managed->first,
			     "'managed-keys' cannot stand beside "
			     "'trust-anchors'");
	check_all(&all, NULL, name);
	if (block != NULL)
		check_all(&all, block, name);
	each(&all, NULL, name, check_initial);
	if (block != NULL)
		each(&all, block, name, check_initial);
}
