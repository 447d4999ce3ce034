/*
 * Fuzz targets: what the program reads, made of any bytes. One source serves
 * libFuzzer and AFL++ (FUZZ_TARGET is the target's name) and replays files:
 *   fuzz_replay TARGET /FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ast/dump.h"
#include "intent/policy.h"
#include "lint/lint.h"
#include "model/name.h"
#include "model/zonefile.h"
#include "predict/command.h"
#include "predict/dig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* The YAML library loses some of its memory over documents that are none. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfyaml\n";
}

static const char *const file_names[] = { "a", "b", "c", "d" };
static char directory[] = "/tmp/dnslint-fuzz-XXXXXX";

static void
remove_directory(void)
{
	for (size_t i = 0; i < 4; i++)
		unlink(file_names[i]);
	rmdir(directory);
}

/* Files go into a directory of our own, and what is printed nowhere. */
static void
stand_aside(void)
{
	if (mkdtemp(directory) == NULL || chdir(directory) != 0 ||
	    freopen("/dev/null", "w", stdout) == NULL)
		abort();
	atexit(remove_directory);
}

static void
write_file(const char *name, const uint8_t *data, size_t size)
{
	FILE *f = fopen(name, "w");

	if (f == NULL)
		abort();
	if (size > 0 && fwrite(data, 1, size, f) != size)
		abort();
	fclose(f);
}

/* The input, cut at 0xff bytes, becomes the files a, b, c and d. */
static void
write_files(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < 4; i++) {
		const uint8_t *cut =
			size == 0 ? NULL : memchr(data, 0xff, size);
		size_t len = cut == NULL ? size : (size_t)(cut - data);

		write_file(file_names[i], data, len);
		data += cut == NULL ? len : len + 1;
		size -= cut == NULL ? len : len + 1;
	}
}

static void
lint(enum dialect dialect, uint32_t named_target)
{
	struct lint_options o = {
		.dialect = dialect,
		.named_target = named_target,
		.policy = { .include_root = directory },
	};
	struct lint_result r = lint_file("a", &o);
	size_t count;

	if (r.status == LINT_OK) {
		const struct diag *const *diags = diags_sorted(r.diags, &count);

		for (size_t i = 0; i < count; i++)
			sources_position(r.sources, diags[i]->span.begin);
		config_dump(r.config, stdout);
	}
	if (r.status == LINT_OK && r.loads)
		predict_command(r.arena, &r, &o,
				&(struct predict_options){ 0 });
	lint_free(&r);
}

static void
fuzz_named(const uint8_t *data, size_t size)
{
	write_file("a", data, size);
	lint(DIALECT_NAMED, size % 2 ? 9016999 : 9020999);
}

static void
fuzz_unbound(const uint8_t *data, size_t size)
{
	write_file("a", data, size);
	lint(DIALECT_UNBOUND, 0);
}

/* Files that include each other, in either language. */
static void
fuzz_include(const uint8_t *data, size_t size)
{
	write_files(data, size);
	lint(DIALECT_NAMED, size % 2 ? 9016999 : 9020999);
	lint(DIALECT_UNBOUND, 0);
}

/* Read the file `a` as a zone's data, and ask for some names. */
static void
zone(enum zone_checks checks)
{
	static const char *const questions[] = { "example.com",
						 "www.example.com",
						 "a.b.c.example.com" };
	struct source_policy policy = { .include_root = directory };
	struct arena *a = arena_new();
	const struct zone_data *d =
		zone_data_read(a, &policy, "a", slice_of("example.com"),
			       (struct zone_data_options){
				       .text = true,
				       .check_names = true,
				       .checks = checks,
			       });
	struct slice at;

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		if (zone_data_state(d) == DATA_LOADED)
			zone_data_find(d, a, slice_of(questions[i]), 1, &at);
	arena_free(a);
}

static void
fuzz_zone(const uint8_t *data, size_t size)
{
	write_file("a", data, size);
	zone(CHECKS_PRIMARY);
	zone(CHECKS_SECONDARY);
	zone(CHECKS_NONE);
}

static void
fuzz_intent(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *why;

	write_file("a", data, size);
	const struct policy *p =
		policy_read(a, root_new(a, NULL, NULL), "a", NULL, &why);

	if (p != NULL)
		policy_intent(p, "named.conf");
	arena_free(a);
}

static void
fuzz_dig(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct dig d;
	const char *why;

	dig_read(a, (struct slice){ (const char *)data, size }, &d, &why);
	arena_free(a);
}

static const struct target {
	const char *name;
	void (*run)(const uint8_t *data, size_t size);
} targets[] = {
	{ "named", fuzz_named },     { "unbound", fuzz_unbound },
	{ "include", fuzz_include }, { "zone", fuzz_zone },
	{ "intent", fuzz_intent },   { "dig", fuzz_dig },
};

static const struct target *
target_of(const char *name)
{
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
		if (strcmp(targets[i].name, name) == 0)
			return &targets[i];
	return NULL;
}

#ifdef FUZZ_TARGET
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct target *target;

	if (target == NULL) {
		target = target_of(FUZZ_TARGET);
		stand_aside();
	}
	target->run(data, size);
	return 0;
}

#ifdef __AFL_FUZZ_TESTCASE_LEN
__AFL_FUZZ_INIT();

int
main(void)
{
	__AFL_INIT();
	unsigned char *data = __AFL_FUZZ_TESTCASE_BUF;

	while (__AFL_LOOP(10000))
		LLVMFuzzerTestOneInput(data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
	return 0;
}
#endif
#else
int
main(int argc, char **argv)
{
	const struct target *target = argc < 2 ? NULL : target_of(argv[1]);
	static uint8_t buf[1 << 20];

	if (target == NULL) {
		fputs("usage: fuzz_replay TARGET /FILE...\n", stderr);
		return 2;
	}
	stand_aside();
	for (int i = 2; i < argc; i++) {
		FILE *f = fopen(argv[i], "r");

		if (f == NULL) {
			perror(argv[i]);
			return 2;
		}
		size_t size = fread(buf, 1, sizeof(buf), f);

		fclose(f);
		/* The last of these names is the one that ends a run. */
		fprintf(stderr, "%s\n", argv[i]);
		target->run(buf, size);
	}
	return 0;
}
#endif
