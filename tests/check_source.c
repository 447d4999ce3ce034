#include "source/source.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/overlay.h"
#include "source/root.h"
#include "tests/check.h"

/* A directory of its own, which every test leaves behind empty. */
static char directory[] = "/tmp/dnslint-source-XXXXXX";

static void
enter(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
}

static void
leave(void)
{
	ck_assert_int_eq(system("rm -rf ./* 2>/dev/null"), 0);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}

static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static enum source_status
load(struct sources *s, const char *name, const struct source **src)
{
	struct span nowhere = { 0, 0 };
	const char *why;

	return sources_load(s, name, NULL, nowhere, src, &why);
}

START_TEST(positions_are_counted_in_lines_and_characters)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	const struct source *src = sources_add_text(
		s, "x", SLICE_LITERAL("a\nb\xc3\xa4 c\r\n\nd"));
	struct position at = sources_position(s, src->base + 6);

	ck_assert_uint_eq(at.line, 2);
	ck_assert_uint_eq(at.column, 4);
	ck_assert_uint_eq(at.byte, 6);
	ck_slice_eq(source_line(src, 2), "b\xc3\xa4 c");
	ck_slice_eq(source_line(src, 3), "");
	ck_assert_uint_eq(sources_position(s, src->base + 10).line, 4);
	arena_free(a);
}
END_TEST

/* Characters of three bytes lie across all borders that a power of two has. */
START_TEST(long_lines_are_counted_right)
{
	enum { COUNT = 10000 };
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	char *text = arena_alloc(a, 3 * COUNT + 2);

	memcpy(text, "x\n", 2);
	for (size_t i = 0; i < COUNT; i++)
		memcpy(text + 2 + 3 * i, "\xe2\x82\xac", 3);
	const struct source *src = sources_add_text(
		s, "x", (struct slice){ text, 3 * COUNT + 2 });

	for (uint32_t i = 0; i <= COUNT; i++) {
		struct position at =
			sources_position(s, src->base + 2 + 3 * i);

		ck_assert_uint_eq(at.line, 2);
		ck_assert_uint_eq(at.column, i + 1);
	}
	arena_free(a);
}
END_TEST

START_TEST(two_sources_keep_apart)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	const struct source *x = sources_add_text(s, "x", SLICE_LITERAL("ab"));
	const struct source *y = sources_add_text(s, "y", SLICE_LITERAL("cd"));
	struct span end_of_x = { x->base + 2, x->base + 2 };
	struct span begin_of_y = { y->base, y->base + 1 };

	ck_assert_ptr_eq(sources_find(s, end_of_x), x);
	ck_assert_ptr_eq(sources_find(s, begin_of_y), y);
	ck_slice_eq(sources_text(s, begin_of_y), "c");
	arena_free(a);
}
END_TEST

START_TEST(only_regular_files_are_read)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	const struct source *src;

	enter();
	ck_assert_int_eq(mkfifo("fifo", 0600), 0);
	ck_assert_int_eq(load(s, "fifo", &src), SOURCE_UNREADABLE);
	ck_assert_int_eq(load(s, ".", &src), SOURCE_UNREADABLE);
	ck_assert_int_eq(load(s, "/dev/zero", &src), SOURCE_UNREADABLE);
	ck_assert_int_eq(load(s, "nothing", &src), SOURCE_UNREADABLE);
	write_file("file", "text");
	ck_assert_int_eq(load(s, "file", &src), SOURCE_OK);
	ck_slice_eq(src->text, "text");
	leave();
	arena_free(a);
}
END_TEST

