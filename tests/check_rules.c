/* Every rule fires on its bad example and is silent on its good one. */
#include <string.h>
#include <unistd.h>

#include "lint/lint.h"
#include "lint/policies.h"
#include "rules/rule.h"
#include "tests/check.h"

static const struct rule *
rule_at(int i)
{
	size_t count;
	const struct rule *const *all = rules_all(&count);

	return all[i];
}

static void
write_temporary(char *path, const char *text)
{
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
}

/* How often does `rule` speak about `text`? */
static size_t
count_findings(const struct rule *rule, enum dialect dialect, const char *text)
{
	char path[] = "/tmp/dnslint-rule-XXXXXX";
	char policy[] = "/tmp/dnslint-policy-XXXXXX";
	struct lint_options o = { .dialect = dialect };
	struct arena *a = arena_new();
	const char *why;
	size_t found = 0;

	/* What is about to go is judged for a release that still has it. */
	o.named_target = 9018999;
	write_temporary(path, text);
	if (rule->optional)
		ck_assert(selection_add_only(a, &o.selection, rule->id, &why));
	if (rule->policy != NULL) {
		write_temporary(policy, rule->policy);
		o.policies =
			policies_new(a, policy, (struct source_policy){ 0 });
	}
	struct lint_result r = lint_file(path, &o);

	ck_assert_msg(r.status == LINT_OK, "%s", r.reason);
	for (size_t i = 0; i < diags_count(r.diags); i++)
		found += strcmp(diags_at(r.diags, i)->rule, rule->id) == 0;
	lint_free(&r);
	arena_free(a);
	unlink(path);
	if (rule->policy != NULL)
		unlink(policy);
	return found;
}

static void
try_example(const struct rule *rule, enum dialect dialect, const char *text,
	    bool bad)
{
	if (text == NULL || (rule->dialects & dialect) == 0)
		return;
	size_t found = count_findings(rule, dialect, text);

	ck_assert_msg((found > 0) == bad, "%s: %s example, %zu findings:\n%s",
		      rule->id, bad ? "bad" : "good", found, text);
}

START_TEST(examples_are_right)
{
	const struct rule *rule = rule_at(_i);

	try_example(rule, DIALECT_NAMED, rule->bad, true);
	try_example(rule, DIALECT_NAMED, rule->good, false);
	try_example(rule, DIALECT_UNBOUND, rule->bad_unbound, true);
	try_example(rule, DIALECT_UNBOUND, rule->good_unbound, false);
}
END_TEST

START_TEST(rules_are_complete)
{
	const struct rule *rule = rule_at(_i);

	ck_assert_ptr_nonnull(rule->id);
	ck_assert_ptr_nonnull(rule->family);
	ck_assert_ptr_nonnull(rule->summary);
	ck_assert_ptr_nonnull(rule->explain);
	ck_assert_uint_ne(rule->dialects, 0);
	ck_assert_ptr_eq(rule_find(slice_of(rule->id)), rule);
	ck_assert(rule_family_exists(slice_of(rule->family)));
	ck_assert_msg(rule->source != NULL, "%s has no source", rule->id);
	if (rule->check != NULL)
		ck_assert_msg(rule->bad != NULL || rule->bad_unbound != NULL ||
				      rule->several_files,
			      "%s has no example", rule->id);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("rules");
	size_t count;

	rules_all(&count);
	tcase_add_loop_test(tc, examples_are_right, 0, (int)count);
	tcase_add_loop_test(tc, rules_are_complete, 0, (int)count);
	return run_tests(tc, "rules");
}
