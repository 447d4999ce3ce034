#include "intent/fault.h"

#include <stdlib.h>
#include <string.h>

enum {
	FAULTS_MAX = 100,
	QUOTE_MAX = 60,
};

void
fault_add(struct faults *f, size_t line, size_t column, const char *format, ...)
{
	va_list args;

	if (f->list.len >= FAULTS_MAX) {
		f->dropped++;
		return;
	}
	va_start(args, format);
	*VEC_PUSH(f->arena, &f->list) = (struct fault){
		line, column, arena_vprintf(f->arena, format, args)
	};
	va_end(args);
}

static int
by_place(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->text, y->text);
}

const char *
faults_text(struct faults *f)
{
	const char *all = "";

	qsort(f->list.at, f->list.len, sizeof(*f->list.at), by_place);
	for (size_t i = 0; i < f->list.len; i++) {
		const struct fault *x = &f->list.at[i];

		all = arena_printf(f->arena, "%s%s%s:%zu:%zu: error: %s", all,
				   i == 0 ? "" : "\n", f->path, x->line,
				   x->column, x->text);
	}
	if (f->dropped > 0)
		all = arena_printf(f->arena, "%s\n%s: and %zu more", all,
				   f->path, f->dropped);
	return all;
}

static bool
is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

const char *
fault_quote(struct arena *a, struct slice text)
{
	static const char digits[] = "0123456789abcdef";
	size_t len = text.len;
	char *out, *to;

	if (len > QUOTE_MAX) {
		len = QUOTE_MAX - 3;
		while (len > 0 && ((unsigned char)text.data[len] & 0xc0) == 0x80)
			len--; /* not within a character */
	}
	out = to = arena_alloc(a, len * 4 + sizeof("..."));
	for (size_t i = 0; i < len; i++) {
		char c = text.data[i];

		if (!is_control(c)) {
			*to++ = c;
			continue;
		}
		*to++ = '\\';
		*to++ = 'x';
		*to++ = digits[(unsigned char)c >> 4];
		*to++ = digits[c & 0xf];
	}
	strcpy(to, len < text.len ? "..." : "");
	return out;
}
