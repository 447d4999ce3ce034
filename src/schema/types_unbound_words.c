/* Values out of a list of words, each with the release that brought it. */
#include <string.h>

#include "schema/release.h"
#include "schema/rules.h"
#include "schema/types_unbound.h"

struct word {
	const char *text;
	const char *since; /* "": older than every known release */
};

static bool
word_is_known(const struct schema *s, const struct word *word)
{
	return *word->since == '\0' ||
	       schema_target(s) >= release_parse(slice_of(word->since), 0);
}

#define WORDS(array) (array), sizeof(array) / sizeof(*(array))

static bool
check_word(struct match *m, const struct node **term, const struct word *words,
	   size_t count)
{
	struct slice text = node_text(*term);

	for (size_t i = 0; i < count; i++) {
		if (!slice_is(text, words[i].text))
			continue;
		if (word_is_known(m->schema, &words[i]))
			return type_ub_next(term);
		match_fail(m, *term, RULE_NOT_YET_OPTION,
			   "'%s' came with Unbound %s", words[i].text,
			   words[i].since);
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

/* The server asks for "yes" alone, and does not look at what else it gets. */
bool
type_ub_only_yes(struct match *m, const struct notation *n,
		 const struct node **term)
{
	const struct node *at = *term;

	if (!type_ub_boolean(m, n, term)) {
		diag_add(m->diags, SEV_NOTE, RULE_UNCHECKED_VALUE, at->span,
			 "%s counts as no", match_quote(m, at));
		type_ub_next(term);
	}
	return true;
}

bool
type_ub_acl_action(struct match *m, const struct notation *n,
		   const struct node **term)
{
	static const struct word words[] = {
		{ "allow", "" },       { "allow_cookie", "1.18" },
		{ "allow_setrd", "" }, { "allow_snoop", "" },
		{ "deny", "" },	       { "deny_non_local", "" },
		{ "refuse", "" },      { "refuse_non_local", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

bool
type_ub_local_zone_type(struct match *m, const struct notation *n,
			const struct node **term)
{
	static const struct word words[] = {
		{ "always_deny", "1.13.1" },
		{ "always_nodata", "1.13.1" },
		{ "always_null", "1.13.1" },
		{ "always_nxdomain", "" },
		{ "always_refuse", "" },
		{ "always_transparent", "" },
		{ "block_a", "1.18" },
		{ "block_a_wdata", "1.26" },
		{ "block_aaaa", "1.26" },
		{ "block_aaaa_wdata", "1.26" },
		{ "deny", "" },
		{ "inform", "" },
		{ "inform_deny", "" },
		{ "inform_redirect", "" },
		{ "ipset", "" },
		{ "nodefault", "" },
		{ "noview", "" },
		{ "redirect", "" },
		{ "refuse", "" },
		{ "static", "" },
		{ "transparent", "" },
		{ "typetransparent", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

/* In a view; some came to these later, others not yet. */
bool
type_ub_view_zone_type(struct match *m, const struct notation *n,
		       const struct node **term)
{
	static const struct word words[] = {
		{ "always_deny", "1.13.2" },
		{ "always_nodata", "1.13.2" },
		{ "always_null", "1.13.2" },
		{ "always_nxdomain", "" },
		{ "always_refuse", "" },
		{ "always_transparent", "" },
		{ "deny", "" },
		{ "inform", "" },
		{ "inform_deny", "" },
		{ "inform_redirect", "1.13.2" },
		{ "ipset", "1.13.2" },
		{ "nodefault", "" },
		{ "noview", "" },
		{ "redirect", "" },
		{ "refuse", "" },
		{ "static", "" },
		{ "transparent", "" },
		{ "typetransparent", "" },
	};

	(void)n;
	return check_word(m, term, WORDS(words));
}

/* Of overrides and tags: what the server's own name table has. */
static const struct word tag_actions[] = {
	{ "always_deny", "" },
	{ "always_nodata", "" },
	{ "always_null", "1.13.1" },
	{ "always_nxdomain", "" },
	{ "always_refuse", "" },
	{ "always_transparent", "" },
	{ "block_a", "1.18" },
	{ "block_a_wdata", "1.26" },
	{ "block_aaaa", "1.26" },
	{ "block_aaaa_wdata", "1.26" },
	{ "deny", "" },
	{ "inform", "" },
	{ "inform_deny", "" },
	{ "inform_redirect", "" },
	{ "ipset", "" },
	{ "nodefault", "" },
	{ "noview", "" },
	{ "redirect", "" },
	{ "refuse", "" },
	{ "static", "" },
	{ "transparent", "" },
	{ "truncate", "1.14" },
	{ "typetransparent", "" },
};

bool
type_ub_is_tag_action(const struct schema *s, struct slice text)
{
	for (size_t i = 0; i < sizeof(tag_actions) / sizeof(*tag_actions); i++)
		if (slice_is(text, tag_actions[i].text))
			return word_is_known(s, &tag_actions[i]);
	return false;
}

bool
type_ub_tag_action(struct match *m, const struct notation *n,
		   const struct node **term)
{
	(void)n;
	return check_word(m, term, WORDS(tag_actions));
}

bool
type_ub_response_ip_action(struct match *m, const struct notation *n,
			   const struct node **term)
{
	static const struct word words[] = {
		{ "always_nxdomain", "" },
		{ "always_refuse", "" },
		{ "always_transparent", "" },
		{ "deny", "" },
		{ "inform", "" },
		{ "inform_deny", "" },
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
is_basic_list(const struct schema *s, struct slice text)
{
	static const struct word lists[] = {
		{ "iterator", "" },
		{ "validator iterator", "" },
		{ "dns64 validator iterator", "" },
		{ "dns64 iterator", "" },
		{ "respip iterator", "" },
		{ "respip validator iterator", "" },
		{ "respip dns64 validator iterator", "1.15" },
		{ "respip dns64 iterator", "1.15" },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (slice_is(text, lists[i].text))
			return word_is_known(s, &lists[i]);
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
	static const char *const optional[] = { "cachedb",  "dynlib",
						"ipsecmod", "ipset",
						"python",   "subnetcache" };
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
		    : is_basic_list(m->schema, node_text(*term)))
		return type_ub_next(term);
	match_fail(m, *term, NULL,
		   "%s is no order of modules that is known to work",
		   match_quote(m, *term));
	return false;
}
