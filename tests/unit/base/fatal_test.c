/* An invariant that does not hold ends the process, one that holds costs nothing. */
#include "base/fatal.h"

#include "tests/harness/c/fixture.h"

static void check(void *context)
{
    assert_always(*(int *)context == 1);
}

static void exhaust(void *context)
{
    (void)context;
    fatal_memory();
}

static void a_bug_aborts(void **state)
{
    (void)state;
    int wrong = 0, right = 1;
    assert_true(fixture_aborts(check, &wrong));
    assert_false(fixture_aborts(check, &right));
    assert_true(fixture_aborts(exhaust, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bug_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
