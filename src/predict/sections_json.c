/* predict for programs; doc/json.md describes the document. */
#include <jansson.h>

#include "model/rrtype.h"
#include "predict/ask.h"
#include "predict/json.h"
#include "predict/sections_json.h"

/* All prefixes of a group; the fewest that cover its ranges. */
static json_t *
networks(const struct section *s, const struct group *g)
{
	json_t *list = json_array();
	struct group_walk w = { 0 };
	struct addr at, last;
	char buf[ADDR_TEXT_MAX];

	while (section_next_range(s, g, &w, &at, &last)) {
		for (;;) {
			struct prefix p = prefix_cover(at, last);

			prefix_format(p, buf);
			json_array_append_new(list, json_string(buf));
			if (addr_cmp(prefix_last(p), last) >= 0)
				break;
			at = addr_next(prefix_last(p));
		}
	}
	return list;
}

static json_t *
section(struct arena *a, const struct model *m, const struct section *s)
{
	json_t *names = json_array(), *groups = json_array();

	for (size_t i = 0; i < s->names.len; i++)
		json_array_append_new(names, json_text(a, s->names.at[i]));
	for (size_t i = 0; i < s->groups.len; i++) {
		json_t *o = json_decision(a, m, s->groups.at[i].decision);

		json_object_set_new(o, "clients",
				    networks(s, &s->groups.at[i]));
		json_array_append_new(groups, o);
	}
	return json_pack("{s:s, s:o, s:{s:o, s:s, s:b, s:s}, s:o}", "kind",
			 s->kind, "names", names, "question", "name",
			 json_text(a, arena_strdup(a, s->question.qname)),
			 "type", ask_type_text(a, &s->question), "rd",
			 s->question.rd, "transport",
			 s->question.tcp ? "tcp" : "udp", "groups", groups);
}

void
sections_print_json(struct arena *a, const struct model *m,
		    const section_vec *v, FILE *out)
{
	json_t *root = json_document("predict");
	json_t *list = json_array();

	for (size_t i = 0; i < v->len; i++)
		json_array_append_new(list, section(a, m, &v->at[i]));
	json_object_set_new(root, "sections", list);
	json_dumpf(root, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(root);
}
