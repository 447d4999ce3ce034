#include "predict/explain.h"

#include <string.h>

#include "model/rrtype.h"
#include "predict/opening.h"
#include "predict/probes.h"
#include "report/printable.h"
#include "report/quote.h"

struct explanation
explain(struct situation s, const struct dig *dig)
{
	struct explanation e = { .situation = s, .dig = dig };

	e.trace.arena = s.arena;
	e.situation.decision = predict_at(s.predict, s.question, s.client,
					  &e.trace);
	e.cause = cause_of(&e.situation);
	e.advice = advise(&e.situation, e.cause);
	return e;
}

bool
explain_step_span(const struct explanation *e, const struct trace_step *step,
		  struct span *span)
{
	const struct model *m = e->situation.model;

	if (step->element != NULL && step->element->begin > 0)
		*span = sources_item(m->sources, step->element->begin);
	else if (step->origin != NULL && !origin_is_default(step->origin))
		*span = step->origin->span;
	else
		return false;
	return true;
}

static struct slice
item_text(const struct explanation *e, const struct element *element)
{
	const struct sources *src = e->situation.model->sources;
	struct span item = sources_item(src, element->begin);
	struct position at = sources_position(src, item.begin);

	return slice_sub(at.source->text, item.begin - at.source->base,
			 item.end - item.begin);
}

/* What a list said. */
static const char *
list_answer(const struct explanation *e, const struct trace_step *step)
{
	struct arena *a = e->situation.arena;
	const char *who = step->subject == SUBJECT_SOURCE
				  ? "the client"
				  : "the server's address";

	if (step->verdict == VERDICT_UNKNOWN)
		return "that cannot be known from the configuration (give "
		       "--interface, or --to)";
	if (step->element == NULL && step->verdict == VERDICT_NO &&
	    step->subject == SUBJECT_SOURCE) {
		struct acl_exclusion x =
			opening_exclusion(&e->situation, step->list);

		if (x.element != NULL)
			return arena_printf(
				a, "no element matches %s: %s", who,
				opening_keeps_out(&e->situation, &x));
	}
	if (step->element == NULL)
		return step->verdict == VERDICT_YES
			       ? "everybody"
			       : arena_printf(a, "no element matches %s", who);
	if (step->element->begin == 0)
		return arena_printf(a, "the default %s %s",
				    step->verdict == VERDICT_YES ? "takes"
								 : "excludes",
				    who);
	return arena_printf(a, "'%.*s' %s %s",
			    SLICE(item_text(e, step->element)),
			    step->verdict == VERDICT_YES ? "takes" : "excludes",
			    who);
}

const char *
explain_step(const struct explanation *e, const struct trace_step *step)
{
	struct arena *a = e->situation.arena;
	const char *option = step->origin == NULL ? "" : step->origin->option;
	bool written = step->origin != NULL && !origin_is_default(step->origin);

	if (!step->asked)
		return written || step->origin == NULL
			       ? step->what
			       : arena_printf(a, "%s (default of '%s')",
					      step->what, option);
	return arena_printf(a, "%s%s%s%s: %s", step->what,
			    *option != '\0' ? ", '" : "", option,
			    *option == '\0' ? ""
			    : written	    ? "'"
					    : "' (default)",
			    list_answer(e, step));
}

/* The name of a code of RFC 8914, or "". */
static const char *
ede_name(unsigned code)
{
	switch (code) {
	case EDE_OTHER:
		return "Other";
	case EDE_PROHIBITED:
		return "Prohibited";
	case EDE_NOT_AUTHORITATIVE:
		return "Not Authoritative";
	case EDE_INVALID_DATA:
		return "Invalid Data";
	default:
		return "";
	}
}

static void
print_question(const struct explanation *e, FILE *out)
{
	const struct question *q = e->situation.question;
	char client[ADDR_TEXT_MAX], to[ADDR_TEXT_MAX];

	fprintf(out, "%s asks %s for %.*s, type %s%s, over %s%s\n\n",
		addr_format(e->situation.client, client),
		q->to_known ? addr_format(q->to, to) : "the server",
		SLICE(q->qname.len == 0 ? SLICE_LITERAL(".") : q->qname),
		ask_type_text(e->situation.arena, q),
		q->rd ? " with recursion desired" : " without recursion",
		q->tcp ? "TCP" : "UDP", q->is_signed ? ", signed" : "");
}

static void
print_steps(const struct explanation *e, FILE *out, bool color)
{
	const struct sources *src = e->situation.model->sources;

	for (size_t i = 0; i < e->trace.steps.len; i++) {
		const struct trace_step *step = &e->trace.steps.at[i];
		struct span span;
		bool placed = explain_step_span(e, step, &span);

		fprintf(out, "%2zu. ", i + 1);
		if (placed) {
			struct position at = sources_position(src, span.begin);

			print_safely(out, slice_of(at.source->name));
			fprintf(out, ":%zu:%zu: ", at.line, at.column);
		}
		print_safely(out, slice_of(explain_step(e, step)));
		fputc('\n', out);
		if (placed)
			quote_print(out, src, span, color ? "\033[1;36m" : NULL);
	}
}

