/* Commands are found by their names, whatever was looked for before, and nothing else is. */
#include "assembly/registry.h"
#include "tests/harness/c/fixture.h"

static void test_commands(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; concept_registry[i] != NULL; i++) {
            const struct command *command = concept_registry[i]->commands;
            for (; command != NULL && command->method != NULL; command++, count++) {
                size_t size = strlen(command->method);
                assert_ptr_equal(command_find(slice_text(command->method)), command);
                assert_null(command_find(slice_of(command->method, size - 1)));
                assert_null(command_find(slice_of(command->method, size + 1))); /* with its NUL */
            }
        }
    }
    assert_in_range(count, 300, 2000);
    assert_null(command_find(slice_text("")));
    assert_null(command_find(slice_text("search.fimd")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_commands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
