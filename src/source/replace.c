#include "source/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/attributes.h"
#include "source/path.h"

enum {
	NAMES_MAX = 100
};

struct replacement {
	struct arena *arena;
	const struct root *root;
	const char *directory;
	const char *name;      /* in the directory */
	const char *temporary; /* likewise; NULL: it is not there yet */
};

static const char *
describe_error(void)
{
	return errno == EXDEV ? "it leads out of the include root"
			      : strerror(errno);
}

static bool
write_all(int fd, struct slice text)
{
	while (text.len > 0) {
		ssize_t n = write(fd, text.data, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = slice_sub(text, (size_t)n, text.len);
	}
	return true;
}

/* The owner first: a change of it takes some bits of the mode away. */
static bool
copy_status(struct arena *a, int from, int to)
{
	struct stat was, is;

	if (fstat(from, &was) != 0 || fstat(to, &is) != 0)
		return false;
	if (!S_ISREG(was.st_mode)) {
		errno = EINVAL;
		return false;
	}
	if ((is.st_uid != was.st_uid || is.st_gid != was.st_gid) &&
	    fchown(to, was.st_uid, was.st_gid) != 0)
		return false;
	return attributes_copy(a, from, to) &&
	       fchmod(to, was.st_mode & 07777) == 0;
}

/*
 * A file of a name that nobody has: short, since that of the file may be as
 * long as names get. Nobody else reads it before it has its mode.
 */
static int
create(struct replacement *r, int dir, mode_t mode)
{
	for (unsigned i = 0; i < NAMES_MAX; i++) {
		const char *name = arena_printf(r->arena, ".dnslint.%ld.%p.%u",
						(long)getpid(), (void *)r, i);
		int fd = openat(dir, name,
				O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
					O_CLOEXEC,
				mode);

		if (fd >= 0)
			r->temporary = name;
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static bool
fill(struct replacement *r, int fd, int old, struct slice text)
{
	return write_all(fd, text) &&
	       (old < 0 || copy_status(r->arena, old, fd)) && fsync(fd) == 0;
}

/* Into the open directory; false with errno set. */
static bool
write_beside(struct replacement *r, int dir, struct slice text)
{
	int old = openat(dir, r->name,
			 O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);

	if (old < 0 && errno != ENOENT)
		return false;
	int fd = create(r, dir, old < 0 ? 0666 : 0600);
	bool ok = fd >= 0 && fill(r, fd, old, text);
	int why = errno;

	if (fd >= 0 && close(fd) != 0 && ok) {
		why = errno;
		ok = false;
	}
	if (old >= 0)
		close(old);
	if (!ok && r->temporary != NULL)
		unlinkat(dir, r->temporary, 0);
	errno = why;
	return ok;
}

struct replacement *
replacement_prepare(struct arena *a, const struct root *root, const char *path,
		    struct slice text, const char **why)
{
	struct replacement *r = ARENA_NEW(a, struct replacement);
	const char *slash = strrchr(path, '/');

	r->arena = a;
	r->root = root;
	r->directory = path_directory(a, path);
	r->name = slash == NULL ? path : slash + 1;
	int dir = root_open_directory(root, a, r->directory);
	bool ok = dir >= 0 && write_beside(r, dir, text);

	*why = describe_error();
	if (dir >= 0)
		close(dir);
	return ok ? r : NULL;
}

/* The new name is on the disk when its directory is. */
static void
sync_directory(int dir)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool
replacement_commit(struct replacement *r, const char **why)
{
	int dir = root_open_directory(r->root, r->arena, r->directory);
	bool ok = dir >= 0 && renameat(dir, r->temporary, dir, r->name) == 0;

	if (ok)
		sync_directory(dir);
	else
		*why = describe_error();
	if (dir >= 0)
		close(dir);
	return ok;
}

void
replacement_abandon(struct replacement *r)
{
	int dir = root_open_directory(r->root, r->arena, r->directory);

	if (dir < 0)
		return;
	unlinkat(dir, r->temporary, 0);
	close(dir);
}

/* Devices, FIFOs and the like have no bytes to be replaced. */
static bool
write_into(const struct root *root, struct arena *a, const char *path,
	   struct slice text, const char **why)
{
	int fd = root_create(root, a, path);
	bool ok = fd >= 0 && write_all(fd, text);

	*why = describe_error();
	if (fd >= 0 && close(fd) != 0 && ok) {
		*why = strerror(errno);
		ok = false;
	}
	return ok;
}

static bool
is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	       !S_ISDIR(st.st_mode);
}

/* Where the file is or is to be; NULL with `*why` set. */
static const char *
find(const struct root *root, struct arena *a, const char *path,
     const char **why)
{
	const char *real = root_resolve(root, a, path);
	struct stat st;

	if (real == NULL && errno == ENOENT && lstat(path, &st) != 0)
		return path_absolute(a, path);
	if (real == NULL)
		*why = errno == ENOENT ? "it is a symbolic link to nothing"
				       : describe_error();
	return real;
}

bool
file_replace(struct arena *a, const struct root *root, const char *path,
	     struct slice text, const char **why)
{
	if (is_special(path))
		return write_into(root, a, path, text, why);
	if (!root_holds(root, a, path))
		root = root_new(a, "/", NULL);
	const char *real = find(root, a, path, why);
	struct replacement *r =
		real == NULL ? NULL
			     : replacement_prepare(a, root, real, text, why);

	if (r == NULL || replacement_commit(r, why))
		return r != NULL;
	replacement_abandon(r);
	return false;
}
