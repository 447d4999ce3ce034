/* References of unbound.conf: tags, views, local zones. */
#include <stdint.h>
#include <string.h>

#include "check/unbound.h"
#include "schema/suggest.h"
#include "schema/types_unbound.h"

/* Options with tags, and which of their values these are. */
struct tag_option {
	const char *name;
	size_t value;
	bool list; /* several, separated by blanks */
};

static const struct tag_option tag_options[] = {
	{ "access-control-tag", 1, true },
	{ "access-control-tag-action", 1, false },
	{ "access-control-tag-data", 1, false },
	{ "interface-tag", 1, true },
	{ "local-zone-tag", 1, true },
	{ "response-ip-tag", 1, true },
};

static void
report_tag(const struct unbound_check *u, const struct strmap *defined,
	   struct span at, struct slice tag)
{
	struct slice near = suggest_name(defined, tag);
	struct diag *d = diag_add(u->check->diags, SEV_ERROR,
				  RULE_UNDEFINED_TAG, at,
				  "there is no tag '%.*s' up to here",
				  SLICE(tag));

	if (near.len > 0 && !slice_equal(near, tag))
		diag_help(u->check->diags, d, "did you mean '%.*s'?",
			  SLICE(near));
	else
		diag_help(u->check->diags, d,
			  "write 'define-tag: \"%.*s\"' before its first use",
		  SLICE(tag));
}

/* Tags defined after `order` do not count. */
static void
check_tags(const struct unbound_check *u, const struct strmap *defined,
	   const struct node *option, size_t order,
	   const struct tag_option *t)
{
	struct slice rest = unbound_value(option, t->value);
	struct span at = node_term(option, t->value + 1)->span;

	do {
		struct slice tag = t->list ? type_ub_word(&rest) : rest;
		const struct unbound_run *by = strmap_get(defined, tag);

		if ((tag.len > 0 || !t->list) &&
		    (by == NULL || by->order > order))
			report_tag(u, defined, at, tag);
	} while (t->list && rest.len > 0);
}

/* Tag to the run of define-tag that defines it first. */
static struct strmap *
gather_tags(const struct unbound_check *u)
{
	struct strmap *defined = strmap_new(u->check->arena, false);
	const struct unbound_group *g = unbound_group(u, "define-tag");

	for (struct unbound_cursor at = { 0 }; unbound_next(g, &at) != NULL;) {
		struct slice rest = unbound_value(at.node, 0);

		for (struct slice tag; (tag = type_ub_word(&rest)).len > 0;) {
			void **run = strmap_at(defined, tag);

			if (*run == NULL)
				*run = &g->runs.at[at.run];
		}
	}
	return defined;
}

void
check_unbound_tags(const struct unbound_check *u)
{
	static const struct tag_option rpz_tags = { "tags", 0, true };
	struct strmap *defined = gather_tags(u);

	for (size_t i = 0; i < sizeof(tag_options) / sizeof(*tag_options);
	     i++) {
		const struct unbound_group *g =
			unbound_group(u, tag_options[i].name);

		for (struct unbound_cursor at = { 0 };
		     unbound_next(g, &at) != NULL;)
			check_tags(u, defined, at.node,
				   g->runs.at[at.run].order + at.in_run,
				   &tag_options[i]);
	}
	NODE_EACH(rpz, u->check->config->root, "rpz")
		NODE_EACH(tags, node_block(rpz), "tags")
			check_tags(u, defined, tags, SIZE_MAX, &rpz_tags);
}

static struct strmap *
gather_views(const struct unbound_check *u)
{
	struct strmap *views = strmap_new(u->check->arena, false);

	NODE_EACH(view, u->check->config->root, "view") {
		const struct node *name = node_find(node_block(view), "name");

		if (name == NULL)
			continue;
		void **at = strmap_at(views, unbound_value(name, 0));

		if (*at != NULL) {
			const struct node *first = *at;
			struct diag *d = diag_add(
				u->check->diags, SEV_ERROR,
				RULE_DUPLICATE_NAME, name->span,
				"there are two views '%.*s'",
				SLICE(unbound_value(name, 0)));

			diag_note(u->check->diags, d, first->span,
				  "the other one is here");
		} else {
			*at = (void *)(uintptr_t)name;
		}
	}
	return views;
}

