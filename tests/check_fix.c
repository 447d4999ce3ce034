#include "fix/diff.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "fix/answers.h"
#include "fix/plan.h"
#include "fix/target.h"
#include "tests/check.h"

/* A fixed sequence, so that a failure can be had again. */
static unsigned
next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % below;
}

static struct slice
random_text(struct arena *a, unsigned *seed, size_t most)
{
	size_t len = next(seed, (unsigned)most + 1);
	char *text = arena_alloc(a, len + 1);

	for (size_t i = 0; i < len; i++)
		text[i] = "ab\n"[next(seed, 3)];
	return (struct slice){ text, len };
}

typedef VEC(struct edit) edit_vec;

static edit_vec
random_edits(struct arena *a, unsigned *seed, size_t len)
{
	edit_vec v = { 0 };
	size_t at = 0;

	while (at <= len && v.len < 6 && next(seed, 8) > 0) {
		size_t begin = at + next(seed, (unsigned)(len - at) + 1);
		size_t most = len - begin < 9 ? len - begin : 9;
		size_t end = begin + next(seed, (unsigned)most + 1);

		*VEC_PUSH(a, &v) = (struct edit){
			.begin = begin,
			.end = end,
			.text = random_text(a, seed, 5),
		};
		at = end + 1;
	}
	return v;
}

/* Byte by byte, and where each byte went. */
static struct slice
apply_plainly(struct arena *a, struct slice text, const edit_vec *v,
	      size_t *where)
{
	VEC(char) out = { 0 };
	size_t at = 0;

	for (size_t i = 0; i <= v->len; i++) {
		size_t begin = i < v->len ? v->at[i].begin : text.len;

		for (; at < begin; at++) {
			where[at] = out.len;
			*VEC_PUSH(a, &out) = text.data[at];
		}
		if (i == v->len)
			break;
		for (; at < v->at[i].end; at++)
			where[at] = out.len;
		for (size_t k = 0; k < v->at[i].text.len; k++)
			*VEC_PUSH(a, &out) = v->at[i].text.data[k];
	}
	where[text.len] = out.len;
	return (struct slice){ out.at, out.len };
}

START_TEST(edits_are_made_as_by_hand)
{
	struct arena *a = arena_new();
	unsigned seed = (unsigned)_i;
	struct slice text = random_text(a, &seed, 40);
	const struct draft *d = draft_new(a, text);

	for (int round = 0; round < 4; round++) {
		size_t *where = ARENA_ARRAY(a, size_t, text.len + 1);
		edit_vec v = random_edits(a, &seed, text.len);
		struct slice plain = apply_plainly(a, text, &v, where);

		d = draft_edit(a, d, v.at, v.len);
		ck_assert_uint_eq(d->len, plain.len);
		ck_assert(slice_equal(draft_text(a, d), plain));
		for (size_t i = 0; i <= text.len; i++)
			ck_assert_uint_eq(edits_map(v.at, v.len, i), where[i]);
		text = plain;
	}
	arena_free(a);
}
END_TEST

/* A reader of a diff, which trusts nothing in it. */
struct patch {
	struct arena *arena;
	struct slice old; /* what is left of it */
	VEC(char) new;
};

static void
copy_line(struct patch *p, struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		*VEC_PUSH(p->arena, &p->new) = line.data[i];
}

/* The next line of the old text, with its end. */
static struct slice
take_line(struct patch *p)
{
	const char *end = p->old.len == 0 ? NULL
					  : memchr(p->old.data, '\n',
						   p->old.len);
	size_t len = end == NULL ? p->old.len
				 : (size_t)(end - p->old.data) + 1;
	struct slice line = slice_sub(p->old, 0, len);

	p->old = slice_sub(p->old, len, p->old.len);
	return line;
}

/* One hunk; counts of its head must be those of its body. */
static void
apply_hunk(struct patch *p, struct slice *diff, size_t *line)
{
	size_t old, old_count, new, new_count;
	struct slice head = slice_split(diff, '\n');

	ck_assert_int_eq(sscanf(head.data, "@@ -%zu,%zu +%zu,%zu @@", &old,
				&old_count, &new, &new_count),
			 4);
	while (*line < old - (old_count > 0)) {
		copy_line(p, take_line(p));
		++*line;
	}
	while (old_count > 0 || new_count > 0) {
		struct slice l = slice_split(diff, '\n');
		const char *body = l.data + 1;
		bool open = diff->len > 0 && diff->data[0] == '\\';
		struct slice text = { body, l.len - open };

		if (open)
			slice_split(diff, '\n');
		if (l.data[0] != '+') {
			ck_assert(slice_equal(take_line(p), text));
			old_count--;
			++*line;
		}
		if (l.data[0] != '-') {
			copy_line(p, text);
			new_count--;
		}
	}
}

