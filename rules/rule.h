/*
 * A rule: what it looks for, why, and the function that looks. Rules are
 * stateless, do not print and do not know of each other.
 */
#pragma once

#include "decide/acl_excluded.h"
#include "decide/clients.h"
#include "intent/intent.h"
#include "model/views.h"
#include "schema/typed.h"

/* What must have gone well before a rule is asked. */
enum stage {
	STAGE_TREE, /* the files were read and have no syntax error */
	STAGE_LOAD, /* the server would load the configuration */
	STAGE_DECISION, /* and it is known what the server would do */
};

struct rule_zone;

/* Whose questions come to a view; `view` NULL: not asked for yet. */
struct rule_reach {
	const struct view *view;
	struct client_set clients;
};

/* What several rules ask for, worked out by the first of them. */
struct rule_cache {
	struct arena *arena; /* lives as long as all the rules run */
	struct rule_reach reach; /* of the view asked for last */
	const struct rule_zone *zones; /* rule_zones() */
	size_t zone_count;
	bool zones_known;
	struct rule_file *const *zone_files; /* rule_zone_files(), or NULL */
	const struct rule_zone *public_zone; /* rule_public_zone() */
	bool public_zone_known;
};

struct rule_context {
	/* For this rule alone; findings have copies of what they are told. */
	struct arena *arena;
	const struct config *config;
	const struct schema *schema;
	const struct typed *typed;
	struct diags *diags;
	/* From STAGE_DECISION on; the intent is never NULL then. */
	const struct model *model;
	struct predict *predict;
	const struct intent *intent;
	struct rule_cache *cache; /* of this run */
	/* unbound.conf: the last of each option of `server:`, which counts. */
	const struct strmap *server;
	const struct rule *rule; /* the one that is running */
	enum severity severity; /* its severity in this run */
};

struct rule {
	const char *id; /* the file's name; final once released */
	const char *family;
	unsigned dialects; /* enum dialect */
	enum severity severity;
	enum stage needs;
	bool heuristic; /* a guess: --no-heuristics leaves it out */
	bool optional; /* left out unless it is asked for by its id */
	bool whole; /* silent about a part of a configuration */
	bool several_files; /* so that its examples are fixtures alone */
	const char *summary; /* one line, lower case */
	const char *explain; /* why it matters, in full sentences */
	const char *source; /* where that is written */
	const char *bad, *good; /* examples in the first of its dialects */
	const char *bad_unbound, *good_unbound; /* where it has both */
	const char *policy; /* the intent file of the examples, or NULL */
	/* NULL: the front ends or the load checks find it themselves. */
	void (*check)(struct rule_context *cx);
};

/* All rules, by family and then id; `*count` of them. */
const struct rule *const *rules_all(size_t *count);

/* The rule of this id, or NULL. */
const struct rule *rule_find(struct slice id);

/* Is there a rule of this family? */
bool rule_family_exists(struct slice family);

