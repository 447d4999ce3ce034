#include "lint/lint.h"

#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "decide/predict.h"
#include "geoip/geoip.h"
#include "intent/delegation.h"
#include "lint/declared.h"
#include "lint/infer.h"
#include "lint/policies.h"
#include "lint/suppress.h"
#include "model/named.h"
#include "model/unbound.h"
#include "rules/rule.h"
#include "schema/release.h"
#include "source/overlay.h"

static struct lint_result
fail(struct lint_result r, const char *reason)
{
	r.status = LINT_FAILED;
	r.reason = reason;
	return r;
}

static const char *
describe(struct arena *a, enum source_status status, const char *name,
	 const char *why)
{
	switch (status) {
	case SOURCE_OUTSIDE_ROOT:
		return arena_printf(a, "%s: outside of the include root", name);
	case SOURCE_TOO_LARGE:
		return arena_printf(a,
				    "%s: too large: a configuration may have "
				    "%d MiB",
				    name, SOURCE_BYTES_MAX / 1024 / 1024);
	default:
		return arena_printf(a, "cannot read %s: %s", name, why);
	}
}

static enum source_status
open_source(struct lint_result *r, const char *name,
	    const struct lint_options *o, const struct source **src,
	    const char **why)
{
	struct span nowhere = { 0, 0 };

	sources_use_overlay(r->sources, o->overlay);
	if (strcmp(name, "-") == 0) {
		const struct slice *text = overlay_find(o->overlay, name);

		if (text == NULL)
			return sources_add_fd(r->sources, o->stdin_name,
					      STDIN_FILENO, src, why);
		*src = sources_add_text(r->sources, o->stdin_name, *text);
		return SOURCE_OK;
	}
	return sources_load(r->sources, name, NULL, nowhere, src, why);
}

/* By content; an empty file loads anywhere, so its name may tell. */
static enum dialect
guess(const struct source *src)
{
	enum dialect d = config_guess_dialect(src->text);

	if (d != 0)
		return d;
	if (strstr(src->name, "unbound") != NULL)
		return DIALECT_UNBOUND;
	if (strstr(src->name, "named") != NULL ||
	    strstr(src->name, "bind") != NULL)
		return DIALECT_NAMED;
	return 0;
}

static enum dialect
declared_dialect(const struct intent *in)
{
	if (in->software == NULL)
		return 0;
	return strcmp(in->software, "named") == 0 ? DIALECT_NAMED
						  : DIALECT_UNBOUND;
}

static enum dialect
choose_dialect(const struct lint_options *o, const struct intent *in,
	       const struct source *src)
{
	if (o->dialect != 0)
		return o->dialect;
	return in->software != NULL ? declared_dialect(in) : guess(src);
}

static uint32_t
choose_target(const struct lint_options *o, const struct intent *in,
	      enum dialect dialect)
{
	uint32_t asked = dialect == DIALECT_NAMED ? o->named_target
						  : o->unbound_target;

	if (asked == 0 && in->release != NULL &&
	    declared_dialect(in) == dialect)
		asked = release_parse(slice_of(in->release), RELEASE_LAST);
	return asked != 0 ? asked : release_newest(dialect);
}

/* What the intent file says; false when there is one that is wrong. */
static bool
read_policy(struct lint_result *r, const char *name,
	    const struct lint_options *o)
{
	if (strcmp(name, "-") == 0)
		name = o->stdin_name;
	if (o->policies != NULL &&
	    !policies_find(o->policies, name, &r->policy, &r->reason)) {
		r->intent_is_wrong = true;
		return false;
	}
	if (r->policy != NULL) {
		r->intent = policy_intent(r->policy, name);
		/* Who says it on the command line needs no entry. */
		if (o->intent.role == ROLE_UNKNOWN &&
		    !o->intent.clients_declared)
			r->note = policies_note(o->policies, r->policy, name);
	}
	r->selection = declared_selection(r->arena, r->policy, o);
	r->fail_on = declared_fail_on(r->policy, o);
	return true;
}