static struct slice
apply_diff(struct arena *a, struct slice old, struct slice diff)
{
	struct patch p = { .arena = a, .old = old };
	size_t line = 0;

	if (diff.len > 0) {
		ck_slice_eq(slice_split(&diff, '\n'), "--- name");
		ck_slice_eq(slice_split(&diff, '\n'), "+++ name");
	}
	while (diff.len > 0)
		apply_hunk(&p, &diff, &line);
	while (p.old.len > 0)
		copy_line(&p, take_line(&p));
	return (struct slice){ p.new.at, p.new.len };
}

START_TEST(a_diff_leads_from_one_text_to_the_other)
{
	struct arena *a = arena_new();
	unsigned seed = (unsigned)_i;
	struct slice old = random_text(a, &seed, 120);
	const struct draft *d = draft_new(a, old);
	char *buf;
	size_t len;

	for (int round = 0; round < 2; round++) {
		edit_vec v = random_edits(a, &seed, d->len);

		d = draft_edit(a, d, v.at, v.len);
	}
	FILE *out = open_memstream(&buf, &len);

	ck_assert(diff_print(out, "name", d, NULL, 0));
	fclose(out);
	ck_assert(slice_equal(apply_diff(a, old, (struct slice){ buf, len }),
			      draft_text(a, d)));
	if (slice_equal(old, draft_text(a, d)))
		ck_assert_uint_eq(len, 0);
	free(buf);
	arena_free(a);
}
END_TEST

START_TEST(a_diff_shows_no_secrets)
{
	struct arena *a = arena_new();
	struct slice old = SLICE_LITERAL("a\nkey xyz;\nb\033[m\n");
	struct edit edits[] = { { .begin = 1,
				  .end = 3,
				  .text = SLICE_LITERAL("\nnew ") } };
	const struct draft *d =
		draft_edit(a, draft_new(a, old), edits, 1);
	struct stretch secret = { 6, 9 };
	char *buf;
	size_t len;
	FILE *out = open_memstream(&buf, &len);

	ck_assert(!diff_print(out, "x", d, &secret, 1));
	fclose(out);
	ck_assert_str_eq(buf, "--- x\n+++ x\n@@ -1,3 +1,3 @@\n a\n-key ***;\n"
			      "+new ey ***;\n b\\x1b[m\n");
	free(buf);
	arena_free(a);
}
END_TEST

/* A directory of its own with one file, which was read. */
struct disk {
	struct arena *arena;
	struct sources *sources;
	const struct source *src;
	char directory[32];
	const char *why;
};

static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void
enter(struct disk *d)
{
	struct span nowhere = { 0, 0 };

	*d = (struct disk){ .arena = arena_new(),
			    .directory = "/tmp/dnslint-fix-XXXXXX" };
	ck_assert_ptr_nonnull(mkdtemp(d->directory));
	ck_assert_int_eq(chdir(d->directory), 0);
	write_file("a.conf", "old");
	d->sources = sources_new(d->arena, (struct source_policy){ 0 });
	ck_assert_int_eq(sources_load(d->sources, "a.conf", NULL, nowhere,
				      &d->src, &d->why),
			 SOURCE_OK);
}

static struct target *
open_target(struct disk *d)
{
	return target_open(d->arena, d->sources, d->src,
			   (struct source_policy){ 0 }, &d->why);
}

/* Nothing but the file may be left, and it must hold this. */
static void
leave(struct disk *d, const char *text)
{
	char buf[16] = "";
	FILE *f = fopen("a.conf", "r");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_le(fread(buf, 1, sizeof(buf) - 1, f), sizeof(buf) - 1);
	fclose(f);
	ck_assert_str_eq(buf, text);
	ck_assert_int_eq(unlink("a.conf"), 0);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(d->directory), 0);
	arena_free(d->arena);
}

START_TEST(a_file_is_replaced_at_once)
{
	struct disk d;

	enter(&d);
	struct target *t = open_target(&d);

	ck_assert(target_prepare(d.arena, t, SLICE_LITERAL("new"), &d.why));
	ck_assert_int_eq(system("grep -qx new .dnslint.*"), 0);
	ck_slice_eq(t->bytes, "old");
	ck_assert(target_commit(d.arena, t, &d.why));
	leave(&d, "new");
}
END_TEST