START_TEST(nothing_outside_the_root_is_opened)
{
	struct arena *a = arena_new();
	const struct source *src;
	const char **names;
	size_t count;

	enter();
	ck_assert_int_eq(mkdir("in", 0700), 0);
	write_file("out.conf", "");
	write_file("in/ok.conf", "");
	ck_assert_int_eq(symlink("../out.conf", "in/link.conf"), 0);
	ck_assert_int_eq(symlink("..", "in/up"), 0);
	struct sources *s =
		sources_new(a, (struct source_policy){ .include_root = "in" });

	ck_assert(sources_root_is_usable(s));
	ck_assert_int_eq(load(s, "in/ok.conf", &src), SOURCE_OK);
	ck_assert_int_eq(load(s, "out.conf", &src), SOURCE_OUTSIDE_ROOT);
	ck_assert_int_eq(load(s, "in/../out.conf", &src), SOURCE_OUTSIDE_ROOT);
	ck_assert_int_eq(load(s, "in/link.conf", &src), SOURCE_OUTSIDE_ROOT);
	ck_assert_int_eq(load(s, "/etc/passwd", &src), SOURCE_OUTSIDE_ROOT);
	ck_assert(sources_glob(s, "in/*.conf", true, &names, &count));
	ck_assert_uint_eq(count, 2);
	ck_assert(!sources_glob(s, "in/up/*.conf", true, &names, &count));
	ck_assert(!sources_glob(s, "*.conf", true, &names, &count));
	leave();
	arena_free(a);
}
END_TEST

enum {
	RACES = 20000
};

/* Puts files and links that lead out in each other's place. */
static void
swap_while_watched(pid_t watcher)
{
	while (getppid() == watcher) {
		(void)!symlink("../out", "in/dir.link");
		rename("in/dir", "in/dir.kept");
		rename("in/dir.link", "in/dir");
		unlink("in/dir");
		rename("in/dir.kept", "in/dir");
		(void)!symlink("../../out/file", "in/dir/link");
		rename("in/dir/file", "in/dir/kept");
		rename("in/dir/link", "in/dir/file");
		rename("in/dir/kept", "in/dir/file");
	}
}

static char
first_byte(int fd)
{
	char c = '\0';

	ck_assert_int_eq(read(fd, &c, 1), 1);
	close(fd);
	return c;
}

/* Counts how often it could be opened; it never is what lies outside. */
static size_t
open_often(struct root *root)
{
	size_t opened = 0;

	for (int i = 0; i < RACES; i++) {
		struct arena *a = arena_new();
		int fd = root_open(root, a, "in/dir/file");
		int dir = root_open_directory(root, a, "in/dir");

		if (fd >= 0) {
			ck_assert_int_eq(first_byte(fd), 'i');
			opened++;
		}
		if (dir >= 0) {
			ck_assert_int_ne(faccessat(dir, "secret", F_OK, 0), 0);
			close(dir);
		}
		arena_free(a);
	}
	return opened;
}

START_TEST(what_changes_meanwhile_does_not_lead_out)
{
	struct arena *a = arena_new();

	enter();
	ck_assert_int_eq(mkdir("in", 0700), 0);
	ck_assert_int_eq(mkdir("in/dir", 0700), 0);
	ck_assert_int_eq(mkdir("out", 0700), 0);
	write_file("in/dir/file", "inside");
	write_file("out/file", "outside");
	write_file("out/secret", "");
	struct root *root = root_new(a, "in", NULL);
	pid_t watcher = getpid(), other = fork();

	ck_assert_int_ge(other, 0);
	if (other == 0) {
		swap_while_watched(watcher);
		_exit(0);
	}
	size_t opened = open_often(root);

	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	ck_assert_uint_gt(opened, 0);
	leave();
	arena_free(a);
}
END_TEST

/* Links within are followed, however they are written. */
START_TEST(links_that_stay_within_the_root_are_followed)
{
	struct arena *a = arena_new();

	enter();
	ck_assert_int_eq(mkdir("in", 0700), 0);
	ck_assert_int_eq(mkdir("in/a", 0700), 0);
	write_file("in/a/file", "text");
	ck_assert_int_eq(symlink("a", "in/b"), 0);
	ck_assert_int_eq(symlink("../in/b/file", "in/round"), 0);
	ck_assert_int_eq(
		symlink(arena_printf(a, "%s/in/a", directory), "in/absolute"),
		0);
	struct root *root = root_new(a, "in", NULL);

	ck_assert_int_eq(first_byte(root_open(root, a, "in/b/file")), 't');
	ck_assert_int_eq(first_byte(root_open(root, a, "in/round")), 't');
	ck_assert_int_eq(first_byte(root_open(root, a, "in/absolute/file")),
			 't');
	ck_assert_int_lt(root_open(root, a, "in/a/file/x"), 0);
	ck_assert_int_eq(errno, ENOTDIR);
	ck_assert_int_lt(root_open(root, a, "in/nothing"), 0);
	ck_assert_int_eq(errno, ENOENT);
	leave();
	arena_free(a);
}
END_TEST

