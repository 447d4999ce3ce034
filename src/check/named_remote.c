/*
 * Lists of servers: primaries, also-notify, parental-agents. A list may name
 * others; every one must exist, and what a server is asked with too.
 */
#include "base/addr.h"
#include "base/vec.h"
#include "check/domain.h"
#include "check/named.h"

struct walk {
	struct named_check *nc;
	const struct view *view; /* NULL: a list of the top level */
	const char *what;	 /* what the lists are called */
	const struct strmap *lists;
	struct strmap *seen;		      /* lists that were met already */
	VEC(const struct node *) lists_to_do; /* their blocks */
	unsigned addresses;
	bool good;
};

static bool
is_address(const struct node *n)
{
	struct slice text = node_text(n);
	struct slice head = slice_split(&text, '%');
	struct addr a;

	return n->kind == NODE_WORD && addr_parse(head, &a);
}

/* From 9.20 on a key must exist, in the view or at the top. */
static void
check_key(struct walk *w, const struct node *key)
{
	struct slice text = node_text(key), wire;

	if (!domain_parse(w->nc->arena, text, &wire)) {
		named_report(w->nc, RULE_BAD_VALUE, key,
			     QUOTED " is no domain name, so no key has it",
			     SLICE(text));
		w->good = false;
		return;
	}
	if (!w->nc->since_9_20 || strmap_get(w->nc->keys, wire) != NULL ||
	    (w->view != NULL && w->view->keys != NULL &&
	     strmap_get(w->view->keys, wire) != NULL))
		return;
	named_suggest_key(w->nc,
			  named_report(w->nc, RULE_UNDEFINED_KEY, key,
				       "there is no key " QUOTED, SLICE(text)),
			  w->view, key);
	w->good = false;
}

static void
check_tls(struct walk *w, const struct node *tls)
{
	if (!domain_is_valid(node_text(tls))) {
		named_report(w->nc, RULE_BAD_VALUE, tls,
			     QUOTED " is not a domain name",
			     SLICE(node_text(tls)));
		w->good = false;
	} else if (!named_check_tls_name(w->nc, tls)) {
		w->good = false;
	}
}

/* Up to 9.18 the name of a list stands alone. */
static void
check_list_alone(struct walk *w, const struct node *statement)
{
	if (w->nc->since_9_20 || statement->first->next == NULL)
		return;
	struct diag *d = named_report(w->nc, RULE_SURPLUS_VALUE,
				      statement->first->next->next,
				      "nothing may follow the name of a list");

	diag_help(w->nc->diags, d, "write this behind the addresses in it");
	w->good = false;
}

/* Its turn comes later: lists may nest as deep as they like. */
static void
follow(struct walk *w, const struct node *name)
{
	const struct node *list = strmap_get(w->lists, node_text(name));
	void **seen = strmap_at(w->seen, node_text(name));

	if (*seen != NULL)
		return;
	*seen = w->seen;
	if (list != NULL) {
		*VEC_PUSH(w->nc->arena, &w->lists_to_do) = node_block(list);
		return;
	}
	named_suggest(w->nc,
		      named_report(w->nc, RULE_UNDEFINED_REFERENCE, name,
				   "there is no list of %s " QUOTED, w->what,
				   SLICE(node_text(name))),
		      w->lists, name);
	w->good = false;
}

static void
walk_list(struct walk *w, const struct node *block)
{
	STATEMENT_EACH(it, block)
	{
		bool address = is_address(it->first);
		const struct node *key = named_argument(it, "key");
		const struct node *tls = named_argument(it, "tls");

		if (address || w->nc->since_9_20) {
			if (key != NULL)
				check_key(w, key);
			if (tls != NULL)
				check_tls(w, tls);
		}
		if (address) {
			w->addresses++;
			continue;
		}
		check_list_alone(w, it);
		follow(w, it->first);
	}
}

bool
named_check_remotes(struct named_check *nc, const struct view *view,
		    const struct node *statement, unsigned *count)
{
	bool parental = node_is(statement->first, "parental-agents");
	struct walk w = {
		.nc = nc,
		.view = view,
		.what = parental ? "parental agents" : "primaries",
		.lists = parental && !nc->since_9_20 ? nc->parental_agents
						     : nc->primaries,
		.seen = strmap_new(nc->arena, true),
		.good = true,
	};

	if (nc->since_9_20)
		w.what = "servers";
	walk_list(&w, node_block(statement));
	for (size_t i = 0; i < w.lists_to_do.len; i++)
		walk_list(&w, w.lists_to_do.at[i]);
	*count = w.addresses;
	return w.good;
}

/* Note the lists called `what`, and report a name that is taken. */
static void
define(struct named_check *nc, struct strmap *lists, const char *what)
{
	NODE_EACH(it, nc->root, what)
	{
		void **at = strmap_at(lists, named_text(it));

		if (*at != NULL)
			named_report_twice(nc, RULE_DUPLICATE_NAME, it->first,
					   *at, what, named_text(it));
		else
			*at = (void *)(uintptr_t)it;
	}
}

void
named_check_remote_lists(struct named_check *nc)
{
	static const char *const kinds[] = { "remote-servers",
					     "parental-agents", "primaries",
					     "masters" };
	unsigned count;

	nc->primaries = strmap_new(nc->arena, true);
	nc->parental_agents =
		nc->since_9_20 ? nc->primaries : strmap_new(nc->arena, true);
	define(nc, nc->primaries, "remote-servers");
	define(nc, nc->parental_agents, "parental-agents");
	define(nc, nc->primaries, "primaries");
	define(nc, nc->primaries, "masters");
	if (!nc->since_9_20)
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		NODE_EACH(it, nc->root, kinds[i])
	named_check_remotes(nc, NULL, it, &count);
}