START_TEST(what_is_abandoned_leaves_nothing)
{
	struct disk d;

	enter(&d);
	struct target *t = open_target(&d);

	ck_assert(target_prepare(d.arena, t, SLICE_LITERAL("new"), &d.why));
	target_abandon(t);
	target_abandon(t);
	leave(&d, "old");
}
END_TEST

START_TEST(a_file_that_changed_is_not_opened)
{
	struct disk d;

	enter(&d);
	write_file("a.conf", "odd");
	ck_assert_ptr_null(open_target(&d));
	ck_assert_str_eq(d.why, "it was changed while it was being checked");
	leave(&d, "odd");
}
END_TEST

/* What others do between reading and writing: other bytes, file, mode. */
static void
write_other(void)
{
	write_file("a.conf", "odd");
}

static void
rename_other(void)
{
	write_file("b.conf", "old");
	ck_assert_int_eq(rename("b.conf", "a.conf"), 0);
}

static void
change_mode(void)
{
	ck_assert_int_eq(chmod("a.conf", 0600), 0);
}

static const struct {
	void (*meddle)(void);
	const char *text;
} meddlers[] = {
	{ write_other, "odd" },
	{ rename_other, "old" },
	{ change_mode, "old" },
};

START_TEST(a_file_that_changed_is_not_replaced)
{
	struct disk d;

	enter(&d);
	ck_assert_int_eq(chmod("a.conf", 0640), 0);
	struct target *t = open_target(&d);

	ck_assert(target_prepare(d.arena, t, SLICE_LITERAL("new"), &d.why));
	meddlers[_i].meddle();
	ck_assert(!target_commit(d.arena, t, &d.why));
	ck_assert_str_eq(d.why, "somebody else has changed it");
	target_abandon(t);
	leave(&d, meddlers[_i].text);
}
END_TEST

START_TEST(a_link_is_not_written_through)
{
	struct disk d;

	enter(&d);
	struct target *t = open_target(&d);

	ck_assert(target_prepare(d.arena, t, SLICE_LITERAL("new"), &d.why));
	ck_assert_int_eq(rename("a.conf", "b.conf"), 0);
	ck_assert_int_eq(symlink("b.conf", "a.conf"), 0);
	ck_assert(!target_commit(d.arena, t, &d.why));
	target_abandon(t);
	ck_assert_int_eq(rename("b.conf", "a.conf"), 0);
	leave(&d, "old");
}
END_TEST

static struct lint_result
read_text(const char *text)
{
	char path[] = "/tmp/dnslint-answers-XXXXXX";
	int fd = mkstemp(path);
	struct lint_options o = { .fail_on_given = false };

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	struct lint_result r = lint_file(path, &o);

	unlink(path);
	ck_assert(r.loads);
	return r;
}

#define ZONE(list)                                                             \
	"zone \"x\" { type primary; file \"x.db\"; allow-query { " list " }; };"
#define SLOW(list)                                                             \
	"view a { match-recursive-only yes; " ZONE("any;") " };"               \
	"view b { " ZONE(list) " };"
#define AT(list)                                                               \
	"view a { match-destinations { 10.0.0.1; };"                           \
	" allow-recursion { " list " }; };"                                    \
	"view b { allow-recursion { any; }; };"
#define RECURSION(list) "options { allow-query-cache { " list " }; };"
#define EXCEPT "acl e { !192.0.2.9; 192.0.2.0/24; any; };"
#define SERVER "server:\n interface: 10.0.0.1\n interface: 10.0.0.2\n"         \
	       " access-control: 0.0.0.0/0 "

