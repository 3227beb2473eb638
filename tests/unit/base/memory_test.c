/* Zeroed memory, copies, and the end of the process on what cannot be. */
#include "base/memory.h"

#include <stdlib.h>

#include "tests/harness/c/fixture.h"

static void gives_zeroed_memory_and_copies(void **state)
{
    (void)state;
    uint8_t *zeros = memory_new(100, 3);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(zeros[i], 0);
    }
    zeros[299] = 9;
    zeros = memory_resize(zeros, 1000, 3);
    assert_int_equal(zeros[299], 9);
    uint8_t *copy = memory_copy(zeros, 300);
    assert_int_equal(copy[299], 9);
    char *text = memory_copy_text("abc");
    assert_string_equal(text, "abc");
    void *nothing = memory_copy(NULL, 0);
    void *empty = memory_new(0, 5);
    assert_non_null(nothing);
    assert_non_null(empty);
    empty = memory_resize(empty, 0, 0);
    assert_non_null(empty);
    free(zeros);
    free(copy);
    free(text);
    free(nothing);
    free(empty);
}

static void resize_past_all_memory(void *context)
{
    (void)context;
    free(memory_resize(NULL, SIZE_MAX / 2, 4));
}

static void a_product_that_wraps_ends_the_process(void **state)
{
    (void)state;
    assert_true(fixture_aborts(resize_past_all_memory, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_memory_and_copies),
        cmocka_unit_test(a_product_that_wraps_ends_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
