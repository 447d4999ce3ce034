#include "predict/json.h"

#include "config.h"
#include "report/printable.h"

enum { SCHEMA_VERSION = 1 };

json_t *
json_document(const char *kind)
{
	return json_pack("{s:i, s:{s:s, s:s}, s:s}", "version", SCHEMA_VERSION,
			 "tool", "name", "dnslint", "version", PACKAGE_VERSION,
			 "kind", kind);
}

json_t *
json_text(struct arena *a, const char *text)
{
	return json_string(make_printable(a, slice_of(text)));
}

json_t *
json_place(struct arena *a, const struct model *m, uint32_t offset)
{
	struct position at = sources_position(m->sources, offset);

	return json_pack("{s:o, s:I, s:I}", "file",
			 json_text(a, at.source->name), "line",
			 (json_int_t)at.line, "column", (json_int_t)at.column);
}

/* A bit that is not known is null. */
static json_t *
bit(enum bit b)
{
	return b == BIT_UNKNOWN ? json_null() : json_boolean(b == BIT_SET);
}

static json_t *
reason(struct arena *a, const struct model *m, const struct decision *d)
{
	const struct origin *o = d->reason;
	json_t *out;

	if (o == NULL)
		return json_null();
	out = json_pack("{s:s, s:b}", "option", o->option, "default",
			origin_is_default(o));
	if (!origin_is_default(o))
		json_object_set_new(out, "statement",
				    json_place(a, m, o->span.begin));
	if (d->element != NULL && d->element->begin > 0)
		json_object_set_new(out, "element",
				    json_place(a, m, d->element->begin));
	return out;
}

json_t *
json_decision(struct arena *a, const struct model *m, const struct decision *d)
{
	json_t *ede = json_array();

	for (int i = 0; i < d->ede_count; i++)
		json_array_append_new(ede, json_integer(d->ede[i]));
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "rcode",
			 rcode_name(d->rcode), "outcome",
			 outcome_name(d->outcome), "aa", bit(d->aa), "ra",
			 bit(d->ra), "ede", ede, "view",
			 *d->view == '\0' ? json_null() : json_text(a, d->view),
			 "reason", reason(a, m, d));
}
