#include "lint/suppress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "intent/policy.h"
#include "rules/rule.h"
#include "source/cut.h"

/* One rule of one directive, by the lines it is about; line 0: the file. */
struct entry {
	const struct source *source;
	size_t line;
	const char *rule; /* its id */
	struct directive *directive;
	struct directive_rule *name;
	bool holds; /* it has not ended, and has the reason it needs */
	size_t position;
};

struct suppression {
	struct lint_result *r;
	unsigned today;
	bool wants_reason;
	VEC(struct entry) entries;
	struct strmap *used; /* directive_rules, by the place in their file */
};

static bool
is_suppression(const struct directive *d)
{
	return d->kind != DIRECTIVE_INTENT && d->fault == NULL;
}

static bool
has_ended(const struct suppression *s, const struct directive *d)
{
	return d->until != 0 && s->today > d->until;
}

static bool
lacks_reason(const struct suppression *s, const struct directive *d)
{
	return s->wants_reason && !d->has_reason;
}

static int
compare(const struct source *source, size_t line, const char *rule,
	const struct entry *e)
{
	if (source->base != e->source->base)
		return source->base < e->source->base ? -1 : 1;
	if (line != e->line)
		return line < e->line ? -1 : 1;
	return strcmp(rule, e->rule);
}

/* Of those for the same place one that holds comes first. */
static int
by_place(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = compare(x->source, x->line, x->rule, y);

	if (order != 0)
		return order;
	if (x->holds != y->holds)
		return x->holds ? -1 : 1;
	return (x->position > y->position) - (x->position < y->position);
}

static void
add_entry(struct suppression *s, struct directive *d, size_t position,
	  struct directive_rule *name)
{
	const struct rule *rule = rule_find(name->name);

	if (rule == NULL)
		return;
	*VEC_PUSH(s->r->arena, &s->entries) = (struct entry){
		.source = d->source,
		.line = d->kind == DIRECTIVE_OFF ? d->line : 0,
		.rule = rule->id,
		.directive = d,
		.name = name,
		.holds = !has_ended(s, d) && !lacks_reason(s, d),
		.position = position,
	};
}

static void
collect(struct suppression *s)
{
	struct directives *all = &s->r->directives;

	for (size_t i = 0; i < all->count; i++) {
		struct directive *d = &all->list[i];

		if (!is_suppression(d))
			continue;
		for (size_t k = 0; k < d->rule_count; k++)
			add_entry(s, d, i, &d->rules[k]);
	}
	if (s->entries.len > 1)
		qsort(s->entries.at, s->entries.len, sizeof(*s->entries.at),
		      by_place);
}

/* The first entry for the rule in this line, or NULL. */
static const struct entry *
find(const struct suppression *s, const struct source *source, size_t line,
     const char *rule)
{
	size_t low = 0, high = s->entries.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(source, line, rule, &s->entries.at[mid]) > 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == s->entries.len ||
	    compare(source, line, rule, &s->entries.at[low]) != 0)
		return NULL;
	return &s->entries.at[low];
}

/* A file that is included twice has each of its directives twice. */
static void **
place_of(struct suppression *s, const struct entry *e)
{
	const struct source *src = e->source;

	return strmap_at(s->used,
			 slice_of(arena_printf(s->r->arena,
					       "%ju.%ju.%" PRIu32,
					       (uintmax_t)src->dev,
					       (uintmax_t)src->ino,
					       e->name->span.begin -
						       src->base)));
}

static void
say_end(struct suppression *s, struct diag *d, const struct directive *by)
{
	diag_note(s->r->diags, d, by->span,
		  "it was suppressed here until %u-%02u-%02u",
		  by->until / 10000, by->until / 100 % 100, by->until % 100);
}

/* Does an entry for this line, or the file, suppress the finding? */
static bool
try_line(struct suppression *s, struct diag *d, const struct source *source,
	 size_t line)
{
	const struct entry *e = find(s, source, line, d->rule);

	if (e == NULL)
		return false;
	*place_of(s, e) = e->name;
	if (has_ended(s, e->directive))
		say_end(s, d, e->directive);
	return e->holds;
}

static bool
is_suppressed(struct suppression *s, struct diag *d)
{
	struct position at = sources_position(s->r->sources, d->span.begin);

	return !d->fatal && at.source != NULL &&
	       (try_line(s, d, at.source, at.line) ||
		try_line(s, d, at.source, 0));
}

