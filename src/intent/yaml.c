#include "intent/yaml.h"

#include <libfyaml.h>

struct parser {
	struct arena *arena;
	struct faults *faults;
	struct fy_parser *fy;
	const struct yaml *last; /* begun: where to complain without a place */
	bool failed;
};

const char *
yaml_kind_name(const struct yaml *y)
{
	switch (y->kind) {
	case YAML_SEQUENCE:
		return "a list";
	case YAML_MAPPING:
		return "a mapping";
	case YAML_SCALAR:
		break;
	}
	return yaml_is_empty(y) ? "nothing" : "a value";
}

/* The library's marks are behind a quote and the '*' of an alias. */
static bool
is_behind_mark(const struct fy_event *e)
{
	if (e->type != FYET_SCALAR)
		return e->type == FYET_ALIAS;
	enum fy_scalar_style style = fy_token_scalar_style(e->scalar.value);

	return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

static struct yaml *
new_node(struct parser *p, enum yaml_kind kind, struct fy_event *e)
{
	const struct fy_mark *m = fy_event_start_mark(e);
	struct yaml *y = ARENA_NEW(p->arena, struct yaml);

	y->kind = kind;
	y->line = p->last == NULL ? 1 : p->last->line;
	y->column = p->last == NULL ? 1 : p->last->column;
	if (m != NULL) {
		y->line = (size_t)m->line + 1;
		y->column = (size_t)m->column + !is_behind_mark(e);
	}
	p->last = y;
	return y;
}

static struct yaml *
refuse(struct parser *p, const struct yaml *at, const char *why)
{
	fault_add(p->faults, at->line, at->column, "%s", why);
	p->failed = true;
	return NULL;
}

static bool
has_anchor(const struct fy_event *e)
{
	return (e->type == FYET_SCALAR && e->scalar.anchor != NULL) ||
	       (e->type == FYET_SEQUENCE_START &&
		e->sequence_start.anchor != NULL) ||
	       (e->type == FYET_MAPPING_START &&
		e->mapping_start.anchor != NULL);
}

static bool
has_tag(const struct fy_event *e)
{
	return (e->type == FYET_SCALAR && e->scalar.tag != NULL) ||
	       (e->type == FYET_SEQUENCE_START &&
		e->sequence_start.tag != NULL) ||
	       (e->type == FYET_MAPPING_START && e->mapping_start.tag != NULL);
}

static struct yaml *
read_scalar(struct parser *p, struct fy_event *e)
{
	struct yaml *y = new_node(p, YAML_SCALAR, e);
	size_t len = 0;
	const char *text = fy_token_get_text(e->scalar.value, &len);

	if (text == NULL)
		len = 0;
	y->plain = e->scalar.value == NULL ||
		   fy_token_scalar_style(e->scalar.value) == FYSS_PLAIN;
	y->text = arena_slice(p->arena, (struct slice){ text, len });
	return y;
}

static struct yaml *read_node(struct parser *p, struct fy_event *e,
			      unsigned depth);

static bool
is_end(const struct fy_event *e)
{
	return e->type == FYET_SEQUENCE_END || e->type == FYET_MAPPING_END;
}

/* The next node, or NULL at the end of the collection and after a fault. */
static struct yaml *
read_next(struct parser *p, unsigned depth)
{
	struct fy_event *e = p->failed ? NULL : fy_parser_parse(p->fy);
	struct yaml *y = NULL;

	if (e == NULL)
		p->failed = true;
	else if (!is_end(e))
		y = read_node(p, e, depth);
	fy_parser_event_free(p->fy, e);
	return y;
}

static struct yaml *
read_children(struct parser *p, struct yaml *y, unsigned depth)
{
	const struct yaml **end = &y->first;

	if (depth == YAML_DEPTH_MAX)
		return refuse(p, y, "nested too deeply");
	for (;;) {
		struct yaml *key = NULL, *child = read_next(p, depth + 1);

		if (child == NULL)
			break;
		if (y->kind == YAML_MAPPING) {
			key = child;
			if (key->kind != YAML_SCALAR)
				return refuse(p, key, "a key must be a word");
			child = read_next(p, depth + 1);
			if (child == NULL)
				break;
			child->key = key;
		}
		*end = child;
		end = &child->next;
	}
	return p->failed ? NULL : y;
}

/* Depth is bounded by YAML_DEPTH_MAX. */
static struct yaml *
read_node(struct parser *p, struct fy_event *e, unsigned depth)
{
	if (e->type == FYET_ALIAS || has_anchor(e))
		return refuse(p, new_node(p, YAML_SCALAR, e),
			      "anchors ('&') and aliases ('*') are not taken "
			      "here; write the value out, or put a text that "
			      "begins with such a character in quotes");
	if (has_tag(e))
		return refuse(p, new_node(p, YAML_SCALAR, e),
			      "tags ('!') are not taken here; put a text that "
			      "begins with '!' in quotes");
	switch (e->type) {
	case FYET_SCALAR:
		return read_scalar(p, e);
	case FYET_SEQUENCE_START:
		return read_children(p, new_node(p, YAML_SEQUENCE, e), depth);
	case FYET_MAPPING_START:
		return read_children(p, new_node(p, YAML_MAPPING, e), depth);
	default:
		return refuse(p, new_node(p, YAML_SCALAR, e), "not understood");
	}
}

/* Everything from one event of the stream to the next that is content. */
static struct yaml *
read_document(struct parser *p)
{
	struct yaml *root = NULL;
	bool ended = false;

	while (!p->failed && !ended) {
		struct fy_event *e = fy_parser_parse(p->fy);

		if (e == NULL)
			break;
		ended = e->type == FYET_STREAM_END;
		if (e->type == FYET_DOCUMENT_START && root != NULL)
			refuse(p, new_node(p, YAML_SCALAR, e),
			       "a second document begins here; an intent file "
			       "has one");
		else if (e->type >= FYET_MAPPING_START)
			root = read_node(p, e, 0);
		fy_parser_event_free(p->fy, e);
	}
	p->failed |= !ended;
	return root;
}

/* The first line that begins with a tab, or 0. */
static size_t
find_tab(struct slice text)
{
	for (size_t line = 1; text.len > 0; line++)
		if (slice_has_prefix(slice_split(&text, '\n'), "\t"))
			return line;
	return 0;
}

/* The library says what it expected; its first complaint is the cause. */
static void
add_syntax_fault(struct parser *p, struct slice text, struct fy_diag *diag)
{
	void *it = NULL;
	const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &it);
	size_t tab = find_tab(text);

	if (tab > 0)
		fault_add(p->faults, tab, 1,
			  "this is no YAML: the line begins with a tab; "
			  "indent with spaces");
	else if (e != NULL)
		fault_add(p->faults, (size_t)(e->line > 0 ? e->line : 1),
			  (size_t)(e->column > 0 ? e->column : 1),
			  "this is no YAML: %s",
			  fault_quote(p->arena, slice_of(e->msg)));
	else
		fault_add(p->faults, 1, 1, "this is no YAML");
}

