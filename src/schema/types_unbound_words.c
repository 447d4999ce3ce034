/* Values out of a list of words, each with the release that brought it. */
#include <string.h>

#include "schema/release.h"
#include "schema/rules.h"
#include "schema/types_unbound.h"

struct word {
	const char *text;
	const char *since; /* "": older than every known release */
};

#define WORDS(array) (array), sizeof(array) / sizeof(*(array))

static bool
check_word(struct match *m, const struct node **term, const struct word *words,
	   size_t count)
{
	struct slice text = node_text(*term);

	for (size_t i = 0; i < count; i++) {
		const char *since = words[i].since;

		if (!slice_is(text, words[i].text))
			continue;
		if (*since == '\0' || schema_target(m->schema) >=
					      release_parse(slice_of(since), 0))
			return type_ub_next(term);
		match_fail(m, *term, RULE_NOT_YET_OPTION,
			   "'%s' came with Unbound %s", words[i].text, since);
		return false;
	}
	const char *list = "";

	for (size_t i = 0; i < count; i++)
		list = arena_printf(m->arena, "%s%s%s", list,
				    i == 0 ? "" : ", ", words[i].text);
	match_fail(m, *term, NULL, "%s is none of %s", match_quote(m, *term),
		   list);
	return false;
}

bool
type_ub_boolean(struct match *m, const struct notation *n,
		const struct node **term)
{
	(void)m, (void)n;
	return (slice_is(node_text(*term), "yes") ||
		slice_is(node_text(*term), "no")) &&
	       type_ub_next(term);
}

bool
type_ub_acl_action(struct match *m, const struct notation *n,
		   const struct node **term)
{
	static const struct word words[] = {
		{ "allow", "" },	  { "allow_cookie", "1.18" },
		{ "allow_setrd", "" },	  { "allow_snoop", "" },
		{ "deny", "" },		  { "deny_non_local", "" },
		{ "refuse", "" },	  { "refuse_non_local", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

static const struct word local_zone_types[] = {
	{ "always_deny", "" },	    { "always_nodata", "" },
	{ "always_null", "1.13.1" }, { "always_nxdomain", "" },
	{ "always_refuse", "" },    { "always_transparent", "" },
	{ "deny", "" },		    { "inform", "" },
	{ "inform_deny", "" },	    { "inform_redirect", "" },
	{ "ipset", "" },	    { "nodefault", "" },
	{ "noview", "" },	    { "redirect", "" },
	{ "refuse", "" },	    { "static", "" },
	{ "transparent", "" },	    { "typetransparent", "" },
	/* the clause `server:` alone has these */
	{ "block_a", "1.18" },	    { "block_a_wdata", "1.26" },
	{ "block_aaaa", "1.26" },   { "block_aaaa_wdata", "1.26" },
};
enum { VIEW_ZONE_TYPES = 18 };

bool
type_ub_local_zone_type(struct match *m, const struct notation *n,
			const struct node **term)
{
	(void)n;
	return check_word(m, term, WORDS(local_zone_types));
}

bool
type_ub_view_zone_type(struct match *m, const struct notation *n,
		       const struct node **term)
{
	(void)n;
	return check_word(m, term, local_zone_types, VIEW_ZONE_TYPES);
}

/* Of overrides and tags: what the server's own name table has. */
bool
type_ub_tag_action(struct match *m, const struct notation *n,
		   const struct node **term)
{
	static const struct word words[] = {
		{ "always_deny", "" },	    { "always_nodata", "" },
		{ "always_null", "1.13.1" }, { "always_nxdomain", "" },
		{ "always_refuse", "" },    { "always_transparent", "" },
		{ "block_a", "1.18" },	    { "block_a_wdata", "1.26" },
		{ "block_aaaa", "1.26" },   { "block_aaaa_wdata", "1.26" },
		{ "deny", "" },		    { "inform", "" },
		{ "inform_deny", "" },	    { "inform_redirect", "" },
		{ "ipset", "" },	    { "nodefault", "" },
		{ "noview", "" },	    { "redirect", "" },
		{ "refuse", "" },	    { "static", "" },
		{ "transparent", "" },	    { "truncate", "1.14" },
		{ "typetransparent", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

bool
type_ub_response_ip_action(struct match *m, const struct notation *n,
			   const struct node **term)
{
	static const struct word words[] = {
		{ "always_nxdomain", "" }, { "always_refuse", "" },
		{ "always_transparent", "" }, { "deny", "" },
		{ "inform", "" },	   { "inform_deny", "" },
		{ "redirect", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

struct slice
type_ub_word(struct slice *rest)
{
	size_t i = 0, end;

	while (i < rest->len && ascii_is_space(rest->data[i]))
		i++;
	for (end = i; end < rest->len && !ascii_is_space(rest->data[end]);)
		end++;
	struct slice head = slice_sub(*rest, i, end - i);

	*rest = slice_sub(*rest, end, rest->len);
	return head;
}

bool
type_ub_tls_protocols(struct match *m, const struct notation *n,
		      const struct node **term)
{
	struct slice rest = node_text(*term);

	(void)m, (void)n;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0;)
		if (!slice_is(w, "TLSv1.2") && !slice_is(w, "TLSv1.3"))
			return false;
	return type_ub_next(term);
}

/* In the order of the list: is it among those that work in any build? */
static bool
is_basic_list(struct slice text)
{
	static const char *const lists[] = {
		"iterator",
		"validator iterator",
		"dns64 validator iterator",
		"dns64 iterator",
		"respip iterator",
		"respip validator iterator",
		"respip dns64 validator iterator",
		"respip dns64 iterator",
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (slice_is(text, lists[i]))
			return true;
	return false;
}

/*
 * Lists of basic modules are known one by one. Those with a module that only
 * some builds have are taken when they end in the iterator, as all good ones
 * do, and name no module twice.
 */
bool
type_ub_module_list(struct match *m, const struct notation *n,
		    const struct node **term)
{
	static const char *const basic[] = { "dns64", "iterator", "respip",
					     "validator" };
	static const char *const optional[] = { "cachedb",     "dynlib",
						"ipsecmod",    "ipset",
						"python",      "subnetcache" };
	struct slice rest = node_text(*term), last = { "", 0 };
	bool special = false;

	(void)n;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0; last = w) {
		bool known = false;

		for (size_t i = 0; i < 4; i++)
			known |= slice_is(w, basic[i]);
		for (size_t i = 0; i < 6; i++)
			special |= slice_is(w, optional[i]);
		if (known || special)
			continue;
		match_fail(m, *term, NULL, "'%.*s' is no module", SLICE(w));
		return false;
	}
	if (special ? slice_is(last, "iterator")
		    : is_basic_list(node_text(*term)))
		return type_ub_next(term);
	match_fail(m, *term, NULL,
		   "%s is no order of modules that is known to work",
		   match_quote(m, *term));
	return false;
}