void
check_unbound_views(const struct unbound_check *u)
{
	struct strmap *views = gather_views(u);

	UNBOUND_EACH(u, "access-control-view", option) {
		struct slice view = unbound_value(option, 1);

		if (strmap_get(views, view) != NULL)
			continue;
		struct diag *d = diag_add(u->check->diags, SEV_ERROR,
					  RULE_UNDEFINED_VIEW,
					  node_term(option, 2)->span,
					  "there is no view '%.*s'",
					  SLICE(view));

		struct slice near = suggest_name(views, view);

		if (near.len > 0)
			diag_help(u->check->diags, d, "did you mean '%.*s'?",
				  SLICE(near));
		else
			diag_help(u->check->diags, d,
				  "write a 'view:' clause with 'name: \"%.*s\"'",
			  SLICE(view));
	}
}

/*
 * The octet that is escaped at the start of `text`, and in `*len` how much of
 * it says so; -1 where the octet has to stay escaped.
 */
static int
escaped_octet(struct slice text, size_t *len)
{
	int octet = text.len > 1 ? (unsigned char)text.data[1] : -1;
	unsigned long long number;

	*len = text.len > 1 ? 2 : 1;
	if (text.len >= 4 &&
	    slice_to_uint(slice_sub(text, 1, 3), UINT8_MAX, &number)) {
		*len = 4;
		octet = (int)number;
	}
	return octet == '.' || octet == '\\' || octet <= ' ' || octet > '~'
		       ? -1
		       : octet;
}

/* A name without its final dot, and with no escape that it does not need. */
static struct slice
plain_name(const struct unbound_check *u, struct slice name)
{
	char *out;
	size_t n = 0, len;

	if (name.len > 0 && name.data[name.len - 1] == '.')
		name.len--;
	if (name.len == 0 || memchr(name.data, '\\', name.len) == NULL)
		return name;
	out = arena_alloc(u->check->arena, name.len);
	for (size_t i = 0; i < name.len; i += len) {
		int octet = name.data[i];

		len = 1;
		if (octet == '\\')
			octet = escaped_octet(
				slice_sub(name, i, name.len - i), &len);
		if (octet >= 0)
			out[n++] = (char)octet;
		else
			memcpy(out + n, name.data + i, len), n += len;
	}
	return (struct slice){ out, n };
}

/*
 * Zones that the server makes itself (services/localzone.c,
 * local_zone_enter_defaults): references to them are good.
 */
static bool
is_built_in(struct slice name)
{
	static const char *const suffixes[] = {
		"localhost", "in-addr.arpa", "ip6.arpa", "onion",
		"test",	     "invalid",	     "home.arpa", "resolver.arpa",
		"service.arpa",
	};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t len = strlen(suffixes[i]);

		if (name.len >= len &&
		    slice_is_nocase(slice_sub(name, name.len - len, len),
				    suffixes[i]))
			return true;
	}
	return false;
}

static bool
is_zone(const struct node *option)
{
	return !slice_is(unbound_value(option, 1), "nodefault");
}

static void
check_zone_reference(const struct unbound_check *u, const struct strmap *zones,
		     const struct node *option)
{
	struct slice zone = plain_name(u, unbound_value(option, 0));

	if (strmap_get(zones, zone) != NULL || is_built_in(zone))
		return;
	diag_add(u->check->diags, SEV_ERROR, RULE_UNDEFINED_REFERENCE,
		 option->first->next->span, "there is no local-zone '%.*s'",
		 SLICE(unbound_value(option, 0)));
}

static bool
is_redirect(const struct node *zone)
{
	struct slice type = unbound_value(zone, 1);

	return slice_is(type, "redirect") || slice_is(type, "inform_redirect");
}

/* The closest zone at or above `name`; `*apex` when it is the name itself. */
static const struct node *
closest_zone(const struct strmap *zones, struct slice name, bool *apex)
{
	*apex = true;
	for (;;) {
		const struct node *zone = strmap_get(zones, name);

		if (zone != NULL)
			return zone;
		if (name.len == 0)
			return NULL;
		*apex = false;
		slice_split(&name, '.');
	}
}

/* The type of a record of class IN; empty for any other. */
static struct slice
internet_type(struct slice rdata)
{
	static const char *const others[] = { "CH", "HS", "ANY", "NONE" };
	struct slice rest = rdata, type;

	for (size_t word = 0; word < 2; word++) {
		struct slice w = type_ub_word(&rest);

		for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
			if (slice_is_nocase(w, others[i]))
				return (struct slice){ "", 0 };
	}
	type_ub_rdata_fault(rdata, &type);
	return type;
}