/* Addresses given on the command line come before declared ones. */
static struct host
choose_host(const struct lint_result *r, const struct lint_options *o)
{
	if (o->host.known || !r->intent.interfaces_declared)
		return host_with_loopback(r->arena, o->host);
	struct host declared = { .known = true,
				 .addresses = r->intent.interfaces,
				 .count = r->intent.interface_count };

	return host_with_loopback(r->arena, declared);
}

/* What a parent zone says is declared by it. */
static void
apply_delegations(struct lint_result *r, const struct lint_options *o)
{
	struct host host = choose_host(r, o);
	const char *note = "nothing says which server of the delegations is "
			   "this one: give --interface, or 'interfaces' or "
			   "'names' in the intent file";

	if (o->delegations == NULL)
		return;
	if (host.count == 0 && r->intent.name_count == 0)
		r->note = r->note == NULL
				  ? note
				  : arena_printf(r->arena, "%s; and %s",
						 r->note, note);
	delegations_apply(r->arena, o->delegations, &host, &r->intent);
}

static const char *
describe_root(struct arena *a, const struct source_policy *p)
{
	return p->include_root != NULL
		       ? arena_printf(a, "--include-root: there is no "
					 "directory '%s'",
				      p->include_root)
		       : arena_printf(a, "--chroot: there is no directory '%s'",
				      p->chroot);
}

struct lint_result
lint_read(const char *name, const struct lint_options *o)
{
	struct lint_result r = { .arena = arena_new(), .name = name };
	const struct source *src;
	const char *why;

	r.sources = sources_new(r.arena, o->policy);
	r.diags = diags_new(r.arena);
	if (!sources_root_is_usable(r.sources))
		return fail(r, describe_root(r.arena, &o->policy));
	if (!read_policy(&r, name, o))
		return fail(r, r.reason);
	enum source_status status = open_source(&r, name, o, &src, &why);

	if (status != SOURCE_OK)
		return fail(r, describe(r.arena, status, name, why));
	r.dialect = choose_dialect(o, &r.intent, src);
	if (r.dialect == 0)
		return fail(r, arena_printf(r.arena,
					    "%s: cannot tell whether this is "
					    "named.conf or unbound.conf; say "
					    "--server named or --server unbound",
					    src->name));
	r.target = choose_target(o, &r.intent, r.dialect);
	struct schema *schema = schema_new(r.arena, r.dialect, r.target);

	r.schema = schema;
	r.config = config_read(
		r.arena, r.sources, r.diags, src,
		(struct config_options){
			.dialect = r.dialect,
			.lookup = schema_keyword,
			.lookup_context = schema,
			.literal_includes =
				r.dialect == DIALECT_NAMED &&
				r.target < release_parse(
						   SLICE_LITERAL("9.18"), 0),
		});
	r.directives = directives_read(r.arena, r.config);
	r.intent = declared_join(
		o->intent, declared_join(r.directives.intent, r.intent));
	apply_delegations(&r, o);
	return r;
}

static void
decide(struct lint_result *r, const struct lint_options *o, bool asked)
{
	if (r->model != NULL)
		return;
	struct host *host = ARENA_NEW(r->arena, struct host);

	*host = choose_host(r, o);
	struct model_facts facts = {
		.host = host,
		.target = r->target,
		.policy = o->policy,
		.geo = geoip_networks,
		.asked = asked,
		.data_supposed = o->data_supposed,
		.wrapped = o->wrapped,
	};

	r->model = r->dialect == DIALECT_NAMED
			   ? model_from_named(r->arena, r->config, facts)
			   : model_from_unbound(r->arena, r->config, facts);
	r->predict = predict_new(r->arena, r->model);
}

void
lint_decide(struct lint_result *r, const struct lint_options *o)
{
	decide(r, o, false);
}

/*
 * For rules, which speak of networks and not of single addresses, and of a
 * server that somebody asks.
 */
