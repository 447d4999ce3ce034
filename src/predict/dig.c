#include "predict/dig.h"

#include <string.h>

struct reader {
	struct arena *arena;
	struct dig *d;
	const char *qname;
	const char *qtype;
	struct slice command; /* the line that repeats what was typed */
	bool in_question;
};

static const char *
copy(struct reader *r, struct slice s)
{
	return arena_strdup(r->arena, s);
}

/* The word after `key`, up to a blank, ',' or ';'; empty when not there. */
static struct slice
word_after(struct slice line, const char *key)
{
	const char *at = memmem(line.data, line.len, key, strlen(key));
	size_t len = 0;

	if (at == NULL)
		return SLICE_LITERAL("");
	at += strlen(key);
	size_t rest = (size_t)(line.data + line.len - at);

	while (len < rest && !ascii_is_one_of(at[len], " ,;\t"))
		len++;
	return (struct slice){ at, len };
}

static bool
has_flag(struct slice flags, const char *flag)
{
	while (flags.len > 0)
		if (slice_is(slice_split(&flags, ' '), flag))
			return true;
	return false;
}

static void
read_flags(struct reader *r, struct slice line)
{
	struct slice rest = slice_sub(line, 10, line.len - 10);
	struct slice flags = slice_split(&rest, ';');

	r->d->ask.no_rd = !has_flag(flags, "rd");
	r->d->ra = has_flag(flags, "ra");
	r->d->aa = has_flag(flags, "aa");
}

/* ";www.example.com.	IN	A" */
static void
read_question(struct reader *r, struct slice line)
{
	struct slice words[3] = { 0 };
	size_t n = 0, i = 1;

	while (i < line.len && n < 3) {
		size_t begin = i;

		while (i < line.len && !ascii_is_one_of(line.data[i], " \t"))
			i++;
		if (i > begin)
			words[n++] = slice_sub(line, begin, i - begin);
		while (i < line.len && ascii_is_one_of(line.data[i], " \t"))
			i++;
	}
	if (n == 3) {
		r->qname = copy(r, words[0]);
		r->qtype = copy(r, words[2]);
	}
}

/* ";; SERVER: 10.1.0.1#53(10.1.0.1) (UDP)" */
static void
read_server(struct reader *r, struct slice line)
{
	struct slice text = slice_sub(line, 11, line.len - 11);
	struct slice server = slice_split(&text, '#');

	while (server.len > 0 && server.data[0] == ' ')
		server = slice_sub(server, 1, server.len - 1);
	r->d->ask.to = copy(r, server);
	r->d->ask.tcp |= memmem(line.data, line.len, "(TCP)", 5) != NULL;
}

/* "; <<>> DiG 9.18 <<>> -b 10.0.0.1 @10.1.0.1 www.example.com +tcp" */
static void
read_command(struct reader *r, struct slice line)
{
	struct slice from = word_after(line, " -b "), name, key;

	r->command = line;
	if (from.len > 0)
		r->d->ask.client = copy(r, slice_split(&from, '#'));
	key = word_after(line, " -y ");
	if (key.len > 0) {
		name = slice_split(&key, ':');
		/* "hmac-sha256:NAME:SECRET", or "NAME:SECRET" */
		if (memchr(key.data, ':', key.len) != NULL)
			name = slice_split(&key, ':');
		r->d->ask.key = copy(r, name);
	}
	struct slice to = word_after(line, " @");

	if (to.len > 0 && r->d->ask.to == NULL)
		r->d->ask.to = copy(r, to);
}

static void
read_line(struct reader *r, struct slice line)
{
	struct slice status = word_after(line, "status: ");
	struct slice error = word_after(line, "; EDE: ");

	if (slice_has_prefix(line, "; <<>> DiG"))
		read_command(r, line);
	else if (slice_has_prefix(line, ";; ->>HEADER<<-") && status.len > 0)
		r->d->status = copy(r, status);
	else if (slice_has_prefix(line, ";; flags:"))
		read_flags(r, line);
	else if (slice_has_prefix(line, ";; SERVER:"))
		read_server(r, line);
	else if (error.len > 0 && slice_has_prefix(line, "; EDE"))
		r->d->ede = copy(r, error);
	else if (slice_has_prefix(line, ";; QUESTION SECTION"))
		r->in_question = true;
	else if (r->in_question && slice_has_prefix(line, ";") && line.len > 1)
		read_question(r, line), r->in_question = false;
}

