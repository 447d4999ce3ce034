#include "lint/directive_read.h"

#include <stdlib.h>

#include "base/vec.h"
#include "intent/fault.h"
#include "intent/network.h"

enum { RULES_MAX = 100 }; /* in one directive */

struct reader {
	struct arena *arena;
	struct directive *d;
	struct slice text; /* of the whole directive */
	uint32_t begin;
	VEC(struct directive_rule) rules;
	struct intent *intent;
	struct place_declared place;
};

static struct slice
trim(struct slice s)
{
	while (s.len > 0 && ascii_is_space(s.data[0]))
		s = slice_sub(s, 1, s.len);
	while (s.len > 0 && ascii_is_space(s.data[s.len - 1]))
		s.len--;
	return s;
}

bool
directive_text(struct slice comment, struct slice *text)
{
	static const char name[] = "dnslint:";
	bool block = slice_has_prefix(comment, "/*");
	struct slice s = comment;

	while (s.len > 0 && (s.data[0] == '#' || s.data[0] == '/' ||
			     s.data[0] == '*' || s.data[0] == ' ' ||
			     s.data[0] == '\t'))
		s = slice_sub(s, 1, s.len);
	if (!slice_has_prefix(s, name))
		return false;
	s = slice_sub(s, sizeof(name) - 1, s.len);
	if (block && s.len >= 2)
		s.len -= 2;
	*text = trim(s);
	return true;
}

static struct span
span_of(const struct reader *r, struct slice part)
{
	uint32_t begin = r->begin + (uint32_t)(part.data - r->text.data);

	return (struct span){ begin, begin + (uint32_t)part.len };
}

static void
set_fault(struct reader *r, struct slice at, const char *fault)
{
	if (r->d->fault != NULL)
		return;
	r->d->fault = fault;
	r->d->fault_span = span_of(r, at);
}

static struct slice
next_word(struct slice *rest)
{
	struct slice word = trim(*rest);
	size_t len = 0;

	while (len < word.len && !ascii_is_space(word.data[len]))
		len++;
	*rest = slice_sub(word, len, word.len);
	word.len = len;
	return word;
}

static unsigned long long
days_of_month(unsigned long long year, unsigned long long month)
{
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month == 2)
		return leap ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* YYYY-MM-DD as one number, or 0. */
static unsigned
parse_date(struct slice text)
{
	static const unsigned long long limit[] = { 9999, 12, 31 };
	unsigned long long part[3];

	if (text.len != 10)
		return 0;
	for (int i = 0; i < 3; i++) {
		struct slice digits = slice_split(&text, '-');

		if (digits.len != (i == 0 ? 4u : 2u) ||
		    !slice_to_uint(digits, limit[i], &part[i]) || part[i] == 0)
			return 0;
	}
	if (part[2] > days_of_month(part[0], part[1]))
		return 0;
	return (unsigned)(part[0] * 10000 + part[1] * 100 + part[2]);
}

static void
read_until(struct reader *r, struct slice word)
{
	r->d->until = parse_date(slice_sub(word, sizeof("until=") - 1,
					   word.len));
	if (r->d->until == 0)
		set_fault(r, word, "this is no date such as until=2027-01-31");
}

static void
read_names(struct reader *r, struct slice word)
{
	while (word.len > 0) {
		struct slice name = slice_split(&word, ',');

		if (r->rules.len == RULES_MAX) {
			set_fault(r, name, "too many rules in one directive");
			return;
		}
		if (name.len > 0)
			*VEC_PUSH(r->arena, &r->rules) =
				(struct directive_rule){
					name, span_of(r, name), false
				};
	}
}

/* A reason is some word behind the "--". */
static void
read_off(struct reader *r, struct slice rest)
{
	struct slice word;

	while ((word = next_word(&rest)).len > 0) {
		if (slice_is(word, "--")) {
			r->d->has_reason = trim(rest).len > 0;
			break;
		}
		if (slice_has_prefix(word, "until="))
			read_until(r, word);
		else
			read_names(r, word);
	}
	r->d->rules = r->rules.at;
	r->d->rule_count = r->rules.len;
}

static void
read_role(struct reader *r, struct slice word, struct slice value)
{
	struct intent *in = r->intent;

	if (in->role != ROLE_UNKNOWN)
		set_fault(r, word, "the role is declared twice");
	else if (!role_parse(value, &in->role))
		set_fault(r, word,
			  "this is no role; there are authoritative, resolver, "
			  "forwarder, mixed and hidden-primary");
	else
		in->role_place = r->place;
}

static void
read_clients(struct reader *r, struct slice word, struct slice value)
{
	struct intent *in = r->intent;
	const char *fault = in->clients_declared
				    ? "the clients are declared twice"
				    : networks_parse(r->arena, value,
						     &in->clients);

	if (fault != NULL) {
		set_fault(r, word, fault);
		return;
	}
	in->clients_declared = true;
	in->clients_place = r->place;
}

static void
read_declarations(struct reader *r, struct slice rest)
{
	struct slice word;

	while ((word = next_word(&rest)).len > 0) {
		struct slice value = word, name = slice_split(&value, '=');

		if (slice_is(name, "role"))
			read_role(r, word, value);
		else if (slice_is(name, "clients"))
			read_clients(r, word, value);
		else
			set_fault(r, word,
				  "this is no directive; there are off, "
				  "off-file, role= and clients=");
	}
	const char *fault = intent_contradiction(r->intent);

	if (fault != NULL && r->d->fault == NULL)
		set_fault(r, r->text, fault);
}

void
directive_parse(struct arena *a, struct directive *d, struct slice text,
		uint32_t begin, bool at_top, struct intent *intent,
		struct place_declared place)
{
	struct reader r = { .arena = a, .d = d, .text = text, .begin = begin,
			    .intent = intent, .place = place };
	struct slice rest = text, first = next_word(&rest);
	bool whole_file = slice_is(first, "off-file");
	struct intent before = *intent;

	if (whole_file || slice_is(first, "off")) {
		d->kind = whole_file ? DIRECTIVE_OFF_FILE : DIRECTIVE_OFF;
		read_off(&r, rest);
		return;
	}
	d->kind = DIRECTIVE_INTENT;
	if (first.len == 0)
		set_fault(&r, text, "this directive says nothing");
	else if (at_top)
		read_declarations(&r, text);
	else
		set_fault(&r, first,
			  "a suppression begins with 'off' or 'off-file'; what "
			  "the server is for is declared at the top of the "
			  "file, before the first statement");
	if (d->fault != NULL)
		*intent = before;
}
