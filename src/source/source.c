#include "source/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "source/mirror.h"
#include "source/overlay.h"
#include "source/root.h"

struct sources {
	struct arena *arena;
	const char *chroot;
	const struct mirror *mirror;
	struct root *root;
	const struct overlay *overlay; /* or NULL */
	VEC(struct source *) list;
	VEC(struct span) secrets;
	VEC(const char *) sought;
	size_t bytes;
	size_t attempts; /* to load a file */
};

struct sources *
sources_new(struct arena *a, struct source_policy policy)
{
	struct sources *s = ARENA_NEW(a, struct sources);

	s->arena = a;
	s->chroot = policy.chroot;
	s->mirror = policy.mirror;
	s->root = root_of(a, &policy);
	return s;
}

void
sources_use_overlay(struct sources *s, const struct overlay *overlay)
{
	s->overlay = overlay;
}

bool
sources_root_is_usable(const struct sources *s)
{
	return root_is_usable(s->root);
}

bool
sources_are_full(const struct sources *s)
{
	return s->list.len >= SOURCE_COUNT_MAX ||
	       s->attempts >= SOURCE_ATTEMPTS_MAX;
}

static struct source *
add(struct sources *s, const char *name, const struct source *parent)
{
	struct source *src = ARENA_NEW(s->arena, struct source);

	src->name = arena_strdup(s->arena, slice_of(name));
	src->parent = parent;
	src->depth = parent == NULL ? 0 : parent->depth + 1;
	return src;
}

static void
publish(struct sources *s, struct source *src, char *text, size_t len)
{
	for (char *nul = text; (nul = memchr(nul, '\0',
					     (size_t)(text + len - nul)));) {
		*nul = '\x01';
		src->has_nul = true;
	}
	text[len] = text[len + 1] = '\0';
	src->text = (struct slice){ text, len };
	src->base = (uint32_t)s->bytes;
	s->bytes += len + 1; /* an offset of its own for the end of the file */
	*VEC_PUSH(s->arena, &s->list) = src;
}

static const char *
describe_mode(mode_t mode)
{
	if (S_ISDIR(mode))
		return "it is a directory";
	if (S_ISFIFO(mode))
		return "it is a FIFO, not a regular file";
	if (S_ISSOCK(mode))
		return "it is a socket, not a regular file";
	return "it is a device, not a regular file";
}

/* Reads to the end, whatever fstat() said: a file may shrink or grow. */
static enum source_status
read_all(struct sources *s, int fd, size_t guess, char **text, size_t *len,
	 const char **why)
{
	size_t room = SOURCE_BYTES_MAX - s->bytes;
	size_t cap = guess + 1;
	char *buf = arena_alloc(s->arena, cap + 2);
	size_t used = 0;

	for (;;) {
		if (used == cap) {
			buf = arena_grow(s->arena, buf, cap + 2, cap * 2 + 2);
			cap *= 2;
		}
		ssize_t n = read(fd, buf + used, cap - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*why = strerror(errno);
			return SOURCE_UNREADABLE;
		}
		if (n == 0)
			break;
		used += (size_t)n;
		if (used >= room)
			return SOURCE_TOO_LARGE;
	}
	*text = buf;
	*len = used;
	return SOURCE_OK;
}

static enum source_status
copy_text(struct sources *s, struct slice from, char **text, size_t *len)
{
	if (from.len >= SOURCE_BYTES_MAX - s->bytes)
		return SOURCE_TOO_LARGE;
	*text = arena_alloc(s->arena, from.len + 2);
	*len = from.len;
	if (from.len > 0)
		memcpy(*text, from.data, from.len);
	return SOURCE_OK;
}

static bool
is_open_above(const struct source *parent, const struct stat *st)
{
	for (; parent != NULL; parent = parent->parent)
		if (parent->dev == st->st_dev && parent->ino == st->st_ino)
			return true;
	return false;
}

