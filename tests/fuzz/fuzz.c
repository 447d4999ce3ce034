/*
 * Fuzz targets: any bytes as named.conf, as unbound.conf, as a set of files that
 * include each other, or as a master file. One program serves libFuzzer, AFL++ (persistent
 * mode) and plain replay of files; FUZZ_TARGET picks the input's meaning.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ast/dump.h"
#include "lint/lint.h"
#include "model/name.h"
#include "model/zonefile.h"

#define NAMED 1
#define UNBOUND 2
#define INCLUDE 3
#define ZONE 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
directory(void)
{
	static char path[64];

	if (*path == '\0') {
		snprintf(path, sizeof(path), "/tmp/dnslint-fuzz-XXXXXX");
		if (mkdtemp(path) == NULL || chdir(path) != 0)
			abort();
	}
	return path;
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
	static const char *const names[] = { "a", "b", "c", "d" };

	for (size_t i = 0; i < 4; i++) {
		const uint8_t *cut = size == 0 ? NULL : memchr(data, 0xff, size);
		size_t len = cut == NULL ? size : (size_t)(cut - data);

		write_file(names[i], data, len);
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
		.policy = { .include_root = directory() },
	};
	struct lint_result r = lint_file("a", &o);
	size_t count;

	if (r.status == LINT_OK) {
		const struct diag *const *diags =
			diags_sorted(r.diags, &count);

		for (size_t i = 0; i < count; i++)
			sources_position(r.sources, diags[i]->span.begin);
		FILE *null = fopen("/dev/null", "w");

		config_dump(r.config, null);
		fclose(null);
	}
	lint_free(&r);
}

/* Read the file `a` as a zone's data, and ask for some names. */
static void
zone(enum zone_checks checks)
{
	static const char *const questions[] = { "example.com",
						 "www.example.com",
						 "a.b.c.example.com" };
	struct source_policy policy = { .include_root = directory() };
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
zones(void)
{
	zone(CHECKS_PRIMARY);
	zone(CHECKS_SECONDARY);
	zone(CHECKS_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	directory();
	if (FUZZ_TARGET == ZONE) {
		write_file("a", data, size);
		zones();
		return 0;
	}
	if (FUZZ_TARGET == INCLUDE)
		write_files(data, size);
	else
		write_file("a", data, size);
	if (FUZZ_TARGET != UNBOUND)
		lint(DIALECT_NAMED, size % 2 ? 9016999 : 9020999);
	if (FUZZ_TARGET != NAMED)
		lint(DIALECT_UNBOUND, 0);
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
#elif defined(FUZZ_REPLAY)
int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "r");
		static uint8_t buf[1 << 20];

		if (f == NULL) {
			perror(argv[i]);
			return 2;
		}
		size_t size = fread(buf, 1, sizeof(buf), f);

		fclose(f);
		LLVMFuzzerTestOneInput(buf, size);
	}
	return 0;
}
#endif
