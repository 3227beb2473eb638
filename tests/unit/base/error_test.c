/* Every error has a reason of its own, in the form the protocol promises, and a sentence. */
#include "base/error.h"

#include "tests/harness/c/fixture.h"

static void reasons_are_unique_and_well_formed(void **state)
{
    (void)state;
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
    assert_string_equal(error_reason(ERROR_NONE), "");
    for (int value = 1; value < ERROR_COUNT; value++) {
        const char *reason = error_reason((enum error)value);
        assert_true(strlen(reason) > 0);
        assert_int_equal(strspn(reason, allowed), strlen(reason));
        assert_int_equal(error_find(reason), value);
        const char *sentence = error_sentence((enum error)value);
        assert_true(strlen(sentence) > 0);
        assert_int_not_equal(sentence[strlen(sentence) - 1], '.');
    }
    assert_int_equal(error_find("no.such_reason"), ERROR_COUNT);
    assert_string_equal(error_reason(ERROR_POLL_CLOSED), "poll.closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_unique_and_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
