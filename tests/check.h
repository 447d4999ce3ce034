/* What every unit test program shares. */
#pragma once

#include <check.h>
#include <stdlib.h>

#include "base/arena.h"

/* Runs the tests of one case; the exit status tells whether all passed. */
static inline int
run_tests(TCase *tc, const char *name)
{
	Suite *suite = suite_create(name);
	SRunner *runner;

	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define COUNT(array) ((int)(sizeof(array) / sizeof(*(array))))

#define ck_slice_eq(value, text)                                               \
	do {                                                                   \
		struct slice s_ = (value);                                     \
		ck_assert_msg(slice_is(s_, (text)), "'%.*s' is not '%s'",      \
			      SLICE(s_), (text));                              \
	} while (0)