static enum source_status
load_fd(struct sources *s, struct source *src, int fd, const char **why)
{
	struct stat st;
	char *text;
	size_t len;

	if (fstat(fd, &st) != 0) {
		*why = strerror(errno);
		return SOURCE_UNREADABLE;
	}
	if (!S_ISREG(st.st_mode)) {
		*why = describe_mode(st.st_mode);
		return SOURCE_UNREADABLE;
	}
	if (is_open_above(src->parent, &st))
		return SOURCE_LOOP;
	if (st.st_size >= (off_t)(SOURCE_BYTES_MAX - s->bytes))
		return SOURCE_TOO_LARGE;
	const struct slice *instead = overlay_find(s->overlay, src->name);
	enum source_status status =
		instead != NULL
			? copy_text(s, *instead, &text, &len)
			: read_all(s, fd, (size_t)st.st_size, &text, &len, why);

	if (status != SOURCE_OK)
		return status;
	src->dev = st.st_dev;
	src->ino = st.st_ino;
	publish(s, src, text, len);
	return SOURCE_OK;
}

static void
note_sought(struct sources *s, const char *path)
{
	*VEC_PUSH(s->arena, &s->sought) =
		mirror_path(s->mirror, s->arena, path);
}

const char *const *
sources_sought(const struct sources *s, size_t *count)
{
	*count = s->sought.len;
	return s->sought.at;
}

static const char *
path_in_chroot(struct sources *s, const char *path)
{
	if (s->chroot == NULL)
		return path;
	return arena_printf(s->arena, "%s/%s", s->chroot, path);
}

enum source_status
sources_load(struct sources *s, const char *path, const struct source *parent,
	     struct span at, const struct source **out, const char **why)
{
	*why = NULL;
	s->attempts++;
	if (sources_are_full(s) ||
	    (parent != NULL && parent->depth + 1 >= SOURCE_DEPTH_MAX))
		return SOURCE_TOO_DEEP;
	path = path_in_chroot(s, path);
	int fd = root_open(s->root, s->arena, path);

	if (fd < 0 && errno == EXDEV)
		return SOURCE_OUTSIDE_ROOT;
	if (fd < 0) {
		*why = strerror(errno);
		note_sought(s, path);
		return SOURCE_UNREADABLE;
	}
	struct source *src = add(s, mirror_name(s->mirror, s->arena, path),
				 parent);

	src->included_at = at;
	enum source_status status = load_fd(s, src, fd, why);

	close(fd);
	*out = src;
	return status;
}

const struct source *
sources_add_text(struct sources *s, const char *name, struct slice text)
{
	struct source *src = add(s, name, NULL);
	char *copy = arena_alloc(s->arena, text.len + 2);

	if (text.len > 0)
		memcpy(copy, text.data, text.len);
	publish(s, src, copy, text.len);
	return src;
}

enum source_status
sources_add_fd(struct sources *s, const char *name, int fd,
	       const struct source **out, const char **why)
{
	struct source *src = add(s, name, NULL);
	char *text;
	size_t len;
	enum source_status status =
		read_all(s, fd, 64 * 1024, &text, &len, why);

	if (status == SOURCE_OK)
		publish(s, src, text, len);
	*out = src;
	return status;
}

/* Names as root_glob() tells them, which mirrors have made absolute. */
static void
leave_chroot(struct sources *s, const char **names, size_t count)
{
	const char *chroot = mirror_original(
		s->mirror, s->arena,
		mirror_path(s->mirror, s->arena, s->chroot));
	size_t len = strlen(chroot);

	for (size_t i = 0; i < count; i++)
		if (strncmp(names[i], chroot, len) == 0)
			names[i] += len;
}

bool
sources_glob(struct sources *s, const char *pattern, bool braces,
	     const char ***names, size_t *count)
{
	const char *path = path_in_chroot(s, pattern);
	bool ok = root_glob(s->root, s->arena, path, braces, names, count);
	int why = errno;

	note_sought(s, path);
	/* sources_load() puts the chroot in front again. */
	if (s->chroot != NULL)
		leave_chroot(s, *names, *count);
	errno = why;
	return ok;
}

void
sources_add_secret(struct sources *s, struct span span)
{
	*VEC_PUSH(s->arena, &s->secrets) = span;
}

size_t
sources_secret_count(const struct sources *s)
{
	return s->secrets.len;
}

void
sources_drop_secrets(struct sources *s, size_t count)
{
	s->secrets.len = count;
}

