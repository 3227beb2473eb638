/* Reading settings: the pure side. What each mistake is called stands in the scenario test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "server/commands/configuration.h"

struct fixture {
    struct configuration configuration;
    struct buffer complaints;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.configuration.file = NULL};
    buffer_init(&fixture.complaints, CONFIGURATION_COMPLAINTS_MAX);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    configuration_free(&fixture->configuration);
    buffer_free(&fixture->complaints);
    return 0;
}

static void read_text(struct fixture *fixture, const char *text)
{
    configuration_read(&fixture->configuration, "f", slice_text(text), &fixture->complaints);
}

static void table_is_whole(void **state)
{
    struct fixture *fixture = *state;
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        const struct configuration_line *line = &configuration_lines[at];
        assert_non_null(line->name);
        assert_non_null(line->help);
        assert_in_range(line->room, 1, CONFIGURATION_LIST_MAX);
        assert_true((line->otherwise == NULL) != (line->absent == NULL));
        assert_true(line->good == NULL || line->expected != NULL);
        assert_true(line->type == CONFIGURATION_FLAG || line->argument != NULL);
        assert_true(line->type != CONFIGURATION_NUMBER || line->max > line->min);
        /* A default is a good value. */
        if (line->otherwise != NULL) {
            char text[200];
            snprintf(text, sizeof text, "%s = %s\n", line->name, line->otherwise);
            read_text(fixture, text);
        }
    }
    assert_int_equal(fixture->complaints.size, 0);
}

static void values(void **state)
{
    struct fixture *fixture = *state;
    const struct configuration *in_force = &fixture->configuration;
    const char *texts[CONFIGURATION_LIST_MAX];
    uint64_t number = 7;
    assert_false(configuration_number(in_force, CONFIGURATION_WORKERS, &number));
    assert_int_equal(number, 7);
    assert_null(configuration_text(in_force, CONFIGURATION_WEB));
    assert_int_equal(configuration_list(in_force, CONFIGURATION_LISTEN, texts), 1);
    assert_string_equal(texts[0], "127.0.0.1:8080");
    assert_false(configuration_flag(in_force, CONFIGURATION_HALL));
    assert_int_equal(configuration_choice(in_force, CONFIGURATION_LOG_LEVEL), 2);
    read_text(fixture,
              "workers=4\n\n # a comment\nhall = yes\r\nlisten = [::1]:1\nlisten = unix:/x\n"
              "log-level = error\nlog-format = json");
    assert_int_equal(fixture->complaints.size, 0);
    assert_true(configuration_number(in_force, CONFIGURATION_WORKERS, &number));
    assert_int_equal(number, 4);
    assert_true(configuration_flag(in_force, CONFIGURATION_HALL));
    assert_int_equal(configuration_list(in_force, CONFIGURATION_LISTEN, texts), 2);
    assert_string_equal(texts[1], "unix:/x");
    assert_int_equal(configuration_choice(in_force, CONFIGURATION_LOG_LEVEL), 0);
    assert_int_equal(configuration_choice(in_force, CONFIGURATION_LOG_FORMAT), 1);
}

static void stronger_sources_replace(void **state)
{
    struct fixture *fixture = *state;
    char listen[] = "PALABRE_LISTEN=[::1]:5";
    char other[] = "PALABRE_lISTEN=[::1]:6";
    char *environment[] = {other, listen, NULL};
    const char *texts[CONFIGURATION_LIST_MAX];
    read_text(fixture, "listen = [::1]:1\nlisten = [::1]:2\n");
    configuration_read_environment(&fixture->configuration, environment, &fixture->complaints);
    assert_int_equal(fixture->complaints.size, 0);
    assert_int_equal(configuration_list(&fixture->configuration, CONFIGURATION_LISTEN, texts), 1);
    assert_string_equal(texts[0], "[::1]:5");
}

static void same_or_not(void **state)
{
    struct fixture *fixture = *state;
    struct configuration other = {.file = NULL};
    assert_true(configuration_same(&fixture->configuration, &other, CONFIGURATION_FILES));
    read_text(fixture, "files = 200\norigin = http://a\n");
    assert_true(configuration_same(&fixture->configuration, &other, CONFIGURATION_FILES));
    assert_false(configuration_same(&fixture->configuration, &other, CONFIGURATION_ORIGIN));
}

/* No setting is a secret yet: this is how one would be printed, and complained about. */
static void secrets_are_masked(void **state)
{
    struct fixture *fixture = *state;
    const struct configuration_line line = {.name = "password", .secret = true, .room = 1};
    char text[] = "hunter2";
    const struct configuration_value value = {
        .texts = {text}, .count = 1, .source = SOURCE_ENVIRONMENT};
    configuration_print_line(&fixture->configuration, &line, &value, &fixture->complaints);
    assert_true(slice_equal(buffer_slice(&fixture->complaints),
                            slice_text("# environment\n# password = (secret, not shown)\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(table_is_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stronger_sources_replace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_or_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secrets_are_masked, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