/* Header lines as dig has them. */
static void
print_dig(const struct explanation *e, FILE *out)
{
	const struct decision *d = &e->situation.decision;
	const struct question *q = e->situation.question;

	fputs("dig would show:\n", out);
	if (d->rcode == RCODE_DROP) {
		fprintf(out, "    ;; %s\n",
			q->tcp ? "communications error: end of file, or "
				 "connection refused"
			       : "no servers could be reached (timed out)");
		return;
	}
	fprintf(out, "    ;; ->>HEADER<<- opcode: QUERY, status: %s\n",
		d->rcode == RCODE_ZONE	     ? "as the data of the zone are"
		: d->rcode == RCODE_UPSTREAM ? "as others answer"
					     : rcode_name(d->rcode));
	fprintf(out, "    ;; flags: qr%s%s%s%s%s\n",
		d->aa == BIT_SET ? " aa" : "", q->rd ? " rd" : "",
		d->ra == BIT_SET ? " ra" : "",
		d->aa == BIT_UNKNOWN ? " (aa is not known)" : "",
		d->ra == BIT_UNKNOWN ? " (ra is not known)" : "");
	if (q->rd && d->ra == BIT_CLEAR)
		fputs("    ;; WARNING: recursion requested but not available\n",
		      out);
	for (int i = 0; i < d->ede_count; i++)
		fprintf(out, "    ; EDE: %u (%s)\n", d->ede[i],
			ede_name(d->ede[i]));
}

bool
explain_agrees(const struct explanation *e)
{
	const struct decision *d = &e->situation.decision;
	const struct dig *dig = e->dig;

	if (d->rcode == RCODE_UNKNOWN)
		return true;
	if (dig->status == NULL || d->rcode == RCODE_DROP)
		return dig->status == NULL && d->rcode == RCODE_DROP;
	if (d->ra != BIT_UNKNOWN && dig->ra != (d->ra == BIT_SET))
		return false;
	if (d->rcode == RCODE_ZONE || d->rcode == RCODE_UPSTREAM)
		return strcmp(dig->status, "REFUSED") != 0;
	return strcmp(dig->status, rcode_name(d->rcode)) == 0;
}

static void
print_seen(const struct explanation *e, FILE *out)
{
	if (e->dig == NULL)
		return;
	fputs("\ndig showed ", out);
	if (e->dig->status == NULL)
		fputs("no answer", out);
	else
		print_safely(out, slice_of(e->dig->status));
	fputs(explain_agrees(e)
		      ? ": that is what this configuration does\n"
	      : e->dig->status == NULL
		      ? ": this configuration would answer. Is the server "
			"running, is a firewall between, is it this server?\n"
		      : ": this configuration would not do that. Was it "
			"loaded (rndc reload), is it this server, is the "
			"client's address right?\n",
	      out);
}

static void
print_supposed(const struct explanation *e, FILE *out)
{
	const struct host *h = e->situation.model->host;
	char buf[ADDR_TEXT_MAX];

	fputs("supposed: the server's host has no other addresses than", out);
	for (size_t i = 0; i < h->count; i++)
		fprintf(out, "%s %s", i == 0 ? "" : ",",
			addr_format(h->addresses[i].prefix.addr, buf));
	fputs("\n          (say --interface ADDR/LEN, or --interfaces FILE, "
	      "to be sure)\n",
	      out);
}

void
explain_print(const struct explanation *e, FILE *out, bool color)
{
	const struct decision *d = &e->situation.decision;

	print_question(e, out);
	print_steps(e, out, color);
	fprintf(out, "\nanswer: %s (%s)", rcode_name(d->rcode),
		outcome_name(d->outcome));
	if (*d->view != '\0') {
		fputs(", view ", out);
		print_safely(out, slice_of(d->view));
	}
	fputs(", by ", out);
	print_reason(out, e->situation.model, d);
	fputc('\n', out);
	if (e->cause != CAUSE_NONE)
		fprintf(out, "cause:  %s, %s\n", cause_code(e->cause),
			cause_text(e->cause));
	if (e->supposed)
		print_supposed(e, out);
	fputc('\n', out);
	print_dig(e, out);
	print_seen(e, out);
	if (e->advice.count > 0)
		fputs("\nwhat to do:\n", out);
	for (size_t i = 0; i < e->advice.count; i++) {
		fputs("  - ", out);
		print_safely(out, slice_of(e->advice.lines[i]));
		fputc('\n', out);
	}
}
