#include "model/zonefile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/model.h"
#include "model/name.h"
#include "model/zonegenerate.h"
#include "model/zonereader.h"
#include "source/root.h"

enum {
	INCLUDE_DEPTH_MAX = 20,
	/* See struct zone_budget. */
	BYTES_MAX = 1024 * 1024 * 1024,
	INCLUDES_MAX = 20000,
	GENERATED_MAX = 1 << 21,
	MAGIC_RAW = 2, /* lib/dns/include/dns/types.h: dns_masterformat_raw */
};

static size_t
line_number(const struct zone_reader *r)
{
	size_t n = 1;

	for (const char *p = r->text.data; p < r->at; p++)
		n += *p == '\n';
	return n;
}

/* What people are told: the place, and the reason. */
static void
end(struct zone_reader *r, enum data_state state, const char *format,
    va_list args)
{
	const char *why = arena_vprintf(r->arena, format, args);

	if (r->at != NULL)
		why = arena_printf(r->arena, "%s:%zu: %s", r->file,
				   line_number(r), why);
	else if (r->file != NULL)
		why = arena_printf(r->arena, "%s: %s", r->file, why);
	r->d->state = state;
	r->d->why = why;
}

static void
fault(struct zone_reader *r, const char *format, va_list args)
{
	if (r->at != NULL && !zone_reader_is_strict(r))
		r->d->incomplete = true;
	else if (r->d->state == DATA_LOADED)
		end(r, DATA_NOT_LOADED, format, args);
}

bool
zone_reader_fault(struct zone_reader *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault(r, format, args);
	va_end(args);
	return false;
}

bool
zone_reader_fault_at(struct zone_reader *r, struct slice token,
		     const char *format, ...)
{
	uintptr_t at = (uintptr_t)token.data, text = (uintptr_t)r->text.data;
	va_list args;

	/* What $GENERATE makes is nowhere in the file. */
	if (at >= text && at - text < r->text.len)
		r->at = token.data;
	va_start(args, format);
	fault(r, format, args);
	va_end(args);
	return false;
}

bool
zone_reader_unknown(struct zone_reader *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	end(r, DATA_UNKNOWN, format, args);
	va_end(args);
	return false;
}

bool
zone_reader_is_strict(const struct zone_reader *r)
{
	return r->options.checks != CHECKS_NONE;
}

bool
zone_reader_name(struct zone_reader *r, struct slice token, struct slice *out)
{
	struct slice name;

	if (!name_relative(r->arena, token, r->origin, &name))
		return zone_reader_fault_at(r, token, "malformed name");
	*out = name;
	return true;
}

static bool read_file(struct zone_reader *r, const char *path);

static bool
read_include(struct zone_reader *r, const struct zone_line *line)
{
	const struct zone_reader from = *r;

	if (line->tokens.len < 2)
		return zone_reader_fault(r, "$INCLUDE of no file");
	if (r->depth >= INCLUDE_DEPTH_MAX)
		return zone_reader_fault(r, "$INCLUDE leads too deep");
	if (++r->used->includes > INCLUDES_MAX)
		return zone_reader_unknown(r, "too many files are included");
	if (line->tokens.len > 2 &&
	    !zone_reader_name(r, line->tokens.at[2], &r->origin))
		return false;
	r->depth++;
	bool ok = read_file(r, arena_strdup(r->arena, line->tokens.at[1]));

	r->depth--;
	r->origin = from.origin;
	r->owner = from.owner;
	r->file = from.file;
	r->text = from.text;
	r->at = from.at;
	return ok;
}

/* To Unbound the name is never a relative one (sldns, str2wire.c). */
static bool
read_origin(struct zone_reader *r, const struct zone_line *line)
{
	if (line->tokens.len != 2)
		return zone_reader_fault(r, "malformed $ORIGIN");
	if (!zone_reader_is_strict(r))
		r->origin = SLICE_LITERAL("");
	return zone_reader_name(r, line->tokens.at[1], &r->origin);
}

/* One of its records; the words between are as they stand. */
static bool
read_generated(struct zone_reader *r, const struct zone_line *line,
	       unsigned long long n)
{
	const struct slice *t = line->tokens.at;
	const char *owner = generate_expand(r->arena, t[2], n);
	const char *data =
		generate_expand(r->arena, t[line->tokens.len - 1], n);
	const char *text = owner;
	struct zone_line one = { 0 };

	if (owner == NULL || data == NULL)
		return zone_reader_fault(r, "malformed $GENERATE");
	for (size_t i = 3; i + 1 < line->tokens.len; i++)
		text = arena_printf(r->arena, "%s %.*s", text, SLICE(t[i]));
	struct zone_text lines = {
		.arena = r->arena,
		.rest = slice_of(arena_printf(r->arena, "%s %s\n", text, data)),
	};

	return zone_text_next(&lines, &one) ? zone_reader_record(r, &one)
					    : true;
}

static bool
read_generate(struct zone_reader *r, const struct zone_line *line)
{
	struct generate_range range;

	if (!zone_reader_is_strict(
		    r)) /* Unbound does not know it, and goes on */
		return true;
	if (line->tokens.len < 5 ||
	    !generate_range_parse(line->tokens.at[1], &range))
		return zone_reader_fault(r, "malformed $GENERATE");
	size_t count = (range.last - range.first) / range.step + 1;

	if (count > GENERATED_MAX - r->used->generated)
		return r->d->incomplete = true;
	r->used->generated += count;
	bool check_names = r->options.check_names;
	bool ok = true;

	r->options.check_names = false; /* these are not looked at */
	for (unsigned long long n = range.first; ok && n <= range.last;
	     n += range.step)
		ok = read_generated(r, line, n);
	r->options.check_names = check_names;
	return ok;
}

