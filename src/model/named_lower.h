/* What the files that lower named.conf share. */
#pragma once

#include "base/vec.h"
#include "model/named.h"
#include "model/views.h"

/* The blocks an option is looked for in, the nearest first; NULL: none. */
struct scopes {
	const struct node *zone;
	const struct node *view;
	const struct node *options;
};

struct lower {
	struct arena *arena;
	const struct config *config;
	struct model_facts facts;
	struct model *model;
	struct views *views;
	VEC(const struct address_list *) lists;
	VEC(const char *) keys;
	struct strmap *key_numbers; /* number + 1, by canonical name */
	struct strmap *acls; /* struct address_list by name */
	struct strmap *policies; /* struct policy by the span it stands at */
	const struct node *options; /* the block, or NULL */
	const struct address_list *none;
	const struct address_list *local; /* localnets and localhost */
	VEC(const struct view *) view_list;
	VEC(const struct origin *) defaults; /* one for each option */
	uint32_t zone_count;
};

/* The target is this release or a later one. */
bool lower_since(const struct lower *l, const char *release);

/* Each option has one; `option` is known by its address. */
const struct origin *origin_default(struct lower *l, const char *option);
const struct origin *origin_at(struct lower *l, const char *option,
			       const struct node *statement);

/* The statement `name` of the nearest scope that has one, or NULL. */
const struct node *scopes_find(const struct scopes *s, const char *name);

/* Its value as a flag, `initial` where it is not written. */
struct flag lower_flag(struct lower *l, const struct scopes *s,
		       const char *name, bool initial);
bool lower_is_yes(const struct node *value);

/* named_list.c */
void lower_acls(struct lower *l);
const struct address_list *lower_list(struct lower *l,
				      const struct node *block,
				      const char *name, struct origin origin);
uint32_t lower_key(struct lower *l, struct slice name);

/* The list of the nearest scope; `initial` with a default's origin else. */
struct policy lower_policy(struct lower *l, const struct scopes *s,
			   const char *name,
			   const struct address_list *initial);

/* named_view.c */
void lower_views(struct lower *l);

/* named_zone.c */
void lower_zones(struct lower *l, struct view *v, const struct scopes *s,
		 const struct node *block);
/* `port` and `transport` of the statement `at`, which may be NULL. */
void lower_transfer_way(const struct node *at, int *to, enum transport *by);

struct zone *lower_built_in_zone(struct lower *l, struct view *v,
				 enum zone_type type, const char *name);

/* named_empty.c */
void lower_empty_zones(struct lower *l, struct view *v,
		       const struct scopes *s, const struct node *block);

/* named_listen.c */
void lower_listeners(struct lower *l);

/* named_channel.c */
void lower_channels(struct lower *l);