/* The finding stays closed when its rule is turned off. */
static struct diag *
report(struct suppression *s, const char *id, struct span span,
       const char *text)
{
	const struct rule *rule = rule_find(slice_of(id));
	int level = selection_level(&s->r->selection, rule);

	return level == SEVERITY_OFF ? NULL
				     : diag_add(s->r->diags,
						(enum severity)level, rule->id,
						span, "%s", text);
}

static void
report_unknown(struct suppression *s, const struct directive_rule *r)
{
	struct arena *a = s->r->arena;
	const char *near = selection_nearest(a, r->name);
	struct diag *d = report(s, "suppression-unknown", r->span,
				arena_printf(a, "there is no rule '%.*s'",
					     SLICE(r->name)));

	if (d == NULL)
		return;
	if (near != NULL) {
		diag_help(s->r->diags, d, "did you mean '%s'?", near);
		diag_fix_guess(s->r->diags, d, r->span, near);
	} else {
		diag_help(s->r->diags, d, "%s",
			  rule_family_exists(r->name)
				  ? "a family is not suppressed as a whole; "
				    "name its rules"
				  : "a reason stands behind '--'");
	}
}

/* A rule that was not asked may have had something to say. */
static bool
was_asked(const struct suppression *s, const struct rule *rule)
{
	const struct lint_result *r = s->r;

	if (selection_level(&r->selection, rule) == SEVERITY_OFF)
		return false;
	return r->loads || (rule->check != NULL && r->parsed &&
			    rule->needs == STAGE_TREE);
}

static bool
is_unused(struct suppression *s, const struct directive *d,
	  struct directive_rule *name)
{
	const struct rule *rule = rule_find(name->name);
	struct entry e = { .source = d->source, .name = name };
	void **place;

	if (rule == NULL || !was_asked(s, rule))
		return false;
	place = place_of(s, &e);
	if (*place != NULL)
		return false;
	*place = name; /* told, or used: once for each file */
	return true;
}

/* The comment and its line if it is alone there. A "\r" ends the line. */
static struct span
whole_comment(const struct suppression *s, const struct directive *d)
{
	struct slice text = d->source->text;
	struct span span = d->span;

	if (text.data[span.end - d->source->base - 1] == '\r')
		span.end--;
	return cut_span(s->r->sources, span);
}

static void
report_unused(struct suppression *s, const struct directive *d)
{
	size_t unused = 0;
	bool *is = ARENA_ARRAY(s->r->arena, bool, d->rule_count);
	struct diag *x;

	for (size_t i = 0; i < d->rule_count; i++)
		unused += is[i] = is_unused(s, d, &d->rules[i]);
	if (unused == 0)
		return;
	if (unused == d->rule_count) {
		x = report(s, "suppression-unused", d->span,
			   "this suppresses nothing");
		if (x != NULL) {
			diag_help(s->r->diags, x, "remove it");
			diag_fix(s->r->diags, x, whole_comment(s, d), "");
		}
		return;
	}
	for (size_t i = 0; i < d->rule_count; i++)
		if (is[i])
			report(s, "suppression-unused", d->rules[i].span,
			       arena_printf(s->r->arena,
					    "'%.*s' suppresses nothing here",
					    SLICE(d->rules[i].name)));
}

static void
report_directive(struct suppression *s, const struct directive *d)
{
	if (d->rule_count == 0)
		report(s, "suppression-unknown", d->span,
		       "this suppression names no rule");
	for (size_t i = 0; i < d->rule_count; i++)
		if (rule_find(d->rules[i].name) == NULL)
			report_unknown(s, &d->rules[i]);
	if (lacks_reason(s, d)) {
		struct diag *x = report(s, "suppression-without-reason",
					d->span,
					"this suppression has no effect "
					"without a reason");

		if (x != NULL)
			diag_help(s->r->diags, x, "write '-- ' and the reason "
				  "behind the rules");
	}
	report_unused(s, d);
}

void
suppress_findings(struct lint_result *r, unsigned today)
{
	struct suppression s = {
		.r = r,
		.today = today,
		.wants_reason = r->policy != NULL &&
				policy_requires_reason(r->policy),
		.used = strmap_new(r->arena, false),
	};
	size_t kept = 0, count = diags_count(r->diags);

	if (r->directives.count == 0)
		return;
	collect(&s);
	for (size_t i = 0; i < count; i++)
		if (!is_suppressed(&s, diags_at(r->diags, i)))
			diags_keep(r->diags, kept++, i);
	diags_truncate(r->diags, kept);
	for (size_t i = 0; i < r->directives.count; i++)
		if (is_suppression(&r->directives.list[i]))
			report_directive(&s, &r->directives.list[i]);
}