/* Add a finding of the running rule. */
struct diag *rule_report(struct rule_context *cx, struct span span,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Where what is written nowhere would be: `options`, or `server:`; the first
 * statement of a file without it.
 */
struct span rule_place_of_defaults(const struct rule_context *cx);

/*
 * Where a decision is made: the element of the list, or else the statement; for
 * a default rule_place_of_defaults().
 */
struct span rule_place(const struct rule_context *cx,
		       const struct decision *d);

/*
 * Where rule_place() is within a named list: a note at the statement that
 * leads there.
 */
void rule_note_route(struct rule_context *cx, struct diag *diag,
		     const struct decision *d);

/* Who has no business here: the Internet without the declared clients. */
struct client_set rule_strangers(const struct rule_context *cx);

/* An element of an address match list, and its text as it was written. */
struct span rule_element_span(const struct rule_context *cx,
			      const struct element *e);
const char *rule_element_text(const struct rule_context *cx,
			      const struct element *e);

/* Is it the list of a statement, neither named nor nested nor a default? */
bool rule_list_is_used(const struct address_list *list);

/*
 * A fix that takes the element out of its list, with its line where nothing
 * else is on it; none where that is not as simple.
 */
void rule_fix_remove(struct rule_context *cx, struct diag *diag,
		     const struct element *e);

/* Cut `span` out, with its line where nothing else is on it. */
void rule_fix_cut(struct rule_context *cx, struct diag *diag,
		  struct span span);

/*
 * `text`, and what keeps it apart from the node it is put before: a line of its
 * own where that has one.
 */
const char *rule_insertion(const struct rule_context *cx,
			   const struct node *before, const char *text);

/* What comes before the block of a statement: `view "internal"`. */
struct span rule_heading(const struct rule_context *cx, struct span statement);

/* A line of a `server:` clause of unbound.conf that begins with a netblock. */
struct rule_netblock {
	struct prefix prefix; /* without host bits */
	const struct node *line;
	size_t order; /* in the text */
};

/* All lines of this option, `*count` of them, in the order of the text. */
struct rule_netblock *rule_netblocks(const struct rule_context *cx,
				     const char *option, size_t *count);

/* For qsort: by prefix, the wider first, then by order. */
int rule_netblock_cmp(const void *a, const void *b);

/* Value number `i` of a line of unbound.conf, from 0. */
struct slice rule_value(const struct node *line, size_t i);

/* The clients that are declared to be served. */
struct client_set rule_own_clients(const struct rule_context *cx);

/* Is the zone declared to be delegated to this server? */
bool rule_is_delegated(const struct rule_context *cx, struct slice name);

/* Weaken a finding of a rule whose severity people have not chosen. */
void rule_weaken(const struct rule_context *cx, struct diag *diag,
		 enum severity severity);

/*
 * Is it a refusal because recursion is off where the client lands, and not
 * because a list says no?
 */
bool rule_is_recursion_off(const struct decision *d);

/* Was it a list of the server's addresses, such as 'allow-query-on'? */
bool rule_is_by_destination(const struct decision *d);

/*
 * For a finding about clients whom such a list turns away: what it is held
 * against, and what to write.
 */
void rule_help_destination(struct rule_context *cx, struct diag *diag,
			   const struct decision *d);

/* rule_strangers() of the families the server hears from beyond its net. */
struct client_set rule_reachable_strangers(const struct rule_context *cx);

/*
 * Are there listeners on a port of their own, encrypted ones or proxies? People
 * who have them know what they do, and predict_listens() leaves them out.
 */
bool rule_listens_otherwise(const struct rule_context *cx, enum family family);

/*
 * For a finding about strangers who come by IPv6 alone, because nobody wrote
 * 'listen-on-v6', while IPv4 is listened on at private addresses: say so. It is
 * a warning then, for the host may have no IPv6 address of the Internet.
 */
void rule_note_ipv6_default(struct rule_context *cx, struct diag *diag);

/*
 * A few public networks are a provider's customers. From a 256th of the
 * address space on, or a /16 of IPv6, they are the Internet.
 */
bool rule_is_internet(struct client_set s);

/*
 * False where so few are named that clients without a key who match cannot be
 * the Internet: most lists of zones need not be worked out to know that.
 */
bool rule_may_be_internet(const struct rule_context *cx,
			  const struct address_list *list);

/* Whoever is not on this host itself: all but the loopback addresses. */
struct client_set rule_guests(const struct rule_context *cx);

/*
 * Is the name one that nobody can register: a single label, or within a domain
 * of special use (RFC 6761, RFC 6762, RFC 6303, RFC 8375) or a customary
 * private one? `name` is canonical.
 */
bool rule_is_private_name(struct slice name);

/*
 * Has every server the same zone of this name, or a public one: the root and
 * its kin, localhost and the names of its addresses? `name` is canonical.
 */
bool rule_is_common_name(struct slice name);

/* For rule_context.server. */
const struct strmap *rule_index_server(struct arena *a,
				       const struct config *c);

/* unbound.conf: the option of `server:` in effect, or NULL. */
const struct node *rule_server(const struct rule_context *cx,
			       const char *name);

/* Is it written, and its value this? */
bool rule_server_is(const struct rule_context *cx, const char *name,
		    const char *value);

/*
 * Are the options of the server here? A file without them is likely to be
 * included by one that has them, so that what it lacks means nothing. Rules
 * that are `whole` need not ask.
 */
bool rule_is_whole(const struct rule_context *cx);

/* named.conf: the statement that rules a view (NULL: no views), or NULL. */
const struct node *rule_option(const struct rule_context *cx,
			       const struct node *view, const char *name);

/* The block of the view of this name; NULL when there are no views. */
const struct node *rule_view_block(const struct rule_context *cx,
				   const char *name);

/* Is it an include statement with a pattern that no file matches? */
bool rule_is_empty_include(const struct rule_context *cx,
			   const struct node *statement);

/* Is the value a boolean that says no? */
bool rule_is_no(const struct node *value);

/* Do something with each option of this name in `options` and in views. */
typedef void rule_take_fn(struct rule_context *cx, const struct node *option);
void rule_each_option(struct rule_context *cx, const char *name,
		      rule_take_fn *take);

/* A zone of the model with its text; `view` is empty without views. */
struct rule_zone {
	const struct zone *zone;
	const struct node *body;
	const struct strmap *view; /* the first statement of each name */
};

/* Zones that are kept in one file. */
struct rule_file {
	const struct rule_zone *first;
	size_t count;
	bool many_names; /* not all of them have the same name */
};

/*
 * The file of each zone, in the order of rule_zones(); NULL: it has none, or
 * one whose name is made up when the server starts.
 */
struct rule_file *const *rule_zone_files(const struct rule_context *cx);

/* All zones that are written, in their order; `*count` of them. */
const struct rule_zone *rule_zones(const struct rule_context *cx,
				   size_t *count);

/* The statement that rules the zone, wherever it stands, or NULL. */
const struct node *rule_zone_option(const struct rule_context *cx,
				    const struct rule_zone *z,
				    const char *name);

/*
 * Zones of one view whose policy is the same, or is written in the same words,
 * so that the question who may is asked once for all of them.
 */
struct rule_zone_group {
	const struct rule_zone *zone; /* the first of them */
	const struct policy *policy;
	size_t count;
};

/* NULL leaves the zone out. */
typedef const struct policy *rule_policy_of(void *context,
					    const struct rule_zone *z);

const struct rule_zone_group *rule_zone_groups(const struct rule_context *cx,
					       rule_policy_of *policy,
					       void *context, size_t *count);

/* "'example.com'" or "'example.com' and 3 other zones": for messages. */
const char *rule_group_text(const struct rule_context *cx,
			    const struct rule_zone_group *g);

/*
 * named.conf: a zone with a name that people register, whose data the Internet
 * gets from this server; NULL when there is none. It may be of any view.
 */
const struct rule_zone *rule_public_zone(const struct rule_context *cx);

/*
 * Those of `s` whose questions about the zone come to its view, and are not
 * dropped before.
 */
struct client_set rule_reaching(const struct rule_context *cx,
				const struct zone *z, struct client_set s);

/* The view of this name, or NULL. */
const struct view *rule_find_view(const struct rule_context *cx,
				  const char *name);

/*
 * named.conf: zones that nobody is to ask for, by canonical name: they hold
 * policies, or lists of zones.
 */
struct strmap *rule_quiet_zones(const struct rule_context *cx);

/*
 * named.conf: a zone for everybody, by what is declared of the server, that the
 * lists give to somebody. Who is refused it is told by public-zone-refused.
 */
bool rule_is_for_everybody(const struct rule_context *cx,
			   const struct strmap *quiet, const struct zone *z);

/* A set of clients that get one thing for one question. */
struct rule_case {
	struct rule_context *cx;
	const struct question *q;
	struct client_set clients;
	struct decision d; /* of the first of them */
	/* These and more of whom the same is wanted; empty: nobody knows. */
	struct client_set meant;
};

/*
 * What to write so that they get the outcome `wanted` (a word of
 * outcome_name()) instead; NULL where that is not a matter of a list or two.
 */
const char *rule_how_to_open(const struct rule_case *c, const char *wanted);

/*
 * The exclusion that turned the first of them away, wherever it stands;
 * `element` is NULL where there is none.
 */
struct acl_exclusion rule_exclusion(const struct rule_case *c);

/* Say where it stands, if that is another place than the finding's. */
void rule_note_exclusion(const struct rule_case *c, struct diag *diag);

/*
 * `help` for those whom somebody took out on purpose, maybe: it comes second,
 * behind "if '!quarantine' is meant," and `keep`, what to do then.
 */
const char *rule_unless_meant(const struct rule_case *c, const char *keep,
			      const char *help);

/* unbound.conf: so that they get this action; NULL where no line decides. */
const char *rule_how_to_change_access(const struct rule_case *c,
				      const char *action);

/*
 * The networks, each with `before` and `behind`; NULL where they are too many
 * to be written in a line.
 */
const char *rule_written(const struct rule_context *cx, struct client_set s,
			 const char *before, const char *behind);

/*
 * "write 'NETWORKS' first in 'OPTION'": the first element that matches
 * decides. A default is written out.
 */
const char *rule_first_in(const struct rule_context *cx,
			  const struct origin *o, const char *networks);

/* A part of a group of clients that one element of a list decides for. */
struct rule_part {
	const struct element *element; /* NULL: none matches, or many do */
	const struct address_list *list; /* that the element stands in */
	struct client_set clients;
	const struct element *excluded; /* see rule_exclusion(), or NULL */
};

/*
 * A group by the elements of the list that turned it away, or had it dropped,
 * `*count` parts; one part where it is no list, or where they are too many to
 * be told one by one.
 */
const struct rule_part *rule_parts(const struct rule_context *cx,
				   const struct client_group *g,
				   size_t *count);