/* What a redirect zone answers is a CNAME, or other data: not both. */
static void
check_redirect_data(const struct unbound_check *u, struct strmap *data,
		    const struct node *option, struct slice name,
		    struct slice rdata)
{
	struct slice type = internet_type(rdata);
	void **at = strmap_at(data, name);
	const struct node *first = *at;

	if (type.len == 0)
		return;
	if (first == NULL) {
		*at = (void *)(uintptr_t)option;
		return;
	}
	struct slice other = unbound_value(first, 0);

	type_ub_word(&other);
	if (!slice_is_nocase(type, "CNAME") &&
	    !slice_is_nocase(internet_type(other), "CNAME"))
		return;
	struct diag *d = diag_add(u->check->diags, SEV_ERROR,
				  RULE_CONFLICTING_OPTIONS, option->span,
				  "a CNAME is all the data that the redirect "
				  "zone '%.*s' can have",
				  SLICE(name));

	diag_note(u->check->diags, d, first->span, "the other data");
}

/* `data` holds the first data of each redirect zone. */
static void
check_data(const struct unbound_check *u, const struct strmap *zones,
	   struct strmap *data, const struct node *option)
{
	struct slice text = unbound_value(option, 0);
	struct slice name = plain_name(u, type_ub_word(&text));
	bool apex;
	const struct node *zone;

	zone = closest_zone(zones, name, &apex);
	if (zone == NULL || !is_redirect(zone))
		return;
	if (apex) {
		check_redirect_data(u, data, option, name, text);
		return;
	}
	struct diag *d = diag_add(u->check->diags, SEV_ERROR,
				  RULE_CONFLICTING_OPTIONS, option->span,
				  "a redirect zone has data for its own name "
				  "only, not for '%.*s'",
				  SLICE(name));

	diag_note(u->check->diags, d, zone->span, "the zone is made here");
}

/*
 * Data outside of all zones get one: the closest name above all of them
 * (services/localzone.c, lz_setup_implicit). It is made when overrides have
 * been read, and tags have not.
 */
static void
add_implicit_zone(const struct unbound_check *u, struct strmap *zones)
{
	const struct node *last = NULL;
	struct slice above = { "", 0 };
	bool apex;

	UNBOUND_EACH(u, "local-data", option) {
		struct slice text = unbound_value(option, 0);
		struct slice name = plain_name(u, type_ub_word(&text));

		if (closest_zone(zones, name, &apex) != NULL ||
		    is_built_in(name))
			continue;
		if (last == NULL)
			above = name;
		while (above.len > 0 && !slice_equal_nocase(above, name)) {
			if (above.len >= name.len)
				slice_split(&above, '.');
			else
				slice_split(&name, '.');
		}
		last = option;
	}
	if (last != NULL)
		*strmap_at(zones, above) = (void *)(uintptr_t)last;
}

static void
check_view_redirects(const struct unbound_check *u, const struct node *view)
{
	const struct node *block = node_block(view);
	struct strmap *zones = strmap_new(u->check->arena, true);
	struct strmap *data = strmap_new(u->check->arena, true);
	bool redirects = false;

	NODE_EACH(option, block, "local-zone") {
		redirects |= is_redirect(option);
		if (is_zone(option))
			*strmap_at(zones,
				   plain_name(u, unbound_value(option, 0))) =
				(void *)(uintptr_t)option;
	}
	if (!redirects)
		return;
	NODE_EACH(option, block, "local-data")
		check_data(u, zones, data, option);
}

void
check_unbound_local_zones(const struct unbound_check *u)
{
	struct strmap *zones = strmap_new(u->check->arena, true);
	struct strmap *data = strmap_new(u->check->arena, true);
	bool redirects = false;

	NODE_EACH(view, u->check->config->root, "view")
		check_view_redirects(u, view);
	UNBOUND_EACH(u, "local-zone", option)
		redirects |= is_redirect(option);
	/* Most files have neither references nor redirects to check. */
	if (!redirects &&
	    unbound_group(u, "local-zone-tag")->runs.len == 0 &&
	    unbound_group(u, "local-zone-override")->runs.len == 0)
		return;
	UNBOUND_EACH(u, "local-zone", option)
		if (is_zone(option))
			*strmap_at(zones,
				   plain_name(u, unbound_value(option, 0))) =
				(void *)(uintptr_t)option;
	UNBOUND_EACH(u, "local-zone-override", option)
		check_zone_reference(u, zones, option);
	add_implicit_zone(u, zones);
	UNBOUND_EACH(u, "local-zone-tag", option)
		check_zone_reference(u, zones, option);
	UNBOUND_EACH(u, "local-data", option)
		check_data(u, zones, data, option);
}
