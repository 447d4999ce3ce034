#include "fix/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "source/path.h"
#include "source/root.h"

/* Of a file that may grow or shrink meanwhile; false with `*why` set. */
static bool
read_fd(struct arena *a, int fd, size_t size, struct slice *bytes,
	const char **why)
{
	/* One byte more, so that growth does not go unseen. */
	char *buf = arena_alloc(a, size + 1);
	size_t used = 0;
	ssize_t n;

	do {
		n = read(fd, buf + used, size + 1 - used);
		used += n > 0 ? (size_t)n : 0;
	} while ((n > 0 && used <= size) || (n < 0 && errno == EINTR));
	*why = n < 0 ? strerror(errno) : "it changes while it is read";
	*bytes = (struct slice){ buf, used };
	return n >= 0 && used == size;
}

/* The file itself: a link that took its place is not followed. */
static int
open_itself(struct arena *a, const struct target *t)
{
	int dir = root_open_directory(t->root, a, path_directory(a, t->path));
	int fd = dir < 0 ? -1
			 : openat(dir, strrchr(t->path, '/') + 1,
				  O_RDONLY | O_NONBLOCK | O_NOFOLLOW |
					  O_CLOEXEC | O_NOCTTY);
	int why = errno;

	if (dir >= 0)
		close(dir);
	errno = why;
	return fd;
}

/* What the file has now; false with `*why` set. */
static bool
read_file(struct arena *a, const struct target *t, struct stat *st,
	  struct slice *bytes, const char **why)
{
	int fd = open_itself(a, t);
	bool ok = false;

	if (fd < 0 || fstat(fd, st) != 0)
		*why = strerror(errno);
	else if (!S_ISREG(st->st_mode))
		*why = "it is no regular file";
	else
		ok = read_fd(a, fd, (size_t)st->st_size, bytes, why);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* A source shows a NUL as \x01. */
static bool
is_text_of(const struct source *src, struct slice bytes)
{
	if (src->text.len != bytes.len)
		return false;
	for (size_t i = 0; i < bytes.len; i++) {
		char c = bytes.data[i] == '\0' ? '\x01' : bytes.data[i];

		if (src->text.data[i] != c)
			return false;
	}
	return true;
}

static void
find_secrets(struct arena *a, const struct sources *s,
	     const struct source *src, struct target *t)
{
	struct span rest = { src->base, src->base + (uint32_t)src->text.len };
	VEC(struct stretch) v = { 0 };
	struct span found;

	while (rest.begin < rest.end && sources_secret_in(s, rest, &found)) {
		*VEC_PUSH(a, &v) = (struct stretch){ found.begin - src->base,
						     found.end - src->base };
		rest.begin = found.end;
	}
	t->secrets = v.at;
	t->secret_count = v.len;
}

/* The path without links, within the root; NULL with `*why` set. */
static const char *
resolve(struct arena *a, const char *name, const struct root *root,
	const char **why)
{
	const char *inside = root_resolve(root, a, name);
	char *real = inside == NULL ? NULL : realpath(inside, NULL);

	if (real == NULL) {
		*why = errno == EXDEV ? "it lies outside of the include root"
				      : strerror(errno);
		return NULL;
	}
	const char *kept = arena_strdup(a, slice_of(real));

	free(real);
	return kept;
}

struct target *
target_open(struct arena *a, const struct sources *sources,
	    const struct source *src, struct source_policy policy,
	    const char **why)
{
	struct target *t = ARENA_NEW(a, struct target);

	find_secrets(a, sources, src, t);
	if (src->ino == 0) {
		t->bytes = arena_slice(a, src->text);
		return t;
	}
	t->root = root_of(a, &policy);
	t->path = resolve(a, src->name, t->root, why);
	if (t->path == NULL || !read_file(a, t, &t->stat, &t->bytes, why))
		return NULL;
	if (t->stat.st_dev != src->dev || t->stat.st_ino != src->ino ||
	    !is_text_of(src, t->bytes)) {
		*why = "it was changed while it was being checked";
		return NULL;
	}
	if (t->stat.st_nlink > 1) {
		*why = "it has other names (hard links), which would keep the "
		       "old text";
		return NULL;
	}
	return t;
}

bool
target_prepare(struct arena *a, struct target *t, struct slice text,
	       const char **why)
{
	t->anew = replacement_prepare(a, t->root, t->path, text, why);
	return t->anew != NULL;
}

void
target_abandon(struct target *t)
{
	if (t->anew != NULL)
		replacement_abandon(t->anew);
	t->anew = NULL;
}

static bool
is_unchanged(struct arena *a, const struct target *t, const char **why)
{
	struct arena_mark mark = arena_mark(a);
	struct slice now = { NULL, 0 };
	struct stat st;
	bool same = read_file(a, t, &st, &now, why);

	if (same &&
	    (st.st_dev != t->stat.st_dev || st.st_ino != t->stat.st_ino ||
	     st.st_mode != t->stat.st_mode || st.st_uid != t->stat.st_uid ||
	     st.st_gid != t->stat.st_gid || !slice_equal(now, t->bytes))) {
		*why = "somebody else has changed it";
		same = false;
	}
	arena_release(a, mark);
	return same;
}

bool
target_commit(struct arena *a, struct target *t, const char **why)
{
	if (!is_unchanged(a, t, why) || !replacement_commit(t->anew, why))
		return false;
	t->anew = NULL;
	return true;
}