START_TEST(a_root_must_exist)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(
		a, (struct source_policy){ .include_root = "/no/such/place" });

	ck_assert(!sources_root_is_usable(s));
	arena_free(a);
}
END_TEST

START_TEST(patterns_give_names_in_byte_order)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	static const char *const order[] = { "10.c", "9.c", "B.c", "a.c" };
	const char **names;
	size_t count;

	enter();
	for (size_t i = 0; i < 4; i++)
		write_file(order[i], "");
	ck_assert(sources_glob(s, "*.c", false, &names, &count));
	ck_assert_uint_eq(count, 4);
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(names[i], order[i]);
	ck_assert(sources_glob(s, "*.x", false, &names, &count));
	ck_assert_uint_eq(count, 0);
	ck_assert(!sources_glob(s, "no/such/*.x", false, &names, &count));
	leave();
	arena_free(a);
}
END_TEST

START_TEST(secrets_are_found_again)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	struct span found;

	sources_add_secret(s, (struct span){ 10, 20 });
	sources_add_secret(s, (struct span){ 30, 40 });
	ck_assert(!sources_secret_in(s, (struct span){ 0, 10 }, &found));
	ck_assert(sources_secret_in(s, (struct span){ 0, 11 }, &found));
	ck_assert_uint_eq(found.begin, 10);
	ck_assert(sources_secret_in(s, (struct span){ 20, 99 }, &found));
	ck_assert_uint_eq(found.begin, 30);
	ck_assert(!sources_secret_in(s, (struct span){ 40, 99 }, &found));
	arena_free(a);
}
END_TEST

START_TEST(a_text_stands_in_for_a_file_by_any_name)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	struct overlay *o = overlay_new(a);
	const struct source *src;

	enter();
	write_file("file", "old");
	write_file("other", "other");
	ck_assert_int_eq(symlink("file", "link"), 0);
	sources_use_overlay(s, o);
	overlay_set(o, "link", SLICE_LITERAL("between"));
	overlay_set(o, "./file", SLICE_LITERAL("n\0w"));
	ck_assert_int_eq(load(s, "file", &src), SOURCE_OK);
	ck_slice_eq(src->text, "n\x01w");
	ck_assert_int_eq(load(s, "link", &src), SOURCE_OK);
	ck_slice_eq(src->text, "n\x01w");
	ck_assert_uint_ne(src->ino, 0);
	ck_assert_int_eq(load(s, "other", &src), SOURCE_OK);
	ck_slice_eq(src->text, "other");
	leave();
	arena_free(a);
}
END_TEST

START_TEST(an_overlay_makes_no_files)
{
	struct arena *a = arena_new();
	struct sources *s = sources_new(a, (struct source_policy){ 0 });
	struct overlay *o = overlay_new(a);
	const struct source *src;

	sources_use_overlay(s, o);
	overlay_set(o, "/nowhere/at/all", SLICE_LITERAL("text"));
	ck_assert_int_eq(load(s, "/nowhere/at/all", &src), SOURCE_UNREADABLE);
	ck_assert_ptr_nonnull(overlay_find(o, "/nowhere/at/all"));
	ck_assert_ptr_null(overlay_find(o, "-"));
	overlay_set(o, "-", SLICE_LITERAL("input"));
	ck_slice_eq(*overlay_find(o, "-"), "input");
	ck_assert_ptr_null(overlay_find(NULL, "-"));
	arena_free(a);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("source");

	tcase_add_test(tc, positions_are_counted_in_lines_and_characters);
	tcase_add_test(tc, long_lines_are_counted_right);
	tcase_add_test(tc, two_sources_keep_apart);
	tcase_add_test(tc, only_regular_files_are_read);
	tcase_add_test(tc, nothing_outside_the_root_is_opened);
	tcase_add_test(tc, what_changes_meanwhile_does_not_lead_out);
	tcase_add_test(tc, links_that_stay_within_the_root_are_followed);
	tcase_add_test(tc, a_root_must_exist);
	tcase_add_test(tc, patterns_give_names_in_byte_order);
	tcase_add_test(tc, secrets_are_found_again);
	tcase_add_test(tc, a_text_stands_in_for_a_file_by_any_name);
	tcase_add_test(tc, an_overlay_makes_no_files);
	return run_tests(tc, "source");
}