/* "-t MX", "-tMX": the value of the option `letter`, or nothing. */
static struct slice
option_value(struct slice word, char letter, struct slice *rest)
{
	if (word.len < 2 || word.data[0] != '-' || word.data[1] != letter)
		return SLICE_LITERAL("");
	return word.len > 2 ? slice_sub(word, 2, word.len - 2)
			    : slice_split(rest, ' ');
}

/* "-x 10.1.2.3": the name that an address has in reverse. */
static void
read_reverse(struct reader *r, struct slice text)
{
	struct addr address;
	const char *name = "";

	if (!addr_parse(text, &address))
		return;
	bool v4 = address.family == FAMILY_IPV4;
	unsigned step = v4 ? 8 : 4;

	for (unsigned i = 0; i < family_bits(address.family); i += step) {
		uint64_t half = i < 64 ? address.lo >> i : address.hi >> (i - 64);

		name = arena_printf(r->arena, v4 ? "%s%u." : "%s%x.", name,
				    (unsigned)half & ((1U << step) - 1));
	}
	r->qname = arena_printf(r->arena, "%s%s", name,
				v4 ? "in-addr.arpa" : "ip6.arpa");
	r->qtype = "PTR";
}

/* What an option of the command line says; none that is met again elsewhere. */
static void
read_option(struct reader *r, struct slice word, struct slice *rest)
{
	struct slice name = option_value(word, 'q', rest);
	struct slice type = option_value(word, 't', rest);
	struct slice address = option_value(word, 'x', rest);

	if (name.len > 0)
		r->qname = copy(r, name);
	else if (type.len > 0)
		r->qtype = copy(r, type);
	else if (address.len > 0)
		read_reverse(r, address);
	else if (word.len == 2 && ascii_is_one_of(word.data[1], "bcfkpy"))
		slice_split(rest, ' ');
}

/* dig takes any beginning of these that is of one option alone. */
static void
read_plus(struct reader *r, struct slice word)
{
	if (slice_has_prefix(word, "+norec") || slice_has_prefix(word, "+nord"))
		r->d->ask.no_rd = true;
	else if (slice_is(word, "+tcp") || slice_is(word, "+vc"))
		r->d->ask.tcp = true;
}

/*
 * Where nothing came back, or an answer without the question, as REFUSED of
 * Unbound is, the command line tells what was asked.
 */
static void
read_typed(struct reader *r)
{
	struct slice line = r->command;
	struct question q;

	for (const char *at;
	     line.len > 0 &&
	     (at = memmem(line.data, line.len, "<<>> ", 5)) != NULL;)
		line = slice_sub(line, (size_t)(at + 5 - line.data), line.len);
	while (line.len > 0) {
		struct slice word = slice_split(&line, ' ');

		if (word.len == 0 || ascii_is_one_of(word.data[0], "@;"))
			continue;
		if (word.data[0] == '-')
			read_option(r, word, &line);
		else if (word.data[0] == '+')
			read_plus(r, word);
		else if (r->qname != NULL && ask_type(word, &q))
			r->qtype = copy(r, word);
		else
			r->qname = copy(r, word);
	}
}

bool
dig_read(struct arena *a, struct slice text, struct dig *d, const char **why)
{
	struct reader r = { .arena = a, .d = d };
	struct slice rest = text;

	*d = (struct dig){ 0 };
	while (rest.len > 0) {
		struct slice line = slice_split(&rest, '\n');

		if (line.len > 0 && line.data[line.len - 1] == '\r')
			line.len--;
		read_line(&r, line);
	}
	if (r.qname == NULL)
		read_typed(&r);
	*why = "this is not what dig prints: there is no question in it "
	       "(leave '+short' and '+nocmd' out)";
	if (r.qname == NULL)
		return false;
	d->ask.query = arena_printf(a, "%s%s%s", r.qname,
				    r.qtype == NULL ? "" : "/",
				    r.qtype == NULL ? "" : r.qtype);
	return true;
}
