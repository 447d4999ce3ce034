/* diff for programs; doc/json.md describes the document. */
#include <jansson.h>

#include "compare/render.h"
#include "predict/ask.h"
#include "predict/json.h"

static json_t *
prefixes(struct client_set clients)
{
	struct clients_walk w = { 0 };
	json_t *list = json_array();
	char buf[ADDR_TEXT_MAX];
	struct prefix p;

	while (clients_next(clients, &w, &p))
		json_array_append_new(list,
				      json_string(prefix_format(p, buf)));
	return list;
}

static json_t *
question(const struct rendering *r, const struct change *c)
{
	const struct question *q = &c->pair->question;

	return json_pack("{s:o, s:s, s:b, s:s, s:o}", "name",
			 json_text(r->arena,
				   arena_strdup(r->arena, q->qname)),
			 "type", ask_type_text(r->arena, q), "rd", q->rd,
			 "transport", q->tcp ? "tcp" : "udp", "key",
			 *c->pair->key == '\0' ? json_null()
					 : json_text(r->arena, c->pair->key));
}

static json_t *
change(const struct rendering *r, const struct change *c)
{
	const struct pair *p = c->pair;
	json_t *names = json_array();
	json_t *at[2];

	for (size_t i = 0; i < p->names.len; i++)
		json_array_append_new(names,
				      json_text(r->arena, p->names.at[i]));
	for (int i = BEFORE; i <= AFTER; i++)
		at[i] = json_decision(r->arena, r->comparison->sides[i].model,
				      &c->at[i]);
	return json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "effect",
			 effect_name(c->effect), "kind", p->kind,
			 "names", names, "presence",
			 p->removed ? "removed"
			 : p->added ? "added"
				    : "both",
			 "question", question(r, c), "clients",
			 prefixes(c->clients), "before", at[BEFORE],
			 "after", at[AFTER]);
}

void
render_json(const struct rendering *r)
{
	const struct comparison *c = r->comparison;
	json_t *root = json_document("diff");
	json_t *list = json_array(), *summary = json_object();

	for (size_t i = 0; i < c->changes.len; i++)
		json_array_append_new(list, change(r, &c->changes.at[i]));
	for (int e = 0; e < EFFECT_COUNT; e++)
		json_object_set_new(summary, effect_name((enum effect)e),
				    json_integer((json_int_t)c->counts[e]));
	json_object_set_new(root, "before", json_text(r->arena, r->names[0]));
	json_object_set_new(root, "after", json_text(r->arena, r->names[1]));
	json_object_set_new(root, "before_target",
			    json_string(r->releases[0]));
	json_object_set_new(root, "after_target", json_string(r->releases[1]));
	json_object_set_new(root, "changes", list);
	json_object_set_new(root, "listeners",
			    json_pack("{s:o, s:o}", "removed",
				      prefixes(c->silent), "added",
				      prefixes(c->listening)));
	json_object_set_new(root, "summary", summary);
	json_dumpf(root, r->out, JSON_INDENT(2));
	fputc('\n', r->out);
	json_decref(root);
}