static void
decide_for_rules(struct lint_result *r, const struct lint_options *o)
{
	struct lint_options few = *o;

	if (r->model != NULL)
		return;
	few.host.few = true;
	few.data_supposed = true;
	few.wrapped = true;
	decide(r, &few, true);
	if (r->intent.role == ROLE_UNKNOWN && !o->selection.no_heuristics)
		infer_role(r->arena, r->config, r->model, r->predict,
			   &r->intent);
}

static void
run_rules(struct lint_result *r, const struct lint_options *o,
	  const struct typed *typed, struct arena *scratch)
{
	size_t count;
	const struct rule *const *all = rules_all(&count);
	const struct strmap *server =
		r->dialect == DIALECT_UNBOUND
			? rule_index_server(r->arena, r->config)
			: NULL;
	struct rule_cache cache = { .arena = r->arena };
	const struct arena_mark nothing = arena_mark(scratch);

	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = all[i];
		int level = selection_level(&r->selection, rule);

		if (level == SEVERITY_OFF || rule->check == NULL ||
		    (rule->dialects & r->dialect) == 0 || !r->parsed ||
		    (rule->needs >= STAGE_LOAD && !r->loads))
			continue;
		if (rule->needs == STAGE_DECISION)
			decide_for_rules(r, o);
		struct rule_context cx = {
			.arena = scratch,
			.config = r->config,
			.schema = r->schema,
			.typed = typed,
			.diags = r->diags,
			.model = r->model,
			.predict = r->predict,
			.intent = &r->intent,
			.cache = &cache,
			.server = server,
			.rule = rule,
			.severity = (enum severity)level,
		};
		if (!rule->whole || rule_is_whole(&cx))
			rule->check(&cx);
		arena_release(scratch, nothing);
	}
}

/* Only now: what is wrong with a comment is nothing to a server. */
static void
report_directives(struct lint_result *r)
{
	for (size_t i = 0; i < r->directives.count; i++) {
		const struct directive *d = &r->directives.list[i];

		if (d->fault != NULL)
			diag_add(r->diags, SEV_ERROR, "bad-directive",
				 d->fault_span, "%s", d->fault);
	}
}

/* Findings of the front end do not know the selection; apply it now. */
static void
apply_selection(struct lint_result *r)
{
	size_t kept = 0, count = diags_count(r->diags);

	for (size_t i = 0; i < count; i++) {
		struct diag *d = diags_at(r->diags, i);
		const struct rule *rule = rule_find(slice_of(d->rule));
		int level = rule == NULL ? (int)d->severity
					 : selection_level(&r->selection, rule);

		if (level == SEVERITY_OFF && !d->fatal)
			continue;
		if (rule != NULL && rule->check == NULL &&
		    level != SEVERITY_OFF)
			d->severity = (enum severity)level;
		diags_keep(r->diags, kept++, i);
	}
	diags_truncate(r->diags, kept);
}

struct lint_result
lint_file(const char *name, const struct lint_options *o)
{
	struct lint_result r = lint_read(name, o);

	if (r.status != LINT_OK)
		return r;
	r.parsed = !diags_have_error(r.diags);
	/* The pass compiles notations as it needs them. */
	const struct typed *typed =
		typed_pass(r.config, (struct schema *)(uintptr_t)r.schema);

	/* As the servers do: the checks trust that every value is typed. */
	r.typed = !diags_have_error(r.diags);
	struct arena *scratch = arena_child(r.arena);
	const struct arena_mark nothing = arena_mark(scratch);

	if (r.typed)
		check_load(&(struct check){ scratch, r.config, r.schema,
					    r.diags });
	arena_release(scratch, nothing);
	r.loads = !diags_have_error(r.diags);
	run_rules(&r, o, typed, scratch);
	report_directives(&r);
	apply_selection(&r);
	if (!o->only_load)
		suppress_findings(&r, o->today);
	return r;
}

void
lint_free(struct lint_result *r)
{
	arena_free(r->arena);
	r->arena = NULL;
}