static const struct {
	const char *before, *after;
	bool same, narrower;
} pairs[] = {
	{ RECURSION("10/8;"), RECURSION("10.0.0.0/9; 10.128.0.0/9;"), true,
	  true },
	{ RECURSION("10/8; ::1;"), RECURSION("::1;"), false, true },
	{ RECURSION("::1;"), RECURSION("10/8; ::1;"), false, false },
	{ RECURSION("10/8;"), "options { recursion no; };", false, true },
	/* Without RD, and at one address: no other question comes that far. */
	{ SLOW("10/8;"), SLOW("any;"), false, false },
	{ SLOW("any;"), SLOW("10/8;"), false, true },
	{ AT("any;"), AT("!10/8; any;"), false, true },
	{ AT("10/8;"), AT("any;"), false, false },
	{ SERVER "allow\n", SERVER "allow_snoop\n", false, false },
	{ SERVER "allow_snoop\n", SERVER "allow\n", false, true },
	{ SERVER "allow\n", SERVER "allow\n interface-action: 10.0.0.2 refuse\n",
	  true, true },
	{ "server:\n interface: 10.0.0.1\n interface: 10.0.0.2\n"
	  " interface-action: 10.0.0.2 allow\n",
	  "server:\n interface: 10.0.0.1\n interface: 10.0.0.2\n",
	  false, true },
	/* Whether 192.0.2.9 is the host's own nobody knows. */
	{ EXCEPT RECURSION("e; localhost;"), EXCEPT RECURSION("e;"), false,
	  true },
	{ EXCEPT RECURSION("localhost; e;"),
	  EXCEPT RECURSION("localhost; e; localhost;"), true, true },
};

START_TEST(answers_are_alike_or_not)
{
	struct lint_options o = { .fail_on_given = false };
	struct disk d;

	enter(&d);
	write_file("x.db", "@ 1 SOA a a 1 1 1 1 1\n@ 1 NS a\na 1 A 192.0.2.1\n");
	for (int narrows = 0; narrows < 2; narrows++) {
		struct lint_result before = read_text(pairs[_i].before);
		struct lint_result after = read_text(pairs[_i].after);
		const char *why = answers_compare(d.arena, &before, &after, &o,
						  narrows == 1);
		bool good = narrows == 1 ? pairs[_i].narrower : pairs[_i].same;

		ck_assert_msg((why == NULL) == good, "%s\n%s\n%d: %s",
			      pairs[_i].before, pairs[_i].after, narrows,
			      why == NULL ? "alike" : why);
		lint_free(&before);
		lint_free(&after);
	}
	ck_assert_int_eq(unlink("x.db"), 0);
	leave(&d, "old");
}
END_TEST

static bool
skip_none(const void *context, const struct source *src, const struct diag *d)
{
	(void)context;
	(void)src;
	(void)d;
	return false;
}

/* What is meant to turn clients away would hide what others do beside it. */
START_TEST(what_narrows_waits)
{
	struct disk d;

	enter(&d);
	struct mendings m = mendings_new(d.arena, (struct source_policy){ 0 });
	struct lint_result r = { .arena = d.arena, .sources = d.sources,
				 .diags = diags_new(d.arena) };

	for (uint32_t i = 0; i < 3; i++) {
		struct span at = { d.src->base + i, d.src->base + i + 1 };
		struct diag *x = diag_add(r.diags, SEV_ERROR, "x", at, "%u", i);

		if (i == 1)
			diag_fix(r.diags, x, at, "");
		else
			diag_fix_narrowing(r.diags, x, at, "");
	}
	struct plan p = plan_make(d.arena, &m, &r, skip_none, NULL);
	struct attempt t = plan_attempt(d.arena, &p, &m, SIZE_MAX);

	ck_assert_uint_eq(plan_size(&p), 1);
	ck_assert_uint_eq(t.diag_count, 1);
	ck_assert_str_eq(t.diags[0]->message, "1");
	ck_assert(!t.narrows);
	diags_keep(r.diags, 1, 2);
	diags_truncate(r.diags, 2);
	p = plan_make(d.arena, &m, &r, skip_none, NULL);
	t = plan_attempt(d.arena, &p, &m, SIZE_MAX);
	ck_assert_uint_eq(t.diag_count, 2);
	ck_assert(t.narrows);
	leave(&d, "old");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("fix");

	tcase_add_loop_test(tc, edits_are_made_as_by_hand, 0, 500);
	tcase_add_loop_test(tc, a_diff_leads_from_one_text_to_the_other, 0,
			    2000);
	tcase_add_test(tc, a_diff_shows_no_secrets);
	tcase_add_test(tc, a_file_is_replaced_at_once);
	tcase_add_test(tc, what_is_abandoned_leaves_nothing);
	tcase_add_test(tc, a_file_that_changed_is_not_opened);
	tcase_add_loop_test(tc, a_file_that_changed_is_not_replaced, 0,
			    COUNT(meddlers));
	tcase_add_test(tc, a_link_is_not_written_through);
	tcase_add_loop_test(tc, answers_are_alike_or_not, 0, COUNT(pairs));
	tcase_add_test(tc, what_narrows_waits);
	return run_tests(tc, "fix");
}