bool
sources_secret_in(const struct sources *s, struct span span,
		  struct span *secret)
{
	size_t low = 0, high = s->secrets.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->secrets.at[mid].end <= span.begin)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == s->secrets.len || s->secrets.at[low].begin >= span.end)
		return false;
	*secret = s->secrets.at[low];
	return true;
}

const struct source *
sources_find(const struct sources *s, struct span span)
{
	size_t low = 0, high = s->list.len;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (s->list.at[mid]->base <= span.begin)
			low = mid;
		else
			high = mid;
	}
	return s->list.at[low];
}

static void
index_lines(const struct sources *s, struct source *src)
{
	VEC(size_t) lines = { 0 };
	const char *begin = src->text.data, *end = begin + src->text.len;

	*VEC_PUSH(s->arena, &lines) = 0;
	for (const char *p = begin;
	     (p = memchr(p, '\n', (size_t)(end - p))) != NULL;)
		*VEC_PUSH(s->arena, &lines) = (size_t)(++p - begin);
	src->lines = lines.at;
	src->line_count = lines.len;
}

/* The bytes of a UTF-8 sequence after its first do not count. */
static size_t
count_characters(struct slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return n;
}

/* A line may have a hundred million bytes, and many a finding. */
enum { STRIDE = 4096 };

static void
index_characters(const struct sources *s, struct source *src)
{
	size_t count = src->text.len / STRIDE + 1;

	src->characters = ARENA_ARRAY(s->arena, size_t, count);
	for (size_t i = 1; i < count; i++)
		src->characters[i] =
			src->characters[i - 1] +
			count_characters(slice_sub(
				src->text, (i - 1) * STRIDE, STRIDE));
}

static size_t
characters_before(const struct source *src, size_t byte)
{
	size_t begin = byte / STRIDE * STRIDE;

	return src->characters[byte / STRIDE] +
	       count_characters(slice_sub(src->text, begin, byte - begin));
}

/* Most lines are short; the counts are there for those that are not. */
static size_t
characters_between(const struct source *src, size_t begin, size_t end)
{
	if (end - begin <= STRIDE)
		return count_characters(
			slice_sub(src->text, begin, end - begin));
	return characters_before(src, end) - characters_before(src, begin);
}

struct position
sources_position(const struct sources *s, uint32_t offset)
{
	struct source *src = s->list.at[0];
	struct span span = { offset, offset };

	src = (struct source *)sources_find(s, span);
	if (src->lines == NULL) {
		index_lines(s, src);
		index_characters(s, src);
	}
	size_t byte = offset - src->base;
	size_t low = 0, high = src->line_count;

	if (byte > src->text.len)
		byte = src->text.len;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (src->lines[mid] <= byte)
			low = mid;
		else
			high = mid;
	}
	return (struct position){
		.source = src,
		.line = low + 1,
		.column = characters_between(src, src->lines[low], byte) + 1,
		.byte = byte,
	};
}

struct slice
source_line(const struct source *src, size_t line)
{
	if (src->lines == NULL || line == 0 || line > src->line_count)
		return (struct slice){ "", 0 };
	size_t begin = src->lines[line - 1];
	size_t end = line < src->line_count ? src->lines[line]
					    : src->text.len;

	while (end > begin && (src->text.data[end - 1] == '\n' ||
			       src->text.data[end - 1] == '\r'))
		end--;
	return slice_sub(src->text, begin, end - begin);
}

struct slice
sources_text(const struct sources *s, struct span span)
{
	const struct source *src = sources_find(s, span);

	return slice_sub(src->text, span.begin - src->base,
			 span.end - span.begin);
}

size_t
sources_count(const struct sources *s)
{
	return s->list.len;
}

const struct source *
sources_at(const struct sources *s, size_t i)
{
	return s->list.at[i];
}

struct span
sources_item(const struct sources *s, uint32_t offset)
{
	const struct source *src =
		sources_find(s, (struct span){ offset, offset });
	struct slice text = src->text;
	size_t end = offset - src->base;
	uint32_t begin = offset - (uint32_t)end;

	while (end < text.len && ascii_is_one_of(text.data[end], "!{ \t"))
		end++;
	while (end < text.len && !ascii_is_one_of(text.data[end], ";} \t\r\n"))
		end++;
	return (struct span){ offset, begin + (uint32_t)end };
}
