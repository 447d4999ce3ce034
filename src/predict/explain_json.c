/* explain for programs; doc/json.md describes the document. */
#include <jansson.h>

#include "model/rrtype.h"
#include "predict/explain.h"
#include "predict/json.h"
#include "report/printable.h"

static json_t *
steps(const struct explanation *e)
{
	struct arena *a = e->situation.arena;
	json_t *list = json_array();

	for (size_t i = 0; i < e->trace.steps.len; i++) {
		const struct trace_step *step = &e->trace.steps.at[i];
		json_t *o = json_object();
		struct span span;

		json_object_set_new(o, "text",
				    json_text(a, explain_step(e, step)));
		if (step->origin != NULL)
			json_object_set_new(o, "option",
					    json_text(a, step->origin->option));
		if (explain_step_span(e, step, &span))
			json_object_set_new(
				o, "at",
				json_place(a, e->situation.model, span.begin));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
question(const struct explanation *e)
{
	const struct question *q = e->situation.question;
	struct arena *a = e->situation.arena;
	char buf[ADDR_TEXT_MAX];
	json_t *o = json_pack(
		"{s:s, s:o, s:s, s:b, s:s}", "client",
		addr_format(e->situation.client, buf), "name",
		json_text(a, arena_strdup(a, q->qname)), "type",
		ask_type_text(a, q), "rd", q->rd, "transport",
		q->tcp ? "tcp" : "udp");

	if (q->to_known)
		json_object_set_new(o, "to",
				    json_string(addr_format(q->to, buf)));
	return o;
}

void
explain_print_json(const struct explanation *e, FILE *out)
{
	struct arena *a = e->situation.arena;
	json_t *advice = json_array();
	json_t *root = json_document("explain");

	for (size_t i = 0; i < e->advice.count; i++)
		json_array_append_new(advice,
				      json_text(a, e->advice.lines[i]));
	json_object_set_new(root, "question", question(e));
	json_object_set_new(root, "steps", steps(e));
	json_object_set_new(root, "answer",
			    json_decision(a, e->situation.model,
					  &e->situation.decision));
	json_object_set_new(root, "cause",
			    e->cause == CAUSE_NONE
				    ? json_null()
				    : json_pack("{s:s, s:s}", "id",
						cause_code(e->cause), "text",
						cause_text(e->cause)));
	json_object_set_new(root, "advice", advice);
	json_object_set_new(root, "host_supposed", json_boolean(e->supposed));
	if (e->dig != NULL)
		json_object_set_new(
			root, "dig",
			json_pack("{s:o, s:b}", "status",
				  e->dig->status == NULL
					  ? json_null()
					  : json_text(a, e->dig->status),
				  "agrees", explain_agrees(e)));
	json_dumpf(root, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(root);
}