static bool
read_ttl(struct zone_reader *r, const struct zone_line *line)
{
	uint32_t seconds;

	if (line->tokens.len != 2 ||
	    !zone_text_ttl(line->tokens.at[1], &seconds))
		return zone_reader_fault(r, "malformed $TTL");
	r->default_ttl = seconds;
	return true;
}

static bool
read_directive(struct zone_reader *r, const struct zone_line *line)
{
	struct slice word = line->tokens.at[0];

	if (slice_is_nocase(word, "$TTL"))
		return read_ttl(r, line);
	if (slice_is_nocase(word, "$ORIGIN"))
		return read_origin(r, line);
	if (slice_is_nocase(word, "$INCLUDE"))
		return read_include(r, line);
	if (slice_is_nocase(word, "$GENERATE"))
		return read_generate(r, line);
	return zone_reader_fault(r, "unknown directive");
}

static bool
read_text(struct zone_reader *r)
{
	struct zone_text t = { .arena = r->arena, .rest = r->text };
	struct zone_line line = { 0 };

	while (zone_text_next(&t, &line)) {
		bool directive = line.tokens.at[0].len > 0 &&
				 line.tokens.at[0].data[0] == '$' &&
				 !line.blank_owner;

		r->at = line.begin;
		if (!(directive ? read_directive(r, &line)
				: zone_reader_record(r, &line)) &&
		    r->d->state != DATA_LOADED)
			return false;
	}
	r->at = t.fault.data;
	if (t.bad)
		zone_reader_fault(r, "%s", t.why);
	return r->d->state == DATA_LOADED;
}

/* The whole of an open regular file. */
static bool
slurp(struct arena *a, int fd, size_t size, struct slice *out)
{
	char *data = arena_alloc(a, size + 1);
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(fd, data + have, size - have);

		if (n < 0)
			return false;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	*out = (struct slice){ data, have };
	return true;
}

/* The first bytes of the server's own form: its number, in network order. */
static bool
is_binary(struct slice text)
{
	return text.len >= 12 && text.data[0] == 0 && text.data[1] == 0 &&
	       text.data[2] == 0 && text.data[3] == MAGIC_RAW;
}

/* Open a file that may be opened, for reading; -1 with a fault or unknown. */
static int
open_file(struct zone_reader *r, const char *path)
{
	int fd = root_open(r->root, r->arena, path);

	if (fd >= 0)
		return fd;
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP:
	case ENAMETOOLONG:
		r->d->absent = r->depth == 0;
		zone_reader_fault(r, "%s: there is no such file", path);
		break;
	case EXDEV:
		zone_reader_unknown(r, "%s lies outside of the include root",
				    path);
		break;
	default: /* the server, where it runs, may do better */
		zone_reader_unknown(r, "%s may not be read here", path);
		break;
	}
	return -1;
}

/* The text of the file becomes that of the reader. */
static bool
load_file(struct zone_reader *r, const char *path)
{
	struct slice text = { "", 0 };
	struct stat st;
	int fd = open_file(r, path);

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		zone_reader_fault(r, "%s is no regular file", path);
	else if (st.st_size > (off_t)(BYTES_MAX - r->used->bytes))
		zone_reader_unknown(r, "%s is too large to be read here", path);
	else if (!slurp(r->arena, fd, (size_t)st.st_size, &text))
		zone_reader_unknown(r, "%s cannot be read whole", path);
	close(fd);
	r->used->bytes += text.len;
	if (r->d->state != DATA_LOADED)
		return false;
	r->file = path;
	r->text = text;
	r->at = NULL;
	return true;
}

static bool
read_file(struct zone_reader *r, const char *path)
{
	if (r->chroot != NULL && path[0] == '/')
		path = arena_printf(r->arena, "%s%s", r->chroot, path);
	if (!load_file(r, path))
		return false;
	if (is_binary(r->text)) {
		r->d->incomplete = true;
		return !r->options.text ||
		       zone_reader_fault(r, "this is not in text form");
	}
	if (!r->options.text)
		return zone_reader_fault(
			r, "this is not in the server's binary form");
	return read_text(r);
}

const struct zone_data *
zone_data_read(struct arena *a, const struct source_policy *policy,
	       const char *path, struct slice name,
	       struct zone_data_options options)
{
	struct zone_data *d = ARENA_NEW(a, struct zone_data);
	struct zone_budget alone = { 0 };
	struct zone_reader r = {
		.arena = a,
		.root = root_of(a, policy),
		.chroot = policy->chroot,
		.d = d,
		.options = options,
		.used = options.used == NULL ? &alone : options.used,
		.origin = name,
		.default_ttl = -1,
		.last_ttl = -1,
	};

	d->name = name;
	d->owners = strmap_new(a, false);
	d->state = DATA_LOADED;
	d->cut_beats_apex = options.checks == CHECKS_NONE;
	if (options.qclass == 0)
		r.options.qclass = CLASS_IN;
	if (!read_file(&r, path) || d->incomplete ||
	    options.checks == CHECKS_NONE)
		return d;
	r.at = NULL;
	zone_reader_check(&r);
	return d;
}