/* Nothing is printed: complaints are collected. */
static struct fy_diag *
new_diag(void)
{
	struct fy_diag_cfg cfg;

	fy_diag_cfg_default(&cfg);
	cfg.fp = NULL;
	cfg.colorize = false;
	struct fy_diag *diag = fy_diag_create(&cfg);

	if (diag != NULL)
		fy_diag_set_collect_errors(diag, true);
	return diag;
}

static const struct yaml *
parse(struct parser *p, struct slice text)
{
	struct fy_diag *diag = new_diag();
	struct fy_parse_cfg cfg = {
		.flags = FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE,
		.diag = diag,
	};
	size_t before = p->faults->list.len;
	struct yaml *root = NULL;

	p->fy = fy_parser_create(&cfg);
	if (p->fy == NULL || fy_parser_set_string(p->fy, text.data, text.len)) {
		fault_add(p->faults, 1, 1, "it cannot be parsed");
		p->failed = true;
	} else {
		root = read_document(p);
		if (p->failed && p->faults->list.len == before)
			add_syntax_fault(p, text, diag);
	}
	fy_diag_reset_error(diag); /* the last reference frees no complaints */
	fy_parser_destroy(p->fy);
	fy_diag_unref(diag);
	return p->failed ? NULL : root;
}

const struct yaml *
yaml_parse(struct arena *a, struct slice text, struct faults *faults)
{
	struct parser p = { .arena = a, .faults = faults };

	return yaml_is_text(text, faults) ? parse(&p, text) : NULL;
}
